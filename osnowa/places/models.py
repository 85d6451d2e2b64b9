"""Territory, PostalCode: the world's own places. Region, Subregion, RegionSeat: a coordinator's workspace."""


from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from osnowa.people.models import Seat

#: The kinds of territories as people read them.
KINDS = {
    "country": _("country"),
    "nuts1": "NUTS 1",
    "nuts2": "NUTS 2",
    "nuts3": "NUTS 3",
    "wojewodztwo": _("voivodeship"),
    "powiat": _("county (powiat)"),
    "miasto na prawach powiatu": _("city with county rights"),
    "miejska": _("urban municipality"),
    "wiejska": _("rural municipality"),
    "miejsko-wiejska": _("urban-rural municipality"),
    "municipality": _("municipality"),
}


class Territory(models.Model):
    """A place of an official code list: NUTS 2024, TERYT (Poland) or LAU (municipalities elsewhere)."""

    class Scheme(models.TextChoices):
        NUTS = "NUTS", "NUTS 2024"
        TERYT = "TERYT", "TERYT"
        LAU = "LAU", "LAU"

    scheme = models.CharField(max_length=5, choices=Scheme.choices)
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=120)
    name_fold = models.CharField(max_length=120)
    level = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    nuts3 = models.CharField(max_length=5, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        verbose_name = _("territory")
        constraints = [models.UniqueConstraint(fields=["scheme", "code"], name="territory_code_once")]
        indexes = [models.Index(fields=["nuts3"]), models.Index(fields=["name_fold"])]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language; the code list's own word where there is no other."""
        return str(KINDS.get(self.kind, self.kind))

    @property
    def full_name(self) -> str:
        """The name with what tells it apart from its namesakes: kind and the territory above."""
        above = self.parent.name if self.parent and self.parent.name != self.name else ""
        if self.parent and self.parent.kind == "powiat":
            above = f"powiat {above}"
        return " · ".join(part for part in (self.name, self.kind_label, above) if part)


class Outline(models.Model):
    """The imported border of a territory, simplified, as GeoJSON (WGS 84), with its source."""

    territory = models.OneToOneField(Territory, models.CASCADE, related_name="outline")
    shape = models.JSONField()
    source = models.CharField(max_length=300)
    imported_on = models.DateField()

    def __str__(self) -> str:
        return str(self.territory)


class PostalCode(models.Model):
    """One place a postal code serves. A code may serve several municipalities: then a person is asked, never guessed."""

    country = models.CharField(max_length=2)
    code = models.CharField(max_length=10)
    place = models.CharField(max_length=120)
    municipality = models.ForeignKey(Territory, models.CASCADE, null=True, related_name="postal_codes")
    nuts3 = models.CharField(max_length=5, blank=True)
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)

    class Meta:
        indexes = [models.Index(fields=["country", "code"])]

    def __str__(self) -> str:
        return f"{self.code} {self.place}"


#: Words that begin other addresses and so cannot name a region.
RESERVED = ("account", "about", "accessibility", "privacy", "search", "ui", "look", "regions", "places", "confirm",
            "invitation", "jobs", "activities", "health", "static", "api", "i18n", "help", "language",
            "data", "id", "embed", "indicators", "sitemap", "m", "meetings", "answer", "sign", "verify")  # fmt: skip


#: What a region may call by its own words: {word: (English plural as key, label of one, label of many)}.
TERMS = {
    "cluster": ("clusters", _("cluster"), _("clusters")),
    "member": ("members", _("member"), _("members")),
    "support_centre": ("support_centres", _("support centre"), _("support centres")),
    "register": ("registers", _("register"), _("registers")),
    "organisation": ("organisations", _("organisation"), _("organisations")),
    "subregion": ("subregions", _("subregion"), _("subregions")),
    "coordinator": ("coordinators", _("coordinator"), _("coordinators")),
}
#: The usual word for every term, one and many.
USUAL_WORDS = {
    key: label for one, (many, *labels) in TERMS.items() for key, label in zip((one, many), labels, strict=True)
}


def in_readers_language(texts: dict[str, str]) -> str:
    """The text of {language: text} for the reader, else the English one, else any there is."""
    return texts.get((get_language() or "en")[:2]) or texts.get("en") or next(iter(texts.values()), "")


class Region(models.Model):
    """A workspace: the territory a coordinator cares for, with its languages, money, law and own vocabulary."""

    slug = models.SlugField(max_length=40, unique=True, validators=[RegexValidator(rf"^(?!({'|'.join(RESERVED)})$)")])
    name = models.CharField(_("name"), max_length=120)
    names = models.JSONField(default=dict, blank=True)
    languages = models.JSONField(_("languages"), default=list)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    jurisdiction = models.CharField(_("country of law"), max_length=2)
    vocabulary = models.JSONField(_("vocabulary"), default=dict, blank=True)
    territory = models.ForeignKey(Territory, models.PROTECT, related_name="regions")
    coordinator_name = models.CharField(_("coordinator"), max_length=200, blank=True)
    coordinator_email = models.EmailField(_("e-mail of the coordinator"), blank=True)
    about = models.JSONField(default=dict, blank=True)
    is_invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        names: dict[str, str] = self.names
        return names.get((get_language() or "en")[:2]) or self.name

    @property
    def introduction(self) -> str:
        """What the region says of itself in the reader's language, else in English, else in any."""
        return in_readers_language(self.about)

    def term(self, word: str, otherwise: str = "") -> str:
        """The region's own word for a thing ("cluster" may be "hub", "clusters" "hubs"), in the reader's language."""
        own: dict[str, str] = self.vocabulary.get(word, {})
        return own.get((get_language() or "en")[:2]) or otherwise or str(USUAL_WORDS.get(word, word))


class Subregion(models.Model):
    """A region's own division, made of municipalities, such as the area of a support centre."""

    class Kind(models.TextChoices):
        SUPPORT_CENTRE = "support_centre", _("support-centre area")
        SUBREGION = "subregion", _("subregion")
        OTHER = "other", _("other division")

    region = models.ForeignKey(Region, models.CASCADE, related_name="subregions")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.SUPPORT_CENTRE)
    code = models.SlugField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    notes = models.JSONField(_("note"), default=dict, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    municipalities = models.ManyToManyField(Territory, related_name="subregions")

    class Meta:
        ordering = ["kind", "order", "name"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="subregion_code_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def note(self) -> str:
        """What is said of the division in the reader's language, else in English, else in any."""
        return in_readers_language(self.notes)


class RegionSeat(Seat):
    """A person's mandate in a region."""

    class Role(models.TextChoices):
        COORDINATOR = "coordinator", _("coordinator")
        EDITOR = "editor", _("editor")
        REVIEWER = "reviewer", _("reviewer")
        OBSERVER = "observer", _("observer")
        PEER_GUEST = "peer_guest", _("peer guest")

    region = models.ForeignKey(Region, models.CASCADE, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta(Seat.Meta):
        abstract = False
        constraints = [
            *Seat.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "region", "role"], condition=Q(ended_reason=""), name="region_seat_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.region}"

    @property
    def url(self) -> str:
        """The page where coordinators prolong or end the seat."""
        return reverse("places:seat", kwargs={"region": self.region.slug, "seat": self.pk})

    def _place_page(self) -> str:
        return reverse("home:region", kwargs={"region": self.region.slug})
