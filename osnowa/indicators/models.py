"""Indicator, Release, Value: numbers with a definition, a source, a date and a place."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from osnowa.people.models import Person
from osnowa.places.models import Territory


class Indicator(models.Model):
    """A number that is defined once and measured for many places and periods. Belongs to the whole instance."""

    class Polarity(models.TextChoices):
        HIGHER = "higher", _("more is better")
        LOWER = "lower", _("less is better")
        NEUTRAL = "neutral", _("neither is better")

    #: The kind of indicators whose values are made up.
    INVENTED = "invented"

    code = models.CharField(_("code"), max_length=120, unique=True)
    name = models.CharField(_("name"), max_length=300)
    #: {language: name}, and other texts beside it: {"definition_pl": …, "theme_sl": …}.
    names = models.JSONField(default=dict, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    unit = models.CharField(_("unit"), max_length=80, blank=True)
    polarity = models.CharField(_("polarity"), max_length=8, choices=Polarity.choices, default=Polarity.NEUTRAL)
    theme = models.CharField(_("theme"), max_length=80, blank=True)
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    breaks = models.JSONField(_("breaks in series"), default=list, blank=True)

    class Meta:
        verbose_name = _("indicator")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.names.get(_language()) or self.name or self.code

    @property
    def definition_said(self) -> str:
        """The definition in the reader's language, else as it was given."""
        return str(self.names.get(f"definition_{_language()}") or self.definition)

    @property
    def theme_said(self) -> str:
        """The theme in the reader's language, else as it was given."""
        return str(self.names.get(f"theme_{_language()}") or self.theme)

    @property
    def is_invented(self) -> bool:
        """Whether its values were made up for a demonstration."""
        return self.kind == self.INVENTED


def _language() -> str:
    return (get_language() or "en")[:2]


class Release(models.Model):
    """One import of values from one source. A later release of the same indicators revises it; nothing is lost.

    A release that was taken back keeps its values; none of them is the newest any more.
    """

    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=120, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    report = models.JSONField(default=dict)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("release")
        ordering = ["-taken_at", "-id"]

    def __str__(self) -> str:
        return self.source


class Value(models.Model):
    """What an indicator was in a place and a period, as a release said it; empty with a flag means "not available".

    `period` is ISO-like text that sorts: 2024, 2024-Q3, 2024-06, 2014_2024. `territory` is empty where our code lists do not know
    the code (an older edition of NUTS): the value is kept under its code all the same. Only the newest value of a place
    and period is `is_newest`; revised ones stay.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values_of")
    geo = models.CharField(max_length=20)
    geo_name = models.CharField(max_length=120, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, null=True, related_name="+")
    period = models.CharField(max_length=10)
    value = models.FloatField(null=True)
    flag = models.CharField(max_length=10, blank=True)
    release = models.ForeignKey(Release, models.CASCADE, related_name="values_of")
    is_newest = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "geo", "period"], condition=Q(is_newest=True), name="one_newest_value"
            ),
        ]
        indexes = [models.Index(fields=["geo", "indicator"], name="value_of_place")]

    def __str__(self) -> str:
        return f"{self.geo} {self.period} {self.value}"
