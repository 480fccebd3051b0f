"""A changed profile that staff read before it is public: approved, or given back with a comment."""

import pytest
from django.urls import reverse

from creativenorth.mail.models import Mail
from creativenorth.site.models import Cluster
from tests.factories import make_cluster, say
from tests.members.test_profile import DISCARD, OLD, PAGE, PUBLISHING, publish, said, save, values
from tests.uploads import picture


@pytest.fixture
def reviewed(db):
    make_cluster()
    Cluster.objects.update(reviews_profiles=True)


def test_with_review_the_old_version_stays_until_staff_approve(reviewed, owner_client, staff, company):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")

    response = publish(owner_client)

    assert response.url == PAGE
    assert said(company).tagline_sv == OLD
    assert [letter.to for letter in Mail.objects.filter(subject=f"{company.name} har ändrat sin profil")] == [
        staff.email
    ]


def test_sending_for_review_twice_writes_one_mail(reviewed, owner_client, staff):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    version = owner_client.get(PUBLISHING).context["version"]

    for _ in range(2):
        owner_client.post(PUBLISHING, {"version": version})

    assert Mail.objects.count() == 1


@pytest.fixture
def waiting(reviewed, owner_client, company):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    publish(owner_client)
    return f"/admin/members/profileversion/{company.draft.pk}/review/"


def answer(client, path, **data):
    version = client.get(path).context["draft"].revision
    return client.post(path, {"version": version} | data)


def test_staff_see_before_and_after(waiting, staff_client):
    (change,) = staff_client.get(waiting).context["changes"]

    assert (change.label, change.before) == ("En rad om er, på svenska", [("Vi ", False), ("gör det synligt", True)])
    assert change.after == [("Vi ", False), ("bygger ljud", True)]


def test_approval_publishes_and_tells_the_company_once(waiting, staff_client, owner, company):
    version = staff_client.get(waiting).context["draft"].revision
    for _ in range(2):
        staff_client.post(waiting, {"version": version, "approve": "1"})

    assert said(company).tagline_sv == "Vi bygger ljud"
    assert [letter.to for letter in Mail.objects.filter(subject="Oh hej AB: profilen är publik")] == [owner.email]


def test_return_keeps_draft_and_page_and_tells_why(waiting, staff_client, owner_client, owner, company):
    response = answer(staff_client, waiting, comment="Skriv ut vad ni gör.", **{"return": "1"})

    (letter,) = Mail.objects.filter(subject="Oh hej AB: titta på profilen en gång till")
    assert response.status_code == 302
    assert (letter.to, "Skriv ut vad ni gör." in letter.text) == (owner.email, True)
    assert f"/mitt-foretag/?foretag={company.slug}" in letter.text
    assert said(company).tagline_sv == OLD
    assert values(company) == {"tagline_sv": "Vi bygger ljud"}
    assert "Skriv ut vad ni gör." in owner_client.get(PAGE).content.decode()


def test_return_without_a_comment_is_refused(waiting, staff_client, company):
    response = answer(staff_client, waiting, comment=" ", **{"return": "1"})

    assert response.status_code == 422
    assert company.draft.is_waiting


def test_approving_what_has_changed_since_is_refused(waiting, staff_client, owner_client, company):
    version = staff_client.get(waiting).context["draft"].revision
    save(owner_client, "summary", tagline_sv="Något helt annat")

    response = staff_client.post(waiting, {"version": version, "approve": "1"})

    assert response.status_code == 409
    assert said(company).tagline_sv == OLD


def test_readers_and_hosts_do_not_answer(waiting, host_client, company):
    assert host_client.get(waiting).status_code == 403


def test_link_in_the_mail_leads_on_when_the_company_has_taken_its_changes_back(waiting, staff_client, owner_client):
    owner_client.post(DISCARD, {"version": owner_client.get(PUBLISHING).context["version"], "confirmed": "yes"})

    response = staff_client.get(waiting, follow=True)

    assert response.redirect_chain == [(reverse("admin:members_profileversion_changelist"), 302)]
    assert "eller så har företaget slängt sina ändringar" in response.content.decode()


def test_sending_again_without_a_change_asks_nobody_to_read(reviewed, owner_client, staff, company):
    response = owner_client.post(PUBLISHING, {"version": ""})

    assert (response.status_code, response.url) == (302, company.url)
    assert not Mail.objects.exists()


def test_what_two_people_left_undescribed_is_not_approved(waiting, staff_client, owner_client, company):
    save(owner_client, "pictures", cover=picture())

    response = answer(staff_client, waiting, approve="1")

    assert response.status_code == 422
    assert "beskriv bilden först: den stora bilden" in response.content.decode()
    assert (said(company).cover.name, said(company).tagline_sv) == ("", OLD)


def test_guide_says_that_somebody_reads(waiting, owner_client, company):
    say(company, is_placeholder=True)

    steps = owner_client.get(PAGE).context["steps"]

    assert [(str(step["text"]), step["is_done"]) for step in steps][-1] == (
        "Skickat: någon på klustret läser det",
        False,
    )


def test_staff_switch_the_review_on(staff_client):
    make_cluster()
    page = reverse("admin:creativenorth_cluster_change", args=[1])
    form = staff_client.get(page).context["adminform"].form
    data = {bound.html_name: bound.value() for bound in form if bound.value()}

    response = staff_client.post(page, data | {"reviews_profiles": "on"})

    assert (response.status_code, Cluster.objects.get().reviews_profiles) == (302, True)


def test_draft_that_was_not_sent_is_the_companys_own(staff_client, owner_client, company):
    save(owner_client, "summary", tagline_sv="Oskickat")
    key = [company.draft.pk]
    pages = ["changelist", []], ["change", key], ["history", key], ["review", key]

    found = [
        staff_client.get(reverse(f"admin:members_profileversion_{name}", args=args), follow=True)
        for name, args in pages
    ]
    found.append(staff_client.get(reverse("admin:members_company_history", args=[company.pk])))

    assert values(company) == {"tagline_sv": "Oskickat"}
    assert ["Oskickat" in page.content.decode() for page in found] == [False] * 5
    assert found[0].context["cl"].result_count == 0


def test_the_list_says_who_writes_changed_profiles(staff_client):
    page = staff_client.get(reverse("admin:members_profileversion_changelist"))

    assert page.context["why_not_add"] == "Företagen skriver dem själva."
