from itertools import count

from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.search.models import searched
from creativenorth.search.rows import words_index
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.swedish import fold, folded_field, sort_key_field


class LookingFor(models.TextChoices):
    PARTNERS = "partners", _("partners")
    ASSIGNMENTS = "assignments", _("assignments")
    COLLEAGUES = "colleagues", _("colleagues")
    TRAINEES = "trainees", _("trainees")
    PREMISES = "premises", _("premises")


class BilingualTerm(models.Model):
    """A term in both languages under which companies are filed."""

    slug = models.SlugField(_("address"), unique=True)
    name_sv = models.CharField(_("name in Swedish"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    name = Bilingual()
    sort_key = sort_key_field("name_sv")
    folded = folded_field("name_sv", "name_en")

    class Meta:
        abstract = True
        ordering = ["sort_key"]

    def __str__(self):
        return self.name


@searched("folded")
@public_data()
@recorded("sort_key", "folded")
class Sector(BilingualTerm):
    """A part of the creative industries, after Kreametern."""

    class Meta(BilingualTerm.Meta):
        indexes = [words_index("folded", "sector_words")]
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")


@searched("folded")
@public_data()
@recorded("sort_key", "folded")
class Skill(BilingualTerm):
    """Something a company is good at."""

    class Meta(BilingualTerm.Meta):
        indexes = [words_index("folded", "skill_words")]
        verbose_name = _("skill")
        verbose_name_plural = _("skills")


def skill_named(name):
    """The skill of that name in either language; created where there is none."""
    for skill in Skill.objects.all():
        if fold(name) in (fold(skill.name_sv), fold(skill.name_en)):
            return skill
    base = slugify(fold(name))[:44] or "kompetens"
    for number in count(1):
        # Another company may insert the slug at the same moment: then its row is the answer, or the next number.
        address = base if number == 1 else f"{base}-{number}"
        skill, is_new = Skill.objects.get_or_create(slug=address, defaults={"name_sv": name, "name_en": name})
        if is_new or fold(name) in (fold(skill.name_sv), fold(skill.name_en)):
            return skill
    raise AssertionError("count() does not end")
