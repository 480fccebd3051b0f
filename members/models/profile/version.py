import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from creativenorth.drawing.municipalities import BY_CODE, CHOICES
from creativenorth.files.images import Crop, Picture, is_pale
from creativenorth.history import known, recorded, recorded_links
from creativenorth.publishing import public_data
from creativenorth.search.models import searched
from creativenorth.search.rows import words_index
from creativenorth.text.addresses import AddressField
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.swedish import fold, folded_field
from members.models.profile.content import Content
from members.models.sectors_and_skills import LookingFor, Sector, Skill


class ProfileContent(Content):
    """What a company says of itself.

    A field that is defined here is copied, compared, shown to colleagues, exported and merged. Beyond this class it needs
    a section's form and a place on the page.
    """

    tagline_sv = models.CharField(_("one line about you, in Swedish"), max_length=140, blank=True)
    tagline_en = models.CharField(_("one line about you, in English"), max_length=140, blank=True)
    tagline = Bilingual(_("the line about you"))
    description_sv = models.TextField(_("description in Swedish"), max_length=6000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=6000, blank=True)
    description = Bilingual(_("who you are"))
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), related_name="versions", blank=True)
    skills = models.ManyToManyField(Skill, verbose_name=_("what you are good at"), related_name="versions", blank=True)
    looking_for = ArrayField(
        models.CharField(max_length=20, choices=LookingFor),
        verbose_name=_("what you are looking for"),
        default=list,
        blank=True,
    )
    logo = Picture(_("logo"), upload_to="logos/", blank=True)
    cover = Picture(_("large picture"), upload_to="covers/", blank=True)
    cover_alt_sv = models.CharField(_("what the large picture shows, in Swedish"), max_length=200, blank=True)
    cover_alt_en = models.CharField(_("what the large picture shows, in English"), max_length=200, blank=True)
    cover_alt = Bilingual()
    cover_crop = models.CharField(
        _("part of the large picture that always shows"), max_length=12, choices=Crop, default=Crop.CENTRE
    )
    town = models.CharField(_("town"), max_length=80, blank=True)
    municipality = models.CharField(_("municipality"), max_length=4, choices=CHOICES, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = AddressField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)

    class Meta:
        abstract = True

    @classmethod
    def content(cls):
        return list(_CONTENT)

    @property
    def municipality_name(self):
        return BY_CODE[self.municipality].name if self.municipality else ""

    @property
    def logo_url(self):
        return self.logo.url if self.logo else ""

    @property
    def logo_is_pale(self):
        return is_pale(self.logo.name)

    @property
    def looking_for_texts(self):
        return [LookingFor(value).label for value in self.looking_for]


_LISTS = [field.name for field in ProfileContent._meta.local_many_to_many]
_CONTENT = [
    field.name for field in sorted([*ProfileContent._meta.local_fields, *ProfileContent._meta.local_many_to_many])
]
_PICTURES = tuple(field.name for field in ProfileContent._meta.local_fields if isinstance(field, Picture))


def is_of_picture(name):
    """Whether it is a picture, or says something of one: its description, its crop."""
    return name.startswith(_PICTURES)


class ProfileVersionQuerySet(models.QuerySet):
    def drafts(self):
        return self.filter(published_at=None)

    def waiting(self):
        """Sent for review and not answered; the longest wait first."""
        return self.drafts().filter(submitted_at__isnull=False).order_by("submitted_at")

    def public(self):
        """The present version of each company, whether its page is up or not."""
        return self.filter(public_for__isnull=False)

    def earlier(self):
        """What companies have said before, newest first; examples are not theirs."""
        published = self.filter(published_at__isnull=False, public_for=None, is_placeholder=False)
        return published.order_by("-published_at", "-pk")


