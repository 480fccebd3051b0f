"""The list at the door: whom it finds, who is here, and what can be done about each."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid4

from django.db.models import Case, F, Prefetch, Q, When
from django.utils.translation import gettext as _

from creativenorth.dates import clock_text
from creativenorth.text.swedish import swedish_order
from creativenorth.web.paging import page_of
from events.models import Attendance, Method, Passing, Registration, Scan
from events.models.states import ACTIVE
from events.tickets import registration_with_ticket

PER_PAGE = 100


@dataclass(frozen=True)
class DoorRow:
    """One person at the door; `can` names the passing that a button offers, if any, `undoes` the scan that may be taken back."""

    uuid: UUID
    name: str
    about: str
    can: str
    undoes: UUID | None
    key: UUID  # of the form, so that a second press changes nothing


class DoorList:
    """Those on the list and those who are here, the searched for or all; a hand scanner types a ticket's address."""

    def __init__(self, session, params):
        self.session, self.q = session, params.get("q", "").strip()[:200]
        self.page = page_of(self._found(), params, PER_PAGE)

    def _found(self):
        here = Attendance.objects.filter(session=self.session)
        listed = Q(state__in=ACTIVE) | Q(pk__in=here.values("registration"))
        rows = Registration.objects.filter(activity=self.session.activity_id)
        if ticket := self._ticket():
            rows = rows.filter(pk=ticket.pk)
        else:
            words = Q(guest_name__icontains=self.q) | Q(user__name__icontains=self.q)
            rows = rows.filter(listed, words | Q(company__name__icontains=self.q) if self.q else Q())
        seen = Scan.objects.filter(session=self.session).order_by("happened_at", "pk")
        name = Case(When(user=None, then=F("guest_name")), default=F("user__name"))
        rows = rows.select_related("user", "company").annotate(shown_name=name)
        rows = rows.prefetch_related(Prefetch("attendances", here, "attendance_here"), Prefetch("scans", seen, "seen"))
        return rows.order_by(swedish_order("shown_name"), "pk")

    def _ticket(self):
        return registration_with_ticket(self.q.rstrip("/").rpartition("/")[2]) if "/" in self.q else None

    @cached_property
    def rows(self):
        return [_row(registration) for registration in self.page]

    @property
    def only_hit(self):
        """The row that Enter checks in: the only one found, who is not here yet."""
        is_one = bool(self.q) and len(self.rows) == 1 and self.rows[0].can == Passing.IN
        return self.rows[0] if is_one else None

    @property
    def counted(self):
        here = Attendance.objects.filter(session=self.session)
        expected = Registration.objects.confirmed().filter(activity=self.session.activity_id)
        return {"here": here.count(), "expected": expected.count()}


def _row(registration):
    attendance = next(iter(registration.attendance_here), None)
    words = [str(registration.company or "")]
    if not registration.is_confirmed:
        words.append(str(registration.get_state_display()))
    if attendance and attendance.arrived_at:
        words.append(_("came %(clock)s") % {"clock": clock_text(attendance.arrived_at)})
    if attendance and attendance.left_at:
        words.append(_("left %(clock)s") % {"clock": clock_text(attendance.left_at)})
    if attendance and attendance.arrived_at is None:
        words.append(str(Method(attendance.method).label))
    return DoorRow(
        uuid=registration.uuid,
        name=registration.name,
        about=" · ".join(word for word in words if word),
        can=_passing_of(attendance),
        undoes=_last_seen(registration.seen),
        key=uuid4(),
    )


def _passing_of(attendance):
    """Who was ticked off a list has no times at the door that a button could change."""
    if attendance is None:
        return Passing.IN
    if attendance.arrived_at is None:
        return ""
    return Passing.OUT if attendance.left_at is None else Passing.IN


def _last_seen(scans):
    undone = {scan.undoes for scan in scans}
    standing = [s for s in scans if s.kind != Passing.UNDO and s.idempotency_key not in undone]
    return standing[-1].idempotency_key if standing else None
