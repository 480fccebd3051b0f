"""The people of an activity as recipients of a letter (members.recipient_lists)."""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from creativenorth.text.swedish import name_key
from events.actions.mails.links import language_of, registration_url
from events.models import Activity, Registration
from events.texts import activity_label
from members.recipient_lists import Recipient, RecipientList, recipient_lists

SINCE = timedelta(days=365)


def activities():
    found = Activity.objects.defer("folded").with_dates().filter(last_at__gt=timezone.now() - SINCE)
    return found.order_by("-first_at", "-pk")


def _recipients(queryset):
    return lambda pk, chosen: _people(queryset().filter(activity=pk))


def _chosen(pk, chosen):
    """The ticked registrations, whose activities may differ."""
    return _people(Registration.objects.filter(pk__in=chosen))


def _people(rows):
    rows = rows.select_related("user", "company", "activity").order_by("pk")
    return list({(row.address, name_key(row.name)): _recipient(row) for row in rows if row.address}.values())


def _recipient(row):
    company = row.company.name if row.company_id else ""
    with override(language_of(row)):
        words = _("You get this because of your sign-up to [%(activity)s](%(link)s).")
        because = words % {"activity": re.sub(r"[\[\]]", "", row.activity.title), "link": registration_url(row)}
    return Recipient(f"r{row.pk}", row.address, row.name, company, language_of(row), because=because)


_rows = Registration.objects
for key, label, recipients_of in (
    ("activity_all", gettext_lazy("an activity: all who are signed up"), _recipients(_rows.active)),
    ("activity_confirmed", gettext_lazy("an activity: those with a seat"), _recipients(_rows.confirmed)),
    ("activity_waiting", gettext_lazy("an activity: those who wait"), _recipients(_rows.waiting)),
    ("activity_present", gettext_lazy("an activity: those who were there"), _recipients(_rows.present)),
    ("activity_absent", gettext_lazy("an activity: those with a seat who were not there"), _recipients(_rows.absent)),
    ("activity_chosen", gettext_lazy("an activity: those who are ticked in its list"), _chosen),
):
    recipient_lists.register(RecipientList(key, label, activities, recipients_of, activity_label))
