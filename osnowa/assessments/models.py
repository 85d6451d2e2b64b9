"""Instrument, Round, Respondent, Answer: what is asked, when it is asked, who answers, what they said; and what was agreed."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from osnowa.meetings.models import Block, Voice
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.models import Organisation


def _token() -> str:
    return secrets.token_urlsafe(18)


class Instrument(models.Model):
    """One version of a questionnaire: dimensions, statements, levels, scale, all in several languages.

    What it asks stands in `definition` (`assessments.queries.instruments.Definition`). A version that was used in a round is
    never changed: editing it makes the next version.
    """

    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="instruments")
    code = models.SlugField(max_length=40)
    version = models.CharField(max_length=12)
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_draft = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("instrument")
        ordering = ["code", "-made_at"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code", "version"], name="instrument_version_once"),
            models.UniqueConstraint(fields=["code", "version"], condition=Q(region__isnull=True), name="shared_instrument_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"


class Round(models.Model):
    """An instrument asked of many at one time: in a block of a meeting, or by a link until a day."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a round", "to come")
        OPEN = "open", pgettext_lazy("a round", "open")
        CLOSED = "closed", pgettext_lazy("a round", "closed")

    region = models.ForeignKey(Region, models.PROTECT, related_name="rounds")
    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="rounds")
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=160)
    #: What is assessed, where that is not the region: a cluster to be, a territory.
    subject = models.CharField(_("what is assessed"), max_length=160, blank=True)
    block = models.OneToOneField(Block, models.SET_NULL, null=True, blank=True, related_name="round", verbose_name=_("block of a meeting"))
    before = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="after", verbose_name=_("round before"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    opens_on = models.DateField(_("from"), null=True, blank=True)
    closes_on = models.DateField(_("until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    #: {sector: how many are asked}, for the rate of answers.
    asked = models.JSONField(_("asked, by sector"), default=dict)
    is_shown_live = models.BooleanField(_("show results while answers come in"), default=True)
    is_public = models.BooleanField(_("results are public"), default=False)
    token = models.CharField(max_length=32, unique=True, default=_token, editable=False)
    #: What the view is drawn from while answers come in: {item: {respondent: [turn, value, importance, target]}}, moved by whole
    #: batches (`compute.spider.next_view`), so that nobody can be told by looking twice.
    shown = models.JSONField(default=dict)
    is_invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("round")
        ordering = ["-opens_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["region", "slug"], name="round_address_once")]

    def __str__(self) -> str:
        return self.title


class Respondent(models.Model):
    """One who answers in a round: a voice of a meeting, the holder of a link, or a sheet of paper. Belongs to a sector."""

    class Via(models.TextChoices):
        PHONE = "phone", _("phone")
        LINK = "link", _("link")
        PAPER = "paper", _("paper")

    round = models.ForeignKey(Round, models.CASCADE, related_name="respondents")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=32, unique=True, default=_token, editable=False)
    voice = models.ForeignKey(Voice, models.SET_NULL, null=True, related_name="+")
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation"))
    via = models.CharField(max_length=6, choices=Via.choices, default=Via.PHONE)
    language = models.CharField(max_length=2, default="en")
    entered_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("respondent")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="respondents_are_numbered"),
            models.UniqueConstraint(fields=["round", "voice"], condition=Q(voice__isnull=False), name="a_voice_answers_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Answer(models.Model):
    """What a respondent said to one item: a value, importance and target where they are asked, or words.

    `value` empty means "no answer", which leaves the average. The phone's newest `turn` wins.
    """

    respondent = models.ForeignKey(Respondent, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=40)
    value = models.SmallIntegerField(null=True)
    importance = models.PositiveSmallIntegerField(null=True)
    target = models.PositiveSmallIntegerField(null=True)
    words = models.JSONField(null=True)  # text, or a list of codes
    turn = models.PositiveIntegerField(default=0)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["respondent", "item"], name="one_answer_an_item")]

    def __str__(self) -> str:
        return f"{self.item} {self.value}"


class Agreed(models.Model):
    """What the room agreed on for a dimension, noted by the facilitator apart from what the survey says."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="agreements")
    dimension = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField(_("level agreed"), null=True, blank=True)
    target = models.PositiveSmallIntegerField(_("target"), null=True, blank=True)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)
    importance = models.PositiveSmallIntegerField(_("importance"), null=True, blank=True)
    reason = models.TextField(_("why"), blank=True)
    evidence = models.JSONField(_("evidence"), default=list, blank=True)  # [{"title": …, "link": …}]
    noted_at = models.DateTimeField(default=timezone.now)
    noted_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("agreed value")
        ordering = ["dimension"]
        constraints = [models.UniqueConstraint(fields=["round", "dimension"], name="one_agreed_value_a_dimension")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.level}"
