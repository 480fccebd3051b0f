"""What happens by the clock: offers run out, reminders are sent, requirements and unconfirmed forms are erased."""

import logging
from datetime import timedelta

from django.db.models import Max, Min
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.actions.erasure import erase_names_due
from events.actions.mails.links import cause_of
from events.actions.mails.steps import mail_reminder, reminder_step
from events.actions.seats import Busy, settle_activity, unsettled
from events.models import Activity, GuestSignUp, Registration, Requirements
from events.models.guest_signup import CONFIRMED_KEPT, UNCONFIRMED_KEPT

logger = logging.getLogger(__name__)


def settle_all():
    """Settle the seats of all activities that time may have changed. Busy ones are settled the next time."""
    for activity in unsettled():
        try:
            settle_activity(activity)
        except Busy:
            logger.info("activity %s is busy; its seats are settled later", activity.pk)


def send_reminders():
    """Mail once everybody who has a seat since before the time of the reminder."""
    now = timezone.now()
    soon = Activity.objects.public().filter(cancelled_at=None, remind_hours__gt=0)
    for activity in soon.annotate(starts_at=Min("sessions__starts_at")).filter(
        starts_at__gt=now, starts_at__lte=now + timedelta(days=14)
    ):
        due_at = activity.starts_at - timedelta(hours=activity.remind_hours)
        if due_at <= now:
            _remind(activity, due_at)


def _remind(activity, due_at):
    rows = Registration.objects.confirmed().filter(activity=activity, changed_at__lte=due_at).select_related("user")
    step = reminder_step(activity.starts_at)
    causes = {cause_of(row, step): row for row in rows if row.address}
    written = set(Mail.objects.filter(cause__in=causes).values_list("cause", flat=True))
    for cause, row in causes.items():
        if cause not in written:
            mail_reminder(row, activity, activity.starts_at)


def erase_expired():
    """Delete requirements so many days after the last session, dead guest forms, and names of guests that are due."""
    for activity in Activity.objects.filter(registrations__requirements__isnull=False).annotate(
        last=Max("sessions__ends_at")
    ):
        kept_until = timezone.localdate(activity.last) + timedelta(days=activity.requirements_kept_days)
        if timezone.localdate() > kept_until:
            Requirements.objects.filter(registration__activity=activity).delete()
    erase_names_due()
    now = timezone.now()
    GuestSignUp.objects.filter(created_at__lt=now - UNCONFIRMED_KEPT, confirmed_at=None).delete()
    GuestSignUp.objects.filter(created_at__lt=now - CONFIRMED_KEPT).delete()
