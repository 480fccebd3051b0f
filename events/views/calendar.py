"""The calendar: pages of a month and a week, feeds to subscribe to, and a calendar file of one activity."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from creativenorth.dates import calendars
from creativenorth.forms.confirmation import Question, ask, is_confirmed
from creativenorth.web.pagecache import public_page
from events.actions.calendar_feeds import feed_with_token, give_feed, revoke_feeds
from events.calendar_files import company_sessions, entries, own_sessions, public_sessions, with_changes
from events.models import Activity
from events.pages import months
from events.pages.filters import PAST
from members.models import Company

TYPE = "text/calendar; charset=utf-8"
MOST = 500


@login_not_required
@require_safe
def calendar(request):
    """GET: redirects to the present month."""
    return redirect("events:month", timezone.localdate())


@public_page
@login_not_required
@require_safe
def month(request, first):
    """GET: the weeks of a month; 404 beyond the calendar's first and last month."""
    return _span(request, months.month(first, request.user), is_week=False)


@public_page
@login_not_required
@require_safe
def week(request, monday):
    """GET: one week; 404 beyond the calendar's first and last month."""
    return _span(request, months.week(monday, request.user), is_week=True)


def _span(request, span, *, is_week):
    if span is None:
        raise Http404
    context = {
        "span": span,
        "is_week": is_week,
        "days": [_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun")],
        "feed_url": request.build_absolute_uri(reverse("events:public_feed")),
        "week_url": request.path if is_week else span.other,
        "month_url": span.other if is_week else request.path,
        "list_url": reverse("events:activities"),
        "past_url": f"{reverse('events:activities')}?visa={PAST}",
        "crumbs": [{"label": _("Activities"), "url": reverse("events:activities")}],
    }
    return render(request, "events/calendar.html", context)


@public_page
@login_not_required
@require_safe
def public_feed(request):
    """GET: every public activity as a calendar to subscribe to."""
    return _feed(public_sessions()[:MOST], name="Creative North")


@login_not_required
@require_safe
def activity_file(request, slug):
    """GET: one activity as a file for any calendar."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user), slug=slug)
    return _feed(with_changes(activity.sessions.all()), name=activity.title)


@login_not_required
@never_cache
@require_safe
def private_feed(request, token):
    """GET: the feed of a person or a company; 404 once it is revoked."""
    feed = feed_with_token(token)
    if feed is None:
        raise Http404
    sessions = company_sessions(feed.company) if feed.company else own_sessions(feed.user)
    return _feed(sessions[:MOST], name=f"Creative North: {feed.company or feed.user}")


def _feed(sessions, *, name):
    return HttpResponse(calendars.feed(entries(sessions), name=name), content_type=TYPE)


@never_cache
@require_safe
def feeds(request):
    """GET: the person's feeds, and how to subscribe."""
    given = {feed.company_id: feed for feed in request.user.feeds.filter(revoked_at=None)}
    companies = Company.objects.with_person(request.user)
    rows = [{"slug": "", "title": _("My activities"), "feed": given.get(None)}]
    rows += [{"slug": each.slug, "title": each.name, "feed": given.get(each.pk)} for each in companies]
    for row in rows:
        row["url"] = row["feed"] and request.build_absolute_uri(
            reverse("events:private_feed", args=[row["feed"].token])
        )
    question = _revoking_question() if given else None
    return render(request, "events/feeds.html", {"rows": rows, "question": question})


def _revoking_question():
    return Question(
        _("Revoke all addresses?"),
        _("Every calendar that subscribes to one of them stops."),
        _("Revoke the addresses"),
        _("No, keep them"),
    )


@require_POST
def feed_giving(request):
    """POST: makes a feed, of the company `company` or one's own."""
    slug = request.POST.get("company", "")
    company = get_object_or_404(Company.objects.with_person(request.user), slug=slug) if slug else None
    give_feed(request.user, company)
    return redirect("events:feeds")


@require_POST
def feed_revoking(request):
    """POST: revokes every feed of the person; asks first, unless confirmed."""
    if not is_confirmed(request):
        return ask(request, _revoking_question(), back_url=reverse("events:feeds"))
    revoke_feeds(request.user)
    messages.success(request, _("The addresses are revoked. Whoever has them sees nothing any more."))
    return redirect("events:feeds")
