"""The people of an activity as recipients of a letter (members.recipient_lists)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.text.swedish import name_key
from events.models import Activity, Registration
from events.texts import activity_label
from members.recipient_lists import Recipient, RecipientList, recipient_lists

SINCE = timedelta(days=365)


def activities():
    found = Activity.objects.defer("folded").with_dates().filter(last_at__gt=timezone.now() - SINCE)
    return found.order_by("-first_at", "-pk")


def _recipients(queryset):
    def recipients_of(pk):
        rows = queryset().filter(activity=pk).select_related("user", "company")
        found = {(row.address, name_key(row.name)): _recipient(row) for row in rows.order_by("pk") if row.address}
        return list(found.values())

    return recipients_of


def _recipient(row):
    language = row.user.language if row.user_id else row.language
    company = row.company.name if row.company_id else ""
    return Recipient(f"r{row.pk}", row.address, row.name, company, language)


for key, label, registrations in (
    ("activity_all", _("an activity: all who are signed up"), Registration.objects.active),
    ("activity_confirmed", _("an activity: those with a seat"), Registration.objects.confirmed),
    ("activity_waiting", _("an activity: those who wait"), Registration.objects.waiting),
):
    recipient_lists.register(RecipientList(key, label, activities, _recipients(registrations), activity_label))
