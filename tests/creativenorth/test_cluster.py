from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import translation

from creativenorth.site.models import Cluster
from creativenorth.views.cluster import progress_chart
from tests.factories import make_activity, make_cluster, make_company, make_programme, make_project, make_user
from tests.markup import tight
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def front_page(client, path="/"):
    return client.get(path).content.decode()


def test_front_page_of_an_empty_portal_answers(client):
    html = front_page(client)

    assert "Inget företag visar sig här än" in html
    assert "Inget i kalendern just nu" in html
    assert 'id="progress"' not in html


def test_front_page_shows_public_companies_alone(client):
    make_cluster()
    make_company("Synlig AB")
    make_company("Opublicerad AB", published=False)
    make_company("Utanför AB", member=False)

    names = [company.name for company in client.get("/").context["companies"]]

    assert names == ["Synlig AB"]


def test_front_page_shows_the_four_next_activities_that_take_place(client):
    make_cluster()
    for day in (5, 4, 3, 2, 6):
        make_activity(f"Om {day} dagar", starts_in=timedelta(days=day))
    make_activity("Utkastet", starts_in=timedelta(days=1), published=False)
    make_activity("Förbi", starts_in=-timedelta(days=3))
    cancelled = make_activity("Inställd", starts_in=timedelta(days=1))
    type(cancelled).objects.filter(pk=cancelled.pk).update(
        cancelled_at=cancelled.published_at, cancel_reason_sv="Sjukdom"
    )

    titles = [row.title for row in client.get("/").context["activities"]]

    assert titles == ["Om 2 dagar", "Om 3 dagar", "Om 4 dagar", "Om 5 dagar"]


def test_front_page_names_the_eight_funders_in_order(client):
    make_cluster()
    project = make_project()

    shown = [funder.name_sv for funder in client.get("/").context["site"]["funders"]]

    assert shown == [funder.name_sv for funder in project.funders.order_by("order")]
    assert len(shown) == 8


def test_english_front_page_marks_a_swedish_text(client):
    make_cluster(headline_en="")

    assert '<h1 class="hero__title" id="headline" lang="sv">Kreativa bolag i norr</h1>' in tight(
        front_page(client, "/en/")
    )


def test_front_page_costs_the_same_for_one_company_and_for_many(client, django_assert_num_queries):
    make_cluster()
    make_project()
    make_company(municipality="2581")
    make_activity()
    make_programme()
    with django_assert_num_queries(12):
        client.get("/")

    for _ in range(25):
        make_company(municipality="2580")
    with django_assert_num_queries(12):
        client.get("/")


@pytest.mark.parametrize(("count", "numbers"), [(12, [12, 15, 18]), (13, [12, 13, 15, 18]), (20, [12, 15, 18, 20])])
def test_progress_chart_stands_at_the_members_of_today(count, numbers):
    drawn = progress_chart(Cluster(), count)

    assert [milestone["number"] for milestone in drawn.milestones] == numbers
    assert [milestone["number"] for milestone in drawn.milestones if milestone["is_now"]] == [count]
    assert sum(step["is_taken"] for step in drawn.steps) == count
    assert len(drawn.steps) == max(18, count)


def test_progress_chart_past_what_a_scale_can_show_has_numbers_alone():
    drawn = progress_chart(Cluster(), 10_000)

    assert drawn.steps == []
    assert [milestone["number"] for milestone in drawn.milestones] == [12, 15, 18, 10_000]


def test_about_page_tells_of_project_funders_results_and_strategy(client):
    make_cluster()
    make_project()

    html = front_page(client, "/om/")

    for text in (
        "2014–2020",
        "2025-01-01",
        "12\u00a0000\u00a0000 kr",
        "Hittills tolv bolag.",
        "Strategin lämnas vidare.",
    ):
        assert text in html


def test_about_page_of_an_empty_portal_answers(client):
    assert "<h1" in front_page(client, "/om/")


