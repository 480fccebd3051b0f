from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.once import OnceForm
from creativenorth.text.plain_names import persons_name
from members.models import Invitation, User
from members.models.affiliation import Role, TargetGroup


def name_no_target_group(form):
    field = form.fields["target_group"]
    field.choices = [("", _("not decided yet")), *TargetGroup.choices]
    field.help_text = _("Decides which activities and programmes are suggested.")


class AcceptForm(forms.Form):
    """What an invited person fills in when the account is made."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        validators=[persons_name],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=128,
        help_text=_("At least ten characters. Leave it empty to sign in with a code by e-mail."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password:
            validate_password(password, User(email=self.email, name=self.cleaned_data.get("name", "")))
        return password


class InviteForm(OnceForm, forms.ModelForm):
    """An invitation by a company; `roles` are those the inviting person may give."""

    class Meta:
        model = Invitation
        fields = ["email", "role", "target_group", "language"]
        widgets = {"email": forms.EmailInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args, roles, company, **kwargs):
        super().__init__(*args, **kwargs)
        self.company = company
        self.fields["role"].choices = [(role, label) for role, label in Role.choices if role in roles]
        self.fields["role"].help_text = _(
            "Owners do everything, editors keep the profile, participants take part and read."
        )
        name_no_target_group(self)
        self.fields["language"].label = _("Language of the mail")
        self.fields["language"].choices = [(code, capfirst(str(name))) for code, name in settings.LANGUAGES]

    def clean_email(self):
        """Colleagues are on the same page; their role is changed there."""
        email = self.cleaned_data["email"]
        affiliation = self.company.affiliations.not_ended().filter(user__email=email).select_related("user").first()
        if affiliation:
            raise forms.ValidationError(_("%(name)s is in the company already."), params={"name": affiliation.user})
        return email

    def validate_constraints(self):
        """Not checked: a new invitation replaces an open one."""
