"""The pipeline of enquiries: stages, notes, next steps and answers, until the company is a member.

Each action locks the enquiry, may be repeated without harm, and raises `PermissionDenied`.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from creativenorth import mail
from creativenorth.text.placeholders import fill
from creativenorth.text.slugs import save_with_free_slug
from members.actions.invitations import invite
from members.actions.profile.publishing import say_first
from members.models import Company, CompanyNote, Enquiry, EnquiryNote, EnquiryStep, Membership
from members.models.affiliation import Role
from members.permissions import may_answer_enquiries, may_welcome_companies

Stage = Enquiry.Stage


class AlreadyIn(Exception):
    """The company is a member already; its enquiry stays at the last stage."""


def locked(enquiry, by):
    if not may_answer_enquiries(by):
        raise PermissionDenied
    return Enquiry.objects.select_for_update(of=("self",), no_key=True).get(pk=enquiry.pk)


def move(enquiry, to, by, **columns):
    now = timezone.now()
    EnquiryStep.objects.create(
        enquiry=enquiry, stage=enquiry.stage, reached_at=min(enquiry.stage_since, now), left_at=now, by=by
    )
    enquiry.stage, enquiry.stage_since = to, now
    if enquiry.is_over:
        columns |= {"remind_on": None, "next_step": ""}
    for name, value in columns.items():
        setattr(enquiry, name, value)
    enquiry.save(update_fields=["stage", "stage_since", *columns])


@transaction.atomic
def move_enquiry(*, by, enquiry, to):
    """Move the enquiry to any other stage. Raises `AlreadyIn`, and ValueError for `joined`."""
    enquiry = locked(enquiry, by)
    if Stage(to) == Stage.JOINED:
        raise ValueError("A company joins by welcome_company.")
    if enquiry.stage == Stage.JOINED:
        raise AlreadyIn
    if enquiry.stage != to:
        move(enquiry, to, by)
    return enquiry


@transaction.atomic
def note_enquiry(*, by, enquiry, text, idempotency_key):
    """Save a note for colleagues; the same form sent twice is one note."""
    enquiry = locked(enquiry, by)
    return EnquiryNote.make_once(idempotency_key, enquiry=enquiry, text=text.strip(), by=by)[0]


def placeholders_of(enquiry, by):
    return {"name": enquiry.name, "company": enquiry.company_name, "sender": by.name}


@transaction.atomic
def answer_enquiry(*, by, enquiry, subject, text, idempotency_key):
    """Mail an answer, once, and save it as a note; a new enquiry is then contacted. Raises ValueError without an address."""
    enquiry = locked(enquiry, by)
    if not enquiry.email:
        raise ValueError("Nobody to answer.")
    values = placeholders_of(enquiry, by)
    sent = mail.queue_text(
        to=enquiry.email,
        subject=fill(subject, values),
        text=fill(text, values),
        language=enquiry.language,
        cause=f"enquiry-answer:{idempotency_key}",
        reply_to=by.email,
    )
    note_enquiry(
        by=by, enquiry=enquiry, text=f"✉ {sent.subject}\n\n{fill(text, values)}", idempotency_key=idempotency_key
    )
    if enquiry.stage == Stage.NEW:
        move(enquiry, Stage.CONTACTED, by)
    return enquiry


@transaction.atomic
def welcome_company(*, by, enquiry, name, email, joined_on, phone="", company=None, language="sv"):
    """Make the enquiry a member: a company (or the one given), its membership and the owner's invitation.

    A next step that was planned goes along as a note about the company.

    Repeated, it returns the company of the first time. A membership that exists is kept.
    """
    if not may_welcome_companies(by):
        raise PermissionDenied
    enquiry = locked(enquiry, by)
    if enquiry.resulting_company_id:
        return enquiry.resulting_company
    if company is None:
        company = save_with_free_slug(Company(name=name), name)
        say_first(company, by=by, email=enquiry.email, phone=phone, website=enquiry.website)
    _make_member(company, joined_on)
    _take_next_step_along(enquiry, company, by)
    invite(by=by, company=company, email=email, role=Role.OWNER, language=language)
    move(enquiry, Stage.JOINED, by, resulting_company=company)
    return company


def _take_next_step_along(enquiry, company, by):
    if enquiry.next_step:
        CompanyNote.objects.create(
            company=company, text=enquiry.next_step, remind_on=enquiry.remind_on, by=enquiry.responsible or by
        )


def _make_member(company, joined_on):
    """Raises ValidationError where an earlier membership ended after that day."""
    there = company.memberships
    if not (there.filter(left_on=None).exists() or there.current(joined_on).exists()):
        membership = Membership(company=company, joined_on=joined_on)
        membership.full_clean()
        membership.save()


@transaction.atomic
def remove_spam(*, by, enquiries):
    """Delete those marked as spam; returns how many."""
    if not (may_answer_enquiries(by) and by.has_perm("members.delete_enquiry")):
        raise PermissionDenied
    spam = Enquiry.objects.filter(pk__in=enquiries.order_by().values("pk"), stage=Stage.SPAM)
    _total, gone = spam.delete()
    return gone.get("members.Enquiry", 0)


@transaction.atomic
def mark_spam(*, by, enquiries):
    """Mark several at once; returns how many were marked. Members' enquiries are left out."""
    if not may_answer_enquiries(by):
        raise PermissionDenied
    chosen = Enquiry.objects.filter(pk__in=enquiries.order_by().values("pk")).exclude(
        stage__in=[Stage.JOINED, Stage.SPAM]
    )
    marked = list(chosen.select_for_update(of=("self",), no_key=True).order_by("pk"))
    for enquiry in marked:
        move(enquiry, Stage.SPAM, by)
    return len(marked)
