"""The people of an activity as recipient lists of letters (members.recipient_lists)."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models import Activity, Registration
from members.recipient_lists import Reader, circle

SINCE = timedelta(days=365)


def activities():
    return Activity.objects.filter(sessions__ends_at__gt=timezone.now() - SINCE).distinct().order_by("-pk")


def _recipients(queryset):
    def find(pk):
        rows = queryset().filter(activity=pk).select_related("user", "company")
        return list({row.address.lower(): _reader(row) for row in rows.order_by("pk") if row.address}.values())

    return find


def _reader(row):
    language = row.user.language if row.user_id else row.language
    company = row.company.name if row.company_id else ""
    return Reader(f"r{row.pk}", row.address, row.name, company, language)


circle(
    "activity_all",
    _("an activity: all who are signed up"),
    choices=activities,
    find=_recipients(Registration.objects.active),
)
circle(
    "activity_confirmed", _("an activity: those with a seat"), choices=activities,
    find=_recipients(Registration.objects.confirmed),
)  # fmt: skip
circle(
    "activity_waiting", _("an activity: those who wait"), choices=activities,
    find=_recipients(Registration.objects.waiting),
)  # fmt: skip
