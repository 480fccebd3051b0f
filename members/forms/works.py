from django import forms
from django.utils.translation import gettext_lazy as _

from creativenorth.files.images import PictureField
from members.forms.drafts import DraftForm
from members.forms.pictures import PICTURE_HELP, DescribedPictures, RemovePicture
from members.models import Work


class WorkForm(DescribedPictures, DraftForm):
    """One work of a company; its values are named "work:<key>:title_sv"."""

    pictures, descriptions = ("picture",), {"picture": "alt_sv"}
    rows = [
        (["title_sv", "title_en"], ""),
        (["text_sv", "text_en"], "bilingual"),
        (["picture", "remove_picture"], ""),
        (["alt_sv", "alt_en"], ""),
        (["website", "year"], "form__pair"),
    ]

    picture = PictureField(label=_("Picture"), required=False, help_text=PICTURE_HELP)
    remove_picture = RemovePicture()
    website = forms.URLField(
        label=_("Link"),
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.URLInput(attrs={"inputmode": "url"}),
    )

    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2100)

    class Meta:
        model = Work
        fields = ["title_sv", "title_en", "text_sv", "text_en", "alt_sv", "alt_en", "website", "year"]
        labels = {
            "title_sv": _("Title in Swedish"),
            "title_en": _("Title in English"),
            "text_sv": _("Text in Swedish"),
            "text_en": _("Text in English"),
            "alt_sv": _("What the picture shows, in Swedish"),
            "alt_en": _("What the picture shows, in English"),
        }
        help_texts = {
            "text_sv": _("Markdown works: **bold**, lists with a dash, [a link](https://…)."),
            "alt_sv": _("For those who do not see it: read aloud in its place."),
        }
        widgets = {
            "title_sv": forms.TextInput(attrs={"lang": "sv"}),
            "title_en": forms.TextInput(attrs={"lang": "en"}),
            "text_sv": forms.Textarea(attrs={"rows": 6, "lang": "sv"}),
            "text_en": forms.Textarea(attrs={"rows": 6, "lang": "en"}),
            "alt_sv": forms.TextInput(attrs={"lang": "sv"}),
            "alt_en": forms.TextInput(attrs={"lang": "en"}),
        }

    def __init__(self, data=None, files=None, *, key, values):
        self.work_key, self.key = key, f"work-{key}"
        super().__init__(data, files, instance=Work(), values=values)

    def names(self):
        """With "removed": a colleague may have removed the work while this form was open."""
        return [*super().names(), self.name_of("removed")]

    def value(self, name):
        return False if name == self.name_of("removed") else super().value(name)

    def name_of(self, field):
        return f"work:{self.work_key}:{field}"

    def field_of(self, name):
        field = name.rpartition(":")[2]
        return field if field in self.fields else None

    def shown_rows(self):
        """[(bound fields, CSS class of the row)]."""
        return [(self.shown_fields(row), kind) for row, kind in self.rows]
