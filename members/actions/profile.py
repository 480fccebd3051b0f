"""A company changes its profile: in a draft first, which becomes public when it is published or approved."""

import uuid

from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from members.actions import review_mail
from members.draft import FILES, TEXTS, WORK_FIELDS, digest, is_nothing, live_values, visibility_in, works_in
from members.models import Cluster, Company, ProfileDraft, Sector, User, Work
from members.models.vocabulary import skill_named
from members.permissions import may_edit_company, may_review_profiles


class EditedMeanwhile(Exception):
    """Somebody else has changed the same values since they were read: `others` is {name: (value, person or None)}."""

    def __init__(self, others):
        super().__init__(", ".join(others))
        self.others = others


class ReadMeanwhile(Exception):
    """The draft is no longer the version that was read."""


def _locked(company):
    """The company, its row held against all who change its profile, and its draft, which may be a new one."""
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    draft = ProfileDraft.objects.filter(company=company).first()
    return company, draft or ProfileDraft(company=company)


def _require_version(draft, version):
    if version != ("" if draft._state.adding else str(draft.version)):
        raise ReadMeanwhile


def current_values(company):
    """What the profile says with the draft's changes, and the draft or None."""
    draft = ProfileDraft.objects.filter(company=company).first()
    return live_values(company) | (draft.values if draft else {}), draft


@transaction.atomic
def change_profile(*, by, company, changes, seen=None):
    """Write `changes` ({name: value}) into the draft; `seen` are the digests of what the person had before them.

    Changes that others made elsewhere stay. Raises `EditedMeanwhile`, and then writes nothing, and `PermissionDenied`.
    """
    if not may_edit_company(by, company):
        raise PermissionDenied
    company, draft = _locked(company)
    live, seen = live_values(company), seen or {}
    now = {name: draft.values.get(name, live.get(name)) for name in changes}
    others = {
        name: (now[name], _editor(draft, name))
        for name, value in changes.items()
        if name in seen and digest(now[name]) != seen[name] and now[name] != value
    }
    if others:
        raise EditedMeanwhile(others)
    dropped = _write(draft, live, changes, by)
    draft.version = uuid.uuid4()
    draft.changed_at = timezone.now()
    if draft.values or draft.is_waiting or draft.is_returned:
        draft.save()
    elif not draft._state.adding:
        draft.delete()
    _delete_files(dropped)
    return draft


def _write(draft, live, changes, by):
    """Keep what differs from the live profile; answers the files that nothing points to any more."""
    dropped = []
    for name, value in changes.items():
        before = draft.values.pop(name, None)
        draft.editors.pop(name, None)
        if _is_file(name) and before and before not in (value, live.get(name)):
            dropped.append(before)
        if value != live.get(name) and not (is_nothing(value) and is_nothing(live.get(name))):
            draft.values[name] = value
            draft.editors[name] = {"by": by.pk, "at": timezone.now().isoformat()}
    return dropped


def _is_file(name):
    return name in FILES or (name.startswith("work:") and name.endswith(":picture"))


def _editor(draft, name):
    key = draft.editors.get(name, {}).get("by")
    return User.objects.filter(pk=key).first() if key else None


def _delete_files(names):
    for name in filter(None, names):
        transaction.on_commit(lambda name=name: default_storage.delete(name))


@transaction.atomic
def publish_profile(*, by, company, version):
    """Make the draft public, or send it to the staff where the cluster reviews first. True where it is public now.

    Raises `ReadMeanwhile` and `PermissionDenied`.
    """
    if not may_edit_company(by, company):
        raise PermissionDenied
    company, draft = _locked(company)
    _require_version(draft, version)
    if not Cluster.objects.filter(reviews_profiles=True).exists():
        _publish(company, draft)
        return True
    if not draft.is_waiting:
        draft.submitted_at, draft.submitted_by = timezone.now(), by
        draft.returned_at = draft.returned_by = None
        draft.comment = ""
        draft.save()
        review_mail.tell_reviewers(draft)
    return False


@transaction.atomic
def discard_draft(*, by, company, version):
    """Throw away what is not published. Raises `ReadMeanwhile` and `PermissionDenied`."""
    if not may_edit_company(by, company):
        raise PermissionDenied
    company, draft = _locked(company)
    _require_version(draft, version)
    if not draft._state.adding:
        _delete_files(value for name, value in draft.values.items() if _is_file(name))
        draft.delete()


@transaction.atomic
def approve_profile(*, by, company, version):
    """Staff let the changes through: they are public, and the company is told. Answers False where it was answered.

    Raises `ReadMeanwhile` where the company has changed more since, and `PermissionDenied`.
    """
    if not may_review_profiles(by):
        raise PermissionDenied
    company, draft = _locked(company)
    if not draft.is_waiting:
        return False
    _require_version(draft, version)
    review_mail.tell_company(draft, "profile_approved")
    _publish(company, draft)
    return True


@transaction.atomic
def return_profile(*, by, company, version, comment):
    """Staff give the changes back with a comment; the old profile stays public. Answers and raises as approving does."""
    if not may_review_profiles(by):
        raise PermissionDenied
    company, draft = _locked(company)
    if not draft.is_waiting:
        return False
    _require_version(draft, version)
    draft.submitted_at, draft.returned_at, draft.returned_by, draft.comment = None, timezone.now(), by, comment
    draft.save()
    review_mail.tell_company(draft, "profile_returned")
    return True


def _publish(company, draft):
    """Write the draft's values into the rows that pages show."""
    live = live_values(company)
    values = live | draft.values
    changed = {name: value for name, value in draft.values.items() if value != live.get(name)}
    for name in (*TEXTS, *FILES, "phone", "looking_for"):
        if name in changed:
            setattr(company, name, changed[name])
    company.visibility = visibility_in(values)
    company.published_at = company.published_at or timezone.now()
    company.is_placeholder = company.is_placeholder and not changed
    company.save(
        update_fields=[
            *({*TEXTS, *FILES, "phone", "looking_for"} & changed.keys()),
            "visibility", "published_at", "is_placeholder",
        ]
    )  # fmt: skip
    if "sectors" in changed:
        company.sectors.set(Sector.objects.filter(slug__in=changed["sectors"]))
    if "skills" in changed:
        company.skills.set([skill_named(name) for name in changed["skills"]])
    _publish_works(company, values)
    _delete_files(live[name] for name in changed if _is_file(name) and live.get(name))
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
