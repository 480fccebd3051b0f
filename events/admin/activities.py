"""Staff's admin of activities: write in both languages, preview, publish now or later, repeat, copy, cancel."""

from uuid import uuid4

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import moment_text
from events.actions.activities import publish_activity
from events.actions.attendance import shorten_attendance
from events.actions.mails.changes import note_change
from events.actions.mails.differences import snapshot
from events.actions.seats import settle_activity
from events.actions.series import Scope, SeriesChange, change_others
from events.admin import activity_form
from events.admin.activity_list import ActivityList
from events.forms.activities import ActivityForm
from events.funding import activity_inlines
from events.models import Activity, Notice, Session
from events.pages.participants import list_url
from events.permissions import may_check_in, may_edit, may_view_registrations
from events.staff.activities import publish


@admin.register(Activity)
class ActivityAdmin(ActivityList):
    form = ActivityForm
    fieldsets = activity_form.OPEN_FIELDSETS + activity_form.COLLAPSED_FIELDSETS
    reasons = {"delete": _("It has been published: cancel it instead, and say why.")}
    filter_horizontal = ["hosts"]
    further_rows = [(Notice, "activity")]
    change_form_template = "admin/events/activity/change_form.html"
    view_on_site = False

    @property
    def inlines(self):
        own = [activity_form.SessionInline, activity_form.QuestionInline, activity_form.InviteeInline]
        return [*own, *activity_inlines]

    def get_changeform_initial_data(self, request):
        return activity_form.initial_from_last() | super().get_changeform_initial_data(request)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if inline.model is Session:
            lacks_dates = bool(inline.get_extra(request, obj if obj.pk else None))
            kwargs["form_kwargs"] = {
                "hours": activity_form.initial_hours(obj),
                "has_autofocus": lacks_dates and obj.pk is not None,
            }
        return kwargs

    def get_readonly_fields(self, request, obj=None):
        """The slug of a public activity stays, or links to it would break."""
        return ["slug"] if obj and obj.is_public else []

    def has_delete_permission(self, request, obj=None):
        """Only drafts can be deleted; what people have seen is cancelled."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        is_editor = may_edit(request.user)
        context |= activity_form.form_sections(context["adminform"], context["inline_admin_formsets"])
        context["can_publish"] = is_editor and (obj is None or not (obj.is_public or obj.is_cancelled))
        context["show_save_and_add_another"] = False
        context["preview_languages"] = [("sv", gettext("In Swedish")), ("en", gettext("In English"))]
        context["copied_from"] = None if obj or request.method == "POST" else activity_form.last_activity()
        if obj:
            can_cancel = is_editor and not obj.is_draft and not obj.is_cancelled
            context |= {
                "list_url": list_url(obj.pk) if may_view_registrations(request.user) else "",
                "preview_urls": [(code, translate_url(obj.url, code)) for code in ("sv", "en")],
                "can_edit": is_editor,
                "can_cancel": can_cancel,
                "can_withdraw": can_cancel and obj.is_scheduled,
                "notice": obj.notices.waiting().first(),
                "series_overview": activity_form.series_overview(obj),
            }
            if may_check_in(request.user, obj):
                context["attendance_url"] = reverse("admin:events_registration_attendance_of", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request, obj, form, change):
        form.before = snapshot(Activity.objects.get(pk=obj.pk)) if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """After saving: offer seats that have become free, note what people may need to hear of, and change others of the series."""
        self._shorten_attendance(request, session_formset(formsets))
        super().save_related(request, form, formsets, change)
        activity, dates = form.instance, session_formset(formsets)
        settle_activity(activity)
        request.notice, request.notice_group = None, uuid4()
        if form.before:
            request.notice = note_change(Activity.objects.get(pk=activity.pk), form.before, group=request.notice_group)
        if activity.is_scheduled and "publish_at" in form.changed_data and "_publish" not in request.POST:
            publish_activity(activity, by=request.user, at=form.cleaned_data["publish_at"])
        if activity.series_id:
            self._change_others(request, form, dates)

    def _shorten_attendance(self, request, dates):
        """Where sessions end earlier now, cut the attendances and tell staff so."""
        for form in dates.initial_forms:
            if form.has_changed() and form not in dates.deleted_forms and (number := shorten_attendance(form.instance)):
                text = ngettext(
                    "%(date)s lasts shorter now: the time of %(number)d person there was cut to it.",
                    "%(date)s lasts shorter now: the time of %(number)d people there was cut to it.",
                    number,
                )
                words = {"date": capfirst(moment_text(form.instance.starts_at)), "number": number}
                self.message_user(request, text % words, "warning")

    def _change_others(self, request, form, dates):
        change = SeriesChange(
            columns=form.given_columns,
            session_changes=dates.session_changes,
            is_on_another_day=dates.differs_from_series,
            overwrites=bool(form.cleaned_data.get("overwrites")),
        )
        number = change_others(
            form.instance, change, by=request.user, scope=form.chosen_scope, group=request.notice_group
        )
        if form.chosen_scope != Scope.THIS:
            text = ngettext("%d other date was changed too.", "%d other dates were changed too.", number)
            self.message_user(request, text % number)

    def response_add(self, request, obj, post_url_continue=None):
        return self._published(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request, obj):
        return self._published(request, obj) or self._asked(request) or super().response_change(request, obj)

    def _asked(self, request):
        """To the question whether people are told, where there is one."""
        notice = request.notice or Notice.objects.waiting().filter(group=request.notice_group).first()
        if notice is None:
            return None
        self.message_user(request, gettext("Saved. Nobody has been told yet."))
        return redirect("admin:events_notice", notice.pk)

    def _published(self, request, activity):
        if "_publish" not in request.POST:
            return None
        at = ActivityForm.base_fields["publish_at"].to_python(request.POST.get("publish_at"))
        return publish(request, activity, at=at)


def session_formset(formsets):
    return next(formset for formset in formsets if formset.model is Session)