def changed(cluster, **texts):
    from django.contrib import admin

    request = RequestFactory().get("/")
    request.user = make_user(is_staff=True, is_superuser=True)
    form = admin.site.get_model_admin(Cluster).get_form(request, cluster, change=True)(instance=cluster)
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: "" if value is None else str(value) for name, value in values.items()} | texts


def test_preview_shows_the_unsaved_text_and_saves_nothing(staff_client):
    cluster = make_cluster()
    form = changed(cluster, headline_en="Further north")

    html = staff_client.post("/admin/preview/cluster/en/", form).content.decode()

    assert "Further north" in html
    assert '<html lang="en">' in html
    assert Cluster.objects.get().headline_en == cluster.headline_en


@pytest.mark.parametrize(
    ("page", "field"), [("about", "results_sv"), ("privacy", "privacy_sv"), ("accessibility", "barriers_sv")]
)
def test_preview_of_other_pages_shows_the_unsaved_text(staff_client, page, field):
    form = changed(make_cluster(), **{field: "Nytt ord här"})

    html = staff_client.post(f"/admin/preview/{page}/sv/", form).content.decode()

    assert "Nytt ord här" in html
    assert "Så här kommer det att se ut." in html


def test_lines_are_the_clusters_own_where_it_has_them(client):
    make_cluster(activities_sv="Här möts vi.", footer_sv="Längst ned.")
    make_programme()
    own = front_page(client)

    Cluster.objects.update(activities_sv="", footer_sv="")
    ours = front_page(client)

    assert [own.count(text) for text in ("Här möts vi.", "Längst ned.")] == [1, 1]
    assert [ours.count(text) for text in ("Här möts vi.", "Program för dig som leder")] == [0, 1]


def test_preview_of_a_wrong_form_says_what_is_wrong(staff_client):
    with translation.override("sv"):
        form = changed(make_cluster(), headline_sv="")

    response = staff_client.post("/admin/preview/about/sv/", form)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["headline_sv"]


@pytest.mark.parametrize("path", ["/admin/preview/secret/sv/", "/admin/preview/cluster/de/"])
def test_preview_of_an_unknown_page_or_language_is_not_found(staff_client, path):
    make_cluster()

    assert staff_client.post(path).status_code == 404


def test_preview_is_not_for_reading(staff_client):
    assert staff_client.get("/admin/preview/cluster/sv/").status_code == 405


def test_preview_is_closed_to_staff_without_the_right(host_client):
    form = changed(make_cluster())

    assert host_client.post("/admin/preview/cluster/sv/", form).status_code == 403


def test_preview_is_closed_to_members_and_visitors(client, owner_client):
    form = changed(make_cluster())

    for stranger in (client, owner_client):
        assert "hero__title" not in stranger.post("/admin/preview/cluster/sv/", form).content.decode()


def test_the_row_in_the_admin_is_one_and_stays(staff_client):
    make_cluster()

    assert (
        staff_client.get("/admin/creativenorth/cluster/").headers["Location"]
        == "/admin/creativenorth/cluster/1/change/"
    )
    assert staff_client.get("/admin/creativenorth/cluster/add/").status_code == 403
    assert staff_client.post("/admin/creativenorth/cluster/1/delete/", {"post": "yes"}).status_code == 403


def test_saving_in_the_admin_changes_the_front_page_at_once(client, staff_client):
    cluster = make_cluster()

    response = staff_client.post(
        "/admin/creativenorth/cluster/1/change/", changed(cluster, headline_sv="Nytt väderstreck")
    )

    assert response.status_code == 302
    assert "Nytt väderstreck" in front_page(client)


def test_a_missing_row_is_made_in_the_admin(staff_client):
    form = changed(make_cluster())
    Cluster.objects.all().delete()

    assert staff_client.get("/admin/creativenorth/cluster/").headers["Location"] == "/admin/creativenorth/cluster/add/"
    staff_client.post("/admin/creativenorth/cluster/add/", form)

    assert Cluster.objects.get().pk == 1


def test_reader_sees_the_texts_without_changing_them(db):
    make_cluster()
    reader = signed_in(make_user(is_staff=True))

    assert reader.get("/admin/creativenorth/cluster/1/change/").status_code == 403
