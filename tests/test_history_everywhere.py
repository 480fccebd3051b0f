"""Every object in the admin has a history of who changed what; all registered models are tested."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pghistory
import pytest
from django.apps import apps
from django.contrib import admin
from django.db import models
from django.urls import reverse

from creativenorth.history.admin import HistoryAdmin
from creativenorth.history.entries import entries, entries_of_row
from creativenorth.history.recording import event_model_of
from tests import factories
from tests.test_admin_matrix import OF_PACKAGES, make_one

pytestmark = pytest.mark.django_db
OURS = sorted(model._meta.label_lower for model in admin.site._registry if model._meta.label_lower not in OF_PACKAGES)
# The outbox tells each mail's state and attempts itself; a reading and an export are their own record and never change.
THEIR_OWN_RECORD = {"creativenorth.mail", "members.export", "members.numberreading"}

MODELS = [
    model
    for app in ("creativenorth", "members", "events", "programmes")
    for model in apps.get_app_config(app).get_models()
    if not hasattr(model, "pgh_tracked_model")
]
GONE, DAY = 987_654_321, date(2026, 1, 1)


def relations_gone(model):
    """{column: a key that leads nowhere} for every relation of the model."""
    return {column.attname: GONE for column in model._meta.concrete_fields if column.is_relation}


def some_days(model):
    days = {models.DateField: DAY, models.DateTimeField: datetime(2026, 1, 1, 12, tzinfo=UTC)}
    columns = [column for column in model._meta.concrete_fields if type(column) in days]
    return {column.attname: days[type(column)] for column in columns}


def desk_of(label):
    return next(model_admin for model, model_admin in admin.site._registry.items() if model._meta.label_lower == label)


def a_change(model, recorded):
    """A column that the history keeps, and another value for it, as it is told."""
    kept = {column.name for column in recorded._meta.concrete_fields}
    columns = [column for column in model._meta.concrete_fields if column.name in kept and not column.generated]
    for column in columns:
        is_text = type(column) in (models.CharField, models.TextField) and (column.max_length or 99) >= 20
        if is_text and not column.choices and not column.unique:
            return column.name, "Nytt ord", "Nytt ord"
        if isinstance(column, models.EmailField):
            return column.name, "nytt@ord.example", "nytt@ord.example"
    day = next(column for column in columns if type(column) is models.DateField)
    return day.name, date(2020, 2, 3), "3 februari 2020"


@pytest.mark.parametrize("label", OURS)
def test_every_admin_shows_the_objects_own_history(label):
    assert isinstance(desk_of(label), HistoryAdmin)


@pytest.mark.parametrize("label", sorted(set(OURS) - THEIR_OWN_RECORD))
def test_a_change_of_any_object_is_told(label, staff, staff_client):
    obj = make_one(label)
    column, value, told = a_change(type(obj), event_model_of(type(obj)))
    with pghistory.context(user=staff.pk):
        type(obj)._base_manager.filter(pk=obj.pk).update(**{column: value})

    newest = entries(obj)[0]
    page = staff_client.get(reverse(f"admin:{label.replace('.', '_')}_history", args=[obj.pk])).content.decode()

    assert (newest.who, [change.after for change in newest.changes]) == (str(staff), [told])
    assert (told in page, str(staff) in page) == (True, True)


def test_rows_inside_an_object_are_told_with_it(staff_client):
    version = factories.make_company(works=1).profile
    version.works.update(title_sv="Annat", year=2024)
    version.works.all().delete()

    page = staff_client.get(reverse("admin:members_profileversion_history", args=[version.pk]))

    told = [
        (entry.kind, [(change.label, change.before, change.after) for change in entry.changes])
        for entry in page.context["entries"]
        if entry.kind.startswith("Arbete")
    ]
    was_called = "Arbete Arbete 1"
    changes = [(f"{was_called}: rubrik på svenska", "Arbete 1", "Annat"), (f"{was_called}: år", "", "2024")]
    assert told == [
        ("Arbete Annat: togs bort", []),
        (f"{was_called}: ändrades", changes),
        (f"{was_called}: lades till", []),
    ]


def test_what_is_no_word_is_told_in_words_or_not_at_all():
    company = factories.make_company(works=2)
    version, work = company.profile, company.profile.works.last()
    type(company).objects.filter(pk=company.pk).update(visibility={"phone": "members", "location": "hidden"})
    version.works.filter(pk=work.pk).update(order=2)
    type(version).objects.filter(pk=version.pk).update(revision=uuid4(), editors={"town": 1}, town="Boden")

    told = [
        [(change.label, change.before, change.after) for change in entries(one)[0].changes]
        for one in (company, version, work)
    ]

    assert told == [
        [("Vem ser vad", "alla", "ort och kommun: ingen, telefon: bara medlemmar")],
        [("Ort", "", "Boden")],
        [("Ordning", "nr 2", "nr 3")],
    ]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label_lower)
def test_every_row_has_a_name_whatever_became_of_its_neighbours(model):
    days = some_days(model)

    names = [str(model(**days)), str(model(**days | relations_gone(model)))]

    assert [isinstance(name, str) for name in names] == [True, True]


@pytest.mark.parametrize(
    "model", [model for model in MODELS if event_model_of(model)], ids=lambda model: model._meta.label_lower
)
def test_every_history_can_be_read_whatever_became_of_what_it_names(model):
    recorded = event_model_of(model)
    kept = {column.attname for column in recorded._meta.concrete_fields}
    gone = {name: key for name, key in relations_gone(model).items() if name in kept}
    days = {name: day for name, day in some_days(model).items() if name in kept}
    states = [("insert", days), ("update", days | gone), ("delete", days | gone)]
    events = [recorded(pgh_label=label, **values) for label, values in states]

    told = entries_of_row(model, events, is_inside=True)

    changes = [change.after for entry in told for change in entry.changes]
    assert changes.count(str(GONE)) == len(gone)


def test_history_names_who_is_gone_as_they_were_called(staff_client):
    company, user = factories.make_company("Norrljud"), factories.make_user("nils@bolag.example", name="Nils Ek")
    factories.make_affiliation(user, company)
    company.affiliations.all().delete()
    user.delete()

    page = staff_client.get(reverse("admin:members_company_history", args=[company.pk]))

    assert {entry.kind for entry in page.context["entries"] if "Nils Ek · Norrljud" in entry.kind} == {
        "Koppling till företag Nils Ek · Norrljud: lades till",
        "Koppling till företag Nils Ek · Norrljud: togs bort",
    }
