from datetime import timedelta

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
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


class Role(models.TextChoices):
    """In what capacity somebody was there: who receives support does not contribute by the same minute."""

    RECIPIENT = "recipient", _("takes part")
    CONTRIBUTOR = "contributor", _("contributes time")
    STAFF = "staff", _("works in the project")
    SPEAKER = "speaker", _("speaks or leads")
    GUEST = "guest", _("visits")


class Flag(models.TextChoices):
    """What does not add up about somebody who was there: for staff to settle, never a reason to turn anybody away."""

    CANCELLED = "cancelled", _("had cancelled the seat")
    EARLY = "early", _("seen before the doors opened")
    LATE = "late", _("seen after the end")
    AHEAD = "ahead", _("seen by a phone whose clock is ahead")
    CLOSED = "closed", _("told of after the session was closed")
    CORRECTED = "corrected", _("seen again after staff had corrected it")
    ELSEWHERE = "elsewhere", _("was somewhere else at the same time")


def has_attended():
    return Exists(Attendance.objects.filter(registration=OuterRef("pk")))


@recorded()
class Attendance(models.Model):
    """A person was at a session: for how many minutes, in what role and for which company, how that is known and by whom.

    It stays when the registration is cancelled, before or after. Somebody let in from the waiting list takes no seat.
    Who was ticked off a list has no `arrived_at`: the list tells that they were there, not when they came. Who is still
    inside has no `left_at`, and `minutes` up to the end.
    """

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("session"))
    registration = models.ForeignKey(
        Registration, models.PROTECT, related_name="attendances", verbose_name=_("registration")
    )
    arrived_at = models.DateTimeField(_("arrived at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"))
    is_corrected = models.BooleanField(
        _("minutes set by staff"), default=False, help_text=_("What is seen at the door no longer changes them.")
    )
    role = models.CharField(_("role"), max_length=11, choices=Role, default=Role.RECIPIENT)
    mode = models.CharField(
        _("took part"), max_length=8, choices=[("on_site", _("on site")), ("online", _("online"))], default="on_site"
    )
    company = models.ForeignKey(
        "members.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("company then"),
    )
    flags = ArrayField(
        models.CharField(max_length=9, choices=Flag), default=list, blank=True, verbose_name=_("does not add up")
    )
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
            is_known("method", Method, "attendance_known_in_a_known_way"),
            is_known("role", Role, "attendance_in_a_known_role"),
            models.CheckConstraint(condition=Q(mode__in=["on_site", "online"]), name="attendance_mode_is_known"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="attendance_ends_after_it_starts"
            ),
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
                        OR NEW.minutes > ceil(extract(epoch FROM s.ends_at - s.starts_at) / 60) THEN
                        RAISE EXCEPTION 'no such attendance: activity % and %, % minutes',
                            r.activity_id, s.activity_id, NEW.minutes
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

    @property
    def presence(self):
        """From when to when; of who was ticked off a list, from the start on for as long as is believed."""
        if self.arrived_at is None:
            return self.session.starts_at, self.session.starts_at + timedelta(minutes=self.minutes)
        return self.arrived_at, self.left_at or max(self.arrived_at, self.session.ends_at)
