"""The people of a company: invited, given roles, removed, leaving; the last owner stays."""

from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativenorth.mail.models import Mail
from members.actions import people
from members.actions.invitations import accept_invitation, invite
from members.actions.people import LastOwner, change_affiliation, leave_company, remove_person
from members.models import Affiliation, Invitation, User
from tests.factories import make_affiliation, make_invitation, make_user
from tests.markup import tight
from tests.roles import signed_in

PAGE = "/mitt-foretag/personer/"
LEAVING = "/mitt-foretag/lamna/"
pytestmark = pytest.mark.django_db


def affiliation_of(user, company=None):
    return user.affiliations.filter(**({"company": company} if company else {})).latest("pk")


def url(user, end=""):
    return f"{PAGE}{affiliation_of(user).uuid}/{end}"


def names(response):
    return [affiliation.user.name for affiliation in response.context["people"]]


def test_everybody_in_the_company_sees_who_is_in_by_the_swedish_alphabet(participant_client, company, participant):
    for name in ("Örjan", "Åke", "Anna", "Zeta"):
        make_affiliation(make_user(name=name), company, ended_on=None)
    make_affiliation(make_user(name="Borta"), company, ended_on=timezone.localdate())

    page = participant_client.get(PAGE)

    assert names(page) == ["Anna", participant.name, "Zeta", "Åke", "Örjan"]
    assert [text in page.content.decode() for text in ("@bolag.example", "Bjud in")] == [False, False]


def test_owner_gives_role_and_target_group(owner_client, participant, owner):
    answer = owner_client.post(url(participant), {"role": "owner", "target_group": "manager"})

    assert answer.status_code == 302
    assert (affiliation_of(participant).role, affiliation_of(participant).target_group) == ("owner", "manager")


def test_everybody_says_their_own_title_and_whether_they_are_shown(participant_client, participant, owner):
    answers = [
        participant_client.post(url(participant), {"title": "Producent", "is_shown": "on", "role": "owner"}),
        participant_client.post(url(owner), {"title": "Chef"}),
    ]

    affiliation = affiliation_of(participant)
    assert [answer.status_code for answer in answers] == [302, 403]
    assert (affiliation.title, affiliation.is_shown, affiliation.role, affiliation_of(owner).title) == (
        "Producent",
        True,
        "participant",
        "",
    )


def test_removed_person_is_out_at_once_and_the_affiliation_stays_as_history(owner_client, participant, owner, company):
    client = signed_in(participant)
    before = client.get(PAGE).status_code

    answers = [owner_client.post(url(participant, "ta-bort/")).status_code for _ in range(2)]

    affiliation = affiliation_of(participant)
    assert (before, answers, client.get(PAGE).status_code) == (200, [302, 302], 404)
    assert (affiliation.ended_on, affiliation.ended_by) == (timezone.localdate(), owner)
    assert Mail.objects.values_list("to", "subject").get() == (participant.email, "Du hör inte längre till Oh hej AB")


def test_affiliation_that_began_today_can_end_today_and_begin_again(owner, company):
    person = make_user()
    affiliation = make_affiliation(person, company, started_on=timezone.localdate())
    remove_person(by=owner, affiliation=affiliation)

    accept_invitation(invitation=make_invitation(company, person.email), user=person)

    assert [bool(affiliation.ended_on) for affiliation in person.affiliations.order_by("pk")] == [True, False]


def test_removal_closes_the_links_the_person_sent_and_would_come_back_by(owner, company):
    make_affiliation(second := make_user(), company, "owner")
    sent = invite(by=second, company=company, email="ny@bolag.example", role="editor")
    back = invite(by=owner, company=company, email=second.email, role="owner")
    kept = invite(by=owner, company=company, email="annan@bolag.example")

    remove_person(by=owner, affiliation=affiliation_of(second))

    assert [Invitation.objects.get(pk=each.pk).is_open for each in (sent, back, kept)] == [False, False, True]


