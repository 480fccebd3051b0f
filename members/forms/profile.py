"""The sections of a company's profile, each a form that writes into the draft."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from creativenorth.files.images import PictureField
from creativenorth.text.plain_text import visible_line
from creativenorth.text.swedish import fold
from members.actions.profile.drafts import VISIBILITY, present_value
from members.forms.drafts import DraftForm
from members.forms.pictures import PICTURE_HELP, DescribedPictures, RemovePicture
from members.models import LookingFor, ProfileVersion, Sector, Skill, Visibility
from members.models.profile.visibility import FIELDS

MOST_NEW_SKILLS = 10
LONGEST_SKILL = 40
SMALLEST_LOGO = 200


class SectionForm(DraftForm):
    """Fields of the profile with their visibility; `groups` is {profile field: [form fields]}."""

    groups = {}

    def __init__(self, data=None, files=None, *, company, version):
        self.company, self.version = company, version
        super().__init__(data, files)
        for field in self.groups:
            name = f"{VISIBILITY}{field}"
            self.fields[name] = forms.ChoiceField(
                label=FIELDS[field], choices=Visibility, initial=self.read[name], required=True
            )

    @classmethod
    def names(cls):
        return [*super().names(), *(f"{VISIBILITY}{field}" for field in cls.groups)]

    def present(self, name):
        return present_value(self.company, self.version, name)

    def text_of(self, name, value):
        return str(Visibility(value).label) if name.startswith(VISIBILITY) else super().text_of(name, value)

    def fields_with_visibility(self):
        """[(bound fields, bound field of their visibility)] in the section's order."""
        return [(self.shown_fields(group), self[f"{VISIBILITY}{word}"]) for word, group in self.groups.items()]


class SummaryForm(SectionForm):
    key, title = "summary", _("You in one line")
    groups = {"tagline": ["tagline_sv", "tagline_en"]}
    notes = {"tagline_sv": ""}

    class Meta:
        model = ProfileVersion
        fields = ["tagline_sv", "tagline_en"]
        labels = {"tagline_sv": _("In Swedish"), "tagline_en": _("In English")}
        widgets = {
            "tagline_sv": forms.TextInput(attrs={"lang": "sv"}),
            "tagline_en": forms.TextInput(attrs={"lang": "en"}),
        }


class StoryForm(SectionForm):
    key, title = "story", _("Who you are")
    groups = {"description": ["description_sv", "description_en"]}
    notes = {"description_sv": ""}

    class Meta:
        model = ProfileVersion
        fields = ["description_sv", "description_en"]
        labels = {"description_sv": _("In Swedish"), "description_en": _("In English")}
        help_texts = {"description_sv": _("Markdown works: **bold**, lists with a dash, [a link](https://…).")}
        widgets = {
            "description_sv": forms.Textarea(attrs={"rows": 10, "lang": "sv"}),
            "description_en": forms.Textarea(attrs={"rows": 10, "lang": "en"}),
        }


