"""What waits for staff among companies and people, and which companies have been inactive."""

from datetime import timedelta

from django.db.models import Case, When, Window
from django.db.models.aggregates import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.dates import date_text, short_date_text
from creativenorth.history.recording import event_model_of
from creativenorth.staff.todos import ToDo, Urgency, active_since, signs_of_life, todos
from members.models import Affiliation, Company, CompanyNote, Enquiry, Membership, ProfileVersion
from members.permissions import may_review_profiles

INACTIVE_AFTER = timedelta(days=180)
NAMES_SHOWN = 3
NEXT_STEPS = 6


@signs_of_life.register
def signed_in(since):
    return Affiliation.objects.current().filter(user__last_login__gte=since).values("company")


@signs_of_life.register
def changed_their_profile(since):
    """Its own people, who write drafts; not staff or a list, which publish at once."""
    written = event_model_of(ProfileVersion).objects.filter(changed_at__gte=since, changed_by__isnull=False)
    return written.values("company_id")


def first_with_total(rows, count=NAMES_SHOWN):
    """The first rows, each with the number of all rows as `.total`; one query."""
    return list(rows.annotate(total=Window(Count("*")))[:count])


def names_and_more(names, total):
    """ "Vinter, Yours, Tromb and 4 more" """
    listed = ", ".join(names)
    more = total - len(names)
    return (
        ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", more)
        % {
            "names": listed,
            "count": more,
        }
        if more
        else listed
    )


@todos.register
def profiles(user):
    if not may_review_profiles(user):
        return
    first = first_with_total(
        ProfileVersion.objects.waiting().select_related("company").only("company__name", "submitted_at")
    )
    if first:
        total = first[0].total
        since = _("The oldest since %s.") % date_text(first[0].submitted_at)
        yield ToDo(
            Urgency.NOW,
            ngettext("changed profile to review", "changed profiles to review", total),
            reverse("admin:members_profileversion_changelist"),
            str(total),
            f"{names_and_more([draft.company.name for draft in first], total)}. {since}",
        )


@todos.register
def enquiries(user):
    if not user.has_perm("members.view_enquiry"):
        return
    first = first_with_total(Enquiry.objects.filter(stage=Enquiry.Stage.NEW).order_by("created_at"))
    if first:
        total = first[0].total
        since = _("The oldest since %s.") % date_text(first[0].created_at)
        yield ToDo(
            Urgency.NOW,
            ngettext("enquiry without an answer", "enquiries without an answer", total),
            f"{reverse('admin:members_enquiry_changelist')}?stage__exact=new",
            str(total),
            f"{names_and_more([str(enquiry) for enquiry in first], total)}. {since}",
        )


def mine_first(user, column):
    return Case(When(**{column: user}, then=0), When(**{column: None}, then=1), default=2)


@todos.register
def reminders(user):
    """Enquiries whose next step is due: one's own, nobody's, colleagues'."""
    if not user.has_perm("members.view_enquiry"):
        return
    due = Enquiry.objects.to_remember().select_related("responsible").defer("message")
    first = first_with_total(due.order_by(mine_first(user, "responsible"), "remind_on", "pk"), NEXT_STEPS)
    for enquiry in first:
        more = first[0].total - len(first) if enquiry == first[-1] else 0
        parts = [
            enquiry.next_step or _("You wanted to be reminded on %s.") % date_text(enquiry.remind_on),
            str(enquiry.responsible) if enquiry.responsible_id not in (None, user.pk) else "",
            ngettext("%d more waits.", "%d more wait.", more) % more if more else "",
        ]
        yield ToDo(
            Urgency.NOW if enquiry.responsible_id in (None, user.pk) else Urgency.SOON,
            f"{enquiry} ({enquiry.get_stage_display()})",
            reverse("admin:members_enquiry_change", args=[enquiry.pk]),
            short_date_text(enquiry.remind_on),
            " · ".join(part for part in parts if part),
        )


@todos.register
def next_steps(user):
    """Those about companies that are due, one's own first."""
    if not user.has_perm("members.view_companynote"):
        return
    due = CompanyNote.objects.to_remember().select_related("company", "by")
    for note in first_with_total(due.order_by(mine_first(user, "by"), "remind_on", "pk"), NEXT_STEPS):
        whose = "" if note.by_id == user.pk else f"{note.by or ''}: "
        yield ToDo(
            Urgency.NOW if note.by_id == user.pk else Urgency.SOON,
            str(note.company),
            reverse("admin:members_company_card", args=[note.company_id]),
            short_date_text(note.remind_on),
            f"{whose}{Truncator(note.text).chars(90)}",
        )


def inactive_companies():
    """Members for half a year at least, without a sign of life in that time."""
    now = timezone.now()
    settled = Membership.objects.current().filter(joined_on__lt=now - INACTIVE_AFTER).values("company")
    return Company.objects.filter(~active_since(now - INACTIVE_AFTER), pk__in=settled)


@todos.register
def inactive(user):
    if not user.has_perm("members.view_company"):
        return
    first = first_with_total(inactive_companies().order_by("sort_key", "pk").only("name"))
    if first:
        total = first[0].total
        yield ToDo(
            Urgency.LATER,
            ngettext(
                "company has not been active for half a year", "companies have not been active for half a year", total
            ),
            f"{reverse('admin:members_company_changelist')}?life=silent",
            str(total),
            names_and_more([company.name for company in first], total),
        )


def count_active(since):
    """(members with a sign of life since that moment, all members of today)."""
    counts = Company.objects.members().aggregate(alive=Count("pk", filter=active_since(since)), all=Count("pk"))
    return counts["alive"], counts["all"]
