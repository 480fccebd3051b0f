"""People: account, groups and affiliations. Staff never see or set a password."""

from allauth.account.models import EmailAddress
from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.history.admin import HistoryAdmin
from creativenorth.staff.filters import RelatedFilter
from members.actions.invitations import account_with_email
from members.actions.staff_accounts import LAST_COORDINATOR, is_last_coordinator
from members.admin.affiliations import AffiliationInline
from members.admin.list_buttons import duplicates_tool, export_tools, import_tool, staff_tool
from members.hooks.accounts import account_closed
from members.models import StaffRole, User
from members.models.table_import import ImportKind
from members.permissions import may_change_account

RIGHTS = ("is_staff", "is_superuser", "groups")


class GroupFilter(RelatedFilter):
    def field_choices(self, field, request, model_admin):
        return [(pk, group_text(name)) for pk, name in super().field_choices(field, request, model_admin)]


def group_text(name):
    return dict(StaffRole.choices).get(name, name)


class PersonForm(OptimisticLockForm):
    """A new person gets no password: they sign in by a code in a mail."""

    class Meta:
        model = User
        fields = ["email", "name", "phone", "language", "is_active", "is_staff", "is_superuser", "groups"]
        widgets = {"groups": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].label_from_instance = lambda group: group_text(group.name)

    def clean_email(self):
        email = self.cleaned_data["email"]
        holder = account_with_email(email)
        # The model's constraint tells of an address that is another account's first one.
        if holder and holder.pk != self.instance.pk and holder.email != email:
            raise forms.ValidationError(_("That is another address of %(name)s."), params={"name": holder.name})
        return email

    def clean(self):
        """The last coordinator stays one, whoever saves the form."""
        cleaned = super().clean()
        if self.instance.pk and is_last_coordinator(self.instance):
            groups = cleaned.get("groups")
            is_one = groups is None or any(group.name == StaffRole.COORDINATOR for group in groups)
            kept = {
                "groups": is_one,
                "is_active": cleaned.get("is_active", True),
                "is_staff": cleaned.get("is_staff", True),
            }
            for name in (name for name, is_kept in kept.items() if not is_kept and name in self.fields):
                self.add_error(name, LAST_COORDINATOR)
        return cleaned

    def save(self, commit=True):
        if self.instance.pk is None:
            self.instance.set_unusable_password()
        return super().save(commit)


class AffiliationsOfPerson(AffiliationInline):
    fk_name = "user"
    autocomplete_fields = ["company"]
    fields = ["company", "role", "target_group", "title", "is_shown", "started_on", "ended_on"]


@admin.register(User)
class UserAdmin(HistoryAdmin):
    """Only superusers change rights, so that nobody raises themselves."""

    form = PersonForm
    list_display = ["name", "email", "companies", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active", ("groups", GroupFilter), "affiliations__role", "affiliations__target_group"]
    search_fields = ["name", "email__contains"]
    ordering = ["name"]
    readonly_fields = ["joined_at", "last_login", "erase_on", "erased_at"]
    inlines = [AffiliationsOfPerson]
    reasons = {
        "change": _("Only somebody with every right changes the account of another."),
        "delete": _("Accounts are switched off instead: the history refers to them."),
    }
    fieldsets = [
        (None, {"fields": ["name", "email", "phone", "language", "is_active"]}),
        (_("Rights"), {"fields": RIGHTS}),
        (_("Account"), {"fields": ["joined_at", "last_login", "erase_on", "erased_at"]}),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("affiliations__company")

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        return fields if request.user.is_superuser else [*fields, *RIGHTS]

    def list_tools(self, request):
        tools = import_tool(request, ImportKind.PEOPLE), duplicates_tool(request, User)
        return [*export_tools(request, User), *tools, staff_tool(request)]

    def has_change_permission(self, request, obj=None):
        return may_change_account(request.user, obj) if obj else super().has_change_permission(request)

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        """A new address has to be confirmed by a code sent to it; the old one no longer counts."""
        form.save_changed()
        if "email" in form.changed_data:
            EmailAddress.objects.filter(user=obj).delete()
            EmailAddress.objects.create(user=obj, email=obj.email, primary=True, verified=False)
        if "is_active" in form.changed_data and not obj.is_active:
            account_closed(obj)

    @admin.display(description=_("companies"))
    def companies(self, user):
        return ", ".join(
            affiliation.company.name for affiliation in user.affiliations.all() if affiliation.ended_on is None
        )
