from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.forms.once import MadeOnce
from creativenorth.history import recorded
from creativenorth.text.addresses import AddressField
from creativenorth.text.constraints import is_known_language, is_not_empty


class EnquiryQuerySet(models.QuerySet):
    def to_remember(self, on=None):
        """Those whose next step is due on the day (today), the longest overdue first."""
        return self.filter(remind_on__lte=on or timezone.localdate()).order_by("remind_on", "pk")


@recorded()
class Enquiry(MadeOnce):
    """A request to join or to be contacted, a report of a barrier on the site, or somebody whom staff are in touch with."""

    class Kind(models.TextChoices):
        JOIN = "join", _("wants to join")
        CONTACT = "contact", _("question")
        BARRIER = "barrier", _("accessibility barrier")
        LEAD = "lead", _("possible member")
        FOUNDER = "founder", _("founder or student")

    class Source(models.TextChoices):
        SITE = "site", _("the site’s form")
        ACTIVITY = "activity", _("an activity")
        TIP = "tip", _("a tip")
        CALL = "call", _("they called or wrote")
        SOUGHT = "sought", _("we got in touch")
        OTHER = "other", _("in another way")

    class Stage(models.TextChoices):
        NEW = "new", _("new")
        CONTACTED = "contacted", _("contacted")
        VISITED = "visited", _("visited")
        APPLIED = "applied", _("applied")
        DECIDED = "decided", _("decided")
        JOINED = "joined", _("joined")
        DECLINED = "declined", _("declined")
        SPAM = "spam", _("spam")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.NEW)
    name = models.CharField(_("name"), max_length=150)
    email = AddressField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    company_name = models.CharField(_("company"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    message = models.TextField(_("message"), max_length=4000)
    address = models.CharField(_("page"), max_length=500, blank=True)
    language = models.CharField(_("language"), max_length=2, default="sv")
    stage_since = models.DateTimeField(_("at this stage since"), default=timezone.now, editable=False)
    source = models.CharField(_("source"), max_length=10, choices=Source, default=Source.SITE)
    responsible = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="enquiries_to_follow_up",
        verbose_name=_("responsible"),
    )
    next_step = models.CharField(_("next step"), max_length=200, blank=True)
    remind_on = models.DateField(_("remind on"), null=True, blank=True)
    resulting_company = models.ForeignKey(
        "members.Company",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="enquiries",
        verbose_name=_("the company it became"),
    )
    resulting_person = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="enquiries",
        verbose_name=_("the account it became"),
    )
    entered_by = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("entered by"),
    )
    created_at = models.DateTimeField(_("received at"), auto_now_add=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["stage", "-created_at"]),
            models.Index(fields=["-created_at"]),
            models.Index(fields=["remind_on"], condition=Q(remind_on__isnull=False), name="enquiry_reminders"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["join", "contact", "barrier", "lead", "founder"]), name="enquiry_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(source__in=["site", "activity", "tip", "call", "sought", "other"]),
                name="enquiry_source_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    stage__in=[
                        "new",
                        "contacted",
                        "visited",
                        "applied",
                        "decided",
                        "joined",
                        "declined",
                        "spam",
                    ]
                ),
                name="enquiry_stage_is_known",
            ),
            models.CheckConstraint(
                condition=Q(resulting_company=None, resulting_person=None) | Q(stage="joined"),
                name="only_who_joined_became_something",
            ),
            models.CheckConstraint(
                condition=Q(kind="barrier") | ~Q(email="") | ~Q(source="site") & ~Q(phone=""),
                name="enquiry_can_be_answered",
                violation_error_message=_("Write an address or a phone number, so that you can get in touch."),
            ),
            is_known_language("enquiry_in_a_known_language"),
            is_not_empty("message", "enquiry_says_something"),
        ]

    def __str__(self):
        return f"{self.company_name or self.name}"

    @property
    def is_over(self):
        return self.stage in (self.Stage.JOINED, self.Stage.DECLINED, self.Stage.SPAM)


# In order; DECLINED and SPAM stand beside them.
PIPELINE_STAGES = [
    Enquiry.Stage.NEW,
    Enquiry.Stage.CONTACTED,
    Enquiry.Stage.VISITED,
    Enquiry.Stage.APPLIED,
    Enquiry.Stage.DECIDED,
    Enquiry.Stage.JOINED,
]


class Median(models.Aggregate):
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = models.DurationField()


class EnquiryStepQuerySet(models.QuerySet):
    def median_stays(self):
        """{stage: median time that enquiries have stayed there}; one query."""
        stays = self.order_by().values_list("stage").annotate(stay=Median(F("left_at") - F("reached_at")))
        return dict(stays)


@recorded()
class EnquiryStep(models.Model):
    """A stage that an enquiry has left: from when until when, and who moved it on."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="steps", verbose_name=_("enquiry"))
    stage = models.CharField(_("stage"), max_length=10, choices=Enquiry.Stage)
    reached_at = models.DateTimeField(_("reached at"))
    left_at = models.DateTimeField(_("left at"))
    by = models.ForeignKey("members.User", models.SET_NULL, null=True, related_name="+", verbose_name=_("moved on by"))

    objects = EnquiryStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["reached_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(left_at__gte=F("reached_at")), name="enquiry_step_ends_after_it_starts")
        ]

    def __str__(self):
        return f"{self.get_stage_display()}"
