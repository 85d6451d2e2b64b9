"""Agreement: a letter of intent, a co-operation agreement or a pact; its frozen text, who signed it and what they committed themselves to."""

import secrets
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from osnowa.journal.models import Version
from osnowa.people.models import Person
from osnowa.places.models import Region, Territory
from osnowa.register.models import Organisation

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ23456789"
CODE_LENGTH = 10


def _code() -> str:
    return "".join(secrets.choice(_LETTERS) for _sign in range(CODE_LENGTH))


def _token() -> str:
    return secrets.token_urlsafe(18)


class Agreement(models.Model):
    """A text that organisations put their names to: drafted in versions, frozen with its hash, signed, closed, joined later by declaration."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("letter of intent")
        CO_OPERATION = "co_operation", _("co-operation agreement")
        PACT = "pact", _("pact of local governments")

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("a text", "being written")
        OPEN = "open", pgettext_lazy("a text", "open for signing")
        CLOSED = "closed", pgettext_lazy("a text", "signing is closed; others join by declaration")
        ENDED = "ended", pgettext_lazy("a text", "ended")

    region = models.ForeignKey(Region, models.PROTECT, related_name="agreements")
    slug = models.SlugField(max_length=80)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LETTER)
    title = models.CharField(_("title"), max_length=200)
    #: The language in which the text binds; other languages are translations for reading.
    language = models.CharField(_("language of the original"), max_length=2)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.DRAFT)
    is_public = models.BooleanField(_("text and signatories are public"), default=True)
    keeper = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("keeper of the text"))
    keeper_name = models.CharField(_("keeper of the text"), max_length=200, blank=True)
    #: {"signatories": 20, "sectors": 4, "sector": {code: n}, "subregion": {code: n}, "kind": {legal form: n}}
    targets = models.JSONField(_("targets"), default=dict)
    closes_on = models.DateField(_("signing until"), null=True, blank=True)
    #: Who joins until this day is founding, who joins later ordinary (V10).
    founding_until = models.DateField(_("founding until"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    reminded_on = models.DateField(null=True)
    frozen_at = models.DateTimeField(null=True)
    frozen_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    #: Of the canonical JSON of the frozen text (`agreements.queries.texts.canonical`).
    sha256 = models.CharField(max_length=64, blank=True)
    closed_at = models.DateTimeField(null=True)
    ended_on = models.DateField(null=True)
    #: Stands on paper; leads to the page that tells whether a sheet is genuine.
    code = models.CharField(max_length=CODE_LENGTH, unique=True, default=_code, editable=False)
    is_invented = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("agreement")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="agreement_address_once"),
            models.CheckConstraint(condition=Q(state="draft", sha256="", frozen_at=None) | ~Q(state="draft") & ~Q(sha256="") & Q(frozen_at__isnull=False), name="v9_what_is_signed_is_frozen"),
        ]

    def __str__(self) -> str:
        return self.title


class Text(Version):
    """A version of an agreement's text; the newest one is what freezing freezes."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="texts")
    #: {language: [{"key": "purpose", "heading": "…", "text": "…"}]}: paragraphs are parted by empty lines, points begin with "- ".
    blocks = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("version of the text")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["agreement", "number"], name="versions_of_a_text_are_numbered")]

    def __str__(self) -> str:
        return f"{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """V9 once more below the action: none is added to a frozen text."""
        if not Agreement.objects.filter(pk=self.agreement_id, state=Agreement.State.DRAFT).exists():
            raise TypeError("a frozen text has no further versions")
        super().save(*args, **kwargs)


class Signatory(models.Model):
    """An organisation that is asked for its signature, declares that it will sign, has signed, or has withdrawn.

    The person who signs is named with function and basis of representation; name and address are for who keeps the agreement
    (what is public is the organisation), and go with `erased_on`.
    """

    class State(models.TextChoices):
        INVITED = "invited", pgettext_lazy("an organisation", "invited")
        DECLARED = "declared", pgettext_lazy("an organisation", "declared that it will sign")
        SIGNED = "signed", pgettext_lazy("an organisation", "signed")
        DECLINED = "declined", pgettext_lazy("an organisation", "will not sign")
        WITHDRAWN = "withdrawn", pgettext_lazy("an organisation", "withdrew")

    class Way(models.TextChoices):
        SCAN = "scan", _("scan of a signed sheet")
        QUALIFIED = "qualified", _("file with a qualified electronic signature, not validated here")
        TRUSTED = "trusted", _("file with a trusted-profile signature, not validated here")
        EMAIL = "email", _("consent confirmed from an e-mail address")

    class Basis(models.TextChoices):
        REGISTER = "register", _("entry in the court register")
        POWER_OF_ATTORNEY = "power_of_attorney", _("power of attorney")
        RESOLUTION = "resolution", _("resolution")
        APPOINTMENT = "appointment", _("appointment")

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="signatories")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="signatures", verbose_name=_("organisation"))
    #: As it signs: kept as it was when it signed, whatever the register says later.
    name = models.CharField(_("name of the organisation"), max_length=300)
    sector = models.CharField(_("sector"), max_length=20)
    legal_form = models.CharField(_("legal form"), max_length=20, blank=True)
    municipality = models.ForeignKey(Territory, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("municipality"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.INVITED)
    token = models.CharField(max_length=32, unique=True, default=_token, editable=False)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="en")
    invited_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    declared_at = models.DateTimeField(null=True)
    #: Asked to join on the public page; counts nowhere until who keeps the agreement lets it in.
    is_waiting = models.BooleanField(default=False)

    person_name = models.CharField(_("who signs"), max_length=160, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    basis = models.CharField(_("basis of representation"), max_length=20, choices=Basis.choices, blank=True)
    mandate_note = models.CharField(_("what was seen"), max_length=300, blank=True)
    mandate_checked_at = models.DateTimeField(null=True)
    mandate_checked_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    way = models.CharField(_("how it was signed"), max_length=10, choices=Way.choices, blank=True)
    #: The sha256 of the text that was signed: always the agreement's.
    signed_sha256 = models.CharField(max_length=64, blank=True)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_at = models.DateTimeField(null=True)
    #: Joined after the closing day by a declaration that refers to the frozen text (V9).
    is_declaration = models.BooleanField(default=False)
    withdrawn_on = models.DateField(_("withdrew on"), null=True, blank=True)
    withdrawal_reason = models.CharField(_("reason"), max_length=300, blank=True)
    erased_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("signatory")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], condition=Q(organisation__isnull=False) & ~Q(state="withdrawn"), name="an_organisation_signs_once"),
            models.CheckConstraint(condition=~Q(state="signed") | ~Q(way="") & ~Q(signed_sha256="") & Q(signed_on__isnull=False), name="signed_some_way_some_day_some_text"),
            models.CheckConstraint(condition=~Q(state="signed") | ~Q(basis=""), name="v9_a_signature_points_to_a_mandate"),
            models.CheckConstraint(condition=Q(withdrawn_on=None) | Q(signed_on=None) | Q(withdrawn_on__gte=F("signed_on")), name="withdrawn_after_signing"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def journal_label(self) -> str:
        """The journal keeps organisations, never who signed for them."""
        return self.name


class Paper(models.Model):
    """A file that proves something: the scan of a signed sheet, a signature file, a power of attorney. Kept whole, with its hash."""

    class Kind(models.TextChoices):
        SIGNATURE = "signature", _("signature")
        MANDATE = "mandate", _("power of attorney or other mandate")
        EVIDENCE = "evidence", _("evidence of a commitment")

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="papers")
    commitment = models.ForeignKey("Commitment", models.CASCADE, null=True, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["added_at", "id"]

    def __str__(self) -> str:
        return self.name


class Commitment(models.Model):
    """What a signatory of a pact will do in a year, and the evidence that it did."""

    class State(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("a commitment", "planned")
        DONE = "done", pgettext_lazy("a commitment", "done")
        PARTLY = "partly", pgettext_lazy("a commitment", "done in part")
        NOT_DONE = "not_done", pgettext_lazy("a commitment", "not done")

    signatory = models.ForeignKey(Signatory, models.CASCADE, related_name="commitments")
    #: A code of `agreements/tables/commitments.csv`; empty for one of its own.
    code = models.CharField(_("commitment"), max_length=40, blank=True)
    text = models.CharField(_("what will be done"), max_length=400)
    year = models.PositiveSmallIntegerField(_("year"))
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    reached = models.DecimalField(_("reached"), max_digits=14, decimal_places=2, null=True, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PLANNED)
    #: [{"title": "…", "link": "https://…"}]
    evidence = models.JSONField(default=list, encoder=DjangoJSONEncoder)
    told_on = models.DateField(_("told on"), null=True, blank=True)

    class Meta:
        verbose_name = _("commitment")
        ordering = ["-year", "id"]

    def __str__(self) -> str:
        return self.text
