"""Organisation and everything said of it: identifiers, activities, recognitions, figures, contacts, offers and needs."""

import secrets
import uuid
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osnowa.people.models import Person, Seat
from osnowa.places.models import Region, Territory


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    MEMBERS = "members", _("members of the register")
    COORDINATOR = "coordinator", _("coordinator only")


class Standing(models.Manager["Organisation"]):
    """The records that stand for themselves: those merged into another are left out."""

    def get_queryset(self) -> models.QuerySet["Organisation"]:
        return super().get_queryset().filter(merged_into__isnull=True)


class Organisation(models.Model):
    """A legal person, or a unit of one (a WTZ, ZAZ, CIS or KIS). Never deleted: closed with a reason."""

    class Kind(models.TextChoices):
        LEGAL_PERSON = "legal_person", _("legal person")
        UNIT = "unit", _("unit of a legal person")

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        NOT_CONFIRMED = "not_confirmed", _("not confirmed")
        IN_LIQUIDATION = "in_liquidation", _("in liquidation")
        CLOSED = "closed", _("closed")

    region = models.ForeignKey(Region, models.PROTECT, db_index=False, related_name="organisations")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, db_index=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.LEGAL_PERSON)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, db_index=False, related_name="units")
    legal_name = models.CharField(_("legal name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120, blank=True)
    other_names = models.JSONField(_("other names"), default=list, blank=True)
    legal_form = models.CharField(_("legal form"), max_length=20)
    sector = models.CharField(_("sector"), max_length=20)
    pes_category = models.CharField(_("category under art. 2 pt 5"), max_length=2, blank=True)
    economic_activity = models.JSONField(_("economic activity"), default=list, blank=True)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    registered_on = models.DateField(_("registered on"), null=True, blank=True)
    activity_status = models.CharField(
        _("activity status"), max_length=15, choices=Status.choices, default=Status.NOT_CONFIRMED
    )
    last_confirmed_on = models.DateField(_("last confirmed on"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=20, blank=True)
    ended_on = models.DateField(_("closed on"), null=True, blank=True)
    end_reason = models.CharField(_("reason of closing"), max_length=20, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="predecessors"
    )

    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    locality = models.CharField(_("locality"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2)
    municipality = models.ForeignKey(
        Territory, models.PROTECT, null=True, blank=True, related_name="organisations", verbose_name=_("municipality")
    )
    lat = models.FloatField(_("latitude"), null=True, blank=True)
    lon = models.FloatField(_("longitude"), null=True, blank=True)
    geo_precision = models.CharField(_("precision of the point"), max_length=12, blank=True)
    is_location_hidden = models.BooleanField(_("hide the exact place"), default=False)
    operating_area = models.JSONField(_("area of operation"), default=list, blank=True)

    about = models.TextField(_("description"), blank=True)
    links = models.JSONField(_("links"), default=list, blank=True)
    target_groups = models.JSONField(_("people served"), default=list, blank=True)
    nace_version = models.CharField(max_length=3, default="2.1")
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    provenance = models.JSONField(default=dict, blank=True)
    name_fold = models.CharField(max_length=300, editable=False)
    is_invented = models.BooleanField(default=False)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, db_index=False, related_name="merged_records"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = Standing()
    every_record = models.Manager["Organisation"]()

    class Meta:
        verbose_name = _("organisation")
        ordering = ["name_fold", "id"]
        constraints = [
            models.UniqueConstraint(fields=["region", "slug"], name="organisation_address_once"),
            models.CheckConstraint(
                condition=Q(kind="unit", parent__isnull=False) | Q(kind="legal_person", parent__isnull=True),
                name="v1_a_unit_has_a_parent",
            ),
            models.CheckConstraint(
                condition=Q(activity_status="closed", ended_on__isnull=False) & ~Q(end_reason="")
                | ~Q(activity_status="closed") & Q(ended_on__isnull=True, end_reason=""),
                name="closed_with_date_and_reason",
            ),
        ]
        #: What search by the beginning of a name and the orders of the interface for programs walk along; the directory has its
        #: places from the snapshot (`queries.pages`).
        indexes = [
            models.Index(fields=["region", "name_fold"], name="organisation_by_name"),
            models.Index(fields=["region", "legal_form"], name="organisation_by_form"),
            models.Index(fields=["region", "last_confirmed_on"], name="organisation_by_confirmed"),
            models.Index(fields=["region", "changed_at"], name="organisation_by_changed"),
            *(
                models.Index(fields=[name], condition=Q(**{f"{name}__isnull": False}), name=f"organisation_by_{name}")
                for name in ("parent", "successor", "merged_into")
            ),
        ]

    def __str__(self) -> str:
        return self.short_name or self.legal_name

    @property
    def is_closed(self) -> bool:
        return self.activity_status == self.Status.CLOSED

    def source_of(self, fact: str) -> dict[str, Any]:
        """Source, date and author of a fact; "*" stands for all facts that came together with a loaded register."""
        found: dict[str, Any] | None = self.provenance.get(fact) or self.provenance.get("*")
        return found or {}


class Identifier(models.Model):
    """A number under which a public register knows an organisation."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="identifiers")
    scheme = models.CharField(max_length=12)
    value = models.CharField(max_length=40)

    class Meta:
        ordering = ["scheme"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="v1_an_identifier_belongs_to_one_organisation"),
            models.UniqueConstraint(fields=["organisation", "scheme"], name="one_identifier_of_a_scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class Activity(models.Model):
    """A NACE (PKD, SKD) class in which an organisation works; one of them is the main one."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="activities")
    nace = models.CharField(max_length=8)
    is_main = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_main", "nace"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "nace"], name="activity_once"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(is_main=True), name="one_main_activity"),
        ]

    def __str__(self) -> str:
        return self.nace


class ServiceArea(models.Model):
    """A field of services an organisation offers, from the region's list (childcare, catering, re-use …)."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="service_areas")
    code = models.CharField(max_length=30)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="service_area_once")]

    def __str__(self) -> str:
        return self.code


class Recognition(models.Model):
    """A status or certificate an authority granted: social-enterprise status, so. p., ESUS, ECEI label …"""

    class State(models.TextChoices):
        APPLIED = "applied", _("applied for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="recognitions")
    code = models.CharField(_("status or certificate"), max_length=24)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.GRANTED)
    regime = models.CharField(_("regime"), max_length=12, blank=True)
    goal = models.CharField(_("goal"), max_length=20, blank=True)
    issuer = models.CharField(_("granted by"), max_length=160, blank=True)
    decision_no = models.CharField(_("number of the decision"), max_length=60, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    review_on = models.DateField(_("to be reviewed on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["code", "-granted_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(granted_on__isnull=False, review_on__isnull=False),
                name="v19_a_granted_recognition_has_a_review_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["withdrawn", "expired"]) | Q(ended_on__isnull=False),
                name="an_ended_recognition_has_a_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class StatusReport(models.Model):
    """A yearly report that goes with a status (Poland: to the voivode by 31 March of the next year)."""

    recognition = models.ForeignKey(Recognition, models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField(_("year"))
    due_on = models.DateField(_("due on"))
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["recognition", "year"], name="one_report_a_year")]

    def __str__(self) -> str:
        return f"{self.year}"


#: Headcount parts: each counts some of the employees, and may overlap with the others.
HEADCOUNT_PARTS = ("employees_contract", "employees_at_risk", "employees_disability", "employees_women",
                   "employees_under_30", "employees_over_50")  # fmt: skip
#: Revenue parts: together they are the revenue.
REVENUE_PARTS = ("revenue_market", "revenue_public_contracts", "revenue_grants", "revenue_donations",
                 "revenue_fees", "revenue_other")  # fmt: skip
#: Small counts of people that are never published when 1–4 (V3).
SENSITIVE_COUNTS = ("employees_at_risk", "employees_disability", "participants", "graduates", "employed_after")


def _sum_of_revenue() -> Any:
    total: Any = Coalesce(F(REVENUE_PARTS[0]), 0)
    for part in REVENUE_PARTS[1:]:
        total = total + Coalesce(F(part), 0)
    return total


def _count(label: Any) -> Any:
    return models.PositiveIntegerField(label, null=True, blank=True)


def _money(label: Any) -> Any:
    return models.BigIntegerField(label, null=True, blank=True)


class YearlyFigures(models.Model):
    """What an organisation counted on a day or over the year up to it. Empty means "not known", never zero.

    Money is in whole units of the region's currency; full-time equivalents have two decimals.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, db_index=False, related_name="figures")
    year = models.PositiveSmallIntegerField(_("year"))
    as_of_on = models.DateField(_("state on"))
    employees = _count(_("employees (persons)"))
    employees_fte = models.DecimalField(
        _("employees (full-time equivalents)"), max_digits=9, decimal_places=2, null=True, blank=True
    )
    fte_note = models.CharField(_("why more full-time equivalents than persons"), max_length=200, blank=True)
    employees_contract = _count(_("with a contract of employment"))
    employees_at_risk = _count(_("at risk of social exclusion"))
    employees_disability = _count(_("with a disability"))
    employees_women = _count(_("women"))
    employees_under_30 = _count(_("under 30"))
    employees_over_50 = _count(_("over 50"))
    jobs_in_status = _count(_("jobs in a social enterprise"))
    participants = _count(_("participants of reintegration"))
    graduates = _count(_("graduates of reintegration"))
    employed_after = _count(_("employed after reintegration"))
    volunteers = _count(_("volunteers"))
    volunteer_hours = _count(_("hours of volunteers"))
    members_natural = _count(_("members (natural persons)"))
    members_legal = _count(_("members (legal persons)"))
    beneficiaries = _count(_("people served"))
    jobs_created = _count(_("jobs created"))
    jobs_lost = _count(_("jobs lost"))
    revenue_total = _money(_("revenue"))
    revenue_market = _money(_("market income"))
    revenue_public_contracts = _money(_("public contracts"))
    revenue_grants = _money(_("grants"))
    revenue_donations = _money(_("donations"))
    revenue_fees = _money(_("membership fees"))
    revenue_other = _money(_("other income"))
    surplus = _money(_("surplus"))
    surplus_reinvested_percent = models.PositiveSmallIntegerField(_("surplus reinvested, %"), null=True, blank=True)
    wage_lowest = _money(_("lowest wage"))
    wage_median = _money(_("median wage"))
    wage_highest = _money(_("highest wage"))
    is_one_member_one_vote = models.BooleanField(_("one member, one vote"), null=True, blank=True)
    has_staff_body = models.BooleanField(_("advisory body of the staff"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=20, default="self_declared")
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility.choices, default=Visibility.MEMBERS
    )

    class Meta:
        ordering = ["-as_of_on"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "as_of_on"], name="figures_once_a_day"),
            models.CheckConstraint(
                condition=Q(revenue_total__isnull=True)
                | Q(**{f"{part}__isnull": True for part in REVENUE_PARTS})
                | Q(revenue_total=_sum_of_revenue()),
                name="v2_revenue_parts_sum_to_the_total",
            ),
            models.CheckConstraint(
                condition=Q(employees_fte__isnull=True)
                | Q(employees__isnull=True)
                | Q(employees_fte__lte=F("employees"))
                | ~Q(fte_note=""),
                name="v2_fte_not_above_headcount_unless_explained",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{part}__isnull": True}) | Q(employees__isnull=True) | Q(**{f"{part}__lte": F("employees")}),
                    name=f"v2_{part}_within_headcount",
                )
                for part in HEADCOUNT_PARTS
            ),
            models.CheckConstraint(
                condition=Q(surplus_reinvested_percent__isnull=True) | Q(surplus_reinvested_percent__lte=100),
                name="surplus_reinvested_at_most_100",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.as_of_on:%Y-%m-%d}"


class Contact(models.Model):
    """A person or mailbox to reach an organisation by, with consent and an end of keeping. Never public by default."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    person_name = models.CharField(_("name and surname"), max_length=120, blank=True)
    function = models.CharField(_("function"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, default="pl")
    may_publish = models.BooleanField(_("may be published"), default=False)
    wants_news = models.BooleanField(_("agrees to news"), default=False)
    wants_surveys = models.BooleanField(_("agrees to surveys"), default=False)
    lawful_basis = models.CharField(_("lawful basis"), max_length=24, default="public_task")
    keep_until = models.DateField(_("keep until"))
    reminded_on = models.DateField(null=True)

    class Meta:
        ordering = ["person_name", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="a_contact_can_be_reached"),
        ]

    def __str__(self) -> str:
        return self.person_name or self.function or self.email


class Listing(models.Model):
    """An offer, a need, or a resource to share: what organisations can do for one another."""

    class Kind(models.TextChoices):
        OFFER = "offer", _("offer")
        NEED = "need", _("need")
        RESOURCE = "resource", _("resource to share")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="listings")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    type_code = models.CharField(_("type"), max_length=30)
    name = models.CharField(_("name"), max_length=160)
    description = models.TextField(_("description"), blank=True)
    unit = models.CharField(_("unit"), max_length=20, blank=True)
    capacity_per_month = models.DecimalField(
        _("capacity a month"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    price_from = models.DecimalField(_("price from"), max_digits=12, decimal_places=2, null=True, blank=True)
    price_to = models.DecimalField(_("price to"), max_digits=12, decimal_places=2, null=True, blank=True)
    lead_time_days = models.PositiveSmallIntegerField(_("lead time, days"), null=True, blank=True)
    cpv = models.CharField(_("CPV code"), max_length=10, blank=True)
    urgency = models.CharField(_("urgency"), max_length=8, blank=True)
    until_on = models.DateField(_("valid until"), null=True, blank=True)
    visibility = models.CharField(
        _("visibility"), max_length=12, choices=Visibility.choices, default=Visibility.PUBLIC
    )

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_from__isnull=True) | Q(price_to__isnull=True) | Q(price_to__gte=F("price_from")),
                name="price_range_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name


class OrganisationSeat(Seat):
    """A person's mandate in an organisation: its representative, or an editor of its page."""

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative", _("representative")
        EDITOR = "org_editor", _("editor of the organisation")

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="seats")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta(Seat.Meta):
        abstract = False
        constraints = [
            *Seat.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "organisation", "role"], condition=Q(ended_reason=""), name="organisation_seat_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation}"

    @property
    def url(self) -> str:
        """The page where coordinators and representatives prolong or end the seat."""
        it = self.organisation
        return reverse("register:seat", kwargs={"region": it.region.slug, "slug": it.slug, "seat": self.pk})

    def _place_page(self) -> str:
        it = self.organisation
        return reverse("register:organisation", kwargs={"region": it.region.slug, "slug": it.slug})


