"""Cluster: who acts together; its canvas of eight dimensions, its members and bodies, what it offers, what it lives on."""

from datetime import date

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from osnowa.agreements.models import Agreement, Signatory
from osnowa.assessments.models import Round
from osnowa.journal.models import Version
from osnowa.meetings.models import Card, Meeting, Series
from osnowa.people.models import Person
from osnowa.places.models import Region, Subregion
from osnowa.register.models import Organisation


class Cluster(models.Model):
    """A cluster, network, consortium, partnership, hub or district, with its portrait in the manner of GECES."""

    class Kind(models.TextChoices):
        CLUSTER = "cluster", _("cluster")
        NETWORK = "network", _("network")
        CONSORTIUM = "consortium", _("consortium")
        PARTNERSHIP = "partnership", _("partnership")
        HUB = "hub", _("hub")
        DISTRICT = "district", _("district")

    class State(models.TextChoices):
        IDEA = "idea", pgettext_lazy("a cluster", "an idea")
        DESIGN = "design", pgettext_lazy("a cluster", "being designed")
        RUNNING = "running", pgettext_lazy("a cluster", "running")
        RESTING = "resting", pgettext_lazy("a cluster", "resting")
        ENDED = "ended", pgettext_lazy("a cluster", "ended")

    class Origin(models.TextChoices):
        PUBLIC = "public", _("public policy (from above)")
        ENTERPRISE = "enterprise", _("enterprises and organisations (from below)")
        MIXED = "mixed", _("mixed")

    region = models.ForeignKey(Region, models.PROTECT, related_name="clusters")
    slug = models.SlugField(max_length=60)
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.CLUSTER)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.IDEA)
    is_public = models.BooleanField(_("public"), default=True)
    is_invented = models.BooleanField(default=False)

    # The portrait. Long words are {language: text}.
    origin = models.CharField(_("origin"), max_length=10, choices=Origin.choices, blank=True)
    mission = models.JSONField(_("mission"), default=dict)
    history = models.JSONField(_("how it came about"), default=dict)
    borders = models.JSONField(_("territory and its borders"), default=dict)
    subregions = models.ManyToManyField(Subregion, blank=True, related_name="clusters", verbose_name=_("subregions"))
    priorities = models.JSONField(_("priorities"), default=dict)
    governance = models.JSONField(_("governance"), default=dict)
    spaces = models.JSONField(_("spaces and equipment shared"), default=dict)
    legal_entity = models.CharField(_("legal entity"), max_length=200, blank=True)
    coordinator = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("coordinating body"))
    coordinator_name = models.CharField(_("coordinating body"), max_length=200, blank=True)
    coordinator_fte = models.DecimalField(_("posts of the coordinating body (FTE)"), max_digits=5, decimal_places=2, null=True, blank=True)
    #: Codes of `clusters/tables/innovation.csv`: economic, social, technological, ecological.
    innovation = models.JSONField(_("types of innovation"), default=list)
    #: NACE divisions or service areas the cluster works in.
    activities = models.JSONField(_("fields of activity"), default=list)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    #: Members until this day are founding members, later ones ordinary (V10).
    founding_until = models.DateField(_("founding until"), null=True, blank=True)

    # Rules of procedure as settings; `clusters.queries.rules` knows names, kinds and usual values.
    rules = models.JSONField(default=dict)

    letter = models.ForeignKey(Agreement, models.SET_NULL, null=True, blank=True, related_name="clusters", verbose_name=_("letter of intent or agreement"))
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="clusters", verbose_name=_("series of meetings"))
    initiative = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("joint initiative"))
    rounds = models.ManyToManyField(Round, blank=True, related_name="clusters", verbose_name=_("rounds of assessment"))
    #: Targets and documents of the pilot plan: {"workshop": 4, "briefing": 4, "report_by": "2025-11-30", "report_on": …, "fund_concept_on": …, "signatories": 20, "source": "…", "source_link": "https://…", "source_on": "2024-11-22"}
    pilot = models.JSONField(default=dict)
    #: What people state because no other room can know it, with its evidence: {code of `clusters/tables/facts.csv`: {"value": …, "link": "https://…", "on": "2026-03-01"}}
    facts = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("cluster")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "slug"], name="cluster_address_once")]

    def __str__(self) -> str:
        return self.name


