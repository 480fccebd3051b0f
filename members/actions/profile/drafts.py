"""A company's changes of its profile: saved in a draft, public once published or approved."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from creativenorth.prepared import prepared
from creativenorth.site.models import Cluster
from members.actions.profile import review_mail
from members.actions.profile.copies import start_draft
from members.actions.profile.pictures import forget_pictures, pictures_of
from members.actions.profile.publishing import TakenDown, publish, require_publishable
from members.actions.profile.writing import (
    ReadMeanwhile,
    drop_draft,
    locked_company,
    named_files,
    pictures_kept_if_written,
    refuse_conflicts,
    require_editor,
    settle,
    store_files,
)
from members.models import Visibility
from members.models.profile.content import is_same
from members.permissions import may_review_profiles
from members.profile.changes import differing_fields

VISIBILITY = "visibility:"


def present_value(company, version, name):
    """The value of a version's field, or the visibility of a field ("visibility:phone")."""
    if name.startswith(VISIBILITY):
        return company.visibility.get(name.removeprefix(VISIBILITY), Visibility.PUBLIC.value)
    return version.value(name)


def change_profile(*, by, company, changes, read_digests=None):
    """Write `changes` ({name: value}, a picture as the file itself) into the draft; returns it, or what is public.

    `read_digests` ({name: digest}) says what the person had read, so that others' changes of other fields stay. Who sees a
    field ("visibility:phone") is no part of the draft and holds at once. Raises `PermissionDenied`, and `EditedMeanwhile`
    without writing anything.
    """
    with pictures_kept_if_written() as stored:
        return _change(by, company, changes, read_digests or {}, stored)


def _change(by, company, changes, read_digests, stored):
    company = locked_company(company)
    require_editor(by, company)
    draft = company.draft
    version = draft or company.profile
    changes, files = named_files(company.pk, changes, read_digests)
    present = {name: present_value(company, version, name) for name in changes}
    refuse_conflicts(changes, present, read_digests, version.editors)
    before = pictures_of(version)
    store_files(files, before, stored)
    differing = {name: value for name, value in changes.items() if not is_same(value, present[name])}
    texts = {name: value for name, value in differing.items() if not name.startswith(VISIBILITY)}
    _set_visibility(company, {name: differing[name] for name in differing.keys() - texts.keys()})
    if not texts:
        return version
    draft = draft or start_draft(company)
    draft.drop_examples()
    draft.write(texts)
    forget_pictures(before - pictures_of(draft))
    return settle(company, draft, by=by, wrote=texts)


def _set_visibility(company, words):
    if words:
        chosen = company.visibility | {name.removeprefix(VISIBILITY): word for name, word in words.items()}
        company.visibility = {field: word for field, word in chosen.items() if word != Visibility.PUBLIC}
        company.save(update_fields=["visibility"])


def _require_read(draft, revision):
    if revision != (str(draft.revision) if draft else ""):
        raise ReadMeanwhile


def is_reviewed():
    return bool(_reviewing())


@prepared
def _reviewing():
    return Cluster.objects.filter(reviews_profiles=True).values_list("pk")


@transaction.atomic
def publish_profile(*, by, company, revision):
    """Make the draft public, or send it to staff where the cluster reviews profiles; returns whether it is public now.

    The same revision sent again gets the same answer. Raises `ReadMeanwhile`, `NotPublishable`, `TakenDown` and
    `PermissionDenied`.
    """
    company = locked_company(company)
    require_editor(by, company)
    draft = company.draft
    if draft is None and revision and revision == str(company.profile.revision):
        return True
    _require_read(draft, revision)
    if company.published_at and not (draft and differing_fields(company.profile, draft)):
        return not (draft and draft.is_waiting)
    if company.taken_down_at:
        raise TakenDown
    require_publishable(draft or company.profile)
    if not is_reviewed():
        publish(company, draft, by=by)
        return True
    draft = draft or start_draft(company)
    if not draft.is_waiting:
        _send_for_review(draft, by)
    return False


def _send_for_review(draft, by):
    draft.submitted_at, draft.submitted_by = timezone.now(), by
    draft.returned_at = draft.returned_by = None
    draft.comment = ""
    draft.save(update_fields=["submitted_at", "submitted_by", "returned_at", "returned_by", "comment"])
    review_mail.tell_reviewers(draft)


@transaction.atomic
def discard_draft(*, by, company, revision):
    """Delete the draft; without one nothing happens. Raises `ReadMeanwhile` and `PermissionDenied`."""
    company = locked_company(company)
    require_editor(by, company)
    if draft := company.draft:
        _require_read(draft, revision)
        drop_draft(company, draft)


def _waiting(by, company):
    """(company, draft) where the draft waits for review, else (company, None)."""
    company = locked_company(company)
    if not may_review_profiles(by):
        raise PermissionDenied
    draft = company.draft
    return company, draft if draft and draft.is_waiting else None


@transaction.atomic
def approve_profile(*, by, company, revision):
    """Publish a draft that waits for review, and mail the company; False where it has been answered already.

    Raises `ReadMeanwhile` where the company has changed more since, `NotPublishable` and `PermissionDenied`.
    """
    company, draft = _waiting(by, company)
    if draft is None:
        return False
    _require_read(draft, revision)
    require_publishable(draft)
    review_mail.tell_company(draft, "profile_approved")
    publish(company, draft, by=by)
    return True


@transaction.atomic
def return_profile(*, by, company, revision, comment):
    """Return a draft to the company with a comment; the public profile stays. Returns and raises as `approve_profile` does."""
    company, draft = _waiting(by, company)
    if draft is None:
        return False
    _require_read(draft, revision)
    draft.submitted_at, draft.returned_at, draft.returned_by, draft.comment = None, timezone.now(), by, comment
    draft.save(update_fields=["submitted_at", "returned_at", "returned_by", "comment"])
    review_mail.tell_company(draft, "profile_returned")
    return True
