"""What the form of an activity sends."""

from django.utils import timezone

LIST = "/admin/events/activity/"
SIGN_UP = {
    "audience": "public",
    "policy": "first_come",
    "offer_hours": "24",
    "cutoff_hours": "2",
    "largest_party": "4",
    "requirements_kept_days": "14",
    "remind_hours": "24",
    "questions-TOTAL_FORMS": "0",
    "questions-INITIAL_FORMS": "0",
    "invitees-TOTAL_FORMS": "0",
    "invitees-INITIAL_FORMS": "0",
    "funding-TOTAL_FORMS": "0",
    "funding-INITIAL_FORMS": "0",
}


def address(activity, page):
    return f"{LIST}{activity.pk}/{page}/"


def form_data(**changes):
    """What the form for a new activity with one session sends."""
    return {
        "title_sv": "Ljud för film",
        "slug": "",
        "summary_sv": "En eftermiddag.",
        "kind": "workshop",
        "language": "sv",
        "mode": "on_site",
        "target_groups": ["creator"],
        "sessions-TOTAL_FORMS": "1",
        "sessions-INITIAL_FORMS": "0",
        "sessions-0-day": "2027-03-28",
        "sessions-0-begins": "13:00",
        "sessions-0-ends": "16:00",
        **SIGN_UP,
    } | changes


def change_data(activity, **changes):
    """What the form of an activity with its one session sends."""
    session = activity.sessions.get()
    start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    line = {
        "sessions-INITIAL_FORMS": "1",
        "sessions-0-id": session.pk,
        "sessions-0-activity": activity.pk,
        "sessions-0-day": start.date().isoformat(),
        "sessions-0-begins": f"{start:%H:%M}",
        "sessions-0-ends": f"{end:%H:%M}",
        "sessions-0-last_day": end.date().isoformat() if end.date() != start.date() else "",
    }
    if "sessions-0-ends" in changes:
        line["sessions-0-last_day"] = ""  # a test may run at night, when the session there is ends on the next day
    return form_data(**({"title_sv": activity.title_sv, "summary_sv": activity.summary_sv} | line | changes))