class Comparison(models.Model):
    """That a rule book was compared with its source in a region: on which day, by whom, what was seen."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="comparisons")
    #: Code of a rule book in `clusters/tables/rulebooks/`.
    book = models.SlugField(max_length=20)
    on = models.DateField(_("compared on"))
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    seen = models.CharField(_("what was seen"), max_length=300)

    class Meta:
        verbose_name = _("comparison of a rule book with its source")
        constraints = [models.UniqueConstraint(fields=["region", "book"], name="a_book_is_compared_once_in_a_region")]

    def __str__(self) -> str:
        return self.book


class Wording(Version):
    """A version of the agreed text of one dimension of the canvas, in one language."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="canvas")
    dimension = models.CharField(max_length=12)  # code of the instrument's dimension: D1 … D8
    language = models.CharField(max_length=2)
    text = models.TextField(_("agreed text"), blank=True)
    cards = models.ManyToManyField(Card, blank=True, related_name="+", verbose_name=_("from cards"))

    class Meta:
        verbose_name = _("text of a dimension")
        ordering = ["dimension", "language", "number"]
        constraints = [models.UniqueConstraint(fields=["cluster", "dimension", "language", "number"], name="versions_of_a_dimension_are_numbered")]

    def __str__(self) -> str:
        return f"{self.dimension} {self.number}"


class Point(models.Model):
    """An open question, a decision or a piece of evidence of one dimension; a question is settled by what was decided."""

    class Kind(models.TextChoices):
        QUESTION = "question", _("open question")
        DECISION = "decision", _("decision")
        EVIDENCE = "evidence", _("evidence")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="points")
    dimension = models.CharField(max_length=12)
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.CharField(_("text"), max_length=400)
    link = models.URLField(_("link"), max_length=500, blank=True)
    meeting = models.ForeignKey(Meeting, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("meeting"))
    card = models.ForeignKey(Card, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("card"))
    on = models.DateField(_("date"), default=timezone.localdate)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="settles", verbose_name=_("decision that settles it"))

    class Meta:
        verbose_name = _("point")
        ordering = ["dimension", "kind", "on", "id"]

    def __str__(self) -> str:
        return self.text


