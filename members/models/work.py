from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.files.images import Picture
from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.text.bilingual import Bilingual


@public_data()
@recorded()
class Work(models.Model):
    """A piece of work that a company shows on its page."""

    company = models.ForeignKey("members.Company", models.CASCADE, related_name="works", verbose_name=_("company"))
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

    class Meta:
        verbose_name = _("work")
        verbose_name_plural = _("works")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(alt_sv=""),
                name="work_picture_is_described",
                violation_error_message=_("Describe the picture for those who do not see it."),
            )
        ]

    def __str__(self):
        return self.title
