"""What a company's people have signed up to and attended, on staff's card of the company; one query."""

from django.db.models import Max, Min, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.dates import date_text
from events.models import Registration, Session, State
from events.models.attendance import has_attended
from events.models.states import ACTIVE
from events.pages.participants import list_url
from members.hooks.company_card import CardSection, card_sections

MOST = 200  # registrations, the latest activities first
LONG_COLUMNS = ("activity__folded", "activity__description_sv", "activity__description_en")


@card_sections.register
def participation(company, user):
    if not user.has_perm("events.view_registration"):
        return None
    coming, past = {}, {}
    for row in _rows(company):
        is_over = row.ends_at is not None and row.ends_at <= timezone.now()
        (past if is_over else coming).setdefault(row.activity, []).append(row)
    groups = [
        {"title": _("Coming activities"), "rows": [_activity(*pair) for pair in reversed(coming.items())]},
        {"title": _("Past activities"), "rows": [_activity(*pair, is_over=True) for pair in past.items()]},
    ]
    context = {"groups": [group for group in groups if group["rows"]]}
    return CardSection(_("Takes part in"), "admin/events/_company_card.html", context)


def _rows(company):
    """Registrations in force, and those of people who have been there; those of the latest activity first."""
    times = Session.objects.filter(activity=OuterRef("activity")).order_by().values("activity")
    rows = Registration.objects.filter(company=company).select_related("activity", "user").defer(*LONG_COLUMNS)
    rows = rows.annotate(
        starts_at=Subquery(times.annotate(at=Min("starts_at")).values("at")),
        ends_at=Subquery(times.annotate(at=Max("ends_at")).values("at")),
        was_there=has_attended(),
    )
    rows = rows.filter(Q(state__in=ACTIVE) | Q(was_there=True))
    return rows.order_by("-starts_at", "activity", "pk")[:MOST]


def _activity(activity, rows, is_over=False):
    starts_at = rows[0].starts_at
    return {
        "activity": activity,
        "url": list_url(activity.pk),
        "when": date_text(starts_at, with_year=True) if starts_at else _("The date is not set yet"),
        "lines": [{"name": row.name, "state": _state(row, is_over)} for row in rows],
    }


def _state(row, is_over):
    if row.was_there:
        return _("was there")
    if is_over:
        return _("did not come") if row.state == State.CONFIRMED else _("had no seat")
    return row.get_state_display()
