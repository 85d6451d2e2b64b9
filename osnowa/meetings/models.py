"""Meeting and all that happens at one: who comes, the blocks of its agenda, what many voices say on the board, what follows."""

import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from osnowa.people.models import Person
from osnowa.places.models import Region, Territory
from osnowa.register.models import Organisation, Visibility

#: Letters of join codes: none that is mistaken for another when it is read from a wall.
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
CODE_LENGTH = 6


def _code() -> str:
    return "".join(secrets.choice(LETTERS) for _sign in range(CODE_LENGTH))


def _token() -> str:
    return secrets.token_urlsafe(18)


class Kind(models.TextChoices):
    WORKSHOP = "workshop", _("workshop")
    BRIEFING = "briefing", _("online briefing")
    FAIR = "fair", _("fair")
    ASSEMBLY = "assembly", _("assembly")
    VISIT = "visit", _("study visit")


class Series(models.Model):
    """Meetings planned and tracked as one: so many of each kind between two days."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="series")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=160)
    about = models.TextField(_("description"), blank=True)
    planned = models.JSONField(_("planned meetings"), default=dict)  # {kind: how many}
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("series")
        ordering = ["-starts_on", "name"]
        constraints = [models.UniqueConstraint(fields=["region", "slug"], name="series_address_once")]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """A workshop, online briefing, fair, assembly or study visit."""

    class State(models.TextChoices):
        DRAFT = "draft", _("being prepared")
        ANNOUNCED = "announced", _("announced")
        HELD = "held", _("held")
        CANCELLED = "cancelled", _("cancelled")

    region = models.ForeignKey(Region, models.PROTECT, related_name="meetings")
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="meetings", verbose_name=_("series"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.WORKSHOP)
    title = models.CharField(_("title"), max_length=200)
    about = models.TextField(_("what it is about"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    visibility = models.CharField(_("visibility"), max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    time_zone = models.CharField(_("time zone"), max_length=40)
    venue = models.CharField(_("place"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    municipality = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality"))
    link = models.URLField(_("link for those who join online"), max_length=500, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    facilitator = models.CharField(_("facilitator"), max_length=160, blank=True)
    capacity = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    registers_until = models.DateTimeField(_("registration until"), null=True, blank=True)
    keep_until = models.DateField(_("names and addresses are kept until"))
    changed_number = models.PositiveIntegerField(default=0)  # SEQUENCE of the calendar
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=_code, editable=False)
    #: Grows with everything that happens on the board, so that a phone asks only "anything new?".
    pulse = models.PositiveBigIntegerField(default=0)
    is_invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("meeting")
        ordering = ["-starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="meeting_address_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_meeting_ends_after_it_begins"),
        ]
        indexes = [models.Index(fields=["region", "starts_at"], name="meeting_by_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


class Participation(models.Model):
    """Somebody asked to a meeting, registered for it, waiting for a place, or there: one row a person and meeting.

    Names and addresses go on the day of the meeting's `keep_until`; organisation, sector and country stay as evidence.
    """

    class State(models.TextChoices):
        INVITED = "invited", _("invited")
        REGISTERED = "registered", _("registered")
        WAITING = "waiting", _("on the waiting list")
        DECLINED = "declined", _("cannot come")

    class Via(models.TextChoices):
        QR = "qr", _("QR code")
        LIST = "list", _("list at the door")
        PAPER = "paper", _("paper list")
        ONLINE = "online", _("online")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participations")
    token = models.CharField(max_length=32, unique=True, default=_token, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.REGISTERED)
    person_name = models.CharField(_("name and surname"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="participations", verbose_name=_("organisation"))
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    needs = models.CharField(_("what would make taking part easier"), max_length=300, blank=True)
    is_remote = models.BooleanField(_("takes part online"), default=False)
    invited_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    #: The newest `changed_number` of the meeting this guest got a letter about, so that work begun anew writes to nobody twice.
    told_number = models.PositiveIntegerField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_in_via = models.CharField(max_length=6, choices=Via.choices, blank=True)
    erased_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("participation")
        ordering = ["registered_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "email"], condition=~Q(email=""), name="one_participation_an_address"),
            models.CheckConstraint(
                condition=Q(checked_in_at__isnull=True, checked_in_via="") | Q(checked_in_at__isnull=False) & ~Q(checked_in_via=""),
                name="who_came_came_some_way",
            ),
        ]

    def __str__(self) -> str:
        return self.person_name or self.organisation_name or f"participation {self.pk}"

    @property
    def journal_label(self) -> str:
        """The journal keeps no names of persons."""
        return self.organisation_name or str(self.meeting)

    @property
    def of_organisation(self) -> str:
        return str(self.organisation) if self.organisation else self.organisation_name


class Block(models.Model):
    """A part of the agenda: so many minutes of something. Blocks of the board are opened to the voices and closed again.

    Kinds of blocks are registered in `meetings.queries.kinds`; rooms above add theirs (scoring).
    """

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a part of a meeting", "to come")
        OPEN = "open", pgettext_lazy("a part of a meeting", "open")
        CLOSED = "closed", pgettext_lazy("a part of a meeting", "closed")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="blocks")
    order = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, default="talk")
    title = models.CharField(_("title"), max_length=200)
    question = models.TextField(_("question to the room"), blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=15)
    notes = models.TextField(_("notes for the minutes"), blank=True)
    #: What the kind asks for: dots a voice, whether cards are named, highest and lowest value …
    settings = models.JSONField(default=dict)
    #: The block whose cards are voted on, ranked or decided.
    about = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followed_by", verbose_name=_("cards of"))
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    are_names_hidden = models.BooleanField(_("hide who says what"), default=True)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("block")
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting"], condition=Q(state="open"), name="one_block_is_open")]

    def __str__(self) -> str:
        return self.title


class Voice(models.Model):
    """One who speaks on the board: a phone, somebody far away, or a sheet of paper. No name; a sector, perhaps an organisation."""

    class Via(models.TextChoices):
        PHONE = "phone", _("phone")
        REMOTE = "remote", _("online")
        PAPER = "paper", _("paper")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="voices")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=32, unique=True, default=_token, editable=False)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation"))
    organisation_name = models.CharField(_("organisation"), max_length=200, blank=True)
    via = models.CharField(max_length=6, choices=Via.choices, default=Via.PHONE)
    language = models.CharField(max_length=2, default="en")
    joined_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("voice")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="voices_are_numbered")]

    def __str__(self) -> str:
        return f"{self.number}"


class Group(models.Model):
    """Cards that belong together, under a heading of the facilitator."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="groups")
    title = models.CharField(_("heading"), max_length=120)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("group")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Card(models.Model):
    """What a voice, or the facilitator, wrote in a block. `key` comes from the phone: the same card sent twice is one card."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="cards")
    key = models.UUIDField(default=uuid.uuid4, unique=True)
    voice = models.ForeignKey(Voice, models.CASCADE, null=True, related_name="cards")
    text = models.CharField(_("text"), max_length=280)
    #: The number the phone gave its newest change; an older one that arrives later changes nothing.
    turn = models.PositiveIntegerField(default=0)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="cards")
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged_cards")
    order = models.PositiveSmallIntegerField(default=0)
    is_hidden = models.BooleanField(default=False)
    is_withdrawn = models.BooleanField(default=False)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("card")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text


class Mark(models.Model):
    """What a voice thinks of one card in a block: so many dots, a place in its order, consent or an objection with its reason.

    One row a voice and card; the phone's newest `turn` wins, whatever the order in which they arrive.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="marks")
    voice = models.ForeignKey(Voice, models.CASCADE, related_name="marks")
    card = models.ForeignKey(Card, models.CASCADE, related_name="marks")
    value = models.SmallIntegerField(default=0)
    reason = models.CharField(max_length=280, blank=True)
    turn = models.PositiveIntegerField(default=0)
    said_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("mark")
        constraints = [models.UniqueConstraint(fields=["block", "voice", "card"], name="one_mark_a_voice_and_card")]

    def __str__(self) -> str:
        return f"{self.value}"


class FollowUp(models.Model):
    """What somebody promised to do until a day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="follow_ups")
    block = models.ForeignKey(Block, models.SET_NULL, null=True, blank=True, related_name="follow_ups", verbose_name=_("block"))
    text = models.CharField(_("what is to be done"), max_length=300)
    owner_name = models.CharField(_("who does it"), max_length=160, blank=True)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person"))
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation"))
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("action")
        ordering = ["due_on", "id"]

    def __str__(self) -> str:
        return self.text


class Minutes(models.Model):
    """The minutes of a meeting as they were frozen, in every language of the house, with their hash. A later edition replaces none."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    texts = models.JSONField()  # {language: document of kit.letterpress}
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("minutes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="editions_are_numbered")]

    def __str__(self) -> str:
        return f"{self.meeting} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("an edition of minutes is written once")
        super().save(*args, **kwargs)
