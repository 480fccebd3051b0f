"""What several tests of people and companies begin with."""

import pytest

from tests.factories import make_company, make_sector, make_user


@pytest.fixture
def duplicates(staff):
    """A company that stays, and the same once more."""
    return make_company("Norrsken AB", town=""), make_company("NORRSKEN! Aktiebolag", member=False, town="Piteå")


@pytest.fixture
def accounts():
    """A person's account, and the same person's other one."""
    return make_user("anna@bolag.example", name="Anna Ek"), make_user("anna@hem.example", name="Anna E.")


@pytest.fixture
def sectors(db):
    """Those that the lists of tests.members.tables name."""
    return [make_sector(), make_sector("Film", "Film")]


@pytest.fixture
def coordinator(groups):
    return make_user(is_staff=True, groups=["coordinator"])
