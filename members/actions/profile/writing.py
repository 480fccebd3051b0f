"""Writing into a draft: what two people type at once is merged field by field, and pictures are stored with the row."""

import hashlib
import uuid
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from creativenorth.files import images
from members.actions.profile.pictures import FOLDERS, forget_pictures, pictures_of
from members.models import Company, User
from members.models.profile.content import digest
from members.permissions import may_edit_company
from members.profile.changes import differing_fields


class EditedMeanwhile(Exception):
    """Somebody else has changed the same fields since they were read: `others` is {name: (value, person or None)}."""

    def __init__(self, others):
        super().__init__(", ".join(others))
        self.others = others


class ReadMeanwhile(Exception):
    """The version is no longer as it was read."""


def locked_company(company):
    """The company with its public version, locked until the transaction ends.

    Permissions are checked after this: whoever waited here while an owner removed them may not write.
    """
    rows = Company.objects.select_for_update(of=("self",), no_key=True)
    return rows.with_profile().get(pk=company.pk)


def require_editor(by, company):
    if not may_edit_company(by, company):
        raise PermissionDenied


@contextmanager
def pictures_kept_if_written():
    """A transaction; yields a list of stored files, which are deleted again where it fails."""
    stored = []
    try:
        with transaction.atomic():
            yield stored
    except BaseException:
        for name in stored:
            images.delete(name)
        raise


def named_files(owner, changes, read_digests):
    """(changes with files replaced by names, {name: file}). The same form sent twice gives the same names."""
    named, files = {}, {}
    for name, value in changes.items():
        if isinstance(value, File):
            value.seek(0)
            mark = f"{owner}|{name}|{read_digests.get(name)}|".encode()
            token = hashlib.sha256(mark + value.read()).hexdigest()[:24]
            path = f"{FOLDERS[name]}/{images.renamed(value.name, token)}"
            files[path] = value
            value = path
        named[name] = value
    return named, files


def store_files(files, known, stored):
    for name in files.keys() - known:
        stored.append(name)
        images.store(name, files[name])


def refuse_conflicts(changes, present, read_digests, editors):
    """Raises `EditedMeanwhile` where a field is neither as it was read nor as it is to be. `editors` is {name: key of a person}."""
    others = {
        name: (present[name], _person(editors.get(name)))
        for name, value in changes.items()
        if name in read_digests and digest(present[name]) != read_digests[name] and present[name] != value
    }
    if others:
        raise EditedMeanwhile(others)


def _person(key):
    return User.objects.filter(pk=key).first() if key else None


def settle(company, draft, *, by, wrote):
    """Note who wrote these fields of the draft, as a new revision; delete it where nothing in it is new. Returns what is left.

    A draft that asks for a first publishing, or was returned with a comment, stays.
    """
    draft.editors |= dict.fromkeys(wrote, by.pk)
    draft.revision, draft.changed_at, draft.changed_by = uuid.uuid4(), timezone.now(), by
    draft.save(update_fields=["editors", "revision", "changed_at", "changed_by"])
    is_asking = draft.is_returned or (draft.is_waiting and not company.published_at)
    return draft if is_asking or differing_fields(company.profile, draft) else drop_draft(company, draft)


def drop_draft(company, draft):
    """Delete the draft and the pictures that only it has; returns what is public."""
    forget_pictures(pictures_of(draft))
    draft.delete()
    return company.profile
