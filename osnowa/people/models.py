"""Person: somebody who can sign in. Seat: a person's mandate, given flesh in the rooms that know the place of the seat."""

import secrets
from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class People(BaseUserManager["Person"]):
    """Makes persons; e-mail addresses are kept in lower case, so one mailbox is one person."""

    def create_user(self, email: str, password: str | None = None, **facts: Any) -> "Person":
        person = self.model(email=email.strip().lower(), **facts)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody with an e-mail address who can sign in. What she may do follows from her seats alone."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.name or self.email


class Seat(models.Model):
    """A mandate: who acts for a region or an organisation, as what, on what basis, from when until when.

    Rooms above add the place of the seat (`places.RegionSeat`, `register.OrganisationSeat`).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="%(class)ss")
    basis = models.CharField(_("basis of the mandate"), max_length=20, default="appointment")
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"))
    reminded_on = models.DateField(null=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="%(app_label)s_%(class)s_ends_after_it_begins"
            )
        ]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day <= self.valid_to


def _token() -> str:
    return secrets.token_urlsafe(24)


def _in_two_weeks() -> Any:
    return timezone.now() + timedelta(days=14)


class Invitation(models.Model):
    """A link by e-mail that lets a person set her password; her seats are made with it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    token = models.CharField(max_length=40, unique=True, default=_token)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_in_two_weeks)
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"invitation {self.pk}"
