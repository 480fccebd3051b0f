"""The sign-up rules of an activity: who, when, how many, and who gets a seat that becomes free."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    PUBLIC = "public", _("everyone, guests too")
    MEMBERS = "members", _("people of member companies")
    TARGET_GROUP = "target_group", _("the chosen target groups in member companies")
    MEMBERS_INVITED = "members_invited", _("people of member companies, and those on the list of invited addresses")
    INVITED = "invited", _("those on the list of invited addresses")
    NOBODY = "nobody", _("nobody: there is no sign-up here")


class Policy(models.TextChoices):
    """Who of those waiting is offered the next free seat."""

    FIRST_COME = "first_come", _("whoever has waited longest")
    NEW_COMPANIES = "new_companies", _("companies without a seat first")
    TARGET_GROUP = "target_group", _("the activity's target groups first")


FEW_SEATS = 5  # from so many on, pages say how many are left


class SignUpRules(models.Model):
    """The sign-up columns of an activity."""

    audience = models.CharField(_("who may sign up"), max_length=16, choices=Audience, default=Audience.PUBLIC)
    capacity = models.PositiveIntegerField(_("seats on site"), null=True, blank=True, help_text=_("Empty: no limit."))
    online_capacity = models.PositiveIntegerField(
        _("seats online"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    signup_opens_at = models.DateTimeField(_("sign-up opens"), null=True, blank=True, help_text=_("Empty: at once."))
    signup_closes_at = models.DateTimeField(
        _("sign-up closes"), null=True, blank=True, help_text=_("Empty: when the activity begins.")
    )
    policy = models.CharField(
        _("who gets a seat that becomes free"), max_length=13, choices=Policy, default=Policy.FIRST_COME
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to answer an offer"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
        help_text=_("How long a free seat is held for the next in line. Near the start the time is shorter."),
    )
    cutoff_hours = models.PositiveSmallIntegerField(
        _("no offers in the last hours"),
        default=2,
        validators=[MaxValueValidator(24 * 14)],
        help_text=_("Nobody is offered a seat later than this many hours before the activity begins."),
    )
    company_limit = models.PositiveSmallIntegerField(
        _("most seats for one company"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    largest_party = models.PositiveSmallIntegerField(
        _("most people in one sign-up"), default=4, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    needs_approval = models.BooleanField(
        _("you approve each sign-up"), default=False, help_text=_("Nobody has a seat before you have said yes.")
    )
    asks_diet = models.BooleanField(_("ask about food"), default=False)
    asks_access = models.BooleanField(_("ask about access needs"), default=False)
    asks_organisation_number = models.BooleanField(
        _("ask guests for their organisation number"),
        default=False,
        help_text=_("Where a project must count the companies."),
    )
    requirements_kept_days = models.PositiveSmallIntegerField(
        _("days that food and access needs are kept"),
        default=14,
        validators=[MaxValueValidator(60)],
        help_text=_("Counted from the last session; then they are erased."),
    )
    details_hours = models.PositiveSmallIntegerField(
        _("hours before the start that you need them"),
        default=48,
        null=True,
        blank=True,
        validators=[MaxValueValidator(24 * 30)],
        help_text=_("Until then people change what they have answered, and their needs. Empty: until it begins."),
    )
    remind_hours = models.PositiveSmallIntegerField(
        _("hours before the start that we remind"),
        default=24,
        validators=[MaxValueValidator(24 * 14)],
        help_text=_("A mail to those who have a seat, and to nobody else. 0: none."),
    )

    class Meta:
        abstract = True

    constraints = [
        models.CheckConstraint(
            condition=(Q(capacity=None) | Q(capacity__gt=0)) & (Q(online_capacity=None) | Q(online_capacity__gt=0)),
            name="activity_has_a_seat",
        ),
        models.CheckConstraint(
            condition=Q(signup_opens_at=None) | Q(signup_closes_at=None) | Q(signup_closes_at__gt=F("signup_opens_at")),
            name="signup_closes_after_it_opens",
            violation_error_message=_("Sign-up must close after it opens."),
        ),
        models.CheckConstraint(
            condition=Q(company_limit=None) | Q(company_limit__gt=0), name="company_limit_leaves_a_seat"
        ),
        models.CheckConstraint(
            condition=Q(offer_hours__gt=0, largest_party__gt=0), name="offer_and_party_are_something"
        ),
    ]

    def seats(self, mode):
        """How many seats there are of that mode: None without a limit, 0 where the activity does not have that mode."""
        if self.mode not in (mode, "hybrid"):
            return 0
        return self.capacity if mode == "on_site" else self.online_capacity

    @property
    def modes(self):
        return ["on_site", "online"] if self.mode == "hybrid" else [self.mode]

    def few_left(self, taken):
        """How many seats are left when so many are taken; None without a limit, and while there are more than a few."""
        seats = [self.seats(mode) for mode in self.modes]
        left = None if None in seats else max(0, sum(seats) - taken)
        return left if left is not None and left <= FEW_SEATS else None

    @property
    def takes_guests(self):
        """Whether some people without an account may sign up."""
        return self.audience in (Audience.PUBLIC, Audience.INVITED, Audience.MEMBERS_INVITED)

    @property
    def asks_who_is_invited(self):
        """Whether guests must be on the list, of which no answer may tell who is on it."""
        return self.audience in (Audience.INVITED, Audience.MEMBERS_INVITED)

    @property
    def audience_text(self):
        """Who may sign up, where not everybody may; empty where the target groups say it or nobody signs up here."""
        return {
            Audience.MEMBERS: _("Only people of member companies"),
            Audience.TARGET_GROUP: _("Only people of member companies"),
            Audience.MEMBERS_INVITED: _("People of member companies, and those who are invited"),
            Audience.INVITED: _("Only those who are invited"),
        }.get(self.audience, "")

    @property
    def seats_text(self):
        """ "20", or "20 on site, 50 online"; empty where there is no limit."""
        numbers = {mode: self.seats(mode) for mode in self.modes}
        if len(numbers) == 1 or None in numbers.values():
            return str(next((number for number in numbers.values() if number), ""))
        return _("%(site)d on site, %(online)d online") % {"site": numbers["on_site"], "online": numbers["online"]}
