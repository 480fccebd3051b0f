"""The works in a company's draft: saved, ordered, removed and put back."""

from django.db import transaction

from members.actions.profile.drafts import change_profile, current_values
from members.models import Company
from members.profile.draft import work_names, works_in

MOST_WORKS = 24


class TooManyWorks(Exception):
    pass


class UnknownWork(Exception):
    pass


def _held_works(company):
    """{key: values} of the draft's works in order; the company is locked until the transaction ends."""
    company = Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    values, _draft = current_values(company)
    return works_in(values)


@transaction.atomic
def save_work(*, by, company, key, changes, read_digests):
    """Write a work into the draft; a new one is the last. Raises `TooManyWorks` and what `change_profile` raises."""
    works = _held_works(company)
    if key not in works and key.startswith("n"):
        if len(works) >= MOST_WORKS:
            raise TooManyWorks
        orders = [work.get("order") or 0 for work in works.values()]
        changes = changes | {f"work:{key}:order": max(orders, default=-1) + 1}
    return change_profile(by=by, company=company, changes=changes, read_digests=read_digests)


@transaction.atomic
def move_work(*, by, company, key, position):
    """Move the work to that position (0 is the first). Raises `UnknownWork`."""
    keys = list(_held_works(company))
    if key not in keys:
        raise UnknownWork
    keys.remove(key)
    keys.insert(position, key)
    order = {f"work:{each}:order": number for number, each in enumerate(keys)}
    return change_profile(by=by, company=company, changes=order)


def remove_work(*, by, company, key):
    """A published work is removed when the draft is published, a new one at once."""
    changes = {f"work:{key}:removed": True} if key.isdigit() else dict.fromkeys(work_names(key).values())
    return change_profile(by=by, company=company, changes=changes)


def put_back_work(*, by, company, key):
    return change_profile(by=by, company=company, changes={f"work:{key}:removed": False})
