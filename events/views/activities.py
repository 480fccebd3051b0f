from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from creativenorth.dates import month_text
from creativenorth.drawing.share_picture import ShareCard
from creativenorth.web.fragments import render_part
from creativenorth.web.pagecache import public_page
from creativenorth.web.paging import page_of
from creativenorth.web.share_pictures import share_response
from events.models import Activity, Kind
from events.pages.agenda import monday_of, weeks
from events.pages.filters import PAST, CachedCountPaginator, Filters
from events.pages.session_lines import activity_page, next_line, session_lines
from events.pages.signup_box import sign_up_box, visible_names
from events.permissions import may_edit
from members.models.affiliation import TargetGroup

PER_PAGE = 50


@public_page
@login_not_required
@require_safe
def activities(request):
    """GET: upcoming activities by week, or past ones with visa=tidigare; asked by htmx, the results alone."""
    filters = Filters.of(request.GET)
    answer = filters.answer(request.user)
    sessions = CachedCountPaginator(request, filters, answer.rows, PER_PAGE)
    page = page_of(sessions, request.GET, PER_PAGE)
    path = reverse("events:activities")
    context = {
        "filters": filters,
        "answer": answer,
        "path": path,
        "page": page,
        "weeks": weeks(page.object_list),
        "query": filters.query(),
        "pills": filters.pills(path),
        "clear_url": filters.address(path, q="", typ="", malgrupp=""),
        "upcoming_url": filters.address(path, visa=""),
        "past_url": filters.address(path, visa=PAST),
        "month_url": reverse("events:calendar"),
        "week_url": reverse("events:week", args=[monday_of(timezone.localdate())]),
        "kinds": Kind.choices,
        "target_groups": TargetGroup.choices,
    }
    return render_part(request, "events/activities.html", "events/_activities_results.html", context)


@public_page
@login_not_required
@require_safe
def activity(request, slug):
    """GET: an activity with all its sessions; a draft for staff alone."""
    activities = Activity.objects.visible_to(request.user).prefetch_related("sessions", "questions")
    activity = get_object_or_404(activities, slug=slug)
    lines = session_lines(activity.sessions.all())
    box = sign_up_box(activity, request.user)
    context = activity_page(activity, lines) | {
        "box": box,
        "names": visible_names(activity, box.registration),
        "picture_url": _picture_url(activity, lines),
        "can_edit": may_edit(request.user),
        "is_preview": False,
    }
    return render(request, "events/activity.html", context)


@login_not_required
@require_safe
def picture(request, slug):
    """GET: the picture shown beside links to the activity's page, PNG 1200 × 630: its date and title. 404 as for the page."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).prefetch_related("sessions"), slug=slug)
    return share_response(request, _share_card(activity, session_lines(activity.sessions.all())), activity.is_public)


def _picture_url(activity, lines):
    version = _share_card(activity, lines).fingerprint[:8]
    return f"{settings.SITE_URL}{reverse('events:activity_picture', args=[activity.slug])}?v={version}"


def _share_card(activity, lines):
    line = next_line(lines)
    return ShareCard(
        title=str(activity.title),
        line=capfirst(activity.place_text),
        day=str(line.starts_at.day) if line else "",
        month=month_text(line.starts_at) if line else "",
    )
