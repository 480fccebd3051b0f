from django.db import models
from django.utils.translation import gettext_lazy as _

from creativenorth.content.page_texts import PAGE_TEXTS
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


@public_data(frame=True)
@recorded()
class PageText(models.Model):
    """The introduction under the heading of one public page. Every page has its row (made by post_migrate)."""

    page = models.CharField(_("page"), max_length=12, choices=Page, unique=True, editable=False)
    lead_sv = models.TextField(_("introduction in Swedish"), max_length=400)
    lead_en = models.TextField(_("introduction in English"), max_length=400, blank=True)
    lead = Bilingual()

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
        first = {page: cls(page=page, lead_sv=words[0], lead_en=words[1]) for page, words in PAGE_TEXTS.items()}
        return first | saved
