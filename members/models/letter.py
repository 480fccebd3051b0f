from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.drawing.municipalities import CHOICES
from creativenorth.history import recorded
from creativenorth.mail.models import Mail
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.plain_names import first_name
from members.models.affiliation import Affiliation, Role, TargetGroup
from members.models.company import Company
from members.recipient_lists import Recipient, list_with_key, recipient_lists


class MemberRecipients(models.TextChoices):
    """Recipient lists of this app: people of the companies that are members on the day the letter is sent."""

    EVERYBODY = "everybody", _("everybody in the member companies")
    OWNERS = "owners", _("owners of the member companies")
    OWNERS_AND_EDITORS = "owners_and_editors", _("owners and editors")
    MANAGERS = "managers", _("managers")
    PROJECT_LEADERS = "project_leaders", _("project leaders")
    CREATORS = "creators", _("creators")


_FILTERS = {
    MemberRecipients.EVERYBODY: Q(),
    MemberRecipients.OWNERS: Q(role=Role.OWNER),
    MemberRecipients.OWNERS_AND_EDITORS: Q(role__in=[Role.OWNER, Role.EDITOR]),
    MemberRecipients.MANAGERS: Q(target_group=TargetGroup.MANAGER),
    MemberRecipients.PROJECT_LEADERS: Q(target_group=TargetGroup.PROJECT_LEADER),
    MemberRecipients.CREATORS: Q(target_group=TargetGroup.CREATOR),
}


NOTIFICATION_KIND = "letter"  # the kind that people may switch off (members.hooks.notifications)


def recipient_choices():
    return [*MemberRecipients.choices, *((each.key, each.label) for each in recipient_lists)]


class LetterQuerySet(models.QuerySet):
    def due(self):
        return self.filter(send_at__lte=timezone.now(), sent_at=None)


@recorded()
class Letter(models.Model):
    """A mail from staff to many: a draft until `send_at` is set, unchanged once sent."""

    recipients = models.CharField(_("to"), max_length=30, choices=recipient_choices, default=MemberRecipients.EVERYBODY)
    of_object = models.PositiveBigIntegerField(
        _("of which"), null=True, blank=True, help_text=_("For example the activity whose participants get the letter.")
    )
    chosen = ArrayField(models.PositiveBigIntegerField(), verbose_name=_("the ticked ones"), default=list, blank=True)
    company = models.ForeignKey(
        "members.Company",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("of one company"),
        help_text=_("Narrows a list of the member companies. Empty: all of them."),
    )
    sector = models.ForeignKey(
        "members.Sector", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("of one sector")
    )
    municipality = models.CharField(_("of one town"), max_length=4, choices=CHOICES, blank=True)
    subject_sv = models.CharField(_("subject in Swedish"), max_length=150)
    subject_en = models.CharField(_("subject in English"), max_length=150, blank=True)
    subject = Bilingual()
    text_sv = models.TextField(_("text in Swedish"), max_length=6000, help_text=_("Markdown."))
    text_en = models.TextField(_("text in English"), max_length=6000, blank=True)
    text = Bilingual()
    written_by = models.ForeignKey(
        "members.User", models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("written by")
    )
    created_at = models.DateTimeField(_("written at"), auto_now_add=True)
    send_at = models.DateTimeField(_("leaves at"), null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(_("left at"), null=True, blank=True, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["send_at"], condition=Q(sent_at=None), name="letters_to_send")]
        constraints = [
            models.CheckConstraint(
                condition=Q(recipients__in=MemberRecipients.values, of_object=None)
                | (~Q(recipients__in=MemberRecipients.values) & Q(of_object__isnull=False)),
                name="letter_has_recipients",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(send_at__isnull=False), name="letter_left_when_it_should"
            ),
        ]

    def __str__(self):
        return self.subject

    @property
    def cause_prefix(self):
        return f"letter:{self.pk}:"

    @property
    def mails(self):
        return Mail.objects.filter(cause__startswith=self.cause_prefix)

    def deliveries(self):
        """[(state in words, number of its mails)]; empty before it is sent."""
        if not self.sent_at:
            return []
        counts = dict(self.mails.order_by().values_list("state").annotate(models.Count("pk")))
        return [(state.label, counts[state]) for state in Mail.State if state in counts]

    def find_recipients(self):
        """Who would get it today, each person once."""
        if recipient_list := list_with_key(self.recipients):
            return recipient_list.recipients_of(self.of_object, self.chosen)
        return (
            [_recipient(affiliation) for affiliation in self._affiliations()]
            if self.recipients in MemberRecipients
            else []
        )

    def _affiliations(self):
        """One for each person, the earliest, whose company the letter names; without people who have switched letters off."""
        affiliations = (
            Affiliation.objects.current()
            .exclude(user__notifications_off__kind=NOTIFICATION_KIND)
            .filter(_FILTERS[self.recipients], user__is_active=True, company__in=self._companies().values("pk"))
        )
        return (
            affiliations.order_by("user_id", "started_on", "pk").distinct("user_id").select_related("user", "company")
        )

    def _companies(self):
        """The member companies, or those that the letter is narrowed to, by what their public profile says."""
        found = Company.objects.members()
        if self.company_id:
            found = found.filter(pk=self.company_id)
        if self.sector_id:
            found = found.filter(public_version__sectors=self.sector_id)
        return found.filter(public_version__municipality=self.municipality) if self.municipality else found

    def placeholder_values(self, recipient):
        sender = self.written_by.name if self.written_by else ""
        return {
            "name": recipient.name,
            "first_name": first_name(recipient.name),
            "company": recipient.company,
            "sender": sender,
        }


def _recipient(affiliation):
    user = affiliation.user
    return Recipient(str(user.pk), user.email, user.name, affiliation.company.name, user.language, user)
