"""Who may do what with a company and its people, as yes or no."""

from members.models.affiliation import Affiliation, Role

KEEPERS = (Role.OWNER, Role.EDITOR)


def _role(user, company):
    if not user.is_authenticated:
        return None
    return Affiliation.objects.current().filter(user=user, company=company).values_list("role", flat=True).first()


def may_edit_company(user, company):
    """Its owners and editors change what the company says of itself; staff do it in the admin."""
    return _role(user, company) in KEEPERS


def may_review_profiles(user):
    """Staff who approve or return what companies have changed."""
    return user.is_active and user.is_staff and user.has_perm("members.review_profile")


def may_invite(user, company, role):
    """Staff and owners invite to any role, an editor invites participants."""
    if user.is_active and user.is_staff:
        return True
    own = _role(user, company)
    return own == Role.OWNER or (own == Role.EDITOR and role == Role.PARTICIPANT)
