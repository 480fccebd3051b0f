"""The staff's own accounts: who belongs to it with which role, inviting colleagues, changing and withdrawing roles."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.staff.pages import WRITES, staff_page
from members.actions import staff_accounts as actions
from members.forms.people import ColleagueForm, StaffRoleForm
from members.models import StaffRole, User
from members.permissions import may_manage_staff


@staff_page(User, allowed=may_manage_staff)
def staff_accounts(request):
    """GET: everybody of the staff. POST: invites a colleague; 422 where something is wrong."""
    form = ColleagueForm(request.POST or None)
    if form.is_valid():
        try:
            person = actions.invite_colleague(by=request.user, **form.cleaned_data)
            return _back(request, _("%(name)s is invited. The mail is on its way.") % {"name": person})
        except actions.StaffAlready:
            form.add_error("email", _("That person belongs to the staff already: change the role in the list."))
        except actions.ClosedAccount:
            form.add_error(
                "email", _("That address has an account that was closed. Open it again among the people first.")
            )
    return _page(request, form)


def _page(request, form, status=None):
    people = [_row(person) for person in actions.staff_accounts()]
    context = {"title": _("Staff and their roles"), "people": people, "form": form, "roles": _roles()}
    return TemplateResponse(request, "admin/members/user/staff.html", context, status=status or _status(form))


def _status(form):
    return 422 if form.errors else 200


def _row(person):
    roles = [group.name for group in person.groups.all()]
    role = roles[0] if len(roles) == 1 else ""
    return {"person": person, "role": role, "roles": [capfirst(_label(name)) for name in roles]}


def _label(name):
    return str(dict(StaffRole.choices).get(name, name))


def _roles():
    """What each role may do, in the order in which the form offers them."""
    about = {
        StaffRole.COORDINATOR: _(
            "Does everything with companies, people, activities and texts, and gives others their role."
        ),
        StaffRole.ECONOMIST: _(
            "Reads everything, sole traders’ numbers too, except diet and access needs and what companies have not published."
        ),
        StaffRole.HOST: _("Sees the activities that they are host of, and ticks off who is there."),
        StaffRole.READER: _(
            "Reads everything except diet and access needs and sole traders’ numbers, and changes nothing."
        ),
    }
    return [{"value": role.value, "name": capfirst(role.label), "about": text} for role, text in about.items()]


def _back(request, message, level=messages.SUCCESS):
    messages.add_message(request, level, message)
    return redirect("admin:members_user_staff")


@staff_page(User, allowed=may_manage_staff, methods=WRITES)
def role(request, pk):
    """POST `role`: gives exactly that role. 400 for an unknown one."""
    person, form = get_object_or_404(User, pk=pk, is_staff=True), StaffRoleForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("There is no such role."))
    try:
        actions.change_role(by=request.user, person=person, role=form.cleaned_data["role"])
    except actions.LastCoordinator:
        return _back(request, actions.LAST_COORDINATOR, messages.WARNING)
    message = _("%(name)s is now %(role)s.") % {"name": person, "role": _label(form.cleaned_data["role"])}
    return _back(request, message)


@staff_page(User, allowed=may_manage_staff)
def withdrawal(request, pk):
    """GET: asks. POST: the person no longer belongs to the staff."""
    person = get_object_or_404(User, pk=pk)
    if request.method != "POST":
        context = {"title": _("Take the role away"), "person": person}
        return TemplateResponse(request, "admin/members/user/staff_withdrawal.html", context)
    try:
        actions.withdraw_role(by=request.user, person=person)
    except actions.LastCoordinator:
        return _back(request, actions.LAST_COORDINATOR, messages.WARNING)
    return _back(request, _("%(name)s no longer belongs to the staff. The account stays.") % {"name": person})
