"""Who may do what with activities and with the seats in them."""

from django.utils import timezone

from events.models import Audience
from members.models import Company


def may_edit(user):
    """Staff with the permission to change activities: they see drafts, publish and cancel."""
    return _is_staff_with(user, "events.change_activity")


def may_keep_list(user):
    """Staff with the permission to change registrations: they keep the list of participants."""
    return _is_staff_with(user, "events.change_registration")


def may_see_list(user):
    """Staff with the permission to read registrations, or to change them."""
    return _is_staff_with(user, "events.view_registration") or may_keep_list(user)


def may_check_in(user, activity):
    """Who keeps the list, and the hosts of this activity: they see who comes and tick off who is there."""
    if may_keep_list(user):
        return True
    return _is_staff_with(user, "events.view_activity") and activity.hosts.filter(pk=user.pk).exists()


def may_see_needs(user):
    """Those of the staff who order the food and open the doors."""
    return _is_staff_with(user, "events.view_need")


def _is_staff_with(user, permission):
    return user.is_authenticated and user.is_active and user.is_staff and user.has_perm(permission)


def may_sign_up_for(user, company):
    """An owner or editor signs up colleagues in the company; oneself everybody may."""
    return Company.objects.editable_by(user).filter(pk=company.pk).exists()


def may_change(user, registration):
    """One's own, what one has made for others, one's company's where one keeps it; staff who keep the list."""
    if may_keep_list(user):
        return True
    return type(registration).objects.editable_by(user).filter(pk=registration.pk).exists()


def why_not_open(activity, starts_at, now=None):
    """Why nobody can sign up now: "nobody", "cancelled", "started", "closed", "not_yet", or "" where one can."""
    now = now or timezone.now()
    if not activity.is_public or activity.audience == Audience.NOBODY:
        return "nobody"
    if activity.is_cancelled:
        return "cancelled"
    if starts_at and starts_at <= now:
        return "started"
    if activity.signup_closes_at and activity.signup_closes_at <= now:
        return "closed"
    return "not_yet" if activity.signup_opens_at and activity.signup_opens_at > now else ""


def is_for(activity, attendee):
    """Is the sign-up open to this person? An attendee is who signs up (events.actions.signup)."""
    if activity.audience == Audience.PUBLIC:
        return True
    if activity.audience == Audience.INVITED:
        return activity.invitees.filter(email__iexact=attendee.address).exists()
    is_member = bool(attendee.company) and Company.objects.members().filter(pk=attendee.company.pk).exists()
    if activity.audience == Audience.TARGET_GROUP:
        return is_member and (not activity.target_groups or attendee.target_group in activity.target_groups)
    return is_member
