"""Staff's list of registrations: filter, correct, approve, export, and links to further pages."""

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import date_span_text
from creativenorth.history.admin import HistoryAdmin
from creativenorth.staff.filters import RelatedFilter
from creativenorth.text.numbers import whole_number
from events.actions.cancellation import cancel
from events.actions.participants import approve, correct
from events.actions.seats import Busy, Seats
from events.forms.participants import CorrectForm
from events.models import Activity, Registration
from events.models.attendance import has_attended
from events.pages.participants import minutes_attended, write_to_url
from events.pages.queue_position import next_offer_text
from events.permissions import may_manage_registrations
from events.staff.participants import export_table
from events.staff.registration_actions import action_links
from events.texts import BUSY
from members.admin.list_buttons import export_tools
from members.permissions import may_export
from members.staff.exports import download

CORRECTED = ["guest_name", "email", "company", "target_group", "shown_to", "language"]


class AttendanceFilter(admin.SimpleListFilter):
    title = _("attendance")
    parameter_name = "attendance"

    def lookups(self, request, model_admin):
        return [("been", _("was there")), ("absent", _("absent"))]

    def queryset(self, request, queryset):
        if self.value() == "been":
            return queryset.filter(has_attended())
        return queryset.absent() if self.value() == "absent" else queryset


@admin.register(Registration)
class RegistrationAdmin(HistoryAdmin):
    """Registrations are made by signing up and end by cancelling: none is added or deleted here."""

    form = CorrectForm
    change_form_template = "admin/events/registration/change_form.html"
    change_list_template = "admin/events/registration/change_list.html"
    list_display = ["who", "of_activity", "company", "state_text", "attended", "mode", "created_at", "booked_by"]
    list_filter = ["state", AttendanceFilter, "mode", "shown_to", ("company", RelatedFilter)]
    search_fields = ["guest_name", "user__name", "email__contains", "user__email__contains", "company__name"]
    list_select_related = ["user", "company", "activity", "booked_by"]
    list_per_page = 100
    show_full_result_count = False
    autocomplete_fields = ["company"]
    fields = [
        *CORRECTED,
        "activity",
        "state",
        "cause",
        "reason",
        "created_at",
        "held_until",
        "wished_mode",
        "erase_on",
        "booked_by",
        "organisation_number",
        "given_answers",
    ]
    of_account = ["person", "address"]  # instead of a guest's name and e-mail
    actions = ["approve_chosen", "cancel_chosen", "write_to_chosen", "export_xlsx", "export_csv"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).with_dates().annotate(minutes_attended=minutes_attended())
        if "activity__id__exact" in request.GET:
            return rows.order_by(F("state").asc(), "queued_at", "pk")
        return rows.order_by("-created_at", "-pk")

    def get_list_display(self, request):
        is_of_one = "activity__id__exact" in request.GET
        return [name for name in self.list_display if name != "of_activity" or not is_of_one]

    def get_readonly_fields(self, request, obj=None):
        """The name and address of an account are changed by its owner."""
        own = [*self.of_account, "language"] if obj and obj.user_id else []
        return own + [name for name in self.fields if name not in CORRECTED]

    def get_fields(self, request, obj=None):
        if obj is None or obj.user_id is None:
            return self.fields
        return [*self.of_account, *self.fields[2:]]

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.display(description=_("name"))
    def who(self, row):
        return row.name

    @admin.display(description=_("activity"), ordering="activity")
    def of_activity(self, row):
        return f"{row.activity} · {date_span_text(row.first_at, row.last_at)}" if row.first_at else str(row.activity)

    @admin.display(description=_("name"))
    def person(self, row):
        return format_html('<a href="{}">{}</a>', reverse("admin:members_user_change", args=[row.user_id]), row.name)

    @admin.display(description=_("e-mail"))
    def address(self, row):
        return format_html('<a href="mailto:{0}">{0}</a>', row.address)

    @admin.display(description=_("answers"))
    def given_answers(self, row):
        found = row.answers.select_related("question")
        return format_html_join("", "<p>{}: <strong>{}</strong></p>", ((each.question, each) for each in found)) or "–"

    @admin.display(description=_("state"), ordering="state")
    def state_text(self, row):
        return f"{row.get_state_display()} ({row.get_cause_display()})"

    @admin.display(description=_("was there"))
    def attended(self, row):
        return gettext("%(minutes)d min") % {"minutes": row.minutes_attended} if row.minutes_attended else "–"

    def save_model(self, request, obj, form, change):
        changed = {name: form.cleaned_data[name] for name in form.changed_data if name in CORRECTED}
        if changed:
            correct(obj, by=request.user, **changed)

    def changelist_view(self, request, extra_context=None):
        activity = Activity.objects.filter(pk=_number(request.GET.get("activity__id__exact"))).first()
        context = {"activity": activity, "offers": _offers(activity) if activity else []}
        context["write_url"] = write_to_url(activity) if activity else ""
        context["has_questions"] = activity is not None and activity.questions.exists()
        return super().changelist_view(request, context | (extra_context or {}))

    def lookup_allowed(self, lookup, value, request=None):
        return lookup == "activity__id__exact" or super().lookup_allowed(lookup, value, request)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj and may_manage_registrations(request.user):
            context["registration_actions"] = action_links(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def has_export_permission(self, request):
        return may_export(request.user)

    def list_tools(self, request):
        return export_tools(request, Registration)

    def _each(self, request, queryset, action, done):
        """Run the action on each chosen row, and report how many were done and what failed."""
        number = 0
        for row in queryset.select_related("activity", "user").order_by("queued_at", "pk"):
            try:
                action(row, by=request.user)
                number += 1
            except (ValidationError, Busy) as error:
                text = " ".join(error.messages) if isinstance(error, ValidationError) else BUSY
                self.message_user(request, f"{row.name}: {text}", messages.ERROR)
        self.message_user(request, done % {"number": number}, messages.SUCCESS)

    @admin.action(description=_("Approve"), permissions=["change"])
    def approve_chosen(self, request, queryset):
        self._each(request, queryset, approve, gettext("%(number)d approved."))

    @admin.action(description=_("Take off the list"), permissions=["change"])
    def cancel_chosen(self, request, queryset):
        self._each(
            request, queryset, cancel, gettext("%(number)d taken off the list; free seats go to the next in line.")
        )

    @admin.action(description=_("Export the ticked to Excel"), permissions=["export"])
    def export_xlsx(self, request, queryset):
        return download(request, Registration, "xlsx", export_table(queryset, request.user))

    @admin.action(description=_("Export the ticked as CSV"), permissions=["export"])
    def export_csv(self, request, queryset):
        return download(request, Registration, "csv", export_table(queryset, request.user))

    @admin.action(description=_("Write to them"), permissions=["change"])
    def write_to_chosen(self, request, queryset):
        rows = queryset.order_by("pk")
        return redirect(write_to_url(rows[0].activity, rows=rows))


def _number(text):
    return whole_number(text)


def _offers(activity):
    seats = Seats(activity)
    labels = {"on_site": _("On site"), "online": _("Online")}
    return [
        {
            "label": labels[mode],
            "taken": seats.taken(mode),
            "of": activity.seats(mode),
            "waiting": sum(party.size for party in seats.waiting(mode) if not party.has_seat),
            "text": next_offer_text(seats, mode),
        }
        for mode in activity.modes
    ]
