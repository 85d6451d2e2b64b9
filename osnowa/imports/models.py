"""Source: a list that comes again and again. Import: one file of it. Row: what one of its rows said and became."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osnowa.journal.models import Job
from osnowa.kit.sentences import tell
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.models import Organisation


class Source(models.Model):
    """A list of a region under the name its coordinator gives it, with what its columns mean: {folded heading: field}."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="sources")
    name = models.CharField(_("name of the list"), max_length=120)
    mapping = models.JSONField(default=dict)
    settings = models.JSONField(default=dict)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "name"], name="source_name_once")]

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One file, from its arrival to what became of it; its page stays for ever, the file and its rows' raw text do not."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        COLUMNS = "columns", _("columns to look at")
        CHECKING = "checking", _("being checked")
        READY = "ready", _("ready to apply")
        APPLYING = "applying", _("being applied")
        APPLIED = "applied", _("applied")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        REFUSED = "refused", _("refused")

    class Subject(models.TextChoices):
        ORGANISATIONS = "organisations", _("an organisation")
        UNITS = "units", _("a unit of an organisation")
        FIGURES = "figures", _("the figures of an organisation in a year")

    region = models.ForeignKey(Region, models.CASCADE, related_name="imports")
    source = models.ForeignKey(Source, models.PROTECT, related_name="imports")
    mends = models.ForeignKey("self", models.SET_NULL, null=True, related_name="mended_by")
    file_name = models.CharField(_("file"), max_length=200)
    stored_as = models.CharField(max_length=80, blank=True)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="imports")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.READING)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    problem = models.JSONField(default=str, blank=True)
    understood = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    sheet = models.PositiveSmallIntegerField(default=0)
    mapping = models.JSONField(default=dict)
    subject = models.CharField(_("each row is"), max_length=14, choices=Subject.choices, default=Subject.ORGANISATIONS)
    settings = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    missing = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True)
    applied_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    outcome = models.JSONField(default=dict)

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["source", "state", "-applied_at"], name="import_of_source")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.made_at:%Y-%m-%d})"

    @property
    def url(self) -> str:
        return reverse("imports:import", kwargs={"region": self.region.slug, "number": self.pk})

    @property
    def batch(self) -> str:
        """The name under which the journal keeps what this import wrote."""
        return f"import {self.pk}"

    @property
    def why_not(self) -> str:
        """Why the file was refused or the work failed, in the reader's language."""
        return tell(self.problem) if self.problem else ""

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.READING, self.State.CHECKING, self.State.APPLYING, self.State.UNDOING)


class Row(models.Model):
    """One row of an imported file: what it said, what is wrong with it, what it would change or did change.

    `key` tells rows of one list apart from file to file: the list's own number, else a hash of the row's text.
    `values` are plain values by field; `changes` {field: [before, after]}; `likely` [{"organisation" or "row", "score", "why"}];
    `marks` {field: source before the import wrote it}, with the keys of the contacts it made under "contacts".
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "unchanged", _("unchanged")
        DUPLICATE = "duplicate", _("possible duplicate")
        ERROR = "error", _("to be mended")
        SET_ASIDE = "set_aside", _("set aside")

    class Decision(models.TextChoices):
        OPEN = "", _("not decided")
        SAME = "same", _("the same organisation")
        DIFFERENT = "different", _("another organisation")
        SKIP = "skip", _("leave out")

    of = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    line = models.PositiveIntegerField()
    key = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, related_name="import_rows")
    label = models.CharField(max_length=300, blank=True)
    raw = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    likely = models.JSONField(default=list)
    marks = models.JSONField(default=dict)
    set_aside = models.CharField(max_length=10, blank=True)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision.choices, default=Decision.OPEN, blank=True)
    is_written = models.BooleanField(default=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="row_number_once")]
        indexes = [
            models.Index(fields=["of", "outcome", "number"], name="row_by_outcome"),
            models.Index(fields=["of", "key"], name="row_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.of_id}/{self.number} {self.label}"

    @property
    def told_problems(self) -> list[dict[str, Any]]:
        """The problems with their sentences in the reader's language."""
        return [{**problem, "said": tell(problem["said"])} for problem in self.problems]
