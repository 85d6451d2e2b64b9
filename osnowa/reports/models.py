"""Report: a document of the region, its sections written by people, its facts live, its editions frozen."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from osnowa.clusters.models import Cluster
from osnowa.journal.models import Version
from osnowa.meetings.models import Meeting
from osnowa.people.models import Person
from osnowa.places.models import Region


class Report(models.Model):
    """A document being written: diagnosis of the region, concept of a cluster, pack of a meeting.

    Its kind (`reports.queries.kinds`) says which sections it has and which facts each shows.
    """

    class State(models.TextChoices):
        WRITING = "writing", pgettext_lazy("a document", "being written")
        PUBLISHED = "published", pgettext_lazy("a document", "published")
        SHELVED = "shelved", pgettext_lazy("a document", "put aside")

    region = models.ForeignKey(Region, models.PROTECT, related_name="reports")
    kind = models.CharField(_("kind"), max_length=20)
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=200)
    titles = models.JSONField(default=dict)  # {language: title} beside the title's own
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("cluster"))
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="reports", verbose_name=_("meeting"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WRITING)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_invented = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("document")
        ordering = ["-made_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["region", "slug"], name="report_address_once")]

    def __str__(self) -> str:
        return self.title


class Section(Version):
    """A version of what people wrote in one section, in one language."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("section")
        ordering = ["key", "language", "number"]
        constraints = [models.UniqueConstraint(fields=["report", "key", "language", "number"], name="versions_of_a_section_are_numbered")]

    def __str__(self) -> str:
        return f"{self.key} {self.number}"


class Edition(models.Model):
    """A report as it was frozen: its document in every language of the house, tables and pictures in it, sources and hash."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField()  # {language: document of kit.letterpress}
    #: The hash of the snapshot of the register the figures are of, and its day.
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    snapshot_on = models.DateField(null=True)
    sources = models.JSONField(default=list)  # [{"title", "on", "link"}]
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField(_("public"), default=False)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("edition")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="editions_of_a_report_are_numbered")]

    def __str__(self) -> str:
        return f"{self.report} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and set(kwargs.get("update_fields") or ()) != {"is_public"}:
            raise TypeError("an edition is written once; only whether it is public may change")
        super().save(*args, **kwargs)