@searched("folded_tagline", "folded_description", "folded_location")
@public_data(only_if="COALESCE(NEW.published_at, OLD.published_at) IS NOT NULL")
@recorded("folded_tagline", "folded_description", "folded_location")
class ProfileVersion(ProfileContent):
    """A company's profile as a draft, sent for review, public, or as it was earlier; the company points to the public one.

    A draft is shared by the company's editors; `editors` says who wrote each of its fields. `revision` is new with every
    change, so that people publish and approve what they have read.
    """

    company = models.ForeignKey("members.Company", models.CASCADE, related_name="versions", verbose_name=_("company"))
    is_placeholder = models.BooleanField(
        _("placeholder"),
        default=False,
        help_text=_("The texts are examples, shown with a mark until somebody edits them."),
    )
    # Skills that get a row of their own when the draft is published: nobody else sees them before that.
    new_skills = ArrayField(models.CharField(max_length=80), default=list, blank=True, editable=False)
    editors = models.JSONField(default=dict, editable=False)
    revision = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    changed_at = models.DateTimeField(_("changed at"), default=timezone.now, editable=False)
    changed_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("changed by")
    )
    submitted_at = models.DateTimeField(_("sent for review at"), null=True, editable=False)
    submitted_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("sent by")
    )
    returned_at = models.DateTimeField(_("returned at"), null=True, editable=False)
    returned_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("returned by")
    )
    comment = models.TextField(_("comment"), max_length=2000, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    published_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("published by")
    )
    folded_tagline = folded_field("tagline_sv", "tagline_en")
    folded_description = folded_field("description_sv", "description_en")
    folded_location = folded_field("town")

    objects = ProfileVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("profile")
        verbose_name_plural = _("changed profiles")
        ordering = ["-published_at", "-pk"]
        permissions = [("review_profile", _("Can approve and return changed profiles"))]
        indexes = [
            models.Index(fields=["municipality"]),
            words_index("folded_tagline", "profile_tagline_words"),
            words_index("folded_description", "profile_description_words"),
            words_index("folded_location", "profile_location_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company"], condition=Q(published_at=None), name="company_has_one_draft"),
            models.CheckConstraint(
                condition=Q(looking_for__contained_by=LookingFor.values), name="profile_looks_for_known_things"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(cover="") | ~Q(cover_alt_sv=""),
                name="published_cover_is_described",
                violation_error_message=_("Describe the picture for those who do not see it."),
            ),
            models.CheckConstraint(condition=Q(cover_crop__in=Crop.values), name="profile_cover_is_cut_somewhere"),
            models.CheckConstraint(
                condition=Q(municipality="") | Q(municipality__in=list(BY_CODE)), name="profile_in_a_known_municipality"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(returned_at=None), name="profile_waits_or_is_returned"
            ),
            models.CheckConstraint(
                condition=Q(returned_at=None) | ~Q(comment=""),
                name="profile_is_returned_with_a_comment",
                violation_error_message=_("Say what should change."),
            ),
        ]

    def __str__(self):
        return str(known(self, "company"))

    @property
    def is_waiting(self):
        return self.published_at is None and self.submitted_at is not None

    @property
    def is_returned(self):
        return self.published_at is None and self.returned_at is not None

    @property
    def shown_works(self):
        """Without those that are taken away in the draft."""
        return [work for work in self.listed("works") if not work.is_removed]

    def listed(self, name):
        return getattr(self, name).all() if self.pk else ()

    def value(self, name):
        """An example text counts as none."""
        value = self.said(name)
        return type(value)() if self.is_placeholder and not is_of_picture(name) else value

    def said(self, name):
        """As `value`, examples too; sectors by their addresses, skills by their Swedish names."""
        if name == "sectors":
            return sorted(sector.slug for sector in self.listed(name))
        if name == "skills":
            return sorted([*(skill.name_sv for skill in self.listed(name)), *self.new_skills])
        value = super().value(name)
        return "" if value is None else value

    def write(self, values):
        columns = {name: value for name, value in values.items() if name not in _LISTS}
        if "sectors" in values:
            self.sectors.set(Sector.objects.filter(slug__in=values["sectors"]))
        if "skills" in values:
            known = {fold(skill.name_sv): skill for skill in Skill.objects.all()}
            self.skills.set([known[fold(name)] for name in values["skills"] if fold(name) in known])
            columns["new_skills"] = [name for name in values["skills"] if fold(name) not in known]
        super().write(columns)

    def drop_examples(self):
        """The first own words take all example texts away, also those that nobody has replaced."""
        if self.is_placeholder:
            texts = [name for name in self.content() if not is_of_picture(name)]
            self.write({name: type(self.said(name))() for name in texts} | {"is_placeholder": False})


_OF_PUBLISHED = """EXISTS (SELECT FROM members_profileversion WHERE published_at IS NOT NULL
    AND id = COALESCE(NEW.profileversion_id, OLD.profileversion_id))"""


@public_data(only_if=_OF_PUBLISHED)
@recorded_links
class ProfileSector(ProfileVersion.sectors.through):
    class Meta:
        proxy = True
        default_permissions = ()


@public_data(only_if=_OF_PUBLISHED)
@recorded_links
class ProfileSkill(ProfileVersion.skills.through):
    class Meta:
        proxy = True
        default_permissions = ()
