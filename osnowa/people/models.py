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
    name = models.CharField(_("name and surname"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    joined_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[People] = People()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    #: The journal keeps the number of a person, never her name or address.
    journal_label = ""

    def __str__(self) -> str:
        return str(_("erased account")) if self.erased_at else self.name or self.email

    @property
    def has_accepted(self) -> bool:
        """Whether she has accepted her invitation, that is, has a password."""
        return self.has_usable_password()


class Seat(models.Model):
    """A mandate: who acts for a region or an organisation, as what, on what basis, from when until when.

    Rooms above add the place of the seat (`places.RegionSeat`, `register.OrganisationSeat`).
    """

    class Basis(models.TextChoices):
        REGISTER = "register", _("entry in the court register")
        POWER_OF_ATTORNEY = "power_of_attorney", _("power of attorney")
        RESOLUTION = "resolution", _("resolution")
        APPOINTMENT = "appointment", _("appointment")
        EMPLOYMENT = "employment", _("employment contract")
        DELEGATED = "delegated", _("delegated authority")
        INVITATION = "invitation", _("invitation")

    class State(models.TextChoices):
        COMING = "coming", _("not begun")
        HOLDING = "holding", _("holds")
        ENDING = "ending", _("ends soon")
        ENDED = "ended", _("ended")

    #: A seat that ends within this time is shown as ending, and its holder is reminded (V19).
    ENDS_SOON = timedelta(days=30)
    #: Nobody is given a seat for longer; it can be prolonged.
    LONGEST = timedelta(days=5 * 366)

    person = models.ForeignKey(Person, models.CASCADE, related_name="%(class)ss")
    basis = models.CharField(_("basis of the mandate"), max_length=20, choices=Basis.choices, default=Basis.APPOINTMENT)
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
        return not self.ended_reason and self.valid_from <= day <= self.valid_to

    @property
    def place_url(self) -> str:
        """The page of what the seat is in, where that can be opened through it; the rooms above know the page."""
        return self._place_page() if self.holds_on(timezone.localdate()) else ""

    def _place_page(self) -> str:
        raise NotImplementedError

    @property
    def longer(self) -> date:
        """The end proposed to who prolongs: a year after its end or after today, within the longest time."""
        today = timezone.localdate()
        year_more = max(today, self.valid_to) + timedelta(days=365)
        return max(self.valid_to, min(year_more, max(today, self.valid_from) + self.LONGEST))

    @property
    def state(self) -> str:
        """Where the seat stands today."""
        today = timezone.localdate()
        if self.ended_reason or self.valid_to < today:
            return self.State.ENDED
        if self.valid_from > today:
            return self.State.COMING
        return self.State.ENDING if self.valid_to <= today + self.ENDS_SOON else self.State.HOLDING

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    @property
    def state_tone(self) -> str:
        """The tone of the badge that shows the state."""
        return {"holding": "good", "ending": "warn"}.get(self.state, "plain")


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

    @property
    def is_open(self) -> bool:
        """Whether its link still works."""
        return self.accepted_at is None and timezone.now() < self.expires_at and self.person.is_active
