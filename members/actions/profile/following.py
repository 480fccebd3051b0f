"""A draft follows what becomes public beside it: what its writers have not changed in it, they want as it is now."""

import uuid

from members.actions.profile.copies import copy_of_work
from members.models.profile.content import is_same
from members.profile.changes import differing_fields


def follow(company, before, after):
    """Take over into the company's draft what has changed from `before` to `after`, except in fields that the draft changed."""
    draft = company.draft
    if draft is None:
        return
    draft.drop_examples()
    draft.write(_taken_over(draft, before, after))
    _follow_works(draft, before, after)
    if not differing_fields(after, draft) and not draft.is_returned:
        draft.delete()
        return
    draft.revision = uuid.uuid4()
    draft.save(update_fields=["revision"])


def _taken_over(row, before, after):
    return {name: after.value(name) for name in after.differing(before) if is_same(row.value(name), before.value(name))}


def _follow_works(draft, before, after):
    old, new, own = ({work.key: work for work in version.listed("works")} for version in (before, after, draft))
    for key in new.keys() - old.keys() - own.keys():
        copy_of_work(new[key], draft.pk).save()
    for key in old.keys() & own.keys():
        if key in new:
            own[key].write(_taken_over(own[key], old[key], new[key]))
        elif not own[key].differing(old[key]):
            own[key].delete()
