"""A company's changes of its profile: saved in a draft, public once published or approved."""

import hashlib
import uuid

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from creativenorth.files import images
from creativenorth.site.models import Cluster
from members.actions.profile import review_mail
from members.actions.profile.pictures import FOLDERS, forget_pictures
from members.actions.profile.publishing import TakenDown, publish_draft, require_publishable
from members.models import Company, ProfileDraft, User
from members.models.visibility import is_narrower
from members.permissions import may_edit_company, may_review_profiles
from members.profile.draft import digest, files_in, is_empty, live_values, with_draft


class EditedMeanwhile(Exception):
    """Somebody else has changed the same values since they were read: `others` is {name: (value, person or None)}."""

    def __init__(self, others):
        super().__init__(", ".join(others))
        self.others = others


class ReadMeanwhile(Exception):
    """The draft is no longer the version that was read."""


def _locked(company):
    """The company, locked, and its draft, which may be unsaved.

    Permissions are checked after this: whoever waited here while an owner removed them may not write.
    """
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    draft = ProfileDraft.objects.filter(company=company).first()
    return company, draft or ProfileDraft(company=company)


def _require_editor(by, company):
    if not may_edit_company(by, company):
        raise PermissionDenied


def _version(draft):
    return "" if draft._state.adding else str(draft.version)


def _require_version(draft, version):
    if version != _version(draft):
        raise ReadMeanwhile


def current_values(company):
    """(values of the profile with the draft's changes, the draft or None)."""
    draft = ProfileDraft.objects.filter(company=company).first()
    return with_draft(live_values(company), draft.values if draft else {}), draft


def change_profile(*, by, company, changes, read_digests=None):
    """Write `changes` ({name: value}, a picture as the file itself) into the draft.

    `read_digests` ({name: digest}) says what the person had read, so that others' changes of other values stay. A
    visibility that shows less than today holds at once, without publishing. Raises `PermissionDenied`, and
    `EditedMeanwhile` without writing anything.
    """
    stored = []
    try:
        with transaction.atomic():
            return _change(by, company, changes, read_digests or {}, stored)
    except BaseException:
        for name in stored:
            images.delete(name)
        raise


def _change(by, company, changes, read_digests, stored):
    company, draft = _locked(company)
    _require_editor(by, company)
    live, before = live_values(company), dict(draft.values)
    changes, files = _named_files(company, changes, read_digests)
    now = {name: draft.values.get(name, live.get(name)) for name in changes}
    others = {
        name: (now[name], _editor(draft, name))
        for name, value in changes.items()
        if name in read_digests and digest(now[name]) != read_digests[name] and now[name] != value
    }
    if others:
        raise EditedMeanwhile(others)
    for name in files.keys() - files_in(live) - files_in(before):
        stored.append(name)
        images.store(name, files[name])
    _narrow_at_once(company, live, changes)
    _write(draft, live, changes, by)
    if draft.values != before:
        _save(draft)
    forget_pictures(files_in(before) - files_in(draft.values))
    return draft


def _named_files(company, changes, read_digests):
    """(changes with files replaced by names, {name: file}). The same form sent twice gives the same names."""
    named, files = {}, {}
    for name, value in changes.items():
        if isinstance(value, File):
            value.seek(0)
            mark = f"{company.pk}|{name}|{read_digests.get(name)}|".encode()
            token = hashlib.sha256(mark + value.read()).hexdigest()[:24]
            path = f"{FOLDERS[name.rpartition(':')[2]]}/{images.renamed(value.name, token)}"
            files[path] = value
            value = path
        named[name] = value
    return named, files


def _narrow_at_once(company, live, changes):
    """Apply a narrower visibility to the public profile without waiting for publishing."""
    narrowed = {name: word for name, word in changes.items() if is_narrower(name, word, live)}
    if narrowed:
        company.visibility = company.visibility | {name.partition(":")[2]: word for name, word in narrowed.items()}
        company.save(update_fields=["visibility"])
        live |= narrowed


def _write(draft, live, changes, by):
    """Keep what differs from the public profile, and who wrote it."""
    for name, value in changes.items():
        is_same = name in draft.values and draft.values[name] == value
        if is_same and value != live.get(name):
            continue
        draft.values.pop(name, None)
        draft.editors.pop(name, None)
        if value != live.get(name) and not (is_empty(value) and is_empty(live.get(name))):
            draft.values[name] = value
            draft.editors[name] = {"by": by.pk, "at": timezone.now().isoformat()}


def _save(draft):
    draft.version, draft.changed_at = uuid.uuid4(), timezone.now()
    asks_as_it_is = draft.is_waiting and not draft.company.published_at
    if draft.values or asks_as_it_is or draft.is_returned:
        draft.save()
    elif not draft._state.adding:
        draft.delete()


def _editor(draft, name):
    key = draft.editors.get(name, {}).get("by")
    return User.objects.filter(pk=key).first() if key else None


@transaction.atomic
def publish_profile(*, by, company, version):
    """Make the draft public, or send it to staff where the cluster reviews profiles; returns whether it is public now.

    The same version sent again gets the same answer. Raises `ReadMeanwhile`, `NotPublishable`, `TakenDown` and
    `PermissionDenied`.
    """
    company, draft = _locked(company)
    _require_editor(by, company)
    if draft._state.adding and version and version == str(company.published_version):
        return True
    _require_version(draft, version)
    if not draft.values and company.published_at:
        return not draft.is_waiting
    if company.taken_down_at:
        raise TakenDown
    require_publishable(company, draft)
    if not Cluster.objects.filter(reviews_profiles=True).exists():
        publish_draft(company, draft)
        return True
    if not draft.is_waiting:
        _send_for_review(draft, by)
    return False


def _send_for_review(draft, by):
    draft.submitted_at, draft.submitted_by = timezone.now(), by
    draft.returned_at = draft.returned_by = None
    draft.comment = ""
    draft.save()
    review_mail.tell_reviewers(draft)


@transaction.atomic
def discard_draft(*, by, company, version):
    """Delete the draft; without one nothing happens. Raises `ReadMeanwhile` and `PermissionDenied`."""
    company, draft = _locked(company)
    _require_editor(by, company)
    if draft._state.adding:
        return
    _require_version(draft, version)
    forget_pictures(files_in(draft.values))
    draft.delete()


@transaction.atomic
def approve_profile(*, by, company, version):
    """Publish a draft that waits for review, and mail the company; False where it has been answered already.

    Raises `ReadMeanwhile` where the company has changed more since, `NotPublishable` and `PermissionDenied`.
    """
    company, draft = _locked(company)
    if not may_review_profiles(by):
        raise PermissionDenied
    if not draft.is_waiting:
        return False
    _require_version(draft, version)
    require_publishable(company, draft)
    review_mail.tell_company(draft, "profile_approved")
    publish_draft(company, draft)
    return True


@transaction.atomic
def return_profile(*, by, company, version, comment):
    """Return a draft to the company with a comment; the public profile stays. Returns and raises as `approve_profile` does."""
    company, draft = _locked(company)
    if not may_review_profiles(by):
        raise PermissionDenied
    if not draft.is_waiting:
        return False
    _require_version(draft, version)
    draft.submitted_at, draft.returned_at, draft.returned_by, draft.comment = None, timezone.now(), by, comment
    draft.save()
    review_mail.tell_company(draft, "profile_returned")
    return True
