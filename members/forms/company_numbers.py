from django import forms
from django.utils.translation import gettext_lazy as _

from creativenorth.text.orgnr import parse


class NumberForm(forms.Form):
    """An organisation number in any usual spelling."""

    number = forms.CharField(
        label=_("Organisation number"),
        max_length=20,
        help_text=_("Ten digits, as in 556016-0680. A sole trader writes their personal identity number."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_number(self):
        parse(self.cleaned_data["number"])
        return self.cleaned_data["number"]
