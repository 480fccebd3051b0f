"""Two that are one: everything moves, by rule where both have it; once, by who may, and the history stays readable."""

import threading
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from creativenorth.history_entries import entries
from creativenorth.models import Mail
from events.models import Registration
from members.actions.erasure import erase_due, erase_person
from members.actions.merging import ChangedMeanwhile, merge_companies, merge_people
from members.actions.numbers import read_number, set_number
from members.merging import choices
from members.merging.relations import Forgotten, columns_to, counted, label_of, move_all, mover_of
from members.models import Affiliation, Company, CompanyNumber, Merge, NumberReading, ProfileDraft, User
from tests import factories
from tests.factories import make_affiliation, make_company, make_membership, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def twins(staff):
    """A company that stays, and the same once more."""
    return make_company("Norrsken AB", town=""), make_company("NORRSKEN! Aktiebolag", member=False, town="Piteå")


@pytest.fixture
def accounts():
    return make_user("anna@bolag.example", name="Anna Ek"), make_user("anna@hem.example", name="Anna E.")


def places(**of):
    columns = ("role", "started_on", "ended_on")
    return list(Affiliation.objects.filter(**of).order_by("started_on").values_list(*columns))


@pytest.mark.parametrize("model", [Company, User])
def test_every_column_that_points_here_has_a_rule(model):
    """A new relation fails here: say in members.merging, or in the app's own merging module, what becomes of its rows."""
    columns = list(columns_to(model))

    assert [label_of(column) for column in columns if mover_of(column) is None] == []
    assert len(columns) > 10


def test_a_relation_without_a_rule_stops_everything(twins, monkeypatch):
    kept, gone = twins
    monkeypatch.setattr("members.merging.relations._movers", {})

    with pytest.raises(Forgotten):
        move_all(gone, kept)


def test_everything_of_the_company_moves(twins, staff, owner):
    kept, gone = twins
    activity = factories.make_activity()
    factories.make_registration(activity, owner, company=gone)
    make_affiliation(owner, gone, "owner")
    factories.make_invitation(gone)
    gone.works.create(title_sv="Film")
    gone.sectors.add(factories.make_sector())
    ProfileDraft.objects.create(company=gone, values={"town": "Luleå"})
    told = dict(counted(gone))

    merge = merge_companies(by=staff, kept=kept, gone=gone, take=["town"])

    kept.refresh_from_db()
    left = [column for column in columns_to(Company) if column.model.objects.filter(**{column.name: gone.pk}).exists()]
    assert (left, Company.objects.filter(pk=gone.pk).exists()) == ([], False)
    assert (kept.town, kept.name, kept.works.count(), kept.sectors.count()) == ("Piteå", "Norrsken AB", 1, 1)
    assert sum(told.values()) == 5
    assert sum(merge.moved.values()) == 6  # the sector too, which is joined


def test_one_person_in_both_has_one_place_of_the_longer_time_and_higher_role(twins, staff):
    kept, gone = twins
    person = make_user()
    make_affiliation(person, kept, "participant", started_on=date(2024, 1, 1), is_shown=True)
    make_affiliation(person, gone, "editor", started_on=date(2022, 1, 1))
    make_affiliation(person, gone, "owner", started_on=date(2019, 1, 1), ended_on=date(2020, 1, 1))

    merge_companies(by=staff, kept=kept, gone=gone)

    assert places(user=person, company=kept) == [
        ("owner", date(2019, 1, 1), date(2020, 1, 1)),
        ("editor", date(2022, 1, 1), None),
    ]
    assert not Affiliation.objects.get(user=person, ended_on=None).is_shown


def test_a_role_that_has_ended_does_not_come_back(twins, staff):
    kept, gone = twins
    person, today = make_user(), timezone.localdate()
    make_affiliation(person, gone, "owner", started_on=today - 90 * DAY, ended_on=today - 10 * DAY)
    make_affiliation(person, kept, "participant", started_on=today - 50 * DAY)

    merge_companies(by=staff, kept=kept, gone=gone)

    assert places(user=person) == [("participant", today - 90 * DAY, None)]


