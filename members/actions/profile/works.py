"""The works in a company's draft: saved, ordered, removed and put back."""

from django.db import transaction

from members.actions.profile.copies import start_draft
from members.actions.profile.pictures import forget_pictures
from members.actions.profile.writing import (
    EditedMeanwhile,
    locked_company,
    named_files,
    pictures_kept_if_written,
    refuse_conflicts,
    require_editor,
    settle,
    store_files,
)
from members.models import Work
from members.models.profile.content import digest, is_same

MOST_WORKS = 24
REMOVED = "removed"


class TooManyWorks(Exception):
    pass


class UnknownWork(Exception):
    pass


def work_in(version, key):
    """The work with that key, removed or not; an unsaved one where there is none."""
    return next((work for work in version.listed("works") if work.key == key), Work(key=key))


def present_value(work, name):
    """The value of a work's field; "removed" is True where it is, None where it is there, False for a work that is new."""
    if name == REMOVED:
        return (work.is_removed or None) if work.pk else False
    return work.value(name)


def _held(by, company):
    """(company, locked; the version that is written in)."""
    company = locked_company(company)
    require_editor(by, company)
    return company, company.draft or company.profile


def save_work(*, by, company, key, changes, read_digests):
    """Write a work into the draft; a new one is the last. Returns the work; raises `TooManyWorks`, and as `change_profile`."""
    with pictures_kept_if_written() as stored:
        return _save(by, company, key, changes, read_digests, stored)


def _save(by, company, key, changes, read_digests, stored):
    company, version = _held(by, company)
    work = work_in(version, key)
    if not work.pk and len(version.shown_works) >= MOST_WORKS:
        raise TooManyWorks
    if not work.pk and read_digests.get(REMOVED) == digest(None):  # staff have deleted it since
        raise EditedMeanwhile({name: (present_value(work, name), None) for name in (REMOVED, *Work.content())})
    changes, files = named_files(f"{company.pk}|{key}", changes, read_digests)
    present = {name: present_value(work, name) for name in changes}
    editors = {name: version.editors.get(_editor_of(key, name)) for name in changes}
    refuse_conflicts(changes, present, read_digests, editors)
    store_files(files, {work.value("picture")}, stored)
    differing = {name: value for name, value in changes.items() if not is_same(value, present[name])}
    if work.pk and not differing:
        return work
    draft = start_draft(company)
    work, before = _in_draft(draft, key), work.value("picture")
    work.is_removed = bool(differing.pop(REMOVED, work.is_removed))
    for name, value in differing.items():
        setattr(work, name, value)
    work.save()
    forget_pictures({before} - {work.value("picture"), ""})
    settle(company, draft, by=by, wrote=[_editor_of(key, name) for name in changes])
    return work


def _editor_of(key, name):
    return f"{key}:{name}"


def _in_draft(draft, key):
    draft.drop_examples()
    work = work_in(draft, key)
    if not work.pk:
        work.version, work.order = draft, max((each.order for each in draft.listed("works")), default=-1) + 1
    return work


@transaction.atomic
def move_work(*, by, company, key, position):
    """Move the work to that position (0 is the first). Raises `UnknownWork`."""
    company, version = _held(by, company)
    keys = [work.key for work in version.shown_works]
    if key not in keys:
        raise UnknownWork
    keys.remove(key)
    keys.insert(position, key)
    draft = start_draft(company)
    draft.drop_examples()
    works = {work.key: work for work in draft.listed("works")}
    for order, each in enumerate(keys):
        works[each].write({"order": order})
    settle(company, draft, by=by, wrote=[_editor_of(key, "order")])


@transaction.atomic
def remove_work(*, by, company, key):
    """A published work is removed when the draft is published, a new one at once; an unknown one is gone already."""
    company, version = _held(by, company)
    if not work_in(version, key).pk:
        return
    draft = start_draft(company)
    work = work_in(draft, key)
    if work_in(company.profile, key).pk:
        work.is_removed = True
        work.save(update_fields=["is_removed"])
    else:
        forget_pictures({work.value("picture")} - {""})
        work.delete()
    settle(company, draft, by=by, wrote=[_editor_of(key, REMOVED)])


@transaction.atomic
def put_back_work(*, by, company, key):
    company, version = _held(by, company)
    work = work_in(version, key)
    if work.pk and work.is_removed:
        work.is_removed = False
        work.save(update_fields=["is_removed"])
        settle(company, version, by=by, wrote=[_editor_of(key, REMOVED)])
