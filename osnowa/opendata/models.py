"""ApiKey: who may write through the interface. Followed: another instance whose public records are taken over."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osnowa.people.models import Person
from osnowa.places.models import Region


class ApiKey(models.Model):
    """A key with which a person's program writes in her name; only its hash is kept, its first letters tell it apart."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="api_keys")
    name = models.CharField(_("name"), max_length=80)
    begins = models.CharField(max_length=12)
    hashed = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField(_("valid until"))
    last_used_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    #: What a person calls her key is hers: the journal keeps its number.
    journal_label = ""

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins}…)"


class Followed(models.Model):
    """A region of another instance whose public records a region here takes over, with where they come from."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="followed")
    address = models.URLField(_("address"), max_length=500)
    title = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(default=timezone.now)
    looked_at = models.DateTimeField(null=True)
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)

    class Meta:
        ordering = ["region", "address"]
        constraints = [
            models.UniqueConstraint(fields=["region", "address"], condition=Q(ended_at=None), name="followed_once"),
        ]

    def __str__(self) -> str:
        return self.title or self.address
