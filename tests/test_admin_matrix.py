"""Which group of staff gets which page of each model in the admin, and which actions; a model or action missing here fails.

Codes of list, change page, form for a new one, deletion; R may read, W may write. Columns: host, reader, coordinator.
"""

from uuid import UUID

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from creativenorth.mail.models import Mail, MailTemplate, SystemMail
from creativenorth.search.models import WordGroup
from creativenorth.site.models import Cluster, PageText
from members.models import Export, Letter, NumberReading
from tests import factories
from tests.factories import make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
GROUPS = ["host", "reader", "coordinator"]
NEVER, READ, WRITE = (403, 403, 403, 403), (200, 200, 403, 403), (200, 200, 200, 200)
NO_DELETE, ONLY_READ = (200, 200, 200, 403), READ
# Model → what host, reader and coordinator get; the actions in its list that reader and coordinator are offered.
MATRIX = {
    "members.company": (NEVER, READ, WRITE, [], ["delete_selected", "publish", "unpublish"]),
    "members.user": (NEVER, READ, NO_DELETE, [], []),
    "members.membership": (NEVER, READ, WRITE, [], ["delete_selected"]),
    "members.sector": (NEVER, READ, WRITE, [], ["delete_selected"]),
    "members.skill": (NEVER, READ, WRITE, [], ["delete_selected"]),
    "members.enquiry": (NEVER, READ, WRITE, [], ["delete_selected", "delete_spam", "mark_as_spam"]),
    "members.invitation": (NEVER, READ, NO_DELETE, [], ["send_anew", "withdraw"]),
    "members.profileversion": (NEVER, READ, ONLY_READ, [], []),
    "creativenorth.cluster": (NEVER, (302, 200, 403, 403), (302, 200, 403, 403), [], []),
    "members.letter": (NEVER, READ, WRITE, [], []),
    "members.import": (NEVER, READ, NO_DELETE, [], []),
    "members.export": (NEVER, READ, ONLY_READ, [], []),
    "creativenorth.newsitem": (NEVER, READ, WRITE, [], []),
    "creativenorth.pagetext": (NEVER, READ, ONLY_READ, [], []),
    "programmes.strategy": (NEVER, READ, WRITE, [], []),
    "creativenorth.systemmail": (NEVER, READ, ONLY_READ, [], []),
    "events.activity": (READ, READ, WRITE, [], []),
    "events.registration": (
        NEVER,
        READ,
        ONLY_READ,
        [],
        ["approve_chosen", "cancel_chosen", "export_csv", "export_xlsx", "write_to_chosen"],
    ),
    "members.numberreading": (NEVER, READ, ONLY_READ, [], []),
    "programmes.programme": (NEVER, READ, WRITE, [], []),
    "programmes.project": (NEVER, READ, WRITE, [], []),
    "creativenorth.mail": (NEVER, READ, ONLY_READ, [], ["send_again"]),
    "creativenorth.wordgroup": (NEVER, READ, WRITE, [], ["delete_selected"]),
    "creativenorth.mailtemplate": (NEVER, READ, WRITE, [], []),
}
# Pages beside those, that a model's admin adds: arguments, and what host, reader and coordinator get.
PAGES = {
    "members_company_versions": ([987654], [403, 404, 404]),
    "members_company_version": ([987654, UUID(int=1)], [403, 404, 404]),
    "members_profileversion_review": ([987654], [403, 302, 302]),
    "members_company_mark_distinct": ([], [405] * 3),
    "members_company_distinct_pairs": ([], [403, 403, 200]),
    "members_company_unmark_distinct": ([], [405] * 3),
    "members_company_duplicates": ([], [403, 403, 200]),
    "members_company_merge": ([], [403, 403, 404]),
    "members_company_merge_with": ([987654], [403, 403, 404]),
    **{
        f"members_import_{step}": ([987654], [405] * 3)
        for step in ("columns", "decisions", "carrying-out", "undoing", "discarding")
    },
    **{
        f"{name}_export": (["csv"], [405] * 3)
        for name in ("members_company", "members_user", "members_membership", "members_enquiry", "events_registration")
    },
    "members_import_broken": ([987654], [403, 403, 404]),
    "members_import_template": (["people"], [403, 403, 200]),
    "members_user_staff": ([], [403, 403, 200]),
    "members_user_role": ([987654], [405] * 3),
    "members_user_staff_withdrawal": ([987654], [403, 403, 404]),
    "members_enquiry_lead": ([987654], [403, 403, 404]),
    "members_enquiry_account": ([987654], [405] * 3),
    "members_enquiry_follow_up": ([987654], [405] * 3),
    "members_company_card": ([987654], [403, 404, 404]),
    "members_company_notes": ([987654], [405] * 3),
    **{f"members_companynote_{step}": ([987654], [405] * 3) for step in ("text", "step", "removal")},
    "members_user_duplicates": ([], [403, 403, 200]),
    "members_user_merge": ([], [403, 403, 404]),
    "members_user_merge_with": ([987654], [403, 403, 404]),
}
# Of the packages beside ours, for who has every right alone.
OF_PACKAGES = {"auth.group", "procrastinate.procrastinatejob"}


