"""Staff's side of the activities: write in both languages, preview, publish, cancel."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, OuterRef, Q, Subquery, TextField
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse, translate_url
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from creativenorth.dates import date_text, week_text
from creativenorth.history_admin import HistoryAdmin
from creativenorth.inlines import TabularInline
from events.actions.activities import cancel_activity, publish_activity, unpublish_activity
from events.actions.mails import tell_of_change
from events.actions.seats import Busy, settle_activity
from events.admin.deeds import list_of
from events.calendar import entry_of
from events.forms.activities import ActivityForm, CancelForm, SessionFormSet
from events.models import Activity, Invitee, Question, Session
from events.permissions import may_check_in, may_edit


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"
    conditions = {
        "draft": Q(published_at=None),
        "published": Q(published_at__isnull=False, cancelled_at=None),
        "cancelled": Q(cancelled_at__isnull=False),
    }

    def lookups(self, request, model_admin):
        return [("draft", _("Draft")), ("published", _("Published")), ("cancelled", _("Cancelled"))]

    def queryset(self, request, queryset):
        return queryset.filter(self.conditions[self.value()]) if self.value() in self.conditions else queryset


class WhenFilter(admin.SimpleListFilter):
    title = _("when")
    parameter_name = "when"

    def lookups(self, request, model_admin):
        return [("upcoming", _("Upcoming")), ("past", _("Past")), ("none", _("No date yet"))]

    def queryset(self, request, queryset):
        conditions = {
            "upcoming": Q(next_at__isnull=False),
            "past": Q(next_at=None, first_at__isnull=False),
            "none": Q(first_at=None),
        }
        return queryset.filter(conditions[self.value()]) if self.value() in conditions else queryset


class SessionInline(TabularInline):
    model = Session
    formset = SessionFormSet
    fields = ["starts_at", "ends_at", "title_sv", "title_en"]
    verbose_name_plural = _("dates and times (Swedish time)")

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1


class QuestionInline(admin.TabularInline):
    model = Question
    fields = ["text_sv", "text_en", "kind", "choices", "is_required", "order"]
    extra = 0
    formfield_overrides = {TextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 24})}}


class InviteeInline(admin.TabularInline):
    model = Invitee
    extra = 0


@admin.register(Activity)
class ActivityAdmin(HistoryAdmin):
    form = ActivityForm
    inlines = [SessionInline, QuestionInline, InviteeInline]
    reasons = {"delete": _("People have seen it: cancel it instead, and say why.")}
    filter_horizontal = ["hosts"]
    change_form_template = "admin/events/activity/change_form.html"
    list_display = ["title_sv", "next_date", "state", "kind", "place_text"]
    list_filter = [StateFilter, WhenFilter, "kind", "language"]
    search_fields = ["title_sv", "title_en", "summary_sv", "place"]
    show_full_result_count = False
    list_per_page = 50
    view_on_site = False
    fieldsets = [
        (_("What it is called"), {"fields": [("title_sv", "title_en"), "slug", ("summary_sv", "summary_en")]}),
        (
            _("What happens"),
            {
                "fields": [("description_sv", "description_en")],
                "description": _("Write as in a letter: an empty line between paragraphs, a hyphen before each point."),
            },
        ),
        (_("For whom"), {"fields": [("kind", "language"), "target_groups", "hosts"]}),
        (_("Where"), {"fields": ["mode", ("place", "street", "municipality"), "online_url"]}),
        (
            _("Sign-up"),
            {
                "fields": [
                    "audience",
                    ("capacity", "online_capacity"),
                    ("signup_opens_at", "signup_closes_at"),
                    ("company_limit", "largest_party"),
                    "needs_approval",
                    ("asks_diet", "asks_access", "details_hours", "needs_kept_days"),
                ],
            },
        ),
        (
            _("Waiting list and reminder"),
            {"fields": ["policy", ("offer_hours", "cutoff_hours"), "remind_hours"]},
        ),
        (
            _("Getting in and taking part"),
            {
                "fields": [("access_sv", "access_en")],
                "description": _("Entrance, lift, toilet, hearing loop: what somebody needs to know before coming."),
            },
        ),
    ]

    def get_queryset(self, request):
        sessions = Session.objects.filter(activity=OuterRef("pk")).order_by("starts_at")
        ahead = sessions.filter(ends_at__gt=timezone.now())
        return (
            super()
            .get_queryset(request)
            .defer("folded")
            .annotate(
                next_at=Subquery(ahead.values("starts_at")[:1]), first_at=Subquery(sessions.values("starts_at")[:1])
            )
        )

    def get_ordering(self, request):
        return [F("next_at").asc(nulls_last=True), "-pk"]

    def get_readonly_fields(self, request, obj=None):
        """The address of what has been public stays, or links to it would break."""
        return ["slug"] if obj and not obj.is_draft else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else {"slug": ["title_sv"]}

    def has_delete_permission(self, request, obj=None):
        """Only drafts are deleted; what people have seen is cancelled."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def get_actions(self, request):
        return {}

    @admin.display(description=_("next date"), ordering="next_at")
    def next_date(self, activity):
        if activity.next_at:
            return f"{date_text(activity.next_at)}, {week_text(activity.next_at)}"
        return gettext("over") if activity.first_at else gettext("no date yet")

    @admin.display(description=_("state"))
    def state(self, activity):
        if activity.is_cancelled:
            return gettext("Cancelled")
        if activity.is_draft:
            return gettext("Draft")
        return gettext("Published") if activity.published_at <= timezone.now() else gettext("To be published")

    @admin.display(description=_("place"))
    def place_text(self, activity):
        return activity.place_text

    def get_urls(self):
        return [
            path("<int:pk>/publication/", self.wrap(self.publication_view), name="events_activity_publication"),
            path("<int:pk>/withdrawal/", self.wrap(self.withdrawal_view), name="events_activity_withdrawal"),
            path("<int:pk>/cancellation/", self.wrap(self.cancellation_view), name="events_activity_cancellation"),
            *super().get_urls(),
        ]

    def wrap(self, view):
        return self.admin_site.admin_view(view)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        context["can_publish"] = may_edit(request.user) and (obj is None or obj.is_draft)
        if obj:
            context["list_url"] = list_of(obj)
            if may_check_in(request.user, obj):
                context["attendance_url"] = reverse("admin:events_registration_attendance_of", args=[obj.pk])
            context["preview_urls"] = [(code, translate_url(obj.url, code)) for code in ("sv", "en")]
            context["can_cancel"] = may_edit(request.user) and not obj.is_draft and not obj.is_cancelled
            context["can_withdraw"] = context["can_cancel"] and obj.published_at > timezone.now()
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_related(self, request, form, formsets, change):
        """With the new rules and times saved, seats that have become free are offered, and calendars are told of new times."""
        removed = removed_entries(formsets)
        super().save_related(request, form, formsets, change)
        settle_activity(form.instance)
        if removed or _is_moved(form, formsets):
            tell_of_change(form.instance, removed=removed)

    def response_post_save_add(self, request, obj):
        return self._after_saving(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_post_save_change(request, obj)

    def _after_saving(self, request, activity):
        return self._publish(request, activity) if "_publish" in request.POST else None

    def _publish(self, request, activity):
        return self._act(request, activity, publish_activity, gettext("The activity is published."))

    @method_decorator(require_POST)
    def publication_view(self, request, pk):
        """POST: publish; back to the form with the answer."""
        return self._publish(request, self._changeable(request, pk))

    @method_decorator(require_POST)
    def withdrawal_view(self, request, pk):
        """POST: a draft again, if nobody has seen it."""
        done = gettext("The activity is a draft again.")
        return self._act(request, self._changeable(request, pk), unpublish_activity, done)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def cancellation_view(self, request, pk):
        """GET: asks why. POST: cancels; 422 with the form where the reason is missing."""
        activity = self._changeable(request, pk)
        if activity.is_cancelled:
            self.message_user(request, gettext("The activity was already cancelled."), messages.INFO)
            return self._back(activity)
        form = CancelForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            done = gettext("The activity is cancelled. Its page says so, and why.")
            return self._act(request, activity, cancel_activity, done, **form.cleaned_data)
        context = self.admin_site.each_context(request) | {
            "title": gettext("Cancel the activity"),
            "activity": activity,
            "form": form,
            "opts": self.opts,
        }
        status = 422 if request.method == "POST" else 200
        return render(request, "admin/events/activity/cancellation.html", context, status=status)

    def _changeable(self, request, pk):
        activity = get_object_or_404(Activity, pk=pk)
        if not may_edit(request.user):
            raise PermissionDenied
        return activity

    def _act(self, request, activity, action, done, **texts):
        try:
            activity = action(activity, by=request.user, **texts)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
        except Busy:
            self.message_user(request, gettext("Somebody is changing the seats just now. Try again."), messages.ERROR)
        else:
            self.log_change(request, activity, done)
            self.message_user(request, done, messages.SUCCESS)
        return self._back(activity)

    def _back(self, activity):
        return HttpResponseRedirect(reverse("admin:events_activity_change", args=[activity.pk]))


def _is_moved(form, formsets):
    """Has what stands in people's calendars become another?"""
    told = {"title_sv", "title_en", "place", "street", "municipality", "online_url"}
    sessions = next(formset for formset in formsets if formset.model is Session)
    return bool(told & set(form.changed_data)) or sessions.has_changed()


def removed_entries(formsets):
    """The dates that are about to be deleted, as entries of calendars; afterwards nobody knows them any more."""
    sessions = next(formset for formset in formsets if formset.model is Session)
    gone = [each.instance for each in sessions.deleted_forms if each.instance.pk]
    return [entry_of(session, changed_at=timezone.now()) for session in gone]