def test_memberships_that_overlap_become_one(twins, staff):
    kept, gone = twins
    make_membership(gone, joined_on=date(2020, 1, 1), left_on=date(2021, 1, 1))
    kept.memberships.update(joined_on=date(2024, 1, 1))
    make_membership(gone, joined_on=date(2023, 1, 1), left_on=date(2025, 1, 1))

    merge_companies(by=staff, kept=kept, gone=gone)

    found = kept.memberships.order_by("joined_on").values_list("joined_on", "left_on")
    assert list(found) == [(date(2020, 1, 1), date(2021, 1, 1)), (date(2023, 1, 1), None)]


def test_what_one_of_them_hides_stays_hidden(twins, staff):
    kept, gone = twins
    Company.objects.filter(pk=gone.pk).update(visibility={"phone": "hidden"}, phone="+46703028222")

    merge_companies(by=staff, kept=kept, gone=gone, take=["phone"])

    kept.refresh_from_db()
    assert (kept.visibility, kept.phone.as_e164) == ({"phone": "hidden"}, "+46703028222")


@pytest.mark.parametrize(("take", "number"), [([], "556016-0680"), (["number"], "900101-****")])
def test_a_sole_traders_number_stays_sealed_and_its_readings_go_along(twins, staff, take, number):
    kept, gone = twins
    set_number(by=staff, company=kept, text="556016-0680")
    set_number(by=staff, company=gone, text="900101-0017")
    read_number(by=staff, company=gone)

    merge_companies(by=staff, kept=kept, gone=gone, take=take)

    assert [one.masked for one in CompanyNumber.objects.all()] == [number]
    assert [(one.company, one.reader) for one in NumberReading.objects.all()] == [(kept, staff)]


def test_the_old_address_leads_on_also_after_the_next_merging(client, twins, staff):
    kept, gone = twins
    old, last = gone.slug, make_company("Sist AB")
    merge_companies(by=staff, kept=kept, gone=gone)
    merge_companies(by=staff, kept=last, gone=kept)

    answers = [client.get(f"/foretag/{slug}/") for slug in (old, "norrsken-ab")]
    picture, english = client.get(f"/foretag/{old}/bild.png"), client.get(f"/en/companies/{old}/")

    assert [(answer.status_code, answer.url) for answer in answers] == [(301, "/foretag/sist-ab/")] * 2
    assert (picture.status_code, english.status_code, english.url) == (301, 301, "/en/companies/sist-ab/")


def test_the_old_address_tells_nobody_of_what_is_not_public(client, twins, staff):
    kept, gone = twins
    merge_companies(by=staff, kept=kept, gone=gone)
    Company.objects.update(published_at=None)

    assert client.get(f"/foretag/{gone.slug}/").status_code == 404


def test_history_of_the_one_that_went_is_told_with_the_one_that_stays(twins, staff):
    kept, gone = twins
    Company.objects.filter(pk=gone.pk).update(town="Boden")
    set_number(by=staff, company=gone, text="900101-0017")
    read_number(by=staff, company=gone)

    merge_companies(by=staff, kept=kept, gone=gone)

    found = entries(kept)
    merged = next(entry for entry in found if entry.changes and entry.changes[0].label == "Har tagit upp")
    assert (merged.who, merged.changes[0].after) == (staff.name, "NORRSKEN! Aktiebolag, med 2 rader som hörde till")
    assert {entry.of for entry in found} == {"", "NORRSKEN! Aktiebolag"}
    assert [entry.who for entry in found if entry.changes and entry.changes[0].after == "läst i sin helhet"] == [
        staff.name
    ]


def test_owners_of_both_are_told_once_each(twins, staff, owner):
    kept, gone = twins
    make_affiliation(owner, kept, "owner")
    make_affiliation(owner, gone, "owner")
    make_affiliation(make_user("vd@hej.example"), gone, "owner")

    merge_companies(by=staff, kept=kept, gone=gone)

    assert sorted(Mail.objects.values_list("to", flat=True)) == ["agare@hej.example", "vd@hej.example"]


def test_only_coordinators_merge_and_nobody_merges_a_company_with_itself(twins, owner, host, staff):
    kept, gone = twins

    for person, other in ((owner, gone), (host, gone), (staff, kept)):
        with pytest.raises(PermissionDenied):
            merge_companies(by=person, kept=kept, gone=other)


