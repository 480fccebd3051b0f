"""An activity's own questions with their answers, food and access requirements, and invited addresses."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.history import recorded
from creativenorth.text.addresses import AddressField
from creativenorth.text.bilingual import Bilingual

YES_NO = {"yes": _("Yes"), "no": _("No")}


@recorded()
class Question(models.Model):
    class AnswerKind(models.TextChoices):
        TEXT = "text", _("a few words")
        YES_NO = "yes_no", _("yes or no")
        CHOICE = "choice", _("one of these answers")

    activity = models.ForeignKey("events.Activity", models.CASCADE, related_name="questions")
    text_sv = models.CharField(_("question in Swedish"), max_length=200)
    text_en = models.CharField(_("question in English"), max_length=200, blank=True)
    text = Bilingual()
    kind = models.CharField(_("kind of answer"), max_length=6, choices=AnswerKind, default=AnswerKind.TEXT)
    choices = models.TextField(_("answers to choose from"), blank=True, help_text=_("One on each line."))
    is_required = models.BooleanField(_("must be answered"), default=False)
    order = models.PositiveSmallIntegerField(pgettext_lazy("sequence", "order"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="choice") | ~Q(choices=""),
                name="question_has_answers_to_choose",
                violation_error_message=_("Write the answers to choose from, one on each line."),
            )
        ]

    def __str__(self):
        return self.text

    @property
    def choices_of_answer(self):
        """(value, label) of the answers to choose from; none where everybody writes their own words."""
        if self.kind == self.AnswerKind.YES_NO:
            return list(YES_NO.items())
        lines = self.choices.splitlines() if self.kind == self.AnswerKind.CHOICE else []
        return [(line.strip(), line.strip()) for line in lines if line.strip()]


@recorded()
class Answer(models.Model):
    registration = models.ForeignKey("events.Registration", models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    text = models.CharField(_("answer"), max_length=500)  # of yes or no the word in no language: "yes", "no"

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["question__order", "question"]
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["registration", "question"], name="one_answer_to_each_question")]

    def __str__(self):
        return str(YES_NO.get(self.text, self.text))


class Diet(models.TextChoices):
    VEGETARIAN = "vegetarian", _("vegetarian")
    VEGAN = "vegan", _("vegan")
    GLUTEN = "gluten", _("without gluten")
    LACTOSE = "lactose", _("without lactose")
    NUTS = "nuts", _("without nuts")
    PORK = "pork", _("without pork")
    OTHER_DIET = "other_diet", _("something else: please get in touch with me")


class Access(models.TextChoices):
    STEP_FREE = "step_free", _("no steps on the way")
    HEARING_LOOP = "hearing_loop", _("hearing loop")
    SIGN_LANGUAGE = "sign_language", _("sign language interpreter")
    ASSISTANT = "assistant", _("a companion who helps me")
    OTHER_ACCESS = "other_access", _("something else: please get in touch with me")


class Requirements(models.Model):
    """Food and access needs. They may reveal somebody's health: so no history, no free text, and a date of erasure."""

    registration = models.OneToOneField(
        "events.Registration",
        models.CASCADE,
        related_name="requirements",
        primary_key=True,
        verbose_name=_("registration"),
    )
    diet = ArrayField(models.CharField(max_length=12, choices=Diet), verbose_name=_("food"), default=list, blank=True)
    access = ArrayField(
        models.CharField(max_length=14, choices=Access), verbose_name=_("access"), default=list, blank=True
    )

    class Meta:
        verbose_name = _("needs")
        verbose_name_plural = _("needs")
        default_permissions = ("view",)

    def __str__(self):
        return ", ".join([*self.diet_texts, *self.access_texts])

    @property
    def diet_texts(self):
        return [str(Diet(value).label) for value in self.diet]

    @property
    def access_texts(self):
        return [str(Access(value).label) for value in self.access]


@recorded()
class Invitee(models.Model):
    """An address that may sign up where the audience is "invited"."""

    activity = models.ForeignKey("events.Activity", models.CASCADE, related_name="invitees")
    email = AddressField(_("e-mail"))

    class Meta:
        verbose_name = _("invited address")
        verbose_name_plural = _("invited addresses")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "email"],
                name="one_invitation_per_address_and_activity",
                violation_error_message=_("This address is already invited."),
            )
        ]

    def __str__(self):
        return self.email
