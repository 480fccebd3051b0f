"""Who may do what with a company and its people, as yes or no."""

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from creativenorth.prepared import prepared
from members.models.affiliation import Affiliation, Role
from members.models.user import User

SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone do not count
OWNERS_AND_EDITORS = (Role.OWNER, Role.EDITOR)
INVITABLE_ROLES = {Role.OWNER: list(Role), Role.EDITOR: [Role.PARTICIPANT]}


def _role(user, company):
    if not (user.is_authenticated and user.is_active):
        return None
    return next(iter(_roles(user, company)), None)


@prepared
def _roles(user, company):
    return Affiliation.objects.current().filter(user=user, company=company).values_list("role", flat=True)[:1]


def _is_staff(user):
    return user.is_active and user.is_staff


def may_view(user, model):
    """Staff who may view or change the model in the admin."""
    permissions = [
        f"{model._meta.app_label}.{permission}_{model._meta.model_name}" for permission in ("view", "change")
    ]
    return _is_staff(user) and any(user.has_perm(permission) for permission in permissions)


def may_edit_company(user, company):
    return _role(user, company) in OWNERS_AND_EDITORS


def may_review_profiles(user):
    return _is_staff(user) and user.has_perm("members.review_profile")


def may_change_profile(user):
    """Staff who may correct any company's profile, and go back to what it said earlier."""
    return _is_staff(user) and user.has_perm("members.change_profileversion")


def roles_to_invite(user, company):
    """Staff who may invite, and owners: all roles. Editors: participants."""
    if _is_staff(user) and user.has_perm("members.add_invitation"):
        return list(Role)
    return INVITABLE_ROLES.get(_role(user, company), [])


def may_invite(user, company, role):
    return role in roles_to_invite(user, company)


def may_manage_people(user, company):
    return _role(user, company) == Role.OWNER


def may_change_affiliations(user, company):
    return may_manage_people(user, company) or (_is_staff(user) and user.has_perm("members.change_affiliation"))


def may_answer_enquiries(user):
    return _is_staff(user) and user.has_perm("members.change_enquiry")


def may_delete_enquiries(user):
    return _is_staff(user) and user.has_perm("members.delete_enquiry")


def may_welcome_companies(user):
    needed = ["members.add_company", "members.add_membership", "members.add_invitation"]
    return may_answer_enquiries(user) and user.has_perms(needed)


def may_open_accounts(user):
    return may_answer_enquiries(user) and user.has_perm("members.add_user")


def may_write_notes(user):
    return _is_staff(user) and user.has_perm("members.add_companynote")


def may_change_note(user, note):
    """Its author alone."""
    return may_write_notes(user) and note.by_id == user.pk


def may_set_number(user, company):
    return may_edit_company(user, company) or (_is_staff(user) and user.has_perm("members.change_company"))


def may_remove_number(user, company):
    return may_manage_people(user, company) or (_is_staff(user) and user.has_perm("members.change_company"))


def may_read_number(user, company):
    return may_manage_people(user, company) or (_is_staff(user) and user.has_perm("members.read_number"))


def may_erase(user):
    return _is_staff(user) and user.has_perm("members.change_user")


def may_change_account(user, person):
    """Staff who may change people; only superusers change a superuser."""
    return _is_staff(user) and user.has_perm("members.change_user") and (user.is_superuser or not person.is_superuser)


def may_manage_staff(user):
    return _is_staff(user) and user.has_perm("members.manage_staff")


def may_take_pages_down(user):
    return _is_staff(user) and user.has_perm("members.change_company")


def may_send_letters(user):
    return _is_staff(user) and user.has_perm("members.change_letter")


def may_merge(user):
    return _is_staff(user) and user.has_perm("members.merge_duplicates")


def why_not_merge(by, kept, gone):
    """Why the two may not be merged into `kept`, as a text; "" where they may."""
    if not may_merge(by):
        return _("Your group may read this, not merge it.")
    return _why_not_merge_people(by, kept, gone) if isinstance(kept, User) else ""


def _why_not_merge_people(by, kept, gone):
    if kept.pk == gone.pk:
        return _("Choose two different accounts.")
    if gone.pk == by.pk:
        return _("You are signed in with the account that would go. Keep that one, or ask a colleague.")
    if any(person.is_staff or person.is_superuser for person in (kept, gone)) and not by.is_superuser:
        return _("Only somebody with every right merges an account of the staff.")
    if any(person.erased_at or person.erase_on for person in (kept, gone)):
        return _("A person who has erased their account is left as they are.")
    if gone.is_active and not kept.is_active:
        return _("Keep the account that is in use.")
    return ""


def may_import(user):
    return _is_staff(user) and user.has_perms(["members.add_import", "members.add_company", "members.add_user"])


def may_export(user):
    return _is_staff(user) and user.has_perm("members.add_export")