def test_what_was_changed_since_it_was_read_is_read_again(twins, staff):
    kept, gone = twins
    seen = choices.seen(kept, gone)
    Company.objects.filter(pk=gone.pk).update(town="Älvsbyn")

    with pytest.raises(ChangedMeanwhile):
        merge_companies(by=staff, kept=kept, gone=gone, seen=seen)

    assert Company.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_at_once_make_one_merging(twins, staff):
    kept, gone = twins
    found, start = [], threading.Barrier(2)

    def merge():
        start.wait()
        try:
            found.append(merge_companies(by=staff, kept=kept, gone=gone).pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=merge) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (len(found), len(set(found)), Merge.objects.count()) == (2, 1, 1)


def test_everything_of_the_person_moves_and_both_addresses_sign_in(accounts, staff, company):
    kept, gone = accounts
    make_affiliation(gone, company, "owner")
    factories.make_registration(factories.make_activity(), gone)
    factories.make_registration(factories.make_activity(), email="anna@hem.example", guest_name="Anna")
    Authenticator.objects.create(user=gone, type="totp", data={})

    merge_people(by=staff, kept=kept, gone=gone, take=["email"])

    kept.refresh_from_db()
    addresses = EmailAddress.objects.filter(user=kept).order_by("email").values_list("email", "primary", "verified")
    assert list(addresses) == [("anna@bolag.example", False, True), ("anna@hem.example", True, True)]
    assert (kept.email, kept.name, User.objects.filter(pk=gone.pk).exists()) == ("anna@hem.example", "Anna Ek", False)
    assert (kept.affiliations.count(), kept.registrations.count(), Authenticator.objects.count()) == (1, 2, 0)
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["anna@bolag.example", "anna@hem.example"]


def test_of_two_seats_in_one_activity_the_better_stays_and_the_other_goes_on(accounts, staff):
    kept, gone = accounts
    activity = factories.make_activity(capacity=1)
    factories.make_registration(activity, kept, state="waiting")
    factories.make_registration(activity, gone, state="confirmed")
    other = factories.make_activity(capacity=2)
    for person in accounts:
        factories.make_registration(other, person)
    next_one = factories.make_registration(other, state="waiting")

    merge_people(by=staff, kept=kept, gone=gone)

    rows = Registration.objects.filter(user=kept, activity=activity).order_by("state").values_list("state", "cause")
    next_one.refresh_from_db()
    assert list(rows) == [("cancelled", "merged"), ("confirmed", "signed_up")]
    assert Registration.objects.active().filter(user=kept, activity=other).count() == 1
    assert next_one.state == "offered"


def test_the_one_that_goes_is_signed_out_everywhere(accounts, staff, client):
    kept, gone = accounts
    client.post("/konto/logga-in/", {"login": gone.email, "password": factories.PASSWORD})

    merge_people(by=staff, kept=kept, gone=gone)

    assert client.get("/min-sida/").url.startswith("/konto/logga-in/")
    assert UserSession.objects.count() == 0


def test_rights_are_never_merged(accounts, staff):
    kept, gone = accounts
    gone.is_staff = True
    gone.save()
    coordinator = make_user(is_staff=True, groups=["coordinator"])

    for by, keep, go in ((coordinator, kept, gone), (coordinator, gone, kept), (staff, kept, staff)):
        with pytest.raises(PermissionDenied):
            merge_people(by=by, kept=keep, gone=go)
    merge_people(by=staff, kept=kept, gone=gone)

    kept.refresh_from_db()
    assert (kept.is_staff, kept.groups.count()) == (False, 0)


def test_history_names_who_somebody_is_now(accounts, staff, twins):
    import pghistory

    kept, gone = accounts
    with pghistory.context(user=gone.pk):
        Company.objects.filter(pk=twins[0].pk).update(town="Kalix")

    merge_people(by=staff, kept=kept, gone=gone)

    assert entries(twins[0])[0].who == "Anna Ek"


