"""Admin of what has `published_at` and `is_draft`: the form publishes now or at a time, or makes it a draft again."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from creativenorth.history.admin import HistoryAdmin
from creativenorth.publishing.scheduled_texts_admin import MomentField


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("draft", _("Draft")), ("waits", _("Waits for its time")), ("published", _("Published"))]

    def queryset(self, request, queryset):
        now = timezone.now()
        conditions = {
            "draft": {"published_at": None},
            "waits": {"published_at__gt": now},
            "published": {"published_at__lte": now},
        }
        return queryset.filter(**conditions[self.value()]) if self.value() in conditions else queryset


class PublishedAtAdmin(HistoryAdmin):
    """The form's buttons: save, save and publish, make it a draft again."""

    change_form_template = "admin/published_at_form.html"

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """One field for day and time, not the admin's two."""
        if db_field.name == "published_at":
            return MomentField(label=_("Shown from"), help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.is_draft)

    reasons = {"delete": _("It is public: make it a draft first.")}

    def save_model(self, request, obj, form, change):
        if "_publish" in request.POST:
            obj.published_at = timezone.now()
        if "_withdraw" in request.POST:
            obj.published_at = None
        super().save_model(request, obj, form, change)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        may = self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        context |= {
            "can_publish": may and (obj is None or obj.is_draft),
            "can_withdraw": may and bool(obj and obj.published_at),
        }
        if obj:
            context["preview_urls"] = self.preview_urls(obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description=_("state"), ordering="published_at")
    def state(self, obj):
        if not obj.is_draft:
            return gettext("Published")
        return gettext("Waits for its time") if obj.published_at else gettext("Draft")
