from uuid import uuid4

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history import known, recorded
from creativenorth.text.addresses import AddressField
from creativenorth.text.plain_names import persons_name
from creativenorth.text.swedish import name_key_field
from creativenorth.web import secret_links
from events.models.registration_queryset import RegistrationQuerySet
from events.models.states import ACTIVE, NAMELESS, NEVER_TOO_MANY, Cause, ShownTo, State
from members.models.affiliation import TargetGroup

LINK = "registration"  # the purpose of its secret links


@recorded("guest_name", "guest_key", "email")  # history is kept for ever, a guest's name is not
class Registration(models.Model):
    """One person signed up to one activity. Those of a `party` wait, and are offered seats, together.

    A person with an account is `user`; a guest, or a companion of one, has a name here instead. A guest is a name at an
    address: people share mailboxes, and whoever reads one manages all who have signed up from it.
    """

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    activity = models.ForeignKey(
        "events.Activity", models.PROTECT, related_name="registrations", verbose_name=_("activity")
    )
    user = models.ForeignKey(
        "members.User", models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("person")
    )
    guest_name = models.CharField(_("name"), max_length=150, blank=True, validators=[persons_name])
    guest_key = name_key_field("guest_name")
    email = AddressField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="sv")
    company = models.ForeignKey(
        "members.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("company"),
    )
    organisation_number = models.CharField(
        _("organisation number"), max_length=11, blank=True, help_text=_("As a guest gave it; a legal person’s alone.")
    )
    target_group = models.CharField(_("target group"), max_length=16, choices=TargetGroup, blank=True)
    mode = models.CharField(
        _("takes part"), max_length=8, choices=[("on_site", _("on site")), ("online", _("online"))], default="on_site"
    )
    party = models.UUIDField(_("party"), default=uuid4, editable=False)
    number = models.PositiveSmallIntegerField(_("number in the party"), default=0, editable=False)
    idempotency_key = models.UUIDField(_("form it was made by"), null=True, editable=False)
    state = models.CharField(_("state"), max_length=9, choices=State)
    cause = models.CharField(_("why"), max_length=12, choices=Cause, default=Cause.SIGNED_UP)
    reason = models.CharField(_("staff's reason"), max_length=240, blank=True)
    created_at = models.DateTimeField(_("signed up at"), default=timezone.now)
    changed_at = models.DateTimeField(_("in this state since"), default=timezone.now)
    queued_at = models.DateTimeField(_("waiting since"), default=timezone.now)
    rank = models.PositiveSmallIntegerField(_("place given by staff"), null=True, blank=True)
    held_until = models.DateTimeField(_("seat held until"), null=True, blank=True)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    wished_mode = models.CharField(
        _("would rather take part"),
        max_length=8,
        choices=[("on_site", _("on site")), ("online", _("online"))],
        blank=True,
    )
    wished_at = models.DateTimeField(_("wished since"), null=True, blank=True)
    erase_on = models.DateField(
        _("name erased on"), null=True, blank=True, help_text=_("A guest has asked for it; until then it is kept.")
    )
    booked_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("signed up by")
    )
    shown_to = models.CharField(_("name is seen by"), max_length=12, choices=ShownTo, default=ShownTo.NOBODY)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["activity", "mode", "state"]),
            models.Index(fields=["state", "held_until"]),
            models.Index(fields=["email"], name="registration_email"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="registration_state_is_known"),
            models.CheckConstraint(condition=Q(mode__in=["on_site", "online"]), name="registration_mode_is_known"),
            models.CheckConstraint(condition=Q(shown_to__in=ShownTo.values), name="registration_shown_to_is_known"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | ~Q(guest_name=""), name="registration_is_somebody_s"
            ),
            models.CheckConstraint(
                condition=Q(state="offered", held_until__isnull=False)
                | (~Q(state="offered") & Q(held_until__isnull=True)),
                name="an_offer_is_held_until_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["cancelled", "declined"], ended_at__isnull=False)
                | (Q(state__in=ACTIVE) & Q(ended_at__isnull=True)),
                name="what_has_ended_has_a_time",
            ),
            # Only a confirmed registration waits for the other mode; `change_state` ends that wish.
            models.CheckConstraint(
                condition=Q(wished_mode="", wished_at__isnull=True)
                | (
                    Q(wished_mode__in=["on_site", "online"], wished_at__isnull=False, state="confirmed")
                    & ~Q(wished_mode=F("mode"))
                ),
                name="only_a_seat_is_switched",
            ),
            models.UniqueConstraint(fields=["party", "number"], name="one_registration_per_number_in_a_party"),
            models.UniqueConstraint(
                fields=["activity", "user"], condition=Q(state__in=ACTIVE), name="one_active_registration_per_person"
            ),
            models.UniqueConstraint(
                fields=["activity", "email", "guest_key"],
                condition=Q(state__in=ACTIVE, user=None) & ~Q(email=""),
                name="one_active_registration_per_guest",
            ),
        ]
        triggers = [
            # The lock on the activity is taken before counting, so that two transactions never count past each other,
            # whatever the code that wrote the row has locked.
            pgtrigger.Trigger(
                name=NEVER_TOO_MANY,
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "mode", "activity_id"),
                condition=pgtrigger.Condition("NEW.state IN ('confirmed', 'offered')"),
                declare=[("seats", "integer"), ("taken", "integer")],
                func="""
                    SELECT CASE WHEN a.mode NOT IN (NEW.mode, 'hybrid') THEN 0
                                WHEN NEW.mode = 'on_site' THEN a.capacity ELSE a.online_capacity END
                        INTO seats FROM events_activity a WHERE a.id = NEW.activity_id FOR NO KEY UPDATE;
                    SELECT count(*) INTO taken FROM events_registration r
                        WHERE r.activity_id = NEW.activity_id AND r.mode = NEW.mode
                        AND r.state IN ('confirmed', 'offered');
                    IF taken > seats THEN
                        RAISE EXCEPTION 'a seat too many: % of %', taken, seats
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'never_a_seat_too_many';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="attendance_stays_with_its_activity",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("activity_id"),
                condition=pgtrigger.Condition("OLD.activity_id <> NEW.activity_id"),
                func="""
                    IF EXISTS (SELECT FROM events_attendance WHERE registration_id = OLD.id) THEN
                        RAISE EXCEPTION 'who has been there is not moved elsewhere'
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_stays_with_its_activity';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.name} · {known(self, 'activity')}"

    @property
    def token(self):
        """Of the secret link by which it is seen, answered and cancelled without signing in."""
        return secret_links.token(self.uuid, LINK)

    @property
    def name(self):
        return self.guest_name if self.user_id is None else str(known(self, "user"))

    @property
    def address(self):
        """Where mail about it goes; empty for a companion without an address."""
        return self.email if self.user_id is None else self.user.email

    @property
    def is_active(self):
        return self.state in ACTIVE

    @property
    def is_confirmed(self):
        return self.state == State.CONFIRMED

    @property
    def is_waiting(self):
        return self.state == State.WAITING

    @property
    def is_erased(self):
        return self.guest_name == NAMELESS

    @property
    def queue(self):
        """In which queue it waits and by which key: (mode, key of `events.waiting_list.Party`); None when it waits for nothing.

        Who has a seat and waits for the other mode waits alone, so the key is the registration's own uuid.
        """
        if self.is_waiting:
            return self.mode, self.party
        return (self.wished_mode, self.uuid) if self.wished_mode else None

    @property
    def is_offered(self):
        return self.state == State.OFFERED

    def party_rows(self):
        return Registration.objects.active().filter(party=self.party).select_related("user").order_by("number")

    def of_same_person(self):
        """The active registrations of the same person, in all activities."""
        active = Registration.objects.active()
        if self.user_id:
            return active.filter(user=self.user_id)
        return active.of_guest(self.email, self.guest_name) if self.email else active.filter(pk=self.pk)

    def change_state(self, state, cause, *, at, held_until=None, reason=""):
        """Set the state and all that follows from it, and save. Whether there is a seat is checked by `events.actions.seats`."""
        self.state, self.cause, self.changed_at, self.held_until, self.reason = state, cause, at, held_until, reason
        self.ended_at = at if state not in ACTIVE else None
        self.wished_mode, self.wished_at = "", None
        columns = [
            "state",
            "cause",
            "changed_at",
            "held_until",
            "reason",
            "ended_at",
            "wished_mode",
            "wished_at",
            "mode",
        ]
        self.save(update_fields=columns)
