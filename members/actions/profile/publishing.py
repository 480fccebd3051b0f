"""Which version of a profile is public: publishing moves the company's pointer, and the draft follows."""

from django.utils import timezone
from django.utils.translation import gettext as _

from members.actions.profile.following import follow
from members.models import ProfileVersion
from members.models.sectors_and_skills import skill_named


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


def require_publishable(version):
    """Raises `NotPublishable`. Forms check each edit; two people's edits together may still leave a picture undescribed."""
    found = [""] if version.cover and not version.cover_alt_sv else []
    found += [
        work.title_sv or "–" for work in version.shown_works if not work.title_sv or (work.picture and not work.alt_sv)
    ]
    if found:
        raise NotPublishable(found)


def publish(company, draft, *, by):
    """Put the page up, with the draft as its profile where there is one. The caller holds the lock and has checked the draft."""
    company.published_at, company.taken_down_at = company.published_at or timezone.now(), None
    company.save(update_fields=["published_at", "taken_down_at"])
    if draft:
        draft.works.filter(is_removed=True).delete()
        make_public(company, draft, by=by)


def make_public(company, version, *, by):
    """Point the company to the version; the one before is kept as an earlier one. The caller holds the company's lock."""
    before = company.profile
    version.skills.add(*[skill_named(name) for name in version.new_skills])
    version.new_skills, version.published_at, version.published_by = [], timezone.now(), by
    version.save(update_fields=["new_skills", "published_at", "published_by"])
    company.public_version = version
    company.save(update_fields=["public_version"])
    follow(company, before, version)


def say_first(company, *, by=None, **columns):
    """The first profile of a company that has none, by others than its own people: staff, an import, the demo."""
    version = ProfileVersion.objects.create(company=company, **columns)
    make_public(company, version, by=by)
    return version
