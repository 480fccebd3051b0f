"""Two that are one: everything moves, by rule where both have it; once, by who may, and the history stays readable."""

import threading
import time
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone

from creativenorth.history.entries import entries
from creativenorth.mail.models import Mail
from members.actions.company_numbers import read_number, set_number
from members.actions.merging import ChangedMeanwhile, choices, merge_companies
from members.actions.merging.relations import UnregisteredRelation, columns_to, counted, label_of, move_all, mover_of
from members.models import Affiliation, Company, CompanyNumber, Invitation, Merge, NumberReading, ProfileVersion, User
from tests import factories
from tests.factories import make_affiliation, make_company, make_membership, make_user, say

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def wait_for_a_lock():
    """Until somebody else waits for what this transaction holds."""
    with connection.cursor() as cursor:
        for _ in range(100):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.02)


def affiliations(**of):
    columns = ("role", "started_on", "ended_on")
    return list(Affiliation.objects.filter(**of).order_by("started_on").values_list(*columns))


@pytest.mark.parametrize("model", [Company, User])
def test_every_column_that_points_here_has_a_rule(model):
    """A new relation fails here: say in members.merging, or in the app's own merging module, what becomes of its rows."""
    columns = list(columns_to(model))

    assert [label_of(column) for column in columns if mover_of(column) is None] == []
    assert len(columns) > 10


def test_a_relation_without_a_rule_stops_everything(duplicates, monkeypatch):
    kept, gone = duplicates
    monkeypatch.setattr("members.actions.merging.relations.movers.registered", [])

    with pytest.raises(UnregisteredRelation):
        move_all(gone, kept)


def test_everything_of_the_company_moves(duplicates, staff, owner):
    kept, gone = duplicates
    activity = factories.make_activity()
    factories.make_registration(activity, owner, company=gone)
    make_affiliation(owner, gone, "owner")
    factories.make_invitation(gone)
    factories.make_work(gone, "Film")
    gone.profile.sectors.add(factories.make_sector())
    ProfileVersion.objects.create(company=gone, town="Luleå")
    told = dict(counted(gone))

    merge = merge_companies(by=staff, kept=kept, gone=gone, take=["town"])

    kept.refresh_from_db()
    left = [column for column in columns_to(Company) if column.model.objects.filter(**{column.name: gone.pk}).exists()]
    assert (left, Company.objects.filter(pk=gone.pk).exists()) == ([], False)
    now = kept.profile
    assert (now.town, kept.name, now.works.count(), now.sectors.count()) == ("Piteå", "Norrsken AB", 1, 1)
    assert (kept.draft.town, [version.town for version in kept.versions.earlier()]) == ("Luleå", ["Piteå", ""])
    assert (sum(told.values()), sum(merge.moved.values())) == (5, 5)


def test_one_person_in_both_has_one_affiliation_of_the_longer_time_and_higher_role(duplicates, staff):
    kept, gone = duplicates
    person = make_user()
    make_affiliation(person, kept, "participant", started_on=date(2024, 1, 1), is_shown=True)
    make_affiliation(person, gone, "editor", started_on=date(2022, 1, 1))
    make_affiliation(person, gone, "owner", started_on=date(2019, 1, 1), ended_on=date(2020, 1, 1))

    merge_companies(by=staff, kept=kept, gone=gone)

    assert affiliations(user=person, company=kept) == [
        ("owner", date(2019, 1, 1), date(2020, 1, 1)),
        ("editor", date(2022, 1, 1), None),
    ]
    assert not Affiliation.objects.get(user=person, ended_on=None).is_shown


def test_a_role_that_has_ended_does_not_come_back(duplicates, staff):
    kept, gone = duplicates
    person, today = make_user(), timezone.localdate()
    make_affiliation(person, gone, "owner", started_on=today - 90 * DAY, ended_on=today - 10 * DAY)
    make_affiliation(person, kept, "participant", started_on=today - 50 * DAY)

    merge_companies(by=staff, kept=kept, gone=gone)

    assert affiliations(user=person) == [("participant", today - 90 * DAY, None)]


def test_memberships_that_overlap_become_one(duplicates, staff):
    kept, gone = duplicates
    make_membership(gone, joined_on=date(2020, 1, 1), left_on=date(2021, 1, 1))
    kept.memberships.update(joined_on=date(2024, 1, 1))
    make_membership(gone, joined_on=date(2023, 1, 1), left_on=date(2025, 1, 1))

    merge_companies(by=staff, kept=kept, gone=gone)

    found = kept.memberships.order_by("joined_on").values_list("joined_on", "left_on")
    assert list(found) == [(date(2020, 1, 1), date(2021, 1, 1)), (date(2023, 1, 1), None)]


def test_what_one_of_them_hides_stays_hidden(duplicates, staff):
    kept, gone = duplicates
    Company.objects.filter(pk=gone.pk).update(visibility={"phone": "hidden"})
    say(gone, phone="+46703028222")

    merge_companies(by=staff, kept=kept, gone=gone, take=["phone"])

    kept.refresh_from_db()
    assert (kept.visibility, kept.profile.phone.as_e164) == ({"phone": "hidden"}, "+46703028222")


def test_examples_give_way_to_what_is_meant_and_go_on_being_marked_where_they_stay(duplicates, staff):
    kept, gone = duplicates
    say(kept, is_placeholder=True, description_en="An example")
    say(gone, description_sv="Vi gör film", tagline_sv="", tagline_en="")
    better_to_keep = [name for name in choices.EXAMPLES if choices.is_other_value_better(kept, gone, name)]

    merge_companies(by=staff, kept=kept, gone=gone, take={*choices.EXAMPLES} - {"description_en"})

    kept.refresh_from_db()
    now = kept.profile
    assert (better_to_keep, now.is_placeholder) == (choices.EXAMPLES, True)
    assert (now.description_sv, now.description_en, now.tagline_sv) == ("Vi gör film", "An example", "")


