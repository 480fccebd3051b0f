"""Staff's small forms about registrations."""

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.concurrent_edits import OptimisticLockForm
from creativenorth.forms.once import OnceForm
from creativenorth.text.addresses import AddressFormField
from creativenorth.text.plain_names import persons_name
from events.actions.attendance import current_session
from events.actions.participants import ADDRESS_TAKEN, is_twice_on_list
from events.models import Activity, Method
from events.texts import activity_label
from members.models import Company

REASON = {"label": _("Why"), "max_length": 240, "widget": forms.Textarea(attrs={"rows": 2})}


class RegistrationForm(forms.Form):
    """A form about one registration; without fields where a button is enough."""

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        self.registration = registration


class ReasonForm(RegistrationForm):
    reason = forms.CharField(**REASON, help_text=_("The person reads it, and it stands in the history."))


class CancelRegistrationForm(RegistrationForm):
    reason = forms.CharField(
        **REASON, required=False, help_text=_("The person reads it, and it stands in the history.")
    )


class QueueForm(RegistrationForm):
    queue_position = forms.IntegerField(label=_("Place in the queue"), min_value=1, initial=1)
    reason = forms.CharField(**REASON, help_text=_("It stands in the history."))


class CorrectForm(OptimisticLockForm):
    def clean(self):
        email, name = self.cleaned_data.get("email"), self.cleaned_data.get("guest_name")
        if email and name and is_twice_on_list(self.instance, email=email, name=name):
            self.add_error("email", ADDRESS_TAKEN)
        return super().clean()


class MoveForm(RegistrationForm):
    activity = forms.ModelChoiceField(label=_("To"), queryset=Activity.objects.none())
    mode = forms.ChoiceField(label=_("Takes part"), choices=[("on_site", _("On site")), ("online", _("Online"))])

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        registration = self.registration
        own, now = Q(pk=registration.activity_id), timezone.now()
        found = Activity.objects.public().filter(cancelled_at=None).defer("folded").with_dates()
        coming = own | Q(last_at__gt=now) | Q(last_at=None)
        self.fields["activity"].queryset = found.filter(coming).order_by("first_at", "pk")
        self.fields["activity"].label_from_instance = activity_label
        self.fields["activity"].initial = registration.activity_id
        self.fields["mode"].initial = registration.mode


class WalkInForm(OnceForm):
    """For somebody at the door, or whom staff sign up by phone."""

    name = forms.CharField(label=_("Name"), max_length=150, validators=[persons_name])
    email = AddressFormField(label=_("E-mail"), required=False)
    company = forms.ModelChoiceField(label=_("Company"), queryset=Company.objects.order_by("sort_key"), required=False)
    mode = forms.ChoiceField(label=_("Takes part"), choices=[("on_site", _("On site")), ("online", _("Online"))])
    is_here = forms.BooleanField(
        label=_("Is here now"),
        required=False,
        help_text=_("Counts as there, also where every seat is taken: somebody let in takes no seat."),
    )

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = current_session(activity)
        if self.session is None:
            del self.fields["is_here"]


class MethodForm(forms.Form):
    method = forms.ChoiceField(
        label=_("How it is known"),
        initial=Method.TICK,
        choices=[(each.value, each.label) for each in (Method.TICK, Method.SIGNED, Method.LOG)],
    )
    reason = forms.CharField(
        label=_("Why, where you take a tick away or change minutes"), max_length=240, required=False
    )

    def check(self, sheet):
        """Adds the error where what was sent on the sheet needs a reason and has none."""
        if self.is_valid() and sheet.needs_reason and not self.cleaned_data["reason"].strip():
            self.add_error("reason", _("Say why: a reason goes with every change of who was there."))
