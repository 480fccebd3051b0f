from django.db import models
from django.utils.translation import gettext_lazy as _

from creativenorth.content.page_texts import PAGE_DETAILS, PAGE_TEXTS
from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_known, is_not_empty


class Page(models.TextChoices):
    """The public pages whose introduction staff write."""

    DIRECTORY = "directory", _("Companies")
    ACTIVITIES = "activities", _("Activities")
    PROGRAMMES = "programmes", _("Programmes")
    NEWS = "news", _("News")
    STRATEGY = "strategy", _("Strategy")
    RESULTS = "results", _("Results")
    JOIN = "join", _("Join")


@public_data(frame=True)
@recorded()
class PageText(models.Model):
    """The introduction under the heading of one public page, and for some of them details under it.

    Every page has its row (made by post_migrate).
    """

    page = models.CharField(_("page"), max_length=12, choices=Page, unique=True, editable=False)
    lead_sv = models.TextField(_("introduction in Swedish"), max_length=400)
    lead_en = models.TextField(_("introduction in English"), max_length=400, blank=True)
    lead = Bilingual()
    details_sv = models.TextField(_("details in Swedish"), blank=True, help_text=_("Markdown."))
    details_en = models.TextField(_("details in English"), blank=True, help_text=_("Markdown."))
    details = Bilingual()

    class Meta:
        verbose_name = _("introduction of a page")
        verbose_name_plural = _("introductions of the pages")
        ordering = ["pk"]
        constraints = [
            is_known("page", Page, "page_text_of_a_known_page"),
            is_not_empty("lead_sv", "page_text_says_something"),
        ]

    def __str__(self):
        return self.get_page_display()

    @classmethod
    def of_all_pages(cls):
        """{page: its text}, also of a page whose row is missing."""
        saved = {text.page: text for text in cls.objects.all()}
        return {text.page: text for text in cls.first_ones()} | saved

    @classmethod
    def first_ones(cls):
        """The texts that the portal begins with, unsaved."""
        for page, (swedish, english) in PAGE_TEXTS.items():
            details = dict(zip(("details_sv", "details_en"), PAGE_DETAILS.get(page, ()), strict=False))
            yield cls(page=page, lead_sv=swedish, lead_en=english, **details)

    @property
    def has_details(self):
        return self.page in PAGE_DETAILS
