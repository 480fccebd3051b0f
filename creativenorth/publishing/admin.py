"""Admin of what is `Publishable`: the form publishes now or at a time, or makes it a draft again."""

from django import forms
from django.contrib import admin
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.publishing.publishable import PublishState


class MomentField(forms.DateTimeField):
    """Day and time in one `datetime-local` field."""

    def __init__(self, **options):
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(**({"widget": widget, "required": False} | options))


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return PublishState.choices

    def queryset(self, request, queryset):
        return queryset.in_state(self.value()) if self.value() in PublishState.values else queryset


class PublishableAdmin(HistoryAdmin):
    """The form's buttons: save, save and publish, make it a draft again.

    Where `prepopulated_fields` has the address, it is made from the title, and stays once the object is public.
    """

    change_form_template = "admin/publishable_form.html"
    view_on_site = False
    reasons = {"delete": _("It is public: make it a draft first.")}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """One field for day and time, not the admin's two."""
        if db_field.name == "published_at":
            return MomentField(label=_("Shown from"), help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def get_readonly_fields(self, request, obj=None):
        """Links to what is public would break if its address were changed."""
        return list(self.prepopulated_fields) if obj and obj.is_public else []

    def get_actions(self, request):
        return {}

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.is_public)

    def save_model(self, request, obj, form, change):
        if "_publish" in request.POST:
            obj.published_at = timezone.now()
        if "_withdraw" in request.POST:
            obj.published_at = None
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context |= {
            "can_publish": may and not (obj and obj.is_public),
            "can_withdraw": may and bool(obj and not obj.is_draft),
        }
        if obj:
            context["preview_urls"] = [(code, translate_url(self.page_url(obj), code)) for code in ("sv", "en")]
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def page_url(self, obj):
        return obj.url

    @admin.display(description=_("state"), ordering="published_at")
    def state(self, obj):
        return obj.publish_state.label