class Actor(models.Model):
    """A role in the ecosystem and who plays it: managing authority, voivode, ROPS, OWES, local government, business, academia …"""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="actors")
    #: A code of `clusters/tables/roles.csv`.
    role = models.CharField(_("role"), max_length=30)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("organisation"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, blank=True)
    subregion = models.ForeignKey(Subregion, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("subregion"))
    note = models.CharField(_("what it does here"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("actor")
        ordering = ["role", "name", "id"]

    def __str__(self) -> str:
        return str(self.organisation) if self.organisation else self.name


class FeeTier(models.Model):
    """A yearly fee: members of these sectors and sizes pay so much, in the region's currency."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="tiers")
    title = models.CharField(_("name"), max_length=120)
    amount = models.DecimalField(_("fee a year"), max_digits=12, decimal_places=2)
    sectors = models.JSONField(_("sectors"), default=list)  # empty: all
    revenue_from = models.DecimalField(_("revenue from"), max_digits=16, decimal_places=2, null=True, blank=True)
    revenue_below = models.DecimalField(_("revenue below"), max_digits=16, decimal_places=2, null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("fee tier")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.title


class Membership(models.Model):
    """The path of one organisation through a cluster: candidate, application, decision, member, renewal, leaving."""

    class State(models.TextChoices):
        CANDIDATE = "candidate", pgettext_lazy("an organisation", "candidate")
        APPLIED = "applied", pgettext_lazy("an organisation", "applied")
        MEMBER = "member", pgettext_lazy("an organisation", "member")
        REFUSED = "refused", pgettext_lazy("an organisation", "refused")
        LEFT = "left", pgettext_lazy("an organisation", "left")

    class Ending(models.TextChoices):
        OWN = "own", _("own wish")
        NOT_RENEWED = "not_renewed", _("not renewed")
        EXCLUDED = "excluded", _("excluded")
        CLOSED = "closed", _("organisation closed")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.CANDIDATE)
    is_supporting = models.BooleanField(_("supporting, without a vote"), default=False)
    signatory = models.ForeignKey(Signatory, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("signature of the letter"))
    applied_on = models.DateField(_("applied on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.CharField(_("decision and its basis"), max_length=300, blank=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    renewed_on = models.DateField(_("renewed on"), null=True, blank=True)
    renew_by = models.DateField(_("to be renewed by"), null=True, blank=True)
    asked_to_renew_on = models.DateField(null=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    ending = models.CharField(_("why it ended"), max_length=12, choices=Ending.choices, blank=True)
    tier = models.ForeignKey(FeeTier, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("fee tier"))
    #: {step code: day it was done}; the steps stand in the cluster's rules.
    onboarding = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    class Meta:
        verbose_name = _("membership")
        ordering = ["organisation__name_fold", "id"]
        constraints = [
            models.UniqueConstraint(fields=["cluster", "organisation"], condition=~Q(state__in=["left", "refused"]), name="an_organisation_is_a_member_once"),
            models.CheckConstraint(condition=~Q(state="member") | Q(joined_on__isnull=False), name="a_member_since_some_day"),
            models.CheckConstraint(condition=~Q(state="left") | Q(left_on__isnull=False) & ~Q(ending=""), name="left_some_day_for_a_reason"),
            models.CheckConstraint(condition=Q(left_on=None) | Q(joined_on=None) | Q(left_on__gte=F("joined_on")), name="left_after_joining"),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    def was_member_on(self, day: date) -> bool:
        """Whether it was a member on a day."""
        return self.joined_on is not None and self.joined_on <= day and (self.left_on is None or day < self.left_on)


class Mandate(models.Model):
    """Who acts for a member in the cluster, on what basis, from when until when (V19). Names are for who leads and for members."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="mandates")
    person_name = models.CharField(_("name and surname"), max_length=160)
    email = models.EmailField(_("e-mail"), blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    basis = models.CharField(_("basis of the mandate"), max_length=20, choices=Signatory.Basis.choices, default=Signatory.Basis.REGISTER)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid until"))
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("mandate")
        ordering = ["valid_to", "id"]
        constraints = [models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="a_mandate_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.person_name

    @property
    def journal_label(self) -> str:
        """The journal keeps no names of persons."""
        return str(self.membership)


class Fee(models.Model):
    """What a member owes for a year, and what it paid."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="fees")
    year = models.PositiveSmallIntegerField(_("year"))
    amount = models.DecimalField(_("fee"), max_digits=12, decimal_places=2)
    paid = models.DecimalField(_("paid"), max_digits=12, decimal_places=2, default=0)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        verbose_name = _("fee")
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["membership", "year"], name="one_fee_a_year")]

    def __str__(self) -> str:
        return f"{self.year}"


class Body(models.Model):
    """An assembly, board, council, working group: what it decides and how long its terms last."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="bodies")
    name = models.CharField(_("name"), max_length=120)
    #: A code of `clusters/tables/bodies.csv`: assembly, board, council, audit, group.
    kind = models.CharField(_("kind"), max_length=12)
    powers = models.TextField(_("what it decides"), blank=True)
    term_months = models.PositiveSmallIntegerField(_("term in months"), null=True, blank=True)
    #: How many places it has; None where everybody belongs to it, as to an assembly.
    seats = models.PositiveSmallIntegerField(_("number of places"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("body")
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.name


class Term(models.Model):
    """A place in a body: held by somebody of a member, from when until when."""

    body = models.ForeignKey(Body, models.CASCADE, related_name="terms")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="terms", verbose_name=_("member"))
    person_name = models.CharField(_("name and surname"), max_length=160)
    role = models.CharField(_("role"), max_length=80, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("term")
        ordering = ["starts_on", "id"]
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="a_term_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.person_name

    @property
    def journal_label(self) -> str:
        """The journal keeps no names of persons."""
        return str(self.body)


class Service(models.Model):
    """What the cluster offers its members or the community, or a strategy they share: with an owner, a price and a capacity."""

    class State(models.TextChoices):
        WISHED = "wished", pgettext_lazy("a service", "wished for")
        PILOT = "pilot", pgettext_lazy("a service", "pilot")
        RUNNING = "running", pgettext_lazy("a service", "running")
        CLOSED = "closed", pgettext_lazy("a service", "closed")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="services")
    is_strategy = models.BooleanField(_("a shared strategy, not a service"), default=False)
    #: A code of `clusters/tables/services.csv` (seed of `domain.md` D3).
    kind = models.CharField(_("kind"), max_length=30)
    title = models.CharField(_("name"), max_length=160)
    about = models.TextField(_("what it is"), blank=True)
    owner = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who provides it"))
    is_for_community = models.BooleanField(_("for the community, not only for members"), default=False)
    innovation = models.CharField(_("type of innovation"), max_length=15, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.WISHED)
    price = models.DecimalField(_("price of one use"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unit of use"), max_length=40, blank=True)
    capacity = models.DecimalField(_("capacity a month"), max_digits=12, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("service")
        ordering = ["is_strategy", "order", "id"]

    def __str__(self) -> str:
        return self.title


class Use(models.Model):
    """A line of the ledger: a member used a service, so much of it, with what came of it. Lines are corrected by a line that reverses."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="uses")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="uses", verbose_name=_("member"))
    on = models.DateField(_("date"))
    quantity = models.DecimalField(_("how much"), max_digits=12, decimal_places=2, default=1)
    paid = models.DecimalField(_("paid"), max_digits=12, decimal_places=2, null=True, blank=True)
    saved = models.DecimalField(_("saved"), max_digits=12, decimal_places=2, null=True, blank=True)
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction, 1 to 5"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("use")
        ordering = ["-on", "-id"]
        constraints = [models.CheckConstraint(condition=Q(satisfaction=None) | Q(satisfaction__range=(1, 5)), name="satisfaction_from_1_to_5")]

    def __str__(self) -> str:
        return f"{self.service} {self.on}"


class BudgetLine(models.Model):
    """A cost of running the cluster, or a source that pays for it, in one year, in the region's currency."""

    class Side(models.TextChoices):
        COST = "cost", _("cost")
        SOURCE = "source", _("source")

    class Origin(models.TextChoices):
        FEES = "fees", _("members' fees")
        SALES = "sales", _("sale of services")
        GRANT = "grant", _("grant")
        PUBLIC = "public", _("public budget")
        PRIVATE = "private", _("sponsors and donations")
        IN_KIND = "in_kind", _("in kind")
        RESERVE = "reserve", _("reserve")

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="budget")
    year = models.PositiveSmallIntegerField(_("year"))
    side = models.CharField(max_length=6, choices=Side.choices)
    title = models.CharField(_("name"), max_length=160)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    origin = models.CharField(_("kind of source"), max_length=8, choices=Origin.choices, blank=True)
    giver = models.CharField(_("who gives"), max_length=160, blank=True)
    is_secured = models.BooleanField(_("secured"), default=False)
    #: FTE × yearly rate, where the cost is a post.
    fte = models.DecimalField(_("posts (FTE)"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("line of the budget")
        ordering = ["year", "side", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=0), name="an_amount_is_not_negative"),
            models.CheckConstraint(condition=Q(side="cost", origin="") | Q(side="source") & ~Q(origin=""), name="a_source_is_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.title
