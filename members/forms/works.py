from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creativenorth.files.images import PictureField
from members.actions.profile.works import REMOVED, present_value
from members.forms.drafts import DraftForm
from members.forms.pictures import PICTURE_HELP, DescribedPictures, RemovePicture
from members.models import Work


class WorkForm(DescribedPictures, DraftForm):
    """One work of a company."""

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

    def __init__(self, data=None, files=None, *, work):
        self.work, self.key = work, f"work-{work.key}"
        super().__init__(data, files)

    def names(self):
        """With "removed": a colleague may have removed the work while this form was open."""
        return [*super().names(), REMOVED]

    def present(self, name):
        return present_value(self.work, name)

    def value(self, name):
        return False if name == REMOVED else super().value(name)

    def show_others(self, others):
        """A work that was taken away is told once for the whole form; with False it is not there at all any more."""
        if REMOVED not in others:
            super().show_others(others)
            return
        value, person = others[REMOVED]
        message = _("%(who)s has taken this away meanwhile. Save again to put it back.")
        self.add_error(None, ValidationError(message, params={"who": person.name if person else _("Somebody")}))
        self.take_as_read({name: each for name, (each, _who) in others.items()} if value is False else {REMOVED: value})

    def shown_rows(self):
        """[(bound fields, CSS class of the row)]."""
        return [(self.shown_fields(row), kind) for row, kind in self.rows]