class CraftForm(SectionForm):
    key, title = "craft", _("What you do")
    groups = {"sectors": ["sectors"], "skills": ["skills", "new_skills"], "looking_for": ["looking_for"]}

    sectors = forms.ModelMultipleChoiceField(
        label=_("Sectors"),
        queryset=Sector.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("What you are good at"),
        queryset=Skill.objects.all(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    new_skills = forms.CharField(
        label=_("More that you are good at"),
        required=False,
        max_length=400,
        help_text=_("Separate with commas, as in: sound design, illustration."),
    )
    looking_for = forms.MultipleChoiceField(
        label=_("You are looking for"), required=False, choices=LookingFor, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = ProfileVersion
        fields = ["sectors", "skills", "looking_for"]

    def first_values(self):
        known = {skill.name_sv: skill.slug for skill in Skill.objects.all()}
        return super().first_values() | {
            "skills": [known[name] for name in self.read["skills"] if name in known],
            "new_skills": ", ".join(name for name in self.read["skills"] if name not in known),
        }

    def clean_new_skills(self):
        names = [visible_line(name) for name in self.cleaned_data["new_skills"].split(",")]
        names = list({fold(name): name for name in names if name}.values())
        if len(names) > MOST_NEW_SKILLS:
            raise ValidationError(_("At most ten new ones at a time."))
        if any(len(name) > LONGEST_SKILL for name in names):
            raise ValidationError(_("Keep each of them under 40 characters, with commas between."))
        return names

    def value(self, name):
        cleaned = self.cleaned_data
        if name == "sectors":
            return sorted(sector.slug for sector in cleaned["sectors"])
        if name == "skills":
            known = {
                fold(label): skill.name_sv for skill in Skill.objects.all() for label in (skill.name_en, skill.name_sv)
            }
            chosen = {skill.name_sv for skill in cleaned["skills"]}
            return sorted(chosen | {known.get(fold(new), new) for new in cleaned.get("new_skills", ())})
        return sorted(cleaned[name]) if name == "looking_for" else super().value(name)

    def _post_clean(self):
        """Nothing here is a model column; the form's own row is never saved."""


class LocationForm(SectionForm):
    key, title = "place", _("Where you are")  # the key is part of an address
    groups = {"location": ["town", "municipality"]}

    class Meta:
        model = ProfileVersion
        fields = ["town", "municipality"]
        labels = {"town": _("Town"), "municipality": _("Municipality")}
        help_texts = {"town": _("Without it your page names the municipality.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _nothing, *known = self.fields["municipality"].choices
        self.fields["municipality"].choices = [("", _("Choose a municipality")), *known]


class ContactDetailsForm(SectionForm):
    key, title = "contact", _("How to reach you")
    groups = {"website": ["website"], "email": ["email"], "phone": ["phone"]}

    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        max_length=200,
        widget=forms.URLInput(attrs={"autocomplete": "url", "inputmode": "url"}),
    )

    class Meta:
        model = ProfileVersion
        fields = ["website", "email", "phone"]
        labels = {"email": _("E-mail"), "phone": _("Phone")}

    def value(self, name):
        if name == "phone":
            return self.cleaned_data["phone"].as_e164 if self.cleaned_data["phone"] else ""
        return super().value(name)


class PicturesForm(DescribedPictures, SectionForm):
    key, title = "pictures", _("Pictures")
    groups = {
        "logo": ["logo", "remove_logo"],
        "cover": ["cover", "remove_cover", "cover_alt_sv", "cover_alt_en", "cover_crop"],
    }
    pictures, descriptions = ("logo", "cover"), {"cover": "cover_alt_sv"}

    logo = PictureField(
        label=_("Logo"),
        required=False,
        smallest=SMALLEST_LOGO,
        help_text=_(
            "JPEG, PNG, WebP, AVIF, HEIC or GIF, at most 40 MB. Also on a transparent ground: a bright logo gets a dark one."
        ),
    )
    remove_logo = RemovePicture()
    cover = PictureField(label=_("Large picture"), required=False, help_text=PICTURE_HELP)
    remove_cover = RemovePicture()

    class Meta:
        model = ProfileVersion
        fields = ["cover_alt_sv", "cover_alt_en", "cover_crop"]
        labels = {
            "cover_alt_sv": _("What the large picture shows, in Swedish"),
            "cover_alt_en": _("What the large picture shows, in English"),
            "cover_crop": _("What stays where it is cut"),
        }
        help_texts = {"cover_alt_sv": _("For those who do not see it: read aloud in its place.")}
        widgets = {
            "cover_alt_sv": forms.TextInput(attrs={"lang": "sv"}),
            "cover_alt_en": forms.TextInput(attrs={"lang": "en"}),
        }


class WorksForm(SectionForm):
    """The visibility of the works; each work has a page of its own."""

    key, title = "works", _("Works")
    groups = {"works": []}

    class Meta:
        model = ProfileVersion
        fields = []


SECTIONS = {
    form.key: form
    for form in (SummaryForm, StoryForm, CraftForm, PicturesForm, WorksForm, LocationForm, ContactDetailsForm)
}
