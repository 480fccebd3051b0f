"""Every column that holds or points to a person is registered as theirs, or named here with the reason why not."""

import pytest
from django.apps import apps
from django.db.models import EmailField, ForeignKey

from members.hooks.personal_data import covered
from members.models import User

pytestmark = pytest.mark.django_db
# Columns that point to a person or hold an address and are none of a person's data, with the reason. So are all named
# "…_by": they say who did something, and point to a row that becomes nameless.
NOT_PERSONAL = {
    "members.ProfileVersion.email": "the company's own, public",
    "creativenorth.Cluster.contact_email": "the cluster's own, public",
    "creativenorth.Mail.reply_to": "whom the receiver answers: the cluster",
    "account.EmailConfirmation.email_address": "hangs on the address",
    "admin.LogEntry.user": "who of the staff did something: a pointer",
    "members.CompanyNote.by": "who of the staff wrote it: a pointer",
    "events.Correction.by": "who of the staff corrected it: a pointer",
    "events.Scan.by": "who stood at the door: a pointer",
    "members.Enquiry.responsible": "who of the staff follows it up: a pointer",
    "members.EnquiryNote.by": "who of the staff wrote it: a pointer",
    "members.EnquiryStep.by": "who of the staff moved it on: a pointer",
}


def test_every_column_of_a_person_is_shown_or_named_as_not_theirs():
    """A new model fails here: register what it knows (members.hooks.personal_data), or say why it is nobody's data."""
    columns = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if not model._meta.proxy and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if isinstance(field, EmailField) or (isinstance(field, ForeignKey) and field.related_model is User)
    }
    acted = {column for column in columns if column.endswith("_by")}

    assert columns - acted - covered() - NOT_PERSONAL.keys() == set()
    assert (covered() & NOT_PERSONAL.keys(), (covered() | NOT_PERSONAL.keys()) - columns) == (
        set(),
        {"account.EmailConfirmation.email_address"},
    )