@pytest.mark.parametrize(("take", "number"), [([], "556016-0680"), (["number"], "900101-****")])
def test_a_sole_traders_number_stays_sealed_and_its_readings_go_along(duplicates, staff, take, number):
    kept, gone = duplicates
    set_number(by=staff, company=kept, text="556016-0680")
    set_number(by=staff, company=gone, text="900101-0017")
    read_number(by=staff, company=gone)

    merge_companies(by=staff, kept=kept, gone=gone, take=take)

    assert [one.masked for one in CompanyNumber.objects.all()] == [number]
    assert [(one.company, one.reader) for one in NumberReading.objects.all()] == [(kept, staff)]


def test_the_old_address_leads_on_also_after_the_next_merging(client, duplicates, staff):
    kept, gone = duplicates
    old, last = gone.slug, make_company("Sist AB")
    merge_companies(by=staff, kept=kept, gone=gone)
    merge_companies(by=staff, kept=last, gone=kept)

    answers = [client.get(f"/foretag/{slug}/") for slug in (old, "norrsken-ab")]
    picture, english = client.get(f"/foretag/{old}/bild.png"), client.get(f"/en/companies/{old}/")

    assert [(answer.status_code, answer.url) for answer in answers] == [(301, "/foretag/sist-ab/")] * 2
    assert (picture.status_code, english.status_code, english.url) == (301, 301, "/en/companies/sist-ab/")


def test_the_old_address_tells_nobody_of_what_is_not_public(client, duplicates, staff):
    kept, gone = duplicates
    merge_companies(by=staff, kept=kept, gone=gone)
    Company.objects.update(published_at=None)

    assert client.get(f"/foretag/{gone.slug}/").status_code == 404


def test_what_staff_have_taken_down_stays_down_unless_they_say_otherwise(duplicates, staff):
    kept, gone = duplicates
    Company.objects.filter(pk=kept.pk).update(published_at=None, taken_down_at=timezone.now())
    kept.refresh_from_db()
    suggested = choices.is_other_value_better(kept, gone, "published_at")

    merge_companies(by=staff, kept=kept, gone=gone)
    kept.refresh_from_db()
    down = kept.taken_down_at is not None
    merge_companies(by=staff, kept=kept, gone=make_company("Norrsken"), take=["published_at"])

    kept.refresh_from_db()
    assert (suggested, down, kept.taken_down_at, kept.published_at is None) == (False, True, None, False)


def test_a_page_taken_down_stays_so_in_a_company_that_is_not_public(duplicates, staff):
    kept, gone = duplicates
    Company.objects.update(published_at=None)
    Company.objects.filter(pk=gone.pk).update(taken_down_at=timezone.now())

    merge_companies(by=staff, kept=kept, gone=gone)

    assert Company.objects.get(pk=kept.pk).taken_down_at is not None


def test_history_of_the_one_that_went_is_told_with_the_one_that_stays(duplicates, staff):
    kept, gone = duplicates
    Company.objects.filter(pk=gone.pk).update(published_at=None)
    set_number(by=staff, company=gone, text="900101-0017")
    read_number(by=staff, company=gone)

    merge_companies(by=staff, kept=kept, gone=gone)

    found = entries(kept)
    merged = next(entry for entry in found if entry.changes and entry.changes[0].label == "Har tagit upp")
    assert (merged.who, merged.changes[0].after) == (staff.name, "NORRSKEN! Aktiebolag, med 3 rader som hörde till")
    assert {entry.merged_from for entry in found} == {"", "NORRSKEN! Aktiebolag"}
    assert [entry.who for entry in found if entry.changes and entry.changes[0].after == "läst i sin helhet"] == [
        staff.name
    ]


def test_owners_of_both_are_told_once_each(duplicates, staff, owner):
    kept, gone = duplicates
    make_affiliation(owner, kept, "owner")
    make_affiliation(owner, gone, "owner")
    make_affiliation(make_user("vd@hej.example"), gone, "owner")

    merge_companies(by=staff, kept=kept, gone=gone)

    assert sorted(Mail.objects.values_list("to", flat=True)) == ["agare@hej.example", "vd@hej.example"]


def test_only_coordinators_merge_and_nobody_merges_a_company_with_itself(duplicates, owner, host, staff):
    kept, gone = duplicates

    for person, other in ((owner, gone), (host, gone), (staff, kept)):
        with pytest.raises(PermissionDenied):
            merge_companies(by=person, kept=kept, gone=other)


def test_what_was_changed_since_it_was_read_is_read_again(duplicates, staff):
    kept, gone = duplicates
    pair_digest = choices.pair_digest(kept, gone)
    say(gone, town="Älvsbyn")

    with pytest.raises(ChangedMeanwhile):
        merge_companies(by=staff, kept=kept, gone=gone, pair_digest=pair_digest)

    assert Company.objects.filter(pk=gone.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_merge_at_once_make_one_merging(duplicates, staff):
    kept, gone = duplicates
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


def in_thread(function):
    def work():
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_what_is_entered_during_a_merging_is_not_lost(duplicates, staff):
    kept, gone = duplicates
    found = []

    def merge():
        try:
            merge_companies(by=staff, kept=kept, gone=gone)
        except ChangedMeanwhile:
            found.append("changed meanwhile")

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT FROM members_company WHERE id = %s FOR KEY SHARE", [gone.pk])
        merging = in_thread(merge)
        wait_for_a_lock()  # all is moved by now, and the row is to be deleted
        in_thread(lambda: factories.make_invitation(gone)).join()
    merging.join()

    assert (found, Invitation.objects.get().company) == (["changed meanwhile"], gone)