def test_lower_role_closes_the_links_it_could_not_send(owner, company):
    make_affiliation(second := make_user(), company, "owner")
    invite(by=second, company=company, email="a@bolag.example", role="owner")
    invite(by=second, company=company, email="b@bolag.example")

    change_affiliation(by=owner, affiliation=affiliation_of(second), role="editor", target_group="")

    assert list(company.invitations.open().values_list("email", flat=True)) == ["b@bolag.example"]


def test_link_of_somebody_who_lost_the_right_by_another_way_is_closed(client, owner, company):
    invitation = make_invitation(company, invited_by=owner)
    Affiliation.objects.filter(user=owner).update(role="participant")

    answer = client.post(f"/inbjudan/{invitation.token}/", {"name": "Ny"})

    assert (answer.status_code, User.objects.filter(email=invitation.email).exists()) == (410, False)


@pytest.mark.parametrize("who", ["editor", "participant", "other_owner"])
def test_others_change_nobody(who, request, participant, company):
    user = request.getfixturevalue(who)
    affiliation = make_affiliation(make_user(), company)

    with pytest.raises(PermissionDenied):
        change_affiliation(by=user, affiliation=affiliation, role="owner", target_group="")
    with pytest.raises(PermissionDenied):
        remove_person(by=user, affiliation=affiliation)
    with pytest.raises(PermissionDenied):
        leave_company(by=user, affiliation=affiliation)


def test_last_owner_stays_and_reads_why(owner_client, owner, editor):
    page = owner_client.get(PAGE).content.decode()
    answers = [
        owner_client.post(f"{LEAVING}?foretag=oh-hej-ab"),
        owner_client.post(url(owner), {"role": "editor", "title": ""}),
    ]

    assert 'disabled aria-describedby="cannot-leave">Lämna företaget' in tight(page)
    assert [answer.status_code for answer in answers] == [409, 422]
    assert (affiliation_of(owner).role, affiliation_of(owner).ended_on) == ("owner", None)


def test_one_of_two_owners_leaves_once_and_again(owner_client, owner, company):
    make_affiliation(make_user(), company, "owner")
    path = owner_client.get(PAGE).context["leaving_url"]

    answers = [owner_client.post(path) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/min-sida/", "/min-sida/"]
    assert affiliation_of(owner).ended_on == timezone.localdate()


def test_an_owner_whose_account_is_closed_is_no_other_owner(owner, company):
    make_affiliation(make_user(is_active=False), company, "owner")

    with pytest.raises(LastOwner):
        leave_company(by=owner, affiliation=affiliation_of(owner))


def leave_both_at_once(company, owners):
    outcomes = []

    def leave(user):
        try:
            leave_company(by=user, affiliation=affiliation_of(user, company))
            outcomes.append("left")
        except LastOwner:
            outcomes.append("last")
        finally:
            connection.close()

    threads = [Thread(target=leave, args=(user,)) for user in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("locked", "outcome"), [(False, ["left", "left"]), (True, ["last", "left"])])
def test_of_two_last_owners_who_leave_at_once_one_stays(company, owner, monkeypatch, locked, outcome):
    """Without the lock both go: the race is real."""
    make_affiliation(second := make_user(), company, "owner")
    slow = people.is_last_owner
    monkeypatch.setattr(
        people,
        "is_last_owner",
        lambda affiliation: [slow(affiliation), connection.cursor().execute("SELECT pg_sleep(.3)")][0],
    )
    if not locked:
        monkeypatch.setattr(people, "lock_company", lambda company: None)

    assert leave_both_at_once(company, [owner, second]) == outcome


def test_list_asks_as_much_of_the_database_for_many_as_for_one(owner_client, company):
    make_invitation(company, "a@bolag.example")
    owner_client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        owner_client.get(PAGE)
    for number in range(60):
        make_affiliation(make_user(), company)
        make_invitation(company, f"{number}@ny.example")

    with CaptureQueriesContext(connection) as many:
        page = owner_client.get(PAGE)

    assert (len(many), len(page.context["people"]), len(page.context["invitations"])) == (len(one), 50, 50)
