"""The people of a company: colleagues, invitations, and one's own affiliation."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from creativenorth.forms.confirmation import Question, ask, is_confirmed
from creativenorth.text.swedish import swedish_order
from creativenorth.web.paging import page_of
from members.actions.invitations import (
    InvitationClosed,
    TooManyInvitations,
    invite,
    send_invitation_again,
    withdraw_invitation,
)
from members.actions.people import (
    LastOwner,
    change_affiliation,
    change_own_affiliation,
    is_last_owner,
    leave_company,
    remove_person,
)
from members.forms.invitations import InviteForm
from members.forms.people import AffiliationForm, OwnAffiliationForm
from members.models import Affiliation
from members.permissions import may_invite, may_manage_people, roles_to_invite
from members.views.company_frame import address, chosen_company, frame, own_companies

PER_PAGE = 50


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def people(request):
    """GET: everybody in the company and, for those who may invite, the invitations. POST: invites one more.

    422 with errors; 429 where the invitations of the day are used up.
    """
    companies, company = _mine(request)
    roles = roles_to_invite(request.user, company)
    if request.method == "POST" and not roles:
        raise PermissionDenied
    form = InviteForm(request.POST or None, roles=roles, company=company) if roles else None
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                invite(by=request.user, company=company, **form.cleaned_data)
            except TooManyInvitations as reached:
                form.add_error(None, str(reached))
                status = 429
            else:
                messages.success(request, _("An invitation is on its way to %s.") % form.cleaned_data["email"])
                return redirect(address("members:my_company_people", company, companies))
    return render(request, "members/people.html", _context(request, company, companies, form), status=status)


def _context(request, company, companies, form):
    affiliations = company.affiliations.not_ended().select_related("user").order_by(swedish_order("user__name"), "pk")
    can_manage = may_manage_people(request.user, company)
    page = page_of(affiliations, request.GET, PER_PAGE)
    own = company.affiliations.current().filter(user=request.user).first()
    for affiliation in page:
        affiliation.can_change = can_manage or affiliation.user_id == request.user.pk
        affiliation.url = address("members:my_company_affiliation", company, companies, affiliation.uuid)
    context = frame(request, company, companies, "people") | {
        "people": page,
        "is_wrong": form is not None and bool(form.errors),
        "can_manage": can_manage,
        "form": form,
        "leaving_url": _leaving_url(company),
        "cannot_leave": bool(own) and is_last_owner(own),
    }
    if form:
        context["invitations"] = _waiting(request, company, companies, form)
    return context


def _waiting(request, company, companies, form):
    waiting = company.invitations.unanswered().select_related("invited_by")
    page = page_of(waiting, request.GET, PER_PAGE, parameter="invited")
    may = {role for role, label in form.fields["role"].choices}
    for invitation in page:
        route = "members:my_company_invitation_withdrawal"
        may_change = invitation.role in may
        invitation.withdrawal_url = address(route, company, companies, invitation.uuid) if may_change else ""
        invitation.question = _withdrawal_question(invitation)
        again = "members:my_company_invitation_again"
        invitation.again_url = address(again, company, companies, invitation.uuid) if may_change else ""
    return page


def _withdrawal_question(invitation):
    return Question(
        _("Withdraw the invitation to %(email)s?") % {"email": invitation.email},
        _("The link in the mail stops working. You can invite the person again."),
        _("Withdraw the invitation"),
        _("No, let it stand"),
    )


@never_cache
@require_POST
def invitation_withdrawal(request, uuid):
    """POST: withdraws an unanswered invitation; asks first, unless confirmed."""
    companies, company = _mine(request)
    invitation = get_object_or_404(company.invitations, uuid=uuid)
    if not may_invite(request.user, company, invitation.role):
        raise PermissionDenied
    if not is_confirmed(request):
        back_url = address("members:my_company_people", company, companies)
        return ask(request, _withdrawal_question(invitation), back_url=back_url)
    withdraw_invitation(by=request.user, invitation=invitation)
    messages.success(request, _("The invitation to %s is withdrawn.") % invitation.email)
    return redirect(address("members:my_company_people", company, companies))


@never_cache
@require_POST
def invitation_again(request, uuid):
    """POST: mails the invitation again with a new link, which works from now on for two weeks; the old one stops working."""
    companies, company = _mine(request)
    invitation = get_object_or_404(company.invitations, uuid=uuid)
    try:
        send_invitation_again(by=request.user, invitation=invitation)
        messages.success(request, _("An invitation is on its way to %s.") % invitation.email)
    except InvitationClosed:
        messages.info(request, _("It has been sent again, answered or withdrawn already."))
    except TooManyInvitations as reached:
        messages.warning(request, str(reached))
    return redirect(address("members:my_company_people", company, companies))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def affiliation(request, uuid):
    """GET: a colleague's affiliation, for owners, or one's own.

    POST: changes it; 422 with errors, 409 where it has been changed meanwhile.
    """
    companies, company = _mine(request)
    affiliation = _affiliation(request, company, uuid)
    can_manage, is_own = may_manage_people(request.user, company), affiliation.user_id == request.user.pk
    if not (can_manage or is_own):
        raise PermissionDenied
    data = request.POST or None
    role_form = AffiliationForm(data, instance=affiliation) if can_manage else None
    own_form = OwnAffiliationForm(data, instance=affiliation) if is_own else None
    forms = [form for form in (role_form, own_form) if form]
    status = 200
    if request.method == "POST":
        valid = [form.is_valid() for form in forms]
        status = 409 if any(form.has_conflict for form in forms) else 422
        if all(valid) and _change(request, uuid, role_form, own_form):
            messages.success(request, _("Saved."))
            return redirect(address("members:my_company_people", company, companies))
    context = frame(request, company, companies, "people") | {
        "affiliation": affiliation,
        "is_own": is_own,
        "is_wrong": status != 200,
        "forms": forms,
        "is_last": is_last_owner(Affiliation.objects.get(pk=affiliation.pk)),
        "removal_url": _leaving_url(company)
        if is_own
        else address("members:my_company_affiliation_removal", company, companies, affiliation.uuid),
        "people_url": address("members:my_company_people", company, companies),
    }
    return render(request, "members/affiliation.html", context, status=status)


def _change(request, uuid, role_form, own_form):
    """Whether it was saved; else the forms have errors."""
    stored = Affiliation.objects.select_related("company").get(uuid=uuid)
    try:
        if role_form:
            change_affiliation(by=request.user, affiliation=stored, **role_form.values())
        if own_form:
            change_own_affiliation(by=request.user, affiliation=stored, **own_form.values())
    except LastOwner:
        role_form.add_error("role", _("The company needs an owner: make somebody else owner first."))
        return False
    return True


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_removal(request, uuid):
    """GET: what removing a colleague means. POST: removes; 409 with the page for the last owner."""
    companies, company = _mine(request)
    affiliation = _affiliation(request, company, uuid, ended=request.method == "POST")
    if not may_manage_people(request.user, company):
        raise PermissionDenied
    people_url = address("members:my_company_people", company, companies)
    if affiliation.user_id == request.user.pk:
        return redirect(_leaving_url(company))
    if request.method == "POST":
        try:
            remove_person(by=request.user, affiliation=affiliation)
        except LastOwner:
            return _ending(request, companies, affiliation, people_url, status=409)
        messages.success(request, _("%s no longer belongs to the company.") % affiliation.user)
        return redirect(people_url)
    return _ending(request, companies, affiliation, people_url)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request):
    """GET: what leaving the company means. POST: leaves; 409 with the page for the last owner."""
    companies = own_companies(request)
    slug = request.GET.get("foretag") or chosen_company(request, companies).slug
    affiliations = request.user.affiliations.filter(company__slug=slug).select_related("user", "company")
    affiliation = affiliations.order_by("-started_on", "-pk").first()
    if affiliation is None or (affiliation.has_ended and request.method != "POST"):
        raise Http404
    people_url = address("members:my_company_people", affiliation.company, companies)
    if request.method == "POST":
        try:
            leave_company(by=request.user, affiliation=affiliation)
        except LastOwner:
            return _ending(request, companies, affiliation, people_url, status=409)
        messages.success(request, _("You no longer belong to %s.") % affiliation.company)
        return redirect("members:home")
    return _ending(request, companies, affiliation, people_url)


def _leaving_url(company):
    """Always names the company: sent twice, the form must still say which one was left."""
    return f"{reverse('members:my_company_leaving')}?{urlencode({'foretag': company.slug})}"


def _ending(request, companies, affiliation, people_url, status=200):
    context = frame(request, affiliation.company, companies, "people") | {
        "affiliation": affiliation,
        "is_own": affiliation.user_id == request.user.pk,
        "is_last": is_last_owner(affiliation),
        "people_url": people_url,
        "action": request.get_full_path(),
    }
    return render(request, "members/affiliation_ending.html", context, status=status)


def _mine(request):
    companies = own_companies(request)
    return companies, chosen_company(request, companies)


def _affiliation(request, company, uuid, *, ended=False):
    affiliations = company.affiliations if ended else company.affiliations.not_ended()
    return get_object_or_404(affiliations.select_related("user", "company"), uuid=uuid)
