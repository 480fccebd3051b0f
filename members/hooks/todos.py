"""What waits for staff among companies and people, and which companies have been inactive."""

from datetime import timedelta

from django.db.models import Window
from django.db.models.aggregates import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.dates import date_text
from creativenorth.history.recording import event_model_of
from creativenorth.staff.todos import ToDo, Urgency, active_since, signs_of_life, todos
from members.models import Affiliation, Company, Enquiry, Membership, ProfileVersion
from members.permissions import may_review_profiles

INACTIVE_AFTER = timedelta(days=180)
NAMES_SHOWN = 3


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


@todos.register
def reminders(user):
    if not user.has_perm("members.view_enquiry"):
        return
    first = first_with_total(Enquiry.objects.to_remember())
    for enquiry in first:
        more = first[0].total - len(first)
        late = _("You wanted to be reminded on %s.") % date_text(enquiry.remind_on)
        detail = (
            f"{late} {ngettext('%d more waits.', '%d more wait.', more) % more}"
            if more and enquiry == first[-1]
            else late
        )
        url = reverse("admin:members_enquiry_change", args=[enquiry.pk])
        stage = enquiry.get_stage_display()
        yield ToDo(
            Urgency.NOW, f"{enquiry} ({stage})", url, f"{enquiry.remind_on.day}/{enquiry.remind_on.month}", detail
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
            ngettext("company has been silent for half a year", "companies have been silent for half a year", total),
            f"{reverse('admin:members_company_changelist')}?life=silent",
            str(total),
            names_and_more([company.name for company in first], total),
        )


def count_active(since):
    """(members with a sign of life since that moment, all members of today)."""
    counts = Company.objects.members().aggregate(alive=Count("pk", filter=active_since(since)), all=Count("pk"))
    return counts["alive"], counts["all"]
