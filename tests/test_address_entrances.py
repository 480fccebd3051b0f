"""Every entrance × every spelling of one address is one mailbox; a look-alike is refused, or is a mailbox of its own."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from creativenorth.mail.models import Mail
from events.actions.cancellation import cancel
from events.actions.signup import sign_up
from events.models import Audience, GuestSignUp, Registration
from members.actions.importing.plan import lines_of
from members.hooks.personal_data import as_file
from members.models import Company, Enquiry, Invitation, User
from members.models.table_import import ImportKind
from tests.creativenorth.test_addresses import NORMAL, SPELLINGS
from tests.events.seats import guest, make_course
from tests.events.test_signup import link_in_mail
from tests.factories import PASSWORD, make_company, make_enquiry, make_user
from tests.members.tables import send
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIKE = "anna@vınter.example"  # with a dotless i: the mailbox of somebody else
VICTIM = "anna@vinter.example"


@pytest.fixture(params=SPELLINGS)
def spelling(request):
    return request.param


@pytest.fixture
def coordinator(groups):
    return make_user("sam@kluster.example", is_staff=True, groups=["coordinator"])


def guest_form(**fields):
    return {"idempotency_key": uuid4(), "shown_to": "nobody", "name": "Gun Gäst"} | fields


def guest_signs_up(client, course, address):
    """The answer to the form, or to the confirmation where there is one to give."""
    sent = client.post(f"/aktiviteter/{course.slug}/anmalan/", guest_form(email=address))
    form = GuestSignUp.objects.order_by("pk").last()
    if sent.status_code != 302 or form is None:
        return sent
    return client.post(link_in_mail(form.email))


def test_a_sign_in_by_code(client, spelling):
    person = make_user(NORMAL)

    client.post("/konto/logga-in/kod/", {"email": spelling})
    code = re.search(r"^(\S+) är din kod", Mail.objects.get(to=NORMAL).subject)[1]
    client.post("/konto/logga-in/kod/skriv/", {"code": code})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_sign_in_by_password(client, spelling):
    person = make_user(NORMAL)

    client.post("/konto/logga-in/", {"login": spelling, "password": PASSWORD})

    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_new_password(client, spelling):
    make_user(NORMAL)

    client.post(reverse("account_reset_password"), {"email": spelling})

    assert [(mail.to, mail.is_secret) for mail in Mail.objects.all()] == [(NORMAL, True)]


def test_a_change_of_address(client, spelling):
    person = make_user("gammal@b.example")
    client.post("/konto/logga-in/", {"login": person.email, "password": PASSWORD})

    client.post("/konto/e-post/", {"email": spelling, "action_add": "1"})

    assert set(person.emailaddress_set.values_list("email", flat=True)) == {person.email, NORMAL}


def test_a_guest(client, spelling):
    course = make_course(5)
    guest_signs_up(client, course, NORMAL)

    guest_signs_up(client, course, spelling)

    assert [row.email for row in Registration.objects.all()] == [NORMAL]


def test_a_guest_who_has_an_account(client, spelling):
    person = make_user(NORMAL, name="Gun Gäst")

    guest_signs_up(client, make_course(5), spelling)

    assert [(row.user, row.email) for row in Registration.objects.all()] == [(person, "")]


def test_an_invited_guest(client, spelling):
    course = make_course(5, audience=Audience.INVITED)
    course.invitees.create(email=spelling)

    guest_signs_up(client, course, NORMAL)

    assert Registration.objects.get().email == NORMAL


def test_an_invitation_of_a_colleague(owner_client, company, spelling):
    form = {"role": "participant", "target_group": "creator", "language": "sv"}

    for address in (NORMAL, spelling):
        owner_client.post("/mitt-foretag/personer/", form | {"email": address, "idempotency_key": uuid4()})

    rows = Invitation.objects.order_by("pk")
    assert [(row.email, row.revoked_at is None) for row in rows] == [(NORMAL, False), (NORMAL, True)]


def test_an_enquiry(client, spelling):
    form = client.get(reverse("members:contact")).context["form"]
    data = {"name": "Nora", "message": "Hej", "idempotency_key": form["idempotency_key"].value()}

    client.post(reverse("members:contact"), data | {"email": spelling})

    assert Enquiry.objects.get().email == NORMAL


def test_a_welcome_to_a_company(coordinator, spelling):
    url = reverse("admin:members_enquiry_company", args=[make_enquiry().pk])
    form = {"name": "Ny AB", "email": spelling, "joined_on": date(2026, 11, 24), "language": "sv"}

    signed_in(coordinator).post(url, form)

    assert Invitation.objects.get().email == NORMAL


def test_an_import_of_people(coordinator, spelling):
    person = make_user(NORMAL)

    sent = send(coordinator, [["Ny", spelling.strip()]], head=["Namn", "E-post"], kind=ImportKind.PEOPLE)

    assert [line.target for line in lines_of(sent)] == [person]
    assert len(as_file(person)["imports"]) == 1


def test_a_persons_page_in_the_admin(staff_client, spelling):
    make_user(NORMAL)
    form = {
        "name": "Annan",
        "email": spelling,
        "language": "sv",
        "is_active": "on",
        "affiliations-TOTAL_FORMS": 0,
        "affiliations-INITIAL_FORMS": 0,
    }

    answer = staff_client.post(reverse("admin:members_user_add"), form)

    assert answer.context["adminform"].form.errors == {"email": ["Adressen har redan ett konto."]}


def test_somebody_added_by_staff(staff_client, spelling):
    person, course = make_user(NORMAL, name="Annan"), make_course(5)
    form = {"name": "Annan", "email": spelling, "mode": "on_site", "idempotency_key": uuid4()}

    staff_client.post(reverse("admin:events_registration_walk_in", args=[course.pk]), form)

    assert Registration.objects.get().user == person


def test_a_companys_address(spelling):
    make_company("Ny AB", email=spelling)

    assert Company.objects.get().profile.email == NORMAL


# What a stranger could reach with an address that looks like somebody's, or has the same letters in capitals only.


def test_a_look_alike_opens_nobodys_registration(client):
    course = make_course(5)
    guest_signs_up(client, course, VICTIM)
    theirs = Registration.objects.get()

    guest_signs_up(client, course, LIKE)

    other = Registration.objects.exclude(pk=theirs.pk).get()
    assert (theirs.email, other.email) == (VICTIM, "anna@xn--vnter-n4a.example")


def test_a_look_alike_before_the_at_sign_is_refused(client):
    answer = guest_signs_up(client, make_course(5), "vınter@b.example")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["email"])


def test_a_look_alike_gets_into_nothing_for_invited_people_alone(client):
    course = make_course(5, audience=Audience.INVITED)
    course.invitees.create(email=VICTIM)

    client.post(f"/aktiviteter/{course.slug}/anmalan/", guest_form(email=LIKE))

    with pytest.raises(Mail.DoesNotExist):
        link_in_mail(GuestSignUp.objects.get().email)


def test_a_look_alike_reopens_nobodys_account(client, owner):
    closed = make_user(VICTIM, is_active=False)
    company = owner.affiliations.get().company
    form = {"role": "participant", "language": "sv", "email": LIKE, "idempotency_key": uuid4()}
    signed_in(owner).post("/mitt-foretag/personer/", form)
    invitation = Invitation.objects.get()

    client.post(link_in_mail(invitation.email, template="inbjudan"), {"name": "Fel Person"})

    closed.refresh_from_db()
    assert (invitation.email == VICTIM, closed.is_active, company.affiliations.filter(user=closed).exists()) == (
        False,
    ) * 3
    assert User.objects.get(email=invitation.email).name == "Fel Person"


def test_a_look_alike_reads_nobodys_data():
    make_enquiry(email=VICTIM)
    course = make_course(5)
    course.invitees.create(email=VICTIM)

    theirs, others = as_file(make_user(VICTIM)), as_file(make_user(LIKE))

    assert [len(each["enquiries"]) + len(each["invited_to"]) for each in (theirs, others)] == [2, 0]


def test_an_address_that_nobody_has_confirmed_shows_nothing(company):
    """Staff have written it; it may be a slip, and somebody else's."""
    course, person = make_course(5), make_user()
    course.invitees.create(email=VICTIM)
    User.objects.filter(pk=person.pk).update(email=VICTIM)
    person.refresh_from_db()

    assert as_file(person)["invited_to"] == []


def test_cancelling_takes_nobody_elses_seat():
    course = make_course(5)
    theirs, other = (
        sign_up(course, attendees=[guest(email=address)], mode="on_site", idempotency_key=uuid4())[0]
        for address in (VICTIM, LIKE)
    )

    cancel(other, by=make_user(is_staff=True, is_superuser=True))

    theirs.refresh_from_db()
    assert theirs.is_confirmed
