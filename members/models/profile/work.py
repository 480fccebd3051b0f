import uuid

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from creativenorth.files.images import Picture
from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.text.bilingual import Bilingual
from members.models.profile.content import Content

_OF_PUBLISHED = """EXISTS (SELECT FROM members_profileversion WHERE published_at IS NOT NULL
    AND id = COALESCE(NEW.version_id, OLD.version_id))"""


@public_data(only_if=_OF_PUBLISHED)
@recorded()
class Work(Content):
    """A piece of work that a company shows, in one version of its profile; the same work has the same `key` in all."""

    version = models.ForeignKey(
        "members.ProfileVersion", models.CASCADE, related_name="works", verbose_name=_("profile")
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    # In a draft: it goes when the draft is published, and can be put back until then.
    is_removed = models.BooleanField(_("taken away"), default=False, editable=False)
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Bilingual()
    text_sv = models.TextField(_("text in Swedish"), max_length=1000, blank=True)
    text_en = models.TextField(_("text in English"), max_length=1000, blank=True)
    text = Bilingual()
    picture = Picture(_("picture"), upload_to="works/", blank=True)
    alt_sv = models.CharField(_("what the picture shows, in Swedish"), max_length=200, blank=True)
    alt_en = models.CharField(_("what the picture shows, in English"), max_length=200, blank=True)
    alt = Bilingual()
    website = models.URLField(_("link"), blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(pgettext_lazy("sequence", "order"), default=0)

    history_words = {"order": lambda value: gettext("number %d") % (value + 1)}

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "key"], name="work_once_in_a_version")]

    def __str__(self):
        return self.title

    @classmethod
    def content(cls):
        kept_by_us = {"id", "version", "key", "is_removed"}
        return [field.name for field in cls._meta.concrete_fields if field.name not in kept_by_us]
