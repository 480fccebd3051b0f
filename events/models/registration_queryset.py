"""Querysets of registrations: by state, by person, by who may see and change them."""

from allauth.account.models import EmailAddress
from django.db import models
from django.db.models import Case, Exists, Max, Min, OuterRef, Q, Value, When

from creativenorth.prepared import Now
from creativenorth.text.swedish import name_key_sql
from events.models.session import Session
from events.models.states import ACTIVE, TAKEN, ShownTo, State


class RegistrationQuerySet(models.QuerySet):
    def active(self):
        return self.filter(state__in=ACTIVE)

    def taken(self):
        """Those that hold a seat: confirmed ones, and offered ones while the offer is held."""
        return self.filter(state__in=TAKEN)

    def confirmed(self):
        return self.filter(state=State.CONFIRMED)

    def waiting(self):
        return self.filter(state=State.WAITING)

    def switching(self):
        """Those with a seat who wait for one of the other mode."""
        return self.filter(state=State.CONFIRMED).exclude(wished_mode="")

    def with_dates(self):
        """Annotates each with `first_at` and `last_at` of its activity."""
        return self.annotate(first_at=Min("activity__sessions__starts_at"), last_at=Max("activity__sessions__ends_at"))

    def absent(self):
        """Those with a seat who attended no session although at least one is over."""
        over = Session.objects.filter(activity=OuterRef("activity"), ends_at__lte=Now())
        return self.confirmed().filter(Exists(over)).exclude(self._has_attended(attendances__isnull=False))

    def present(self):
        """Those who attended a session."""
        return self.filter(self._has_attended(attendances__isnull=False))

    def absent_from(self, session):
        """Those with a seat who did not attend that session, by another registration of theirs either."""
        confirmed = self.confirmed().filter(activity=session.activity_id)
        return confirmed.exclude(self._has_attended(attendances__session=session))

    def of_guest(self, email, name):
        return self.filter(user=None, email=email, guest_key=_key_of(name))

    def of(self, user):
        """A person's own: by their account, or made as a guest of their name from an address that they have confirmed since."""
        return self.filter(_is_own(user))

    def reached_by(self, user):
        """A person's own, and those of others who have signed up from the person's mailbox."""
        return self.filter(Q(user=user) | Q(user=None, email__in=_addresses_of(user)))

    def of_same_person_in_activity(self, registration):
        """All registrations of the same person in the same activity, as a guest and by account."""
        found = self.filter(activity=registration.activity_id)
        if registration.user_id is None and registration.email:
            holders = EmailAddress.objects.filter(email=registration.email, verified=True)
            account = holders.filter(user__name_key=_key_of(registration.guest_name)).first()
            return found.of(account.user) if account else found.of_guest(registration.email, registration.guest_name)
        return found.of(registration.user) if registration.user_id else found.filter(pk=registration.pk)

    def visible_to(self, user):
        """One's own, those from one's mailbox, and those of companies that one may edit; all for staff."""
        if not user.is_authenticated:
            return self.none()
        if user.is_staff and user.has_perm("events.view_registration"):
            return self
        return self.reached_by(user) | self.filter(company__in=_editable_companies(user))

    editable_by = visible_to

    def changeable_by(self, user):
        """A person's own, those of others who share the mailbox, and those in companies that the person may edit now.

        Each says whether it `is_own`.
        """
        found = self.reached_by(user) | self.filter(company__in=_editable_companies(user))
        return found.annotate(is_own=Case(When(_is_own(user), then=True), default=False))

    def of_colleagues(self, user):
        """Those of others that the person may change."""
        return self.changeable_by(user).filter(is_own=False) if user.is_authenticated else self.none()

    def shown_to_everyone(self):
        return self.confirmed().filter(shown_to=ShownTo.EVERYONE)

    def shown_to_participants(self):
        return self.confirmed().exclude(shown_to=ShownTo.NOBODY)

    def _has_attended(self, **where):
        """Whether the person attended, by any of their registrations in the activity; `where` filters the attendances."""
        attended = self.model.objects.filter(**where, activity=OuterRef("activity")).order_by()
        addresses = EmailAddress.objects.filter(verified=True)
        of_account = addresses.filter(user=OuterRef(OuterRef("user"))).values("email")
        accounts = addresses.filter(
            email=OuterRef(OuterRef("email")), user__name_key=OuterRef(OuterRef("guest_key"))
        ).values("user")
        as_guest = attended.filter(user=None).exclude(email="")
        return (
            Exists(attended.filter(pk=OuterRef("pk")))
            | Exists(attended.filter(user=OuterRef("user")))
            | Exists(as_guest.filter(email__in=of_account, guest_key=OuterRef("user__name_key")))
            | Q(user=None) & Exists(as_guest.filter(email=OuterRef("email"), guest_key=OuterRef("guest_key")))
            | Q(user=None) & Exists(attended.filter(user__in=accounts))
        )


def _is_own(user):
    of_guest = {"email": OuterRef("email"), "user__name_key": OuterRef("guest_key")}
    return Q(user=user) | Q(user=None) & Q(Exists(EmailAddress.objects.filter(user=user, verified=True, **of_guest)))


def _key_of(name):
    """As the database derives the key, whose `lower` may know other letters than Python's."""
    return name_key_sql(Value(name))


def _addresses_of(user):
    return EmailAddress.objects.filter(user=user, verified=True).values("email")


def _editable_companies(user):
    from members.models import Company

    return Company.objects.editable_by(user).values("pk")