def make_one(label):
    """One object of the model, of the sort that can be deleted where any can."""
    company = factories.make_company(f"Bolaget {label}", member=False)
    texts = {"subject_sv": "Hej", "text_sv": "Hej"}
    makers = {
        "members.company": lambda: company,
        "members.user": make_user,
        "members.membership": lambda: factories.make_membership(company),
        "members.sector": factories.make_sector,
        "members.skill": factories.make_skill,
        "members.enquiry": factories.make_enquiry,
        "members.invitation": lambda: factories.make_invitation(company),
        "members.profileversion": lambda: company.profile,
        "creativenorth.cluster": factories.make_cluster,
        "members.export": lambda: Export.objects.create(what="x", form="csv", row_count=1, made_by=make_user()),
        "members.import": lambda: factories.make_import(),
        "creativenorth.newsitem": lambda: factories.make_news(published=False),
        "creativenorth.pagetext": lambda: PageText.objects.get_or_create(page="news", defaults={"lead_sv": "Hej"})[0],
        "programmes.strategy": lambda: factories.make_strategy(published=False),
        "creativenorth.systemmail": lambda: SystemMail.objects.get_or_create(key="invitation")[0],
        "members.letter": lambda: Letter.objects.create(**texts),
        "events.registration": lambda: factories.make_registration(factories.make_activity()),
        "members.numberreading": lambda: NumberReading.objects.create(company=company, reader=make_user()),
        "events.activity": lambda: factories.make_activity(published=False),
        "programmes.programme": lambda: factories.make_programme(published=False),
        "programmes.project": factories.make_project,
        "creativenorth.mail": lambda: Mail.objects.create(cause="x", to="a@b.example", subject="Hej", text="Hej"),
        "creativenorth.wordgroup": lambda: WordGroup.objects.create(words="foto, fotograf"),
        "creativenorth.mailtemplate": lambda: MailTemplate.objects.create(name="Mall", **texts),
    }
    return makers[label]()


@pytest.fixture
def clients(groups):
    Cluster.objects.all().delete()
    return [signed_in(make_user(f"{name}@kluster.example", is_staff=True, groups=[name])) for name in GROUPS]


def test_matrix_names_every_model_of_the_admin():
    assert {model._meta.label_lower for model in admin.site._registry} == set(MATRIX) | OF_PACKAGES


@pytest.mark.parametrize("name", PAGES)
def test_each_group_gets_the_further_pages(clients, name):
    arguments, expected = PAGES[name]

    assert [client.get(reverse(f"admin:{name}", args=arguments)).status_code for client in clients] == expected


@pytest.mark.parametrize("label", sorted(OF_PACKAGES))
def test_what_packages_bring_is_for_no_group(clients, label):
    page = reverse(f"admin:{label.replace('.', '_')}_changelist")

    assert [client.get(page).status_code for client in clients] == [403] * 3


@pytest.mark.parametrize("label", MATRIX)
def test_each_group_gets_its_pages(clients, label):
    name, pk = label.replace(".", "_"), make_one(label).pk
    pages = [
        reverse(f"admin:{name}_{page}", args=args)
        for page, args in (("changelist", []), ("change", [pk]), ("add", []), ("delete", [pk]))
    ]

    found = [tuple(client.get(page).status_code for page in pages) for client in clients]

    assert found == [*MATRIX[label][:3]]


@pytest.mark.parametrize("label", MATRIX)
def test_history_is_read_by_who_may_read_the_object(clients, label):
    page = reverse(f"admin:{label.replace('.', '_')}_history", args=[make_one(label).pk])

    found = [client.get(page).status_code for client in clients]

    assert found == [200 if row[1] == 200 else 403 for row in MATRIX[label][:3]]


@pytest.mark.parametrize("label", MATRIX)
def test_history_takes_no_post(clients, label):
    page = reverse(f"admin:{label.replace('.', '_')}_history", args=[make_one(label).pk])
    before = clients[2].get(page).content

    clients[2].post(page, {"who": "någon annan"})

    assert clients[2].get(page).content.count(b"<tr>") == before.count(b"<tr>")


@pytest.mark.parametrize("label", MATRIX)
def test_each_group_is_offered_its_actions(clients, label):
    model_admin = next(
        model_admin for model, model_admin in admin.site._registry.items() if model._meta.label_lower == label
    )
    offered = []
    for client in clients[1:]:
        request = RequestFactory().get("/admin/")
        request.user = client.get("/admin/").wsgi_request.user
        offered.append(sorted(model_admin.get_actions(request)))

    assert offered == [*MATRIX[label][3:]]


@pytest.mark.parametrize("label", MATRIX)
def test_a_reader_is_told_why_the_buttons_are_off(clients, label):
    name, pk = label.replace(".", "_"), make_one(label).pk
    own_page = {"members.enquiry", "members.import"}  # they say it in their own words
    own_list = {"creativenorth.cluster", "events.registration"}
    own_list |= {
        model._meta.label_lower
        for model, model_admin in admin.site._registry.items()
        if "add" in getattr(model_admin, "reasons", {})
    }

    change = clients[1].get(reverse(f"admin:{name}_change", args=[pk])).content.decode()
    listed = clients[1].get(reverse(f"admin:{name}_changelist")).content.decode()

    assert change.count("Din grupp får läsa det här, inte ändra det.") == (0 if label in own_page else 2)
    assert listed.count("Din grupp får läsa det här, inte ändra det.") == (0 if label in own_list else 1)
