import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.text.constraints import is_known
from events.models.registration import Registration
from events.models.session import Session


class Method(models.TextChoices):
    """How it is known that somebody was there, for auditors."""

    TICK = "tick", _("ticked by staff")
    TICKET = "ticket", _("ticket read at the door")
    SIGNED = "signed", _("signed list")
    LOG = "log", _("log of the online meeting")


def has_attended():
    return Exists(Attendance.objects.filter(registration=OuterRef("pk")))


@recorded()
class Attendance(models.Model):
    """A person was at a session: for how many minutes, how that is known and who confirmed it.

    It stays when the registration is cancelled later. Somebody let in from the waiting list attends without taking a seat.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("session"))
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="attendances", verbose_name=_("registration")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    method = models.CharField(_("how it is known"), max_length=6, choices=Method, default=Method.TICK)
    confirmed_at = models.DateTimeField(_("confirmed at"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("confirmed by")
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["session__starts_at", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="one_attendance_per_person_and_session"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="attendance_lasts"),
            is_known("method", Method, "attendance_known_in_a_known_way"),
        ]
        triggers = [
            # A person may have several registrations, one after the other or as a guest, but attends a session once.
            pgtrigger.Trigger(
                name="attendance_is_possible",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("session_id", "registration_id", "minutes"),
                declare=[("r", "events_registration%ROWTYPE"), ("s", "events_session%ROWTYPE")],
                func="""
                    SELECT * INTO r FROM events_registration WHERE id = NEW.registration_id;
                    SELECT * INTO s FROM events_session WHERE id = NEW.session_id FOR SHARE;
                    IF r.activity_id IS DISTINCT FROM s.activity_id
                        OR (TG_OP = 'INSERT' AND r.state NOT IN ('confirmed', 'offered', 'waiting'))
                        OR NEW.minutes > ceil(extract(epoch FROM s.ends_at - s.starts_at) / 60) THEN
                        RAISE EXCEPTION 'no such attendance: activity % and %, % minutes, %',
                            r.activity_id, s.activity_id, NEW.minutes, r.state
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_fits_its_session';
                    END IF;
                    -- asked from the person's side, whose registrations an index finds however many were there
                    IF EXISTS (SELECT FROM events_registration o JOIN events_attendance a ON a.registration_id = o.id
                        WHERE o.activity_id = r.activity_id AND o.user_id = r.user_id AND o.id <> r.id
                            AND a.session_id = NEW.session_id)
                        OR r.user_id IS NULL AND r.email <> '' AND EXISTS (
                            SELECT FROM events_registration o JOIN events_attendance a ON a.registration_id = o.id
                            WHERE o.activity_id = r.activity_id AND o.user_id IS NULL AND o.id <> r.id
                                AND o.email = r.email AND o.guest_key = r.guest_key AND a.session_id = NEW.session_id)
                        -- as a guest of that name from an address that the account has confirmed, and the other way round
                        OR EXISTS (SELECT FROM account_emailaddress e JOIN members_user u ON u.id = e.user_id
                            JOIN events_registration o ON o.user_id IS NULL AND o.email = e.email AND o.guest_key = u.name_key
                            JOIN events_attendance a ON a.registration_id = o.id
                            WHERE e.user_id = r.user_id AND e.verified AND o.activity_id = r.activity_id
                                AND o.id <> r.id AND a.session_id = NEW.session_id)
                        OR r.user_id IS NULL AND r.email <> '' AND EXISTS (SELECT FROM account_emailaddress e
                            JOIN members_user u ON u.id = e.user_id AND u.name_key = r.guest_key
                            JOIN events_registration o ON o.user_id = e.user_id
                            JOIN events_attendance a ON a.registration_id = o.id
                            WHERE e.email = r.email AND e.verified AND o.activity_id = r.activity_id
                                AND a.session_id = NEW.session_id) THEN
                        RAISE EXCEPTION 'was there already, by another registration'
                            USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_attendance_per_person_and_session';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{known(self, 'registration')} · {known(self, 'session')}"
