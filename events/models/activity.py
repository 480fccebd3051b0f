from functools import partial

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from creativenorth.drawing.cards import path_of
from creativenorth.drawing.municipalities import BY_CODE, CHOICES, codes_named
from creativenorth.files.visibility import file_rule
from creativenorth.history import recorded, recorded_links
from creativenorth.publishing import public_data
from creativenorth.publishing.publishable import Publishable, PublishableQuerySet
from creativenorth.search import ask, every_word
from creativenorth.search.models import label_source, searched
from creativenorth.search.rows import of_values, words_index
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_known, is_not_empty
from creativenorth.text.slugs import PageSlugField
from creativenorth.text.swedish import folded_field, labels_of, values_named
from events.models.facts import PageFacts
from events.models.signup import SignUpRules
from members.models.affiliation import TargetGroup


class Kind(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    SEMINAR = "seminar", _("seminar")
    ADVICE = "advice", _("advice")
    STUDY_VISIT = "study_visit", _("study visit")
    EVENT = "event", pgettext_lazy("kind of activity", "event")
    MEETING = "meeting", _("meeting")


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("on site")
    ONLINE = "online", _("online")
    HYBRID = "hybrid", _("on site and online")


class Language(models.TextChoices):
    SWEDISH = "sv", _("in Swedish")
    ENGLISH = "en", _("in English")
    BOTH = "both", _("in Swedish and English")


class ActivityQuerySet(PublishableQuerySet):
    def with_dates(self):
        """Annotates each with `first_at` and `last_at`: when its first session begins, and when its last one ends."""
        return self.annotate(first_at=Min("sessions__starts_at"), last_at=Max("sessions__ends_at"))

    def search(self, text):
        """Each word must be in the texts or the venue, or name the municipality, the kind or a target group."""
        return every_word(self, ask(text), _searched)


label_source(partial(labels_of, Kind, TargetGroup))
label_source(lambda: [name for _code, name in CHOICES])


def _searched(word):
    groups = word.named(partial(values_named, TargetGroup))
    return [
        word.in_column("folded"),
        of_values("municipality", word.named(codes_named)),
        of_values("kind", word.named(partial(values_named, Kind))),
        Q(target_groups__overlap=groups) if groups else None,
    ]


@searched("folded")
@public_data()
@recorded("folded", "own_fields")
class Activity(Publishable, SignUpRules, PageFacts):
    """What people sign up to: a draft until it is published. A cancelled one stays public, so that nobody comes in vain."""

    title_sv = models.CharField(_("title in Swedish"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    title = Bilingual()
    slug = PageSlugField(_("address"), max_length=140, unique=True)
    summary_sv = models.CharField(_("summary in Swedish"), max_length=240)
    summary_en = models.CharField(_("summary in English"), max_length=240, blank=True)
    summary = Bilingual()
    description_sv = models.TextField(_("description in Swedish"), blank=True, help_text=_("Markdown."))
    description_en = models.TextField(_("description in English"), blank=True, help_text=_("Markdown."))
    description = Bilingual()
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.WORKSHOP)
    target_groups = ArrayField(
        models.CharField(max_length=16, choices=TargetGroup),
        verbose_name=_("for whom"),
        default=list,
        blank=True,
        help_text=_("Nobody chosen: for everyone."),
    )
    language = models.CharField(_("language"), max_length=4, choices=Language, default=Language.SWEDISH)
    mode = models.CharField(_("where"), max_length=8, choices=Mode, default=Mode.ON_SITE)
    municipality = models.CharField(_("municipality"), max_length=4, choices=CHOICES, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    street = models.CharField(_("street address"), max_length=120, blank=True)
    online_url = models.URLField(_("link to the online meeting"), blank=True, help_text=_("Never shown in public."))
    access_sv = models.TextField(_("accessibility of the place, in Swedish"), max_length=600, blank=True)
    access_en = models.TextField(_("accessibility of the place, in English"), max_length=600, blank=True)
    access = Bilingual()
    hosts = models.ManyToManyField(
        "members.User",
        related_name="hosted_activities",
        blank=True,
        verbose_name=_("hosts"),
        limit_choices_to={"is_staff": True, "is_active": True},
        help_text=_("They see who comes, and tick off who is there."),
    )
    is_demo = models.BooleanField(_("demo data"), default=False, editable=False)
    series = models.ForeignKey(
        "events.Series",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="activities",
        verbose_name=_("series"),
    )
    series_on = models.DateField(_("date in the series"), null=True, blank=True, editable=False)
    own_fields = ArrayField(
        models.CharField(max_length=40),
        verbose_name=_("changed on its own in the series"),
        default=list,
        blank=True,
        editable=False,
    )
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, blank=True, editable=False)
    cancelled_by = models.ForeignKey(
        "members.User",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("cancelled by"),
    )
    cancel_reason_sv = models.CharField(
        _("why it is cancelled, in Swedish"), max_length=240, blank=True, editable=False
    )
    cancel_reason_en = models.CharField(
        _("why it is cancelled, in English"), max_length=240, blank=True, editable=False
    )
    cancel_reason = Bilingual()
    folded = folded_field(
        "title_sv", "title_en", "summary_sv", "summary_en", "description_sv", "description_en", "place"
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-pk"]
        indexes = [words_index("folded", "activity_words")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | Q(published_at__isnull=False),
                name="only_a_published_activity_is_cancelled",
            ),
            *SignUpRules.constraints,
            *PageFacts.constraints,
            models.CheckConstraint(
                condition=Q(target_groups__contained_by=TargetGroup.values), name="activity_for_known_groups"
            ),
            models.CheckConstraint(
                condition=Q(municipality="") | Q(municipality__in=list(BY_CODE)),
                name="activity_in_a_known_municipality",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None) | ~Q(cancel_reason_sv=""), name="activity_is_cancelled_with_a_reason"
            ),
            is_known("kind", Kind, "activity_of_a_known_kind"),
            is_known("mode", Mode, "activity_in_a_known_way"),
            is_known("language", Language, "activity_in_a_known_language"),
            is_not_empty("title_sv", "activity_has_a_title"),
            is_not_empty("slug", "activity_has_an_address"),
            models.CheckConstraint(
                condition=Q(series=None, series_on=None, own_fields=[])
                | Q(series__isnull=False, series_on__isnull=False),
                name="activity_of_a_series_has_its_date",
            ),
            models.UniqueConstraint(fields=["series", "series_on"], name="one_activity_a_day_in_a_series"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="seats_suffice",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("capacity", "online_capacity", "mode"),
                declare=[("taken", "integer"), ("taken_online", "integer")],
                func="""
                    SELECT count(*) FILTER (WHERE r.mode = 'on_site'), count(*) FILTER (WHERE r.mode = 'online')
                        INTO taken, taken_online FROM events_registration r
                        WHERE r.activity_id = NEW.id AND r.state IN ('confirmed', 'offered');
                    IF taken > (CASE WHEN NEW.mode = 'online' THEN 0 ELSE NEW.capacity END)
                        OR taken_online > (CASE WHEN NEW.mode = 'on_site' THEN 0 ELSE NEW.online_capacity END) THEN
                        RAISE EXCEPTION 'fewer seats than are taken: % on site, % online', taken, taken_online
                            USING ERRCODE = 'check_violation', CONSTRAINT = 'seats_suffice_for_those_taken';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return path_of("events:activity", self.slug)

    url = property(get_absolute_url)

    @property
    def is_cancelled(self):
        return self.cancelled_at is not None

    @property
    def is_over(self):
        """Whether every session has been; not where none is set yet."""
        last = self.sessions.aggregate(ends_at=Max("ends_at"))["ends_at"]
        return last is not None and last <= timezone.now()

    @property
    def kind_text(self):
        return Kind(self.kind).label

    @property
    def language_text(self):
        return Language(self.language).label

    @property
    def municipality_name(self):
        return BY_CODE[self.municipality].name if self.municipality else ""

    @property
    def place_text(self):
        """Venue and municipality, or that it is online."""
        where = ", ".join(part for part in (self.place, self.municipality_name) if part)
        if self.mode == Mode.ON_SITE:
            return where
        return " · ".join(part for part in (where, str(_("online"))) if part)

    @property
    def target_group_texts(self):
        return [TargetGroup(value).label for value in self.target_groups]


@file_rule("activities")
def is_of_activity(name, user):
    return Activity.objects.visible_to(user).filter(picture=name).exists()


@recorded_links
class ActivityHost(Activity.hosts.through):
    class Meta:
        proxy = True
        default_permissions = ()
