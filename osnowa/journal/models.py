"""Entry: a deed done. Version: words that people write. Job: work under way."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from osnowa.journal import beats


class Entry(models.Model):
    """Who did what to which thing, when, with the fields it changed before and after. Written once, never changed.

    `batch` names the larger deed an entry is part of ("import 12"), so that it can be taken back as one.
    """

    at = models.DateTimeField(default=timezone.now, db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    via = models.CharField(max_length=20, default="web")
    deed = models.CharField(max_length=60)
    place = models.CharField(max_length=60, blank=True)
    thing_type = models.CharField(max_length=60)
    thing_id = models.CharField(max_length=40)
    thing_label = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict)
    reason = models.TextField(blank=True)
    batch = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["thing_type", "thing_id", "-id"], name="entry_of_thing"),
            models.Index(fields=["place", "-id"], name="entry_of_place"),
            models.Index(fields=["batch"], condition=~models.Q(batch=""), name="entry_of_batch"),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed} {self.thing_label}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not kwargs.get("force_insert"):
            raise TypeError("an entry of the journal is written once")
        super().save(*args, **kwargs)


class Versions(models.QuerySet[Any]):
    """Versions are only added."""

    def update(self, **words: Any) -> int:
        raise TypeError("a version is written once")


class Version(models.Model):
    """Words that people write, number by number; a version is written once and the newest one stands. Rooms say of what it is one."""

    number = models.PositiveSmallIntegerField()
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = Versions.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("a version is written once")
        super().save(*args, **kwargs)


class Job(models.Model):
    """A long piece of background work: how far it is, whether it still breathes, what came of it."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    place = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    words = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    result = models.JSONField(default=dict)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-queued_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @cached_property
    def far(self) -> tuple[int, int | None]:
        """(done, total) as last heard, also from inside a transaction of the worker."""
        heard = beats.latest(self.pk) if self.state == self.State.RUNNING else None
        return heard[:2] if heard else (self.done, self.total)

    @property
    def percent(self) -> int | None:
        """Whole percent done; None while the total is not known."""
        done, total = self.far
        return None if not total else min(100, done * 100 // total)
