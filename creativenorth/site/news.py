from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from creativenorth.files.images import Picture
from creativenorth.files.visibility import file_rule
from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.publishing.publishable import Publishable, PublishableQuerySet
from creativenorth.search import ask, every_word
from creativenorth.search.models import searched
from creativenorth.search.rows import words_index
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_not_empty
from creativenorth.text.slugs import PageSlugField
from creativenorth.text.swedish import folded_field

UNDESCRIBED = _("Describe the picture for those who do not see it.")
UNDESCRIBED_IN_ENGLISH = _("Describe the picture in English too, since the news is in English.")


class NewsQuerySet(PublishableQuerySet):
    def search(self, text):
        """Every word must be found in its texts."""
        return every_word(self, ask(text), lambda word: [word.in_column("folded")])


@searched("folded")
@public_data(frame=True)
@recorded("folded")
class NewsItem(Publishable):
    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Bilingual()
    slug = PageSlugField(_("address"), max_length=140, unique=True)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=240)
    summary_en = models.CharField(_("summary in English"), max_length=240, blank=True)
    summary = Bilingual()
    text_sv = models.TextField(_("text in Swedish"), blank=True)
    text_en = models.TextField(_("text in English"), blank=True)
    text = Bilingual()
    picture = Picture(_("picture"), upload_to="news/", blank=True)
    alt_sv = models.CharField(_("what the picture shows, in Swedish"), max_length=200, blank=True)
    alt_en = models.CharField(_("what the picture shows, in English"), max_length=200, blank=True)
    alt = Bilingual()
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    folded = folded_field("title_sv", "title_en", "summary_sv", "summary_en", "text_sv", "text_en")

    objects = NewsQuerySet.as_manager()

    class Meta:
        verbose_name = _("piece of news")
        verbose_name_plural = _("news")
        ordering = ["-published_at", "-pk"]
        indexes = [
            words_index("folded", "news_words"),
            models.Index(fields=["-published_at", "-id"], name="news_newest_first"),
        ]
        constraints = [
            is_not_empty("title_sv", "news_has_a_title"),
            is_not_empty("slug", "news_has_an_address"),
            models.CheckConstraint(
                condition=Q(picture="") | ~Q(alt_sv=""),
                name="news_picture_is_described",
                violation_error_message=UNDESCRIBED,
            ),
            models.CheckConstraint(
                condition=Q(picture="") | Q(title_en="") | ~Q(alt_en=""),
                name="news_picture_is_described_in_english",
                violation_error_message=UNDESCRIBED_IN_ENGLISH,
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("news_item", args=[self.slug])

    url = property(get_absolute_url)

    def clean(self):
        """The same as the constraints on the picture, with the error beside its field."""
        if self.picture and not self.alt_sv:
            raise ValidationError({"alt_sv": UNDESCRIBED})
        if self.picture and self.title_en and not self.alt_en:
            raise ValidationError({"alt_en": UNDESCRIBED_IN_ENGLISH})


@file_rule("news")
def is_of_news(name, user):
    return NewsItem.objects.visible_to(user).filter(picture=name).exists()
