from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils.translation import gettext_lazy as _

from creativenorth.drawing.cards import path_of
from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.search.models import searched
from creativenorth.search.rows import words_index
from creativenorth.text.constraints import is_not_empty
from creativenorth.text.plain_names import plain_name
from creativenorth.text.slugs import PageSlugField
from creativenorth.text.swedish import folded_field, sort_key_field
from members.models.affiliation import Affiliation
from members.models.company_search import search
from members.models.membership import Membership
from members.models.profile.version import ProfileVersion
from members.models.profile.visibility import OnlyKnownVisibilities, ProfileAudience, visibility_in_words
from members.models.profile.work import Work

LISTS = ("sectors", "skills", "works")
CARD_COLUMNS = (
    "tagline_sv",
    "tagline_en",
    "municipality",
    "logo",
    "cover",
    "cover_crop",
    "is_placeholder",
)


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

    def with_profile(self):
        return self.select_related("public_version")

    def with_whole_profile(self):
        """With the profile's sectors, skills and works too."""
        return self.with_profile().prefetch_related(*(f"public_version__{name}" for name in LISTS))

    def for_cards(self):
        """With what a card shows of them, and no other column."""
        own = ("name", "slug", "visibility", "published_at", "sort_key")
        works = Work.objects.filter(version=OuterRef("public_version"), is_removed=False).exclude(picture="")
        return (
            self.select_related("public_version")
            .only(*own, *(f"public_version__{name}" for name in CARD_COLUMNS))
            .annotate(work_picture=Subquery(works.values("picture")[:1]))
        )

    def with_next(self):
        """Annotates each with `next_company`, {name, slug}: the public one after it in the alphabet, after the last the first."""
        public = self.model.objects.public().order_by("sort_key", "pk")
        after = public.filter(
            Q(sort_key__gt=OuterRef("sort_key")) | Q(sort_key=OuterRef("sort_key"), pk__gt=OuterRef("pk"))
        )
        others = public.exclude(pk=OuterRef("pk"))
        name_and_slug = JSONObject(name="name", slug="slug")
        return self.annotate(
            next_company=Coalesce(
                Subquery(after.values_list(name_and_slug)[:1]), Subquery(others.values_list(name_and_slug)[:1])
            )
        )

    def search(self, text, audience=ProfileAudience.PUBLIC):
        return search(self, text, audience)


def _own(user, roles=None):
    mine = Affiliation.objects.current().filter(user=user)
    return (mine.filter(role__in=roles) if roles else mine).values("company")


@searched("folded_name")
@public_data()
@recorded("sort_key", "folded_name")
class Company(models.Model):
    """An organisation, member of the cluster or not (a guest's employer is one too).

    What it says of itself stands in the versions of its profile. Name, address, number, who sees what and whether the page
    is up stand here and apply at once.

    It is not `Publishable`: its page waits for no time ahead, and a page that is up is public only while the company is a member.
    """

    name = models.CharField(_("name"), max_length=120, validators=[plain_name])
    slug = PageSlugField(_("address"), max_length=120, unique=True)
    public_version = models.OneToOneField(
        ProfileVersion, models.RESTRICT, null=True, editable=False, related_name="public_for", verbose_name=_("profile")
    )
    visibility = models.JSONField(_("who sees what"), default=dict, blank=True, editable=False)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    taken_down_at = models.DateTimeField(_("taken down at"), null=True, editable=False)
    sort_key = sort_key_field("name")
    folded_name = folded_field("name")

    objects = CompanyQuerySet.as_manager()
    history_words = {"visibility": visibility_in_words}

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["sort_key", "id"]), words_index("folded_name", "company_name_words")]
        constraints = [
            is_not_empty("name", "company_has_a_name"),
            is_not_empty("slug", "company_has_an_address"),
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(published_at=None), name="company_taken_down_is_not_public"
            ),
            models.CheckConstraint(
                condition=OnlyKnownVisibilities("visibility"), name="company_visibility_in_known_words"
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return path_of("members:company", self.slug)

    url = property(get_absolute_url)

    @property
    def profile(self):
        """What is said of the company; an empty version where nothing is."""
        return self.public_version or ProfileVersion(company=self)

    @property
    def draft(self):
        """The version that is being written, or None."""
        return self.versions.drafts().first()
