"""What staff publish: now, or at a time ahead, when it appears by itself (creativenorth.publishing.schedule)."""

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativenorth import dates
from creativenorth.prepared import Now


class PublishState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    SCHEDULED = "scheduled", gettext_lazy("Waits for its time")
    PUBLISHED = "published", gettext_lazy("Published")


class PublishableQuerySet(models.QuerySet):
    def public(self):
        return self.in_state(PublishState.PUBLISHED)

    def visible_to(self, user):
        """Published ones; for staff also drafts and scheduled ones."""
        return self if user.is_authenticated and user.is_staff else self.public()

    def in_state(self, state):
        conditions = {
            PublishState.DRAFT: Q(published_at=None),
            PublishState.SCHEDULED: Q(published_at__gt=Now()),
            PublishState.PUBLISHED: Q(published_at__lte=Now()),
        }
        return self.filter(conditions[state])


class Publishable(models.Model):
    """A draft has no time, a scheduled one a time ahead; both are seen by staff alone."""

    published_at = models.DateTimeField(
        gettext_lazy("shown from"),
        null=True,
        blank=True,
        help_text=gettext_lazy("Swedish time. Empty: a draft. A time ahead: it appears by itself, to the minute."),
    )

    class Meta:
        abstract = True

    @property
    def publish_state(self):
        if self.published_at is None:
            return PublishState.DRAFT
        return PublishState.PUBLISHED if self.published_at <= timezone.now() else PublishState.SCHEDULED

    @property
    def is_draft(self):
        return self.publish_state == PublishState.DRAFT

    @property
    def is_scheduled(self):
        return self.publish_state == PublishState.SCHEDULED

    @property
    def is_public(self):
        return self.publish_state == PublishState.PUBLISHED

    @property
    def unpublished_text(self):
        """The state in a word, for a tag; empty where everybody sees it."""
        return "" if self.is_public else self.publish_state.label

    @property
    def state_text(self):
        """ "Utkast", "Publicerad", "Publiceras tis 1 december kl. 08.00, v. 49"."""
        at = self.published_at
        if not self.is_scheduled:
            return str(self.publish_state.label)
        words = {"day": dates.date_text(at), "clock": dates.clock_text(at), "week": dates.week_text(at)}
        return _("Public from %(day)s at %(clock)s, %(week)s") % words


def publishable_models():
    """Every model of the portal that is `Publishable`."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]
