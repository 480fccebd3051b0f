from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from creativenorth.drawing.municipalities import BY_CODE, CHOICES, codes_named
from creativenorth.files.images import Crop, Picture, is_pale
from creativenorth.history import recorded, recorded_links
from creativenorth.publishing import public_data
from creativenorth.text.addresses import AddressField
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_not_empty
from creativenorth.text.plain_names import plain_name
from creativenorth.text.slugs import PageSlugField
from creativenorth.text.swedish import folded, folded_field, matching, sort_key_field, words
from members.models.affiliation import Affiliation
from members.models.membership import Membership
from members.models.sectors_and_skills import LookingFor, Sector, Skill
from members.models.visibility import OnlyKnownVisibilities, ProfileAudience, field_shown_to, text_shown_to

SEARCHED = {
    "tagline": ["tagline_sv", "tagline_en"],
    "description": ["description_sv", "description_en"],
    "location": ["town"],
}


def searched_by(audience):
    """The name and every text that the audience may see, folded."""
    texts = [text_shown_to(audience, field, column) for field, columns in SEARCHED.items() for column in columns]
    return folded_field("name", *texts)


class CompanyQuerySet(models.QuerySet):
    def members(self, on=None):
        return self.filter(Exists(Membership.objects.current(on).filter(company=OuterRef("pk"))))

    def public(self):
        return self.members().filter(published_at__isnull=False)

    def visible_to(self, user):
        """Public companies and one's own; for staff all."""
        if user.is_authenticated and user.is_staff:
            return self
        if user.is_authenticated:
            return self.filter(Q(pk__in=self.public().values("pk")) | Q(pk__in=_own(user)))
        return self.public()

    def unowned(self):
        """Named by a guest or a list alone: without people, membership or page."""
        return self.filter(affiliations=None, memberships=None, published_at=None)

    def with_person(self, user):
        """Those with which the person is affiliated today, whatever the role."""
        return self.filter(pk__in=_own(user))

    def editable_by(self, user):
        return self.filter(pk__in=_own(user, roles=("owner", "editor")))

    def for_cards(self):
        """Without the long columns that cards do not show."""
        return self.defer("description_sv", "description_en", "folded", "folded_members")

    def search(self, text, audience=ProfileAudience.PUBLIC):
        """Companies that have every word in a text, sector, skill or municipality that the audience sees.

        Placeholder texts are not searched. Those with the words in their name come first.
        """
        if not words(text):
            return self
        column = "folded_members" if audience == ProfileAudience.MEMBERS else "folded"
        found = self.annotate(folded_name=folded("name"))
        for word in words(text):
            sectors = Sector.objects.filter(matching(word)).values("companies")
            skills = Skill.objects.filter(matching(word)).values("companies")
            found = found.filter(
                Q(matching(word, column), is_placeholder=False)
                | Q(folded_name__contains=word)
                | Q(field_shown_to(audience, "sectors"), pk__in=sectors)
                | Q(field_shown_to(audience, "skills"), pk__in=skills)
                | Q(field_shown_to(audience, "location"), municipality__in=codes_named(word))
            )
        is_named = Q(*(Q(folded_name__contains=word) for word in words(text)))
        return found.order_by(Case(When(is_named, then=0), default=1), "sort_key", "pk")


def _own(user, roles=None):
    mine = Affiliation.objects.current().filter(user=user)
    return (mine.filter(role__in=roles) if roles else mine).values("company")


@public_data()
@recorded("sort_key", "folded", "folded_members", "published_version")
class Company(models.Model):
    """An organisation, member of the cluster or not (a guest's employer is one too)."""

    name = models.CharField(_("name"), max_length=120, validators=[plain_name])
    slug = PageSlugField(_("address"), max_length=120, unique=True)
    tagline_sv = models.CharField(_("one line about you, in Swedish"), max_length=140, blank=True)
    tagline_en = models.CharField(_("one line about you, in English"), max_length=140, blank=True)
    tagline = Bilingual()
    description_sv = models.TextField(_("description in Swedish"), max_length=6000, blank=True)
    description_en = models.TextField(_("description in English"), max_length=6000, blank=True)
    description = Bilingual()
    sectors = models.ManyToManyField(Sector, verbose_name=_("sectors"), related_name="companies", blank=True)
    skills = models.ManyToManyField(Skill, verbose_name=_("skills"), related_name="companies", blank=True)
    looking_for = ArrayField(
        models.CharField(max_length=20, choices=LookingFor), verbose_name=_("looking for"), default=list, blank=True
    )
    municipality = models.CharField(_("municipality"), max_length=4, choices=CHOICES, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    website = models.URLField(_("website"), blank=True)
    email = AddressField(_("e-mail"), blank=True)
    phone = PhoneNumberField(_("phone"), blank=True)
    logo = Picture(_("logo"), upload_to="logos/", blank=True)
    cover = Picture(_("large picture"), upload_to="covers/", blank=True)
    cover_alt_sv = models.CharField(_("what the large picture shows, in Swedish"), max_length=200, blank=True)
    cover_alt_en = models.CharField(_("what the large picture shows, in English"), max_length=200, blank=True)
    cover_alt = Bilingual()
    cover_crop = models.CharField(
        _("part of the large picture that always shows"), max_length=12, choices=Crop, default=Crop.CENTRE
    )
    is_placeholder = models.BooleanField(
        _("placeholder"),
        default=False,
        help_text=_("The texts are examples, shown with a mark until somebody edits them."),
    )
    visibility = models.JSONField(_("who sees what"), default=dict, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    taken_down_at = models.DateTimeField(_("taken down at"), null=True, editable=False)
    published_version = models.UUIDField(_("version published last"), null=True, editable=False)
    sort_key = sort_key_field("name")
    folded = searched_by(ProfileAudience.PUBLIC)
    folded_members = searched_by(ProfileAudience.MEMBERS)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["sort_key", "pk"]
        indexes = [
            models.Index(fields=["sort_key", "id"]),
            models.Index(fields=["municipality"]),
            GinIndex(SearchVector("folded", config="swedish"), name="company_stems"),
            GinIndex(SearchVector("folded_members", config="swedish"), name="company_stems_for_members"),
        ]
        constraints = [
            is_not_empty("name", "company_has_a_name"),
            is_not_empty("slug", "company_has_an_address"),
            models.CheckConstraint(
                condition=Q(looking_for__contained_by=LookingFor.values), name="company_looks_for_known_things"
            ),
            models.CheckConstraint(
                condition=Q(cover="") | ~Q(cover_alt_sv=""),
                name="company_cover_is_described",
                violation_error_message=_("Describe the picture for those who do not see it."),
            ),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(published_at=None), name="company_taken_down_is_not_public"
            ),
            models.CheckConstraint(condition=Q(cover_crop__in=Crop.values), name="company_cover_is_cut_somewhere"),
            models.CheckConstraint(
                condition=OnlyKnownVisibilities("visibility"), name="company_visibility_in_known_words"
            ),
            models.CheckConstraint(
                condition=Q(municipality="") | Q(municipality__in=list(BY_CODE)), name="company_in_a_known_municipality"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("members:company", args=[self.slug])

    url = property(get_absolute_url)

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


@public_data()
@recorded_links
class CompanySector(Company.sectors.through):
    class Meta:
        proxy = True
        default_permissions = ()


@public_data()
@recorded_links
class CompanySkill(Company.skills.through):
    class Meta:
        proxy = True
        default_permissions = ()
