"""Who waits for the company's row while an owner removes them does nothing afterwards."""

from contextlib import contextmanager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from members.actions.company_numbers import set_number
from members.actions.invitations import invite, withdraw_invitation
from members.actions.people import change_affiliation, remove_person
from members.actions.profile.drafts import change_profile, discard_draft, publish_profile
from tests.factories import make_affiliation, make_company, make_invitation, make_user

DEEDS = {
    "write": lambda by, affiliation: change_profile(by=by, company=affiliation.company, changes={"tagline_sv": "Nytt"}),
    "publish": lambda by, affiliation: publish_profile(by=by, company=affiliation.company, revision=""),
    "discard": lambda by, affiliation: discard_draft(by=by, company=affiliation.company, revision=""),
    "change an affiliation": lambda by, affiliation: change_affiliation(
        by=by, affiliation=affiliation, role="editor", target_group=""
    ),
    "remove": lambda by, affiliation: remove_person(by=by, affiliation=affiliation),
    "invite": lambda by, affiliation: invite(by=by, company=affiliation.company, email="ny@bolag.example"),
    "withdraw": lambda by, affiliation: withdraw_invitation(by=by, invitation=make_invitation(affiliation.company)),
    "set the number": lambda by, affiliation: set_number(by=by, company=affiliation.company, text="556016-0680"),
}


@contextmanager
def removed_while_waiting(person):
    """Whoever holds the company's row before us ends the person's affiliation."""

    def at_the_lock(execute, sql, *rest):
        if 'FROM "members_company"' in sql and "FOR NO KEY UPDATE" in sql:
            person.affiliations.update(ended_on=timezone.localdate())
        return execute(sql, *rest)

    with connection.execute_wrapper(at_the_lock):
        yield


@pytest.mark.parametrize("deed", DEEDS)
def test_removed_while_waiting_does_nothing(deed, company, owner):
    affiliation = make_affiliation(make_user(), company)
    other = make_affiliation(make_user(), make_company(), "owner")

    DEEDS[deed](other.user, make_affiliation(make_user(), other.company))  # whoever is not removed may
    with removed_while_waiting(owner), pytest.raises(PermissionDenied):
        DEEDS[deed](owner, affiliation)
