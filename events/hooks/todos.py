"""Lines of staff's start page: activities that are near, activities nearly full, new sign-ups; and active companies."""

from datetime import timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.dates import moment_text, short_date_text, span_text
from creativenorth.staff.todos import ToDo, Urgency, signs_of_life, todos
from events.actions.seats import Seats
from events.models import Activity, Notice, Registration
from events.models.notice import Choice
from events.pages.participants import list_url
from events.permissions import may_edit
from events.texts import activity_label
from members.actions.merging.duplicates import likely_pairs
from members.hooks.todos import first_with_total, names_and_more
from members.models import Company
from members.permissions import may_merge

DAY, WEEK, FORTNIGHT = timedelta(days=1), timedelta(days=7), timedelta(days=14)
MOST = 6
NEARLY = 10  # a tenth of the seats is left, or less


@todos.register
def activities(user):
    if not user.has_perm("events.view_activity"):
        return
    now = timezone.now()
    ahead = Q(sessions__ends_at__gt=now)
    near = Activity.objects.defer("folded").annotate(
        next_at=Min("sessions__starts_at", filter=ahead), next_ends_at=Min("sessions__ends_at", filter=ahead)
    )
    near = near.filter(next_at__lt=now + FORTNIGHT, cancelled_at=None).order_by("next_at", "pk")
    unpublished = Q(published_at=None) | Q(published_at__gt=now)
    lines = list(near.filter(unpublished | Q(next_at__lt=now + WEEK))[:MOST])
    hosted = set() if may_edit(user) else set(user.hosted_activities.values_list("pk", flat=True))
    for activity in lines:
        yield _line(activity, now, is_host=activity.pk in hosted)


def _line(activity, now, is_host):
    is_near = activity.next_at < now + WEEK
    is_unpublished = not activity.is_public
    day = timezone.localtime(activity.next_at)
    words = [span_text(activity.next_at, activity.next_ends_at), activity.place_text]
    if is_unpublished:
        words.append(_("still a draft") if activity.is_draft else _("not public yet"))
    return ToDo(
        Urgency.NOW if is_near and is_unpublished else Urgency.SOON,
        activity.title,
        reverse(f"admin:events_{'registration_attendance_of' if is_host else 'activity_change'}", args=[activity.pk]),
        short_date_text(day),
        " · ".join(word for word in words if word),
    )


@todos.register
def notices(user):
    """Changes of which nobody has been told, and about which nobody has chosen."""
    if not may_edit(user):
        return
    asked = Notice.objects.waiting().filter(choice=Choice.ASKED).select_related("activity").order_by("group", "pk")
    for notice in asked.distinct("group")[:MOST]:
        url = reverse("admin:events_notice", args=[notice.pk])
        text = _("Changed, and nobody is told: %s") % notice.activity
        yield ToDo(Urgency.NOW, text, url, "!", moment_text(notice.changed_at))


@todos.register
def companies_of_guests(user):
    """Companies that guests have named and that are likely here already under another name."""
    if not may_merge(user):
        return
    named_so = Registration.objects.filter(company=OuterRef("pk"))
    guests = Company.objects.unowned().filter(Exists(named_so))
    if not guests.exists():
        return
    alike = {key for row in likely_pairs(Company) for key in row[:2]}
    first = first_with_total(guests.filter(pk__in=alike).only("name"))
    if first:
        total = first[0].total
        yield ToDo(
            Urgency.LATER,
            ngettext("guest's company to match", "guests' companies to match", total),
            reverse("admin:members_company_duplicates"),
            str(total),
            names_and_more([company.name for company in first], total),
        )


@todos.register
def nearly_full(user):
    """Activities with so few seats left that one may want a larger room."""
    if not user.has_perm("events.view_registration"):
        return
    limited = Q(capacity__isnull=False) | Q(online_capacity__isnull=False)
    coming = Activity.objects.public().filter(limited, cancelled_at=None, sessions__starts_at__gt=timezone.now())
    coming = list(
        coming.defer("folded").annotate(next_at=Min("sessions__starts_at")).order_by("next_at", "pk")[:MOST_CHECKED]
    )
    seats = Seats.for_activities(coming)
    found = [(each, *left) for each in coming if (left := _left(seats[each.pk]))]
    for activity, free, waiting in found[:MOST]:
        words = [_("nearly full") if free else _("full")]
        words += [ngettext("%d waits", "%d wait", waiting) % waiting] if waiting else []
        url = reverse("admin:events_activity_change", args=[activity.pk])
        detail = f"{', '.join(words)} · {moment_text(activity.next_at)}"
        text = ngettext("seat left: %s", "seats left: %s", free) % activity.title
        yield ToDo(Urgency.SOON, text, url, str(free), detail)


MOST_CHECKED = 200  # activities to come that are looked at


def _left(seats):
    """(free seats, people who wait for one) of the modes with at most a tenth of the seats left; None without any."""
    activity = seats.activity
    limits = {mode: activity.seats(mode) for mode in activity.modes if activity.seats(mode)}
    nearly = [mode for mode, number in limits.items() if seats.free(mode) * NEARLY <= number]
    if not nearly:
        return None
    waiting = [party for mode in nearly for party in seats.waiting(mode)]
    return sum(seats.free(mode) for mode in nearly), sum(party.size for party in waiting)


@todos.register
def new_sign_ups(user):
    """New sign-ups since yesterday, by activity."""
    if not user.has_perm("events.view_registration"):
        return
    rows = Registration.objects.filter(created_at__gt=timezone.now() - DAY, activity__cancelled_at=None).active()
    counts = dict(
        rows.order_by().values_list("activity").annotate(number=Count("pk")).order_by("-number", "activity")[:MOST]
    )
    activities = Activity.objects.defer("folded").with_dates().in_bulk(counts)
    for pk, number in counts.items():
        text = ngettext("new sign-up", "new sign-ups", number)
        yield ToDo(Urgency.LATER, text, list_url(pk), str(number), activity_label(activities[pk]))


@signs_of_life.register
def companies_taking_part(since):
    """Companies of which somebody has signed up, or has been at an activity."""
    rows = Registration.objects.filter(company__isnull=False)
    was_there = Q(attendances__session__starts_at__gt=since)
    return rows.filter(Q(created_at__gt=since) | was_there).values("company")