class Proposal(models.Model):
    """What somebody without the right to edit says should change; a reviewer accepts or refuses it with a reason."""

    class Kind(models.TextChoices):
        CHANGE = "change", _("change")
        CLAIM = "claim", _("claim of an organisation")
        NEW = "new", _("new organisation")

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("turned down")

    region = models.ForeignKey(Region, models.CASCADE, related_name="proposals")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="proposals")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    message = models.TextField(_("message"), blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="proposals")
    email = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name and surname"), max_length=120, blank=True)
    basis = models.CharField(_("basis of the mandate"), max_length=20, blank=True)
    language = models.CharField(max_length=2, default="en")
    made_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["state", "made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(reason=""), name="a_refusal_gives_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.journal_label}"

    @property
    def journal_label(self) -> str:
        """The organisation it is about, in no language; the journal shows it to those who may see that organisation."""
        return str(self.organisation or self.values.get("legal_name", ""))


def _token() -> str:
    return secrets.token_urlsafe(24)


class ConfirmationRequest(models.Model):
    """An e-mailed link asking "is this still true?"; its holder confirms or corrects without an account."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="confirmation_requests")
    token = models.CharField(max_length=40, unique=True, default=_token)
    sent_to = models.EmailField()
    sent_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()
    answer = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.sent_at:%Y-%m-%d}"

    def is_open_on(self, day: date) -> bool:
        return not self.answer and day <= self.expires_on


class SavedView(models.Model):
    """A person's own name for a filtered, sorted directory."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views")
    region = models.ForeignKey(Region, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["person", "region", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name


class PossibleDuplicate(models.Model):
    """Two records of a region that may be one organisation, until somebody merges them or says they never were."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MERGED = "merged", _("merged")
        DIFFERENT = "different", _("never the same")

    region = models.ForeignKey(Region, models.CASCADE, related_name="possible_duplicates")
    first = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    second = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    score = models.FloatField(null=True)
    why = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    found_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-score", "id"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="a_pair_is_kept_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="a_pair_names_the_older_record_first"),
        ]

    def __str__(self) -> str:
        return f"{self.first} = {self.second}?"


class Merge(models.Model):
    """One record taken up by another, with what moved, so that it can be taken back.

    `moved` is {model: {field that pointed at the record: [keys of the rows]}}, with the sources of facts before it under
    "provenance" and the pairs it made under the model of pairs.
    """

    kept = models.ForeignKey(Organisation, models.CASCADE, related_name="merges")
    gone = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    moved = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at__isnull=True), name="a_record_is_merged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gone} → {self.kept}"


class Snapshot(models.Model):
    """The register of a region as it stood at a moment, frozen as two Parquet files: organisations, yearly figures.

    Kept ones are the dated series that statistics compare. One not kept is only the newest copy for counting fast: it is
    replaced by the next. `entry` is the newest entry of the journal it includes; what came later is read from the database.
    """

    region = models.ForeignKey(Region, models.CASCADE, related_name="snapshots")
    on = models.DateField(_("state on"))
    taken_at = models.DateTimeField(default=timezone.now)
    taken_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    entry = models.BigIntegerField(default=0)
    is_kept = models.BooleanField(default=False)
    sha256 = models.CharField(max_length=64)
    organisations = models.PositiveIntegerField(default=0)
    figures = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-on", "-taken_at"]
        constraints = [
            models.UniqueConstraint(fields=["region", "on"], condition=Q(is_kept=True), name="one_snapshot_kept_a_day"),
            models.UniqueConstraint(fields=["region"], condition=Q(is_kept=False), name="one_newest_copy_a_region"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.on}"
