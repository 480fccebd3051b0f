"""Staff's open page and what a company does meanwhile; people's affiliations by the rules that owners have."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from creativenorth.mail.models import Mail
from members.models import Affiliation, Company, User, Work
from tests.factories import (
    make_activity,
    make_affiliation,
    make_cluster,
    make_company,
    make_invitation,
    make_news,
    make_registration,
    make_skill,
    make_user,
    make_work,
    say,
)
from tests.open_page import errors, shown

pytestmark = pytest.mark.django_db
STAYS = "Företaget behöver en ägare: gör någon annan till ägare först."


def url(thing):
    return reverse(f"admin:{thing._meta.app_label}_{thing._meta.model_name}_change", args=[thing.pk])


def place_row(client, company, number=0):
    """The page's data, and the start of the names of the fields of one affiliation."""
    return shown(client, url(company)), f"affiliations-{number}-"


def test_what_staff_left_alone_stays_as_the_company_has_published_it(staff_client, company):
    work = make_work(company, "Spel", text_sv="Ett\nspel")
    data = shown(staff_client, url(company.profile))
    say(company, tagline_sv="Nytt från bolaget", description_sv="Två\nrader").skills.add(make_skill("Ljud"))
    Work.objects.update(title_sv="Spelet")

    answer = staff_client.post(url(company.profile), data | {"town": "Luleå", "works-0-year": "2025"})

    now = Company.objects.get(pk=company.pk).profile
    work.refresh_from_db()
    assert (answer.status_code, now.town, now.tagline_sv) == (302, "Luleå", "Nytt från bolaget")
    assert (now.description_sv, [str(skill) for skill in now.skills.all()]) == ("Två\nrader", ["Ljud"])
    assert (work.title_sv, work.text_sv, work.year) == ("Spelet", "Ett\nspel", 2025)


def test_news_that_a_colleague_published_meanwhile_stay_published(staff_client):
    item = make_news(published=False)
    data = shown(staff_client, url(item))
    type(item).objects.update(published_at=timezone.now())

    answer = staff_client.post(url(item), data | {"title_sv": "Ny rubrik"})

    item.refresh_from_db()
    assert (answer.status_code, item.title_sv, item.is_draft) == (302, "Ny rubrik", False)


def test_an_activity_keeps_what_a_colleague_wrote_meanwhile(staff_client):
    activity = make_activity()
    page = reverse("admin:events_activity_change", args=[activity.pk])
    data = shown(staff_client, page)
    type(activity).objects.update(summary_sv="Kollegans ord")

    answer = staff_client.post(page, data | {"title_sv": "Ny rubrik"})

    activity.refresh_from_db()
    assert (answer.status_code, activity.title_sv, activity.summary_sv) == (302, "Ny rubrik", "Kollegans ord")


def test_of_an_activity_that_is_over_nobody_is_told_what_was_corrected(staff_client):
    activity = make_activity(starts_in=-timedelta(days=2))
    make_registration(activity)
    page = reverse("admin:events_activity_change", args=[activity.pk])

    answer = staff_client.post(page, shown(staff_client, page) | {"title_sv": "Utan stavfel"})

    assert (answer.status_code, Mail.objects.count()) == (302, 0)


def test_two_who_change_the_clusters_texts_at_once_keep_both(staff_client):
    cluster = make_cluster()
    data = shown(staff_client, url(cluster))
    type(cluster).objects.update(headline_sv="Från en kollega")

    first = staff_client.post(url(cluster), data | {"lead_sv": "Nya ord"})
    both = staff_client.post(url(cluster), data | {"headline_sv": "Också nytt"})

    cluster.refresh_from_db()
    assert (first.status_code, cluster.headline_sv, cluster.lead_sv) == (302, "Från en kollega", "Nya ord")
    assert "headline_sv" in errors(both)