def test_whoever_erases_the_account_erases_the_former_one_too(accounts, staff):
    kept, gone = accounts
    merge_people(by=staff, kept=kept, gone=gone)
    Mail.objects.update(state="sent", sent_at=timezone.now())
    kept.refresh_from_db()

    erase_person(by=kept)
    Mail.objects.update(state="sent", sent_at=timezone.now())
    erase_due()

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ~* %s', ["anna@|Anna E"])
            assert (table, cursor.fetchone()[0]) == (table, 0)


PAGE = "/admin/members/company/merge/"


def test_staff_tick_two_read_them_side_by_side_and_merge(staff_client, twins):
    kept, gone = twins
    ticked = {"action": "merge_chosen", "_selected_action": [kept.pk, gone.pk]}
    pair = staff_client.post("/admin/members/company/", ticked).url
    page = staff_client.get(pair)
    form = {"keep": kept.pk, "seen": page.context["seen"], "take-town": gone.pk, "take-name": kept.pk}

    first, again = staff_client.post(pair, form), staff_client.post(pair, form)

    kept.refresh_from_db()
    assert (page.context["kept"], page.context["gone"]) == (kept, gone)
    assert [row["name"] for row in page.context["differing"] if row["takes_gone"]] == ["town"]
    assert (first.status_code, first.url, again.url) == (302, f"/admin/members/company/{kept.pk}/change/", first.url)
    assert (kept.town, kept.name, Merge.objects.count()) == ("Piteå", "Norrsken AB", 1)


def test_page_refuses_what_has_changed_and_what_may_not_be(staff_client, twins, staff, accounts):
    kept, gone = twins
    stale = staff_client.post(f"{PAGE}?one={kept.pk}&two={gone.pk}", {"keep": kept.pk, "seen": "alt"})
    oneself = staff_client.post(
        f"/admin/members/user/merge/?one={staff.pk}&two={accounts[0].pk}", {"keep": accounts[0].pk, "seen": "x"}
    )
    unknown = staff_client.get(f"{PAGE}?one={kept.pk}&two=999999")

    assert (stale.status_code, oneself.status_code, unknown.status_code) == (409, 422, 404)
    assert Merge.objects.count() == 0


@pytest.mark.parametrize("page", ["duplicates/", "merge/?one=1&two=2", "{}/twins/"])
@pytest.mark.parametrize("model", ["company", "user"])
def test_readers_and_others_do_not_merge(groups, owner_client, twins, owner, page, model):
    reader = signed_in(make_user(is_staff=True, groups=["reader"]))
    address = f"/admin/members/{model}/" + page.format(twins[0].pk if model == "company" else owner.pk)

    assert (reader.get(address).status_code, reader.post(address).status_code in (403, 405)) == (403, True)
    assert owner_client.get(address).status_code == 302


def test_likely_twins_are_found_by_what_they_share(staff_client, staff, django_assert_num_queries):
    one, two = make_company("Åkes Film AB"), make_company("ÅKES FILM Aktiebolag", website="https://www.film.example/")
    three = make_company("Annat", website="http://film.example/om")
    make_company("Facebook-bolag", website="https://facebook.com/a")
    make_company("Facebook-firma", website="https://facebook.com/b")
    staff_client.get("/admin/members/company/duplicates/")

    with django_assert_num_queries(7):
        page = staff_client.get("/admin/members/company/duplicates/")
    twins = staff_client.get(f"/admin/members/company/{two.pk}/twins/")

    found = [({row["one"], row["two"]}, row["reasons"]) for row in page.context["rows"]]
    assert found == [({one, two}, "samma namn"), ({two, three}, "samma webbplats")]
    assert [(other, why) for other, why, _url in twins.context["rows"]] == [
        (one, "samma namn"), (three, "samma webbplats")
    ]  # fmt: skip


def test_people_are_found_by_phone_and_by_an_address_that_is_the_others(staff_client, accounts):
    one, two = accounts
    User.objects.filter(pk=one.pk).update(phone="070-302 82 22")
    User.objects.filter(pk=two.pk).update(phone="+46 70 302 82 22")
    EmailAddress.objects.create(user=two, email="Anna@bolag.example", verified=False)

    page = staff_client.get("/admin/members/user/duplicates/")

    assert [row["reasons"] for row in page.context["rows"]] == ["samma e-post, samma telefonnummer"]
