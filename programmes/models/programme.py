from functools import partial

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.publishing.publishable import Publishable, PublishableQuerySet
from creativenorth.search import ask, every_word
from creativenorth.search.models import searched
from creativenorth.search.rows import of_values, words_index
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_known, is_not_empty
from creativenorth.text.slugs import PageSlugField
from creativenorth.text.swedish import folded_field, values_named
from members.models.affiliation import TargetGroup


class ProgrammeQuerySet(PublishableQuerySet):
    def search(self, text):
        """Every word must be found in its texts or in the name of its target group."""
        return every_word(self, ask(text), _searched)


def _searched(word):
    return [
        word.in_column("folded"),
        of_values("target_group", word.named(partial(values_named, TargetGroup))),
    ]


@searched("folded")
@public_data()
@recorded("folded")
class Programme(Publishable):
    """A development programme for one of the three target groups."""

    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Bilingual()
    slug = PageSlugField(_("address"), max_length=140, unique=True)
    target_group = models.CharField(_("for whom"), max_length=16, choices=TargetGroup)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=240)
    summary_en = models.CharField(_("summary in English"), max_length=240, blank=True)
    summary = Bilingual()
    description_sv = models.TextField(_("description in Swedish"), blank=True, help_text=_("Markdown."))
    description_en = models.TextField(_("description in English"), blank=True, help_text=_("Markdown."))
    description = Bilingual()
    project = models.ForeignKey(
        "programmes.Project",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("project"),
    )
    order = models.PositiveSmallIntegerField(pgettext_lazy("sequence", "order"), default=0)
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    folded = folded_field("title_sv", "title_en", "summary_sv", "summary_en", "description_sv", "description_en")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["order", "pk"]
        indexes = [words_index("folded", "programme_words")]
        constraints = [
            is_known("target_group", TargetGroup, "programme_for_a_known_group"),
            is_not_empty("title_sv", "programme_has_a_title"),
            is_not_empty("slug", "programme_has_an_address"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("programmes:programme", args=[self.slug])

    url = property(get_absolute_url)

    @property
    def target_group_text(self):
        return TargetGroup(self.target_group).label