def test_what_both_changed_is_refused_once_and_nothing_typed_is_lost(staff_client, company):
    page = url(company.profile)
    data = shown(staff_client, page) | {"tagline_sv": "Från klustret", "town": "Luleå"}
    say(company, tagline_sv="Från bolaget")

    names = staff_client.get(page).content.decode()
    answer = staff_client.post(page, data)
    form = answer.context["adminform"].form
    said, kept = errors(answer), (form["tagline_sv"].value(), form["town"].value())
    again = staff_client.post(page, data | {"initial-tagline_sv": form.data["initial-tagline_sv"]})

    now = Company.objects.get(pk=company.pk).profile
    text = "Någon har ändrat det här under tiden, till: Från bolaget. Spara igen för att behålla ditt."
    assert [names.count(f'name="initial-{name}"') for name in ("tagline_sv", "works-0-year")] == [1, 0]
    assert (said, kept) == ({"tagline_sv": [text]}, ("Från klustret", "Luleå"))
    assert (again.status_code, now.tagline_sv, now.town) == (302, "Från klustret", "Luleå")


def test_list_that_both_changed_is_told_in_words(staff_client, company):
    page = url(company.profile)
    data = shown(staff_client, page) | {"skills": [make_skill("Bild").pk]}
    company.profile.skills.add(make_skill("Ljud"))

    said = errors(staff_client.post(page, data))

    assert said["skills"] == ["Någon har ändrat det här under tiden, till: Ljud. Spara igen för att behålla ditt."]


def test_old_page_of_a_person_leaves_what_they_corrected_themselves(staff_client):
    person = make_user(name="Anna Ek")
    data = shown(staff_client, url(person))
    User.objects.filter(pk=person.pk).update(name="Anna Ek Öst")

    staff_client.post(url(person), data | {"phone": "0911-123 45"})

    person.refresh_from_db()
    assert (person.name, person.phone) == ("Anna Ek Öst", "0911-123 45")


def test_affiliation_that_staff_end_is_ended_as_an_owner_would(staff_client, staff, owner, company):
    leaving = make_affiliation(make_user(), company, "editor", started_on=timezone.localdate() - timedelta(days=9))
    back = make_invitation(company, leaving.user.email, role="owner", invited_by=owner)
    data, row = place_row(staff_client, company, 1)

    answer = staff_client.post(url(company), data | {f"{row}ended_on": timezone.localdate().isoformat()})

    leaving.refresh_from_db()
    back.refresh_from_db()
    assert (answer.status_code, leaving.ended_by, back.is_open) == (302, staff, False)
    assert Mail.objects.get().to == leaving.user.email


@pytest.mark.parametrize(("field", "value"), [("role", "editor"), ("ended_on", timezone.localdate().isoformat())])
@pytest.mark.parametrize("owners", [1, 2])
def test_company_keeps_an_owner_whatever_staff_do(staff_client, company, field, value, owners):
    for _ in range(owners):
        make_affiliation(make_user(), company, "owner")
    data = shown(staff_client, url(company)) | {f"affiliations-{number}-{field}": value for number in range(owners)}

    said = errors(staff_client.post(url(company), data))

    assert (said, Affiliation.objects.current().filter(role="owner").count()) == ({field: [STAYS]}, owners)


def test_lower_role_from_a_persons_page_closes_the_links_it_could_not_send(staff_client, owner, company):
    second = make_affiliation(make_user(), company, "owner")
    sent = make_invitation(company, role="owner", invited_by=second.user)
    data = shown(staff_client, url(second.user))

    answer = staff_client.post(url(second.user), data | {"affiliations-0-role": "editor"})

    sent.refresh_from_db()
    assert (answer.status_code, sent.is_open) == (302, False)


def test_staff_neither_show_a_person_nor_give_the_affiliation_to_another(staff_client, owner, company):
    data, row = place_row(staff_client, company)
    other, elsewhere = make_user(), make_company()

    staff_client.post(url(company), data | {f"{row}is_shown": "on", f"{row}user": other.pk, f"{row}title": "Chef"})
    data = shown(staff_client, url(owner)) | {"affiliations-0-company": elsewhere.pk}
    staff_client.post(url(owner), data)

    affiliation = Affiliation.objects.get()
    assert (affiliation.is_shown, affiliation.user, affiliation.company, affiliation.title) == (
        False,
        owner,
        company,
        "Chef",
    )


def test_end_in_days_to_come_is_refused(staff_client, owner, company):
    data, row = place_row(staff_client, company)

    said = errors(staff_client.post(url(company), data | {f"{row}ended_on": "2099-01-01"}))

    assert list(said) == ["ended_on"]
