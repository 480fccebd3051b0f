from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.text.addresses import AddressFormField
from creativenorth.text.plain_names import persons_name
from members.forms.invitations import name_no_target_group
from members.models import Affiliation, StaffRole


class _PartOfAffiliationForm(OptimisticLockForm):
    """Some columns of an affiliation; rules over several rows are checked by the action."""

    def validate_constraints(self):
        """None of the columns here is part of a constraint."""

    def values(self):
        """Of all its columns: what the reader changed, and the rest as it is now."""
        return {name: getattr(self.instance, name) for name in self.Meta.fields}


class AffiliationForm(_PartOfAffiliationForm):
    """What an owner decides of a colleague's affiliation."""

    class Meta:
        model = Affiliation
        fields = ["role", "target_group"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name_no_target_group(self)
        self.fields["role"].help_text = _(
            "Owners do everything, editors keep the profile, participants take part and read."
        )


class OwnAffiliationForm(_PartOfAffiliationForm):
    """What everybody decides of their own affiliation."""

    class Meta:
        model = Affiliation
        fields = ["title", "is_shown"]
        labels = {"title": _("Your title"), "is_shown": _("Show my name and title on the company's page")}
        help_texts = {"is_shown": ""}


class StaffRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=[(role.value, capfirst(role.label)) for role in StaffRole])


class ColleagueForm(StaffRoleForm):
    """Somebody to invite to the staff."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[persons_name])
    email = AddressFormField(label=_("E-mail"), help_text=_("The invitation goes here."))
    language = forms.ChoiceField(
        label=_("Language of the mail"), choices=[(code, capfirst(name)) for code, name in settings.LANGUAGES]
    )
    field_order = ["name", "email", "role", "language"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("choose a role")), *self.fields["role"].choices]
