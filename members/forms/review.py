from django import forms
from django.utils.translation import gettext_lazy as _


class ReturnForm(forms.Form):
    """Why a changed profile is returned to its company."""

    comment = forms.CharField(
        label=_("What should change"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("The company gets it in a mail, with a link to its draft."),
        error_messages={"required": _("Say what should change, so that the company can go on.")},
    )
