"""Who may do what with activities and registrations."""

from django.utils import timezone

from events.models import Audience
from members.models import Company


def may_edit(user):
    return _is_staff_with(user, "events.change_activity")


def may_manage_registrations(user):
    return _is_staff_with(user, "events.change_registration")


def may_view_registrations(user):
    return _is_staff_with(user, "events.view_registration") or may_manage_registrations(user)


def may_check_in(user, activity):
    """Those who manage registrations, and the hosts of this activity."""
    if may_manage_registrations(user):
        return True
    return _is_staff_with(user, "events.view_activity") and activity.hosts.filter(pk=user.pk).exists()


def may_view_requirements(user):
    return _is_staff_with(user, "events.view_requirements")


def _is_staff_with(user, permission):
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm(permission)


def may_sign_up_for(user, company):
    """An owner or editor may sign up colleagues in the company. Oneself everybody may."""
    return Company.objects.editable_by(user).filter(pk=company.pk).exists()


def may_change_registration(user, registration):
    """Staff who manage registrations; the person; an owner or editor of the registration's company."""
    if may_manage_registrations(user):
        return True
    return type(registration).objects.editable_by(user).filter(pk=registration.pk).exists()


def signup_closed_reason(activity, starts_at, now=None):
    """Why nobody can sign up now: "nobody", "cancelled", "over", "started", "closed", "not_yet"; "" while sign-up is open."""
    now = now or timezone.now()
    if not activity.is_public or activity.audience == Audience.NOBODY:
        return "nobody"
    if activity.is_cancelled:
        return "cancelled"
    if starts_at and starts_at <= now:
        return "over" if activity.pk and activity.is_over else "started"
    if activity.signup_closes_at and activity.signup_closes_at <= now:
        return "closed"
    return "not_yet" if activity.signup_opens_at and activity.signup_opens_at > now else ""


def is_open_to(activity, attendee):
    """Whether the activity's audience includes this person, an `events.actions.signup.Attendee`."""
    if activity.audience == Audience.PUBLIC:
        return True
    if activity.asks_who_is_invited and activity.invitees.filter(email=attendee.address).exists():
        return True
    if activity.audience == Audience.INVITED:
        return False
    is_member = bool(attendee.company) and Company.objects.members().filter(pk=attendee.company.pk).exists()
    if activity.audience == Audience.TARGET_GROUP:
        return is_member and (not activity.target_groups or attendee.target_group in activity.target_groups)
    return is_member
