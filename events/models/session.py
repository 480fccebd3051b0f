from contextlib import contextmanager
from datetime import timedelta

import pgtrigger
from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import moment_text
from creativenorth.history import recorded
from creativenorth.prepared import Now
from creativenorth.publishing import public_data
from creativenorth.text.bilingual import Bilingual
from events.models.activity import Activity
from events.models.states import State

ROW_COLUMNS = (
    "slug",
    "title_sv",
    "title_en",
    "summary_sv",
    "summary_en",
    "kind",
    "language",
    "mode",
    "municipality",
    "place",
    "published_at",
    "cancelled_at",
    "audience",
    "capacity",
    "online_capacity",
)
DOORS_OPEN = timedelta(hours=2)  # before the start: people come early


@contextmanager
def times_may_swap():
    """Lets sessions take each other's times while they are saved one after the other. Needs a transaction.

    Raises IntegrityError at the end if two of an activity do begin at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS one_session_at_a_time DEFERRED")
        yield
        cursor.execute("SET CONSTRAINTS one_session_at_a_time IMMEDIATE")


class SessionQuerySet(models.QuerySet):
    def first_of_each(self):
        """The session with which each activity begins."""
        earlier = Session.objects.filter(activity=OuterRef("activity"), starts_at__lt=OuterRef("starts_at"))
        return self.filter(~Exists(earlier))

    def upcoming(self):
        """The next session of each activity that has not ended, the earliest first."""
        ahead = self.filter(ends_at__gt=Now())
        earlier = Session.objects.filter(
            Q(starts_at__lt=OuterRef("starts_at")) | Q(starts_at=OuterRef("starts_at"), pk__lt=OuterRef("pk")),
            activity=OuterRef("activity"),
            ends_at__gt=Now(),
        )
        return ahead.filter(~Exists(earlier)).order_by("starts_at", "pk")

    def past(self):
        """The last session of each activity whose sessions are all over, the latest first."""
        later = Session.objects.filter(
            Q(starts_at__gt=OuterRef("starts_at")) | Q(starts_at=OuterRef("starts_at"), pk__gt=OuterRef("pk")),
            activity=OuterRef("activity"),
        )
        return self.filter(~Exists(later), ends_at__lte=Now()).order_by("-starts_at", "-pk")

    def for_rows(self):
        """With what an agenda's row shows of them and of their activities, and no other column."""
        held = Q(registrations__state__in=(State.CONFIRMED, State.OFFERED))
        activities = Activity.objects.filter(held, pk=OuterRef("activity")).order_by()
        taken = activities.values("pk").annotate(number=Count("registrations")).values("number")
        return (
            self.select_related("activity")
            .only("starts_at", "ends_at", *(f"activity__{name}" for name in ROW_COLUMNS))
            .annotate(taken=Coalesce(Subquery(taken), 0))
        )

    def begun(self):
        return self.filter(starts_at__lte=Now()).order_by("starts_at", "pk")


@public_data()
@recorded()
class Session(models.Model):
    """One date and time of an activity."""

    activity = models.ForeignKey("events.Activity", models.CASCADE, related_name="sessions", verbose_name=_("activity"))
    title_sv = models.CharField(_("title in Swedish"), max_length=120, blank=True)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Bilingual()
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["starts_at", "id"]),
            models.Index(fields=["activity", "starts_at", "id"]),
            models.Index(fields=["ends_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="session_ends_after_it_starts",
                violation_error_message=_("The session must end after it starts."),
            ),
            models.UniqueConstraint(
                fields=["activity", "starts_at"],
                name="one_session_at_a_time",
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message=_("There is a session at that time already."),
            ),
        ]
        triggers = [
            # Attendances must stay possible when a session moves; two hours are DOORS_OPEN.
            pgtrigger.Trigger(
                name="session_fits_its_attendance",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("activity_id", "starts_at", "ends_at"),
                func="""
                    IF EXISTS (SELECT FROM events_attendance a WHERE a.session_id = NEW.id AND (
                        NEW.activity_id <> OLD.activity_id
                        OR a.minutes > ceil(extract(epoch FROM NEW.ends_at - NEW.starts_at) / 60)
                        OR NEW.starts_at > OLD.starts_at AND a.confirmed_at < NEW.starts_at - interval '2 hours'
                    )) THEN
                        RAISE EXCEPTION 'somebody has been there: % to %', NEW.starts_at, NEW.ends_at
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_fits_its_session';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return moment_text(self.starts_at)

    @property
    def is_over(self):
        return self.ends_at <= timezone.now()
