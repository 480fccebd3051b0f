"""Affiliations as inline rows of a company or a person: staff change and end them by the rules that owners have."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.staff.inlines import LabelledFormSet, TabularInline
from members.actions.people import change_affiliation, lock_companies, other_owners, remove_person
from members.models import Affiliation
from members.models.affiliation import Role


class AffiliationRowForm(OptimisticLockForm):
    """Person and company are fixed once the row exists."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            for name in {"user", "company"} & self.fields.keys():
                _shown_as_it_is(self.fields[name], getattr(self.instance, name))

    def clean_ended_on(self):
        day = self.cleaned_data["ended_on"]
        if "ended_on" in self.changed_data and day and day > timezone.localdate():
            raise ValidationError(_("End it on the day, or afterwards: the person is told then."))
        return day


def _shown_as_it_is(field, chosen):
    """A disabled select with the one choice, without a query for each row."""
    field.disabled, field.widget = True, forms.Select(choices=[(chosen.pk, str(chosen))])


class AffiliationFormSet(LabelledFormSet):
    """A company keeps an owner; changes of role and ends go through the actions, which mail and withdraw."""

    by = None

    def clean(self):
        super().clean()
        old = [form for form in self.initial_forms if form.is_valid()]
        lock_companies(form.instance.company_id for form in old if form.has_changed())
        stopping = [form for form in old if _stops_being_owner(form)]
        for form in stopping:
            affiliation = Affiliation.objects.get(pk=form.instance.pk)
            others = other_owners(affiliation).exclude(pk__in=[each.instance.pk for each in stopping])
            if affiliation.is_owner_today and not others.exists():
                field = "ended_on" if form.instance.ended_on else "role"
                form.add_error(field, _("The company needs an owner: make somebody else owner first."))

    def save_existing(self, form, obj, commit=True):
        affiliation, changed = Affiliation.objects.get(pk=obj.pk), set(form.changed_data)
        if changed & {"role", "target_group"} and not affiliation.has_ended:
            change_affiliation(by=self.by, affiliation=affiliation, role=obj.role, target_group=obj.target_group)
        if "ended_on" in changed and obj.ended_on and not affiliation.has_ended:
            remove_person(by=self.by, affiliation=affiliation, on=obj.ended_on)
            changed.remove("ended_on")
        columns = {field.name for field in obj._meta.concrete_fields}
        obj.save(update_fields=changed & columns)
        return obj


def _stops_being_owner(form):
    return form.instance.ended_on is not None or form.instance.role != Role.OWNER


class AffiliationInline(TabularInline):
    """Affiliations are ended, never deleted: attendance points to them. `is_shown` is the person's choice."""

    model = Affiliation
    form = AffiliationRowForm
    formset = AffiliationFormSet
    extra = 0
    can_delete = False
    readonly_fields = ["is_shown"]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "company")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset
