"""Staff's small forms of the list of participants."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.attendance import current_session
from events.models import Activity
from members.models import Company

REASON = {"label": _("Why"), "max_length": 240, "widget": forms.Textarea(attrs={"rows": 2})}


class ReasonForm(forms.Form):
    reason = forms.CharField(**REASON, help_text=_("The person reads it, and it stands in the history."))


class EraseForm(forms.Form):
    """Nothing to fill in: the button says it."""


class CancelForm(forms.Form):
    reason = forms.CharField(
        **REASON, required=False, help_text=_("The person reads it, and it stands in the history.")
    )


class QueueForm(forms.Form):
    place = forms.IntegerField(label=_("Place in the queue"), min_value=1, initial=1)
    reason = forms.CharField(**REASON, help_text=_("It stands in the history."))


class MoveForm(forms.Form):
    activity = forms.ModelChoiceField(label=_("To"), queryset=Activity.objects.none())
    mode = forms.ChoiceField(label=_("Takes part"), choices=[("on_site", _("On site")), ("online", _("Online"))])

    def __init__(self, *args, registration, **kwargs):
        super().__init__(*args, **kwargs)
        coming = Activity.objects.public().filter(cancelled_at=None).order_by("title_sv", "pk")
        self.fields["activity"].queryset = coming.defer("folded")
        self.fields["activity"].initial = registration.activity_id
        self.fields["mode"].initial = registration.mode


class WalkInForm(forms.Form):
    """Somebody who stands at the door, or whom staff sign up by phone."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    name = forms.CharField(label=_("Name"), max_length=150)
    email = forms.EmailField(label=_("E-mail"), required=False)
    company = forms.ModelChoiceField(label=_("Company"), queryset=Company.objects.order_by("sort_key"), required=False)
    mode = forms.ChoiceField(label=_("Takes part"), choices=[("on_site", _("On site")), ("online", _("Online"))])
    is_here = forms.BooleanField(
        label=_("Is here now"), required=False,
        help_text=_("Counts as there, also where every seat is taken: somebody let in takes no seat."),
    )  # fmt: skip

    def __init__(self, *args, activity, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = current_session(activity)
        if self.session is None:
            del self.fields["is_here"]


class WriteForm(forms.Form):
    """One text to many: to the chosen ones, each in a mail of their own."""

    nonce = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    subject = forms.CharField(label=_("Subject"), max_length=120, widget=forms.TextInput(attrs={"size": 60}))
    text = forms.CharField(label=_("Text"), max_length=5000, widget=forms.Textarea(attrs={"rows": 10, "cols": 60}))
