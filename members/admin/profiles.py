"""What is public of companies' profiles, for staff to correct; the list holds those that wait to be read."""

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.history.admin import WEB_ADDRESSES, HistoryAdmin
from creativenorth.text.numbers import whole_number
from members.actions.people import lock_companies
from members.actions.profile.correcting import correction
from members.actions.profile.publishing import make_public
from members.models import Company, LookingFor, ProfileVersion, Work


class WorkForm(OptimisticLockForm):
    def clean(self):
        cleaned = super().clean()
        has_picture = cleaned.get("picture", self.instance.picture)
        if has_picture and not cleaned.get("alt_sv", self.instance.alt_sv) and "alt_sv" not in self.errors:
            self.add_error("alt_sv", ValidationError(_("Describe the picture for those who do not see it.")))
        return cleaned


class WorkInline(admin.StackedInline):
    model = Work
    form = WorkForm
    formfield_overrides = WEB_ADDRESSES
    extra = 0
    fields = [
        ("title_sv", "title_en"),
        ("text_sv", "text_en"),
        "picture",
        ("alt_sv", "alt_en"),
        ("website", "year", "order"),
    ]


class WaitingProfiles(ChangeList):
    """Only what was sent for review; other drafts are the companies' own."""

    def get_queryset(self, request, exclude_parameters=None):
        return super().get_queryset(request, exclude_parameters).waiting()

    def url_for_result(self, result):
        return reverse("admin:members_profileversion_review", args=[result.pk])


@admin.register(ProfileVersion)
class ProfileVersionAdmin(HistoryAdmin):
    """Staff correct what is public at once; what it said before is kept as an earlier version."""

    texts_are_public = False  # the list of companies says which lack English
    list_display = ["company", "submitted_at", "submitted_by", "changed_at"]
    list_select_related = ["company", "submitted_by"]
    search_fields = ["company__name"]
    show_full_result_count = False
    inlines = [WorkInline]
    reasons = {"add": _("Companies write these themselves."), "delete": _("It goes with its company.")}

    def get_queryset(self, request):
        """Without drafts that were not sent."""
        return super().get_queryset(request).filter(Q(published_at__isnull=False) | Q(submitted_at__isnull=False))

    def get_changelist(self, request, **kwargs):
        return WaitingProfiles

    def get_fields(self, request, obj=None):
        """All that a profile says, each text beside itself in the other language."""
        names = ProfileVersion.content()
        rows = [(name, f"{name[:-3]}_en") if name.endswith("_sv") else name for name in names if name[-3:] != "_en"]
        return [*([] if obj else ["company"]), "is_placeholder", *rows]

    def has_add_permission(self, request):
        """The first profile of a company is written from the company's own page."""
        return super().has_add_permission(request) and bool(self._company_asked(request))

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or hasattr(obj, "public_for"))

    def has_delete_permission(self, request, obj=None):
        return False

    def _company_asked(self, request):
        key = whole_number(request.GET.get("company"))
        return Company.objects.filter(pk=key, public_version=None).first() if key else None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "company":
            kwargs["queryset"] = Company.objects.filter(pk=getattr(self._company_asked(request), "pk", None))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "looking_for":
            return forms.MultipleChoiceField(
                label=capfirst(str(db_field.verbose_name)),
                choices=LookingFor.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def changeform_view(self, request, object_id=None, *args, **kwargs):
        """Locks the company while staff save, as publishing does."""
        with transaction.atomic():
            if request.method == "POST" and object_id and object_id.isdecimal():
                lock_companies(ProfileVersion.objects.filter(pk=object_id).values_list("company", flat=True))
            return super().changeform_view(request, object_id, *args, **kwargs)

    def save_model(self, request, obj, form, change):
        """The row is written by `save_related`, with its lists and works."""

    def save_related(self, request, form, formsets, change):
        if change:
            with correction(by=request.user, version=form.instance):
                form.save_changed()
                super().save_related(request, form, formsets, change)
            return
        form.instance.published_at = timezone.now()
        form.instance.save()
        super().save_related(request, form, formsets, change)
        make_public(form.instance.company, form.instance, by=request.user)
