"""What a profile said earlier: kept, compared, said again; what is being written meanwhile stays in the draft."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from creativenorth.dates import moment_text
from creativenorth.history.entries import entries
from creativenorth.publishing.models import ContentVersion
from members.actions.profile.drafts import change_profile
from members.actions.profile.earlier import go_back
from members.actions.profile.pictures import remove_unnamed
from members.models import Company, ProfileVersion
from members.retention import VERSION_DAYS, VERSIONS_KEPT, forget_earlier_profiles
from tests.factories import make_cluster, make_skill, make_work, say
from tests.members.test_pictures import stored
from tests.members.test_profile import OLD, PUBLISHING, has_draft, publish, said, save, values
from tests.uploads import picture

PAGE = "/mitt-foretag/versioner/"
NEW = "Vi bygger ljud"


@pytest.fixture
def earlier(owner_client, company):
    """The version before the one that the owner has published."""
    say(company, website="https://hej.example").skills.add(make_skill("Ljud"))
    make_work(company, "Ljudbok")
    save(owner_client, "summary", tagline_sv=NEW)
    publish(owner_client)
    return company.versions.earlier().get()


def return_to(client, version, read=None):
    address = f"{PAGE}{version.revision}/"
    return client.post(address, {"version": read or client.get(address).context["read"]})


def test_list_tells_when_and_by_whom_and_each_has_its_page(earlier, owner_client, owner, company):
    save(owner_client, "summary", tagline_sv="Tredje")
    publish(owner_client)

    listed = owner_client.get(PAGE)
    rows = listed.context["rows"]
    page = owner_client.get(f"{PAGE}{earlier.revision}/sidan/").content.decode()

    assert [version.published_by for version, _url in rows] == [owner, None]
    assert f">{moment_text(earlier.published_at)}</a>" in listed.content.decode()
    assert (rows[1][1], f'<p class="lead">{OLD}</p>' in page) == (f"{PAGE}{earlier.revision}/", True)


def test_going_back_says_all_of_it_again_and_twice_is_once(earlier, owner_client, company):
    first, second = return_to(owner_client, earlier), return_to(owner_client, earlier)

    now = said(company)
    assert [(answer.status_code, answer.url) for answer in (first, second)] == [(302, PAGE)] * 2
    assert (now.tagline_sv, [str(skill) for skill in now.skills.all()]) == (OLD, ["Ljud"])
    assert [work.title_sv for work in now.shown_works] == ["Ljudbok"]
    assert [version.tagline_sv for version in company.versions.earlier()] == [NEW, OLD]


def test_double_click_with_what_was_read_before_is_once_too(earlier, owner_client, company):
    address = f"{PAGE}{earlier.revision}/"
    read = owner_client.get(address).context["read"]

    answers = [owner_client.post(address, {"version": read}).status_code for _ in range(2)]

    assert (answers, company.versions.count()) == ([302, 302], 3)


def test_what_is_being_written_stays_in_the_draft_and_the_rest_follows(earlier, owner_client, company):
    save(owner_client, "contact", website="https://ny.example")

    return_to(owner_client, earlier)

    assert (said(company).tagline_sv, said(company).website) == (OLD, "https://hej.example")
    assert values(company) == {"website": "https://ny.example"}


def test_where_profiles_are_reviewed_it_becomes_the_draft(earlier, owner_client, company):
    make_cluster(reviews_profiles=True)

    answers = [return_to(owner_client, earlier) for _ in range(2)]

    assert [answer.url for answer in answers] == [PUBLISHING] * 2
    assert (said(company).tagline_sv, values(company)) == (NEW, {"tagline_sv": OLD})


def test_where_profiles_are_reviewed_no_draft_is_overwritten(earlier, owner_client, company):
    make_cluster(reviews_profiles=True)
    save(owner_client, "contact", website="https://ny.example")

    answer = return_to(owner_client, earlier)

    assert (answer.status_code, values(company)) == (409, {"website": "https://ny.example"})
    assert "Publicera eller släng dem först." in answer.content.decode()


@pytest.mark.parametrize("reason", ["read", "down"])
def test_going_back_is_refused_where_it_is_not_what_was_read_or_the_page_is_down(
    earlier, owner_client, company, reason
):
    if reason == "down":
        Company.objects.update(published_at=None, taken_down_at=timezone.now())

    answer = return_to(owner_client, earlier, "gammal" if reason == "read" else None)

    assert (answer.status_code, said(company).tagline_sv) == (409, NEW)


def test_only_editors_and_staff_go_back_and_only_to_their_own(
    earlier, participant, other_owner, company, other_company
):
    for person in (participant, other_owner):
        with pytest.raises(PermissionDenied):
            go_back(by=person, company=company, version=earlier, read=str(said(company).revision))
    with pytest.raises(PermissionDenied):
        go_back(by=other_owner, company=other_company, version=earlier, read=str(said(other_company).revision))


@pytest.mark.parametrize("role", ["visitor", "participant", "other_owner"])
def test_earlier_version_is_for_nobody_else(earlier, request, role):
    client = request.getfixturevalue(f"{role}_client")

    codes = [client.get(f"{PAGE}{earlier.revision}/{part}").status_code for part in ("", "sidan/")]

    assert codes == ([302, 302] if role == "visitor" else [403 if role == "participant" else 404, 404])


def test_draft_is_no_earlier_version(earlier, owner_client, staff_client, company):
    save(owner_client, "contact", website="https://ny.example")
    draft = company.draft.revision

    codes = [owner_client.get(f"{PAGE}{draft}/{part}").status_code for part in ("", "sidan/")]
    staffs = [f"{PAGE}{draft}/sidan/", f"/admin/members/company/{company.pk}/versions/{draft}/"]
    codes += [staff_client.get(page).status_code for page in staffs]

    assert codes == [404] * 4


def test_staff_go_back_at_once_also_where_profiles_are_reviewed(earlier, staff_client, staff, company):
    make_cluster(reviews_profiles=True)
    page = f"/admin/members/company/{company.pk}/versions/{earlier.revision}/"
    read = staff_client.get(page).context["read"]

    answers = [staff_client.post(page, {"version": read}).url for _ in range(2)]

    assert answers == [f"/admin/members/company/{company.pk}/versions/"] * 2
    assert (said(company).tagline_sv, said(company).published_by) == (OLD, staff)


def test_what_staff_correct_keeps_what_was_said_before_and_the_draft_follows(
    earlier, owner_client, staff_client, company
):
    save(owner_client, "contact", website="https://ny.example", email="ny@hej.example")
    page = f"/admin/members/profileversion/{said(company).pk}/change/"
    data = {
        bound.html_name: bound.value() for bound in staff_client.get(page).context["adminform"].form if bound.value()
    }
    data |= {
        "works-TOTAL_FORMS": "0",
        "works-INITIAL_FORMS": "0",
        "tagline_sv": "Rättat",
        "website": "https://r.example",
    }

    answer = staff_client.post(page, data)

    assert (answer.status_code, said(company).tagline_sv, company.draft.tagline_sv) == (302, "Rättat", "Rättat")
    assert values(company) == {"website": "https://ny.example", "email": "ny@hej.example"}
    assert [version.tagline_sv for version in company.versions.earlier()] == [NEW, OLD]


def test_saving_the_form_without_a_change_keeps_nothing_more(earlier, staff_client, company):
    page = f"/admin/members/profileversion/{said(company).pk}/change/"
    data = {
        bound.html_name: bound.value() for bound in staff_client.get(page).context["adminform"].form if bound.value()
    }

    answer = staff_client.post(page, data | {"works-TOTAL_FORMS": "0", "works-INITIAL_FORMS": "0"})

    assert (answer.status_code, company.versions.count()) == (302, 2)


def test_first_profile_of_a_company_is_written_from_its_page(staff_client, staff):
    company = Company.objects.create(name="Ny AB", slug="ny-ab")
    page = f"/admin/members/profileversion/add/?company={company.pk}"
    data = {"company": company.pk, "tagline_sv": NEW, "cover_crop": "centre"}

    answer = staff_client.post(page, data | {"works-TOTAL_FORMS": "0", "works-INITIAL_FORMS": "0"})

    assert (answer.status_code, said(company).tagline_sv, said(company).published_by) == (302, NEW, staff)
    assert staff_client.get(page).status_code == 403


def test_history_of_the_company_tells_what_each_version_changed(earlier, owner, company):
    told = [
        (entry.who, [(each.label, each.before, each.after) for each in entry.changes]) for entry in entries(company)
    ]

    assert (owner.name, [("En rad om er, på svenska", OLD, NEW)]) in told


def test_ten_earlier_versions_are_kept_for_two_years_and_pictures_go_with_the_last(owner_client, company):
    save(owner_client, "pictures", logo=picture())
    publish(owner_client)
    save(owner_client, "pictures", remove_logo="on")
    for number in range(VERSIONS_KEPT + 1):
        save(owner_client, "summary", tagline_sv=f"Rad {number}")
        publish(owner_client)
    counts = []
    for days in (2, VERSION_DAYS + 2):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            forget_earlier_profiles()
            remove_unnamed()
        counts.append((company.versions.count(), len(stored("logos"))))

    assert counts == [(VERSIONS_KEPT + 1, 0), (1, 0)]
    assert (said(company).tagline_sv, has_draft(company)) == ("Rad 10", False)


@pytest.mark.django_db(transaction=True)
def test_writing_a_draft_leaves_public_pages_as_they_are_and_publishing_makes_them_anew(owner, owner_client, company):
    def version():
        return ContentVersion.objects.get().version

    before = version()
    change_profile(by=owner, company=company, changes={"tagline_sv": NEW, "sectors": [], "skills": ["Skyltar"]})
    drafted = version()
    publish(owner_client)

    assert (drafted == before, version() == before) == (True, False)
    assert ProfileVersion.objects.count() == 2
