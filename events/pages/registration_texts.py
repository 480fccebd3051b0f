"""What the page of a registration, and those about it, say of whom it is about and what would follow."""

from collections import defaultdict

from django.db.models import Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.forms.confirmation import Question
from events.actions.cancellation import leaving_with
from events.actions.seats import Seats
from events.models import Registration

MOST = 20


def of_same_mailbox(registration):
    """What else is to come for guests of that address, who share its mail; nothing for an account."""
    if registration.user_id or not registration.email:
        return []
    rows = Registration.objects.active().filter(user=None, email=registration.email).exclude(pk=registration.pk)
    coming = rows.filter(Q(activity__sessions__ends_at__gt=timezone.now()) | Q(activity__sessions=None)).distinct()
    return list(coming.select_related("activity").order_by("activity", "pk")[:MOST])


def cancellation_questions(activity, rows):
    """The question before each of the activity's registrations is cancelled, in their order."""
    of_parties = Registration.objects.active().filter(activity=activity, party__in={row.party for row in rows})
    parties = defaultdict(list)
    for row in of_parties.select_related("user").order_by("number"):
        parties[row.party].append(row)
    modes = {mode for mode in activity.modes if Seats(activity).waiting(mode)} if rows else ()
    return [_question(row, leaving_with(row, parties[row.party]), row.mode in modes) for row in rows]


def _question(registration, leaving, somebody_waits):
    """Says who leaves, what becomes of the seats, and that somebody waits only where somebody does."""
    names = {"names": get_text_list([row.name for row in leaving], _("and"))}
    if registration.is_waiting:
        text = ngettext("The place in the queue is lost.", "The places in the queue are lost.", len(leaving))
        return Question(_("Take %(names)s out of the queue?") % names, text, _("Leave the queue"), _("No, stay in it"))
    text = ngettext("The seat is cancelled.", "The %(number)d seats are cancelled.", len(leaving))
    text = text % {"number": len(leaving)}
    if somebody_waits:
        text += " " + ngettext("It goes to the next in the queue.", "They go to the next in the queue.", len(leaving))
    yes = ngettext("Cancel the seat", "Cancel the seats", len(leaving))
    no = ngettext("No, keep the seat", "No, keep the seats", len(leaving))
    return Question(_("Cancel for %(names)s?") % names, text, yes, no)
