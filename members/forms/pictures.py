"""Pictures in the forms of a profile: chosen, removed, and described in words."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

PICTURE_HELP = _(
    "JPEG, PNG, WebP, AVIF, HEIC or GIF, at most 40 MB. Place and camera that the file tells of are taken out."
)


class RemovePicture(forms.BooleanField):
    def __init__(self):
        super().__init__(label=_("Take the picture away"), required=False)


class DescribedPictures:
    """Mixin of a `DraftForm`: a picture needs a description; `descriptions` maps picture to description field."""

    descriptions = {}

    def note(self, field):
        """ "needed with a picture" in place of "optional"."""
        for picture, description in self.descriptions.items():
            if field == description:
                return "" if self.picture_name(picture) else _("needed with a picture")
        return super().note(field)

    def clean(self):
        cleaned = super().clean()
        for picture, description in self.descriptions.items():
            is_chosen = isinstance(cleaned.get(picture), File)
            stays = self.picture_name(picture) and not cleaned.get(f"remove_{picture}")
            if (is_chosen or stays) and description not in self.errors and not cleaned.get(description):
                self.add_error(description, ValidationError(_("Describe the picture for those who do not see it.")))
        return cleaned

    def _post_clean(self):
        """Constraints are checked when the draft is published: here a chosen picture has no name yet."""
        exclude = self._get_validation_exclusions()
        self.instance = forms.models.construct_instance(self, self.instance, self._meta.fields, exclude)
        try:
            self.instance.full_clean(exclude=exclude, validate_unique=False, validate_constraints=False)
        except ValidationError as errors:
            self._update_errors(errors)
