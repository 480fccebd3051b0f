"""The list on which staff and hosts tick who attended a session: what it shows, and what was sent with it."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Case, F, Prefetch, Q, When
from django.utils.translation import gettext as _

from creativenorth.dates import moment_text
from creativenorth.text.numbers import whole_number
from creativenorth.text.swedish import swedish_order
from creativenorth.web.paging import page_of
from events.actions.attendance import session_minutes
from events.models import Attendance, Flag, Method, Registration
from events.models.states import ACTIVE

PER_PAGE = 100


@dataclass(slots=True)
class SheetRow:
    """One registration on the list, as it is or as it was sent."""

    key: int
    name: str
    about: str  # company; what is special, like waiting without a seat or taking part online; how it is known
    is_here: bool
    minutes: str
    error: str = ""


class AttendanceSheet:
    """One page of a session's list. With `data`, what was sent: `errors`, and `shown` and `here` for `save_attendance`."""

    def __init__(self, session, params, data=None):
        self.session, self.data = session, data
        self.q, self.show = params.get("q", "").strip()[:100], params.get("show", "")
        self.page = page_of(self._found(), params, PER_PAGE)
        self.query = urlencode({"q": self.q, "show": self.show})
        self.errors = {}
        if data is not None:
            self.shown = dict(_pair(text) for text in data.get("shown", "").split())
            self.here = self._read()

    @cached_property
    def all(self):
        """Active registrations, and ended ones of those who attended."""
        listed = Q(state__in=ACTIVE) | Q(pk__in=self.session.attendances.values("registration"))
        return Registration.objects.filter(listed, activity=self.session.activity_id)

    def _found(self):
        rows = self.all
        if self.q:
            rows = rows.filter(
                Q(guest_name__icontains=self.q) | Q(user__name__icontains=self.q) | Q(company__name__icontains=self.q)
            )
        if self.show == "absent":
            rows = rows.absent_from(self.session)
        elif self.show == "here":
            rows = rows.filter(attendances__session=self.session)
        here = Attendance.objects.filter(session=self.session).select_related("confirmed_by")
        rows = rows.select_related("user", "company").prefetch_related(Prefetch("attendances", here, "attendance_here"))
        name = Case(When(user=None, then=F("guest_name")), default=F("user__name"))
        return rows.annotate(shown_name=name).order_by(swedish_order("shown_name"), "pk")

    def _read(self):
        ticked, here = {whole_number(key) for key in self.data.getlist("here")}, {}
        for name, typed in self.data.items():
            key = whole_number(name.removeprefix("minutes-")) if name.startswith("minutes-") else None
            if key is None:
                continue
            typed = typed.strip()
            # Minutes alone say it too; a tick that was taken away takes its minutes along.
            if key not in ticked and (not typed or key in self.shown):
                continue
            is_as_shown = key in self.shown and typed == str(self.shown[key])
            if typed and not is_as_shown and not 0 < (whole_number(typed) or 0) <= self.most:
                self.errors[key] = _("Between 1 and %(most)d minutes.") % {"most": self.most}
            elif typed or key in self.shown:
                here[key] = int(typed or self.most)
            else:
                here[key] = None
        return here

    @property
    def most(self):
        return session_minutes(self.session)

    @cached_property
    def rows(self):
        return [self._row(registration) for registration in self.page]

    def _row(self, registration):
        known = registration.attendance_here[0] if registration.attendance_here else None
        row = SheetRow(
            key=registration.pk,
            name=registration.name,
            about=_about(registration, known),
            is_here=known is not None,
            minutes=str(known.minutes) if known else "",
            error=self.errors.get(registration.pk, ""),
        )
        if self.data is not None:
            row.is_here = str(row.key) in self.data.getlist("here")
            row.minutes = self.data.get(f"minutes-{row.key}", row.minutes)
        return row

    @property
    def shown_text(self):
        """The ticks as the page shows them, to be sent back with the changed ones."""
        if self.data is not None:
            return self.data.get("shown", "")
        return " ".join(f"{row.key}:{row.minutes}" for row in self.rows if row.is_here)

    @property
    def needs_reason(self):
        """Whether what was sent changes what stood there, or comes after closing."""
        gone = self.shown.keys() - self.here.keys()
        other = any(minutes != self.shown.get(key, minutes) for key, minutes in self.here.items())
        return bool(gone or other or (self.session.closed_at and self.here.keys() - self.shown.keys()))

    @property
    def counted(self):
        return {"here": self.session.attendances.count(), "confirmed": self.all.confirmed().count()}

    @property
    def tabs(self):
        texts = {"": _("All"), "absent": _("Not ticked"), "here": _("Were there")}
        return [(value, text, value == self.show) for value, text in texts.items()]


def _pair(text):
    key, _colon, minutes = text.partition(":")
    return whole_number(key) or 0, whole_number(minutes)


def _about(registration, known):
    words = [str(registration.company or "")]
    if not registration.is_confirmed:
        words.append(str(registration.get_state_display()))
    elif registration.mode == "online":
        words.append(_("online"))
    if known:
        by = f" ({known.confirmed_by})" if known.confirmed_by else ""
        words.append(f"{Method(known.method).label} {moment_text(known.arrived_at or known.confirmed_at)}{by}")
        words += [str(Flag(flag).label) for flag in known.flags]
    return " · ".join(word for word in words if word)
