from django import forms
from django.utils.translation import gettext_lazy as _

from creativenorth.images import PictureField


class LogoForm(forms.Form):
    """A new logo for a company."""

    logo = PictureField(
        label=_("Logo"),
        help_text=_("JPEG, PNG, WebP or AVIF, at most 8 MB. On a transparent ground it fits everywhere."),
    )
