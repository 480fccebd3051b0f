"""Writing a draft into the company's public rows."""

from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.profile.pictures import forget_pictures
from members.models import Sector, Work
from members.models.sectors_and_skills import skill_named
from members.profile.draft import FILES, TEXTS, WORK_FIELDS, files_in, live_values, visibility_in, with_draft, works_in


class NotPublishable(Exception):
    """Pictures without a description: `undescribed` names the works, "" for the large picture."""

    def __init__(self, undescribed):
        super().__init__(", ".join(undescribed))
        self.undescribed = undescribed


class TakenDown(Exception):
    """Staff have taken the company's page down; only they put it back."""


def not_publishable_text(missing):
    names = ", ".join(f"“{title}”" if title else _("the large picture") for title in missing.undescribed)
    return _("Give it a title and describe the picture first: %(names)s.") % {"names": names}


def require_publishable(company, draft):
    """Raises `NotPublishable`. Forms check each edit; two people's edits together may still leave a picture undescribed."""
    values = with_draft(live_values(company), draft.values)
    found = [""] if values["cover"] and not values["cover_alt_sv"] else []
    found += [
        work.get("title_sv") or "–"
        for work in works_in(values).values()
        if not work.get("title_sv") or (work.get("picture") and not work.get("alt_sv"))
    ]
    if found:
        raise NotPublishable(found)


def publish_draft(company, draft):
    """Write the draft's values into the company's rows. The caller holds the company's lock and has checked the values."""
    live = live_values(company)
    values = with_draft(live, draft.values)
    changed = {name: value for name, value in values.items() if value != live.get(name)}
    is_own = company.is_placeholder and bool(changed)  # then all example texts go, also those nobody has edited
    columns = {*TEXTS, *FILES, "phone", "looking_for"} & (values if is_own else changed).keys()
    for name in columns:
        setattr(company, name, values[name])
    company.visibility = visibility_in(values)
    company.published_at, company.taken_down_at = company.published_at or timezone.now(), None
    company.is_placeholder = company.is_placeholder and not is_own
    company.published_version = None if draft._state.adding else draft.version
    own = ["visibility", "published_at", "taken_down_at", "is_placeholder", "published_version"]
    company.save(update_fields=[*columns, *own])
    if is_own or "sectors" in changed:
        company.sectors.set(Sector.objects.filter(slug__in=values["sectors"]))
    if is_own or "skills" in changed:
        company.skills.set([skill_named(name) for name in values["skills"]])
    _publish_works(company, values)
    forget_pictures(files_in(live) | files_in(draft.values))
    if not draft._state.adding:
        draft.delete()


def _publish_works(company, values):
    works = works_in(values)
    company.works.exclude(pk__in=[key for key in works if key.isdigit()]).delete()
    for key, columns in works.items():
        written = {name: columns[name] for name in WORK_FIELDS if columns.get(name) is not None}
        if key.isdigit():
            Work.objects.filter(pk=key, company=company).update(**written | {"year": columns.get("year")})
        else:
            Work.objects.create(company=company, **written)
