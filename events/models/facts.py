"""What an activity's page shows beside its texts: its picture, what it costs, and where it lies when no municipality says it."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from creativenorth.drawing.bearings import NORTH, direction_of, direction_to
from creativenorth.files.images import Crop, Picture
from creativenorth.text.bilingual import Bilingual
from creativenorth.text.constraints import is_known

UNDESCRIBED = _("Describe the picture for those who do not see it.")
HALF_A_PLACE = _("Give both latitude and longitude, or neither.")


class PageFacts(models.Model):
    """Columns of an activity."""

    picture = Picture(_("picture"), upload_to="activities/", blank=True)
    picture_alt_sv = models.CharField(_("what the picture shows, in Swedish"), max_length=200, blank=True)
    picture_alt_en = models.CharField(_("what the picture shows, in English"), max_length=200, blank=True)
    picture_alt = Bilingual()
    picture_crop = models.CharField(
        _("part of the picture that always shows"), max_length=12, choices=Crop, default=Crop.CENTRE
    )
    photographer = models.CharField(_("photographer"), max_length=80, blank=True)
    fee_sek = models.PositiveIntegerField(
        _("price for each person, in kronor"),
        null=True,
        blank=True,
        help_text=_("0: free of charge. Empty: the page says nothing of a price."),
    )
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("For a place outside the municipalities that can be chosen: the needle then points there."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )

    class Meta:
        abstract = True

    constraints = [
        models.CheckConstraint(
            condition=Q(picture="") | ~Q(picture_alt_sv=""),
            name="activity_picture_is_described",
            violation_error_message=UNDESCRIBED,
        ),
        is_known("picture_crop", Crop, "activity_picture_is_cut_somewhere"),
        models.CheckConstraint(
            condition=Q(latitude=None, longitude=None)
            | Q(
                latitude__range=(-90, 90), longitude__range=(-180, 180), latitude__isnull=False, longitude__isnull=False
            ),
            name="activity_has_a_whole_place",
            violation_error_message=HALF_A_PLACE,
        ),
    ]

    def clean(self):
        """The same as the constraints, with the error beside its field."""
        super().clean()
        if self.picture and not self.picture_alt_sv:
            raise ValidationError({"picture_alt_sv": UNDESCRIBED})
        if (self.latitude is None) != (self.longitude is None):
            raise ValidationError({"latitude" if self.latitude is None else "longitude": HALF_A_PLACE})

    @property
    def fee_text(self):
        if self.fee_sek is None:
            return ""
        return _("%(number)d kronor") % {"number": self.fee_sek} if self.fee_sek else _("Free of charge")

    @property
    def direction(self):
        """Where the needle points: north for what has no place or is held online alone."""
        if self.mode == "online":
            return NORTH
        if self.latitude is not None and self.longitude is not None:
            return direction_to(self.municipality_name or self.place, float(self.latitude), float(self.longitude))
        return direction_of(self.municipality)
