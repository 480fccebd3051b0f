import secrets

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.publishing.publishable import Publishable, PublishableQuerySet
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_not_empty

LARGEST = 20_000_000


def document_name(strategy, name):
    return f"strategies/{secrets.token_hex(12)}.pdf"


def is_pdf(file):
    """Validator: the file begins as every PDF does, and is not too large."""
    if file.size > LARGEST:
        raise ValidationError(_("The file is larger than 20 MB. Make it smaller and try again."))
    file.seek(0)
    start = file.read(5)
    file.seek(0)
    if start != b"%PDF-":
        raise ValidationError(_("This is no PDF. Save the document as PDF and try again."))


@public_data(frame=True)
@recorded()
class Strategy(Publishable):
    """A strategy of the cluster for some years. The page shows the one that begins last, and links the others."""

    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Bilingual()
    text_sv = models.TextField(_("text in Swedish"))
    text_en = models.TextField(_("text in English"), blank=True)
    text = Bilingual()
    starts_on = models.DateField(_("holds from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    document = models.FileField(
        _("document"),
        upload_to=document_name,
        blank=True,
        validators=[is_pdf],
        help_text=_("PDF. Everybody can fetch it."),
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)

    objects = PublishableQuerySet.as_manager()

    class Meta:
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            is_not_empty("title_sv", "strategy_has_a_title"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
                name="strategy_ends_after_it_starts",
                violation_error_message=_("The strategy must end after it starts."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def years(self):
        """ "2025–2027"."""
        if self.ends_on and self.ends_on.year != self.starts_on.year:
            return f"{self.starts_on.year}–{self.ends_on.year}"
        return str(self.starts_on.year)
