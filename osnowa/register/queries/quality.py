"""How good the register is: shares of complete records by form and area, and what to mend next. All counted in SQL.

What the frame knows it counts; of the rest the database counts the few: those without a number or a point, those with a mailbox.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from osnowa.kit.warehouse import literal
from osnowa.places.models import PostalCode, Region, Subregion
from osnowa.register import codes
from osnowa.register.models import Activity, Identifier, Organisation, Recognition, StatusReport, YearlyFigures
from osnowa.register.queries.confirmation import STALE_AFTER, asked_lately, has_mailbox, mailboxes, stale
from osnowa.register.queries.keeping import Kept

T = TypeVar("T")
#: What makes a record complete: {check: (label, what it asks)}. The score is the average share of checks that hold.
CHECKS: dict[str, tuple[Any, Any]] = {
    "identifier": (_("Number in a register"), _("has a number of a public register with a right check digit; a unit may lean on its legal person")),
    "point": (_("Coordinates"), _("has a point on the map")),
    "confirmed": (_("Confirmed"), _("somebody said within the last 365 days that the record is true")),
    "municipality": (_("Municipality"), _("lies in a known municipality")),
    "form": (_("Legal form"), _("has a legal form of the list")),
    "contact": (_("Contact e-mail"), _("has an e-mail address to be asked at")),
    "activity": (_("Main activity"), _("says what it mainly does (NACE)")),
}


def open_ones(seen: QuerySet[Organisation]) -> QuerySet[Organisation]:
    return seen.exclude(activity_status=Organisation.Status.CLOSED).order_by()


def _own_number() -> Any:
    """Its own number or, for a unit, its legal person's."""
    return Exists(Identifier.objects.filter(organisation=OuterRef("pk"))) | Exists(
        Identifier.objects.filter(organisation=OuterRef("parent"))
    )


def _checked(seen: QuerySet[Organisation]) -> QuerySet[Organisation]:
    main = Activity.objects.filter(organisation=OuterRef("pk"), is_main=True)
    return open_ones(seen).annotate(
        has_identifier=_own_number(), has_contact=has_mailbox(), has_activity=Exists(main)
    )


@dataclass
class Line:
    """The checks of one group of organisations: how many there are, and for how many each check holds."""

    label: str
    n: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(CHECKS, 0))

    def add(self, row: dict[str, Any]) -> None:
        self.n += row["n"]
        for check in CHECKS:
            self.counts[check] += row[f"n_{check}"]

    @property
    def shares(self) -> list[int | None]:
        return [percent(count, self.n) for count in self.counts.values()]

    @property
    def completeness(self) -> int | None:
        """The average share of the checks that hold, in whole percent."""
        return percent(sum(self.counts.values()), self.n * len(CHECKS))


def percent(part: int, whole: int) -> int | None:
    """Whole percent; below 100 as long as one is missing; None of nothing."""
    return part * 100 // whole if whole else None


@dataclass(frozen=True)
class Quality:
    """The whole register, by legal form, and by the region's own areas; `elsewhere` lies in none of them."""

    total: Line
    forms: list[Line]
    areas: list[Line]


def quality(frame: Kept, seen: QuerySet[Organisation], today: date, *, with_areas: bool = True) -> Quality:
    """Two queries besides those of the frame, however many organisations; one without areas."""
    areas = list(_areas(frame.region)) if with_areas else []
    rows = _groups(frame, seen, today, ("legal_form", "municipality") if areas else ("legal_form",))
    total, forms = Line(""), dict[str, Line]()
    for row in rows:
        total.add(row)
        forms.setdefault(row["legal_form"], Line("")).add(row)
    for code, line in forms.items():
        line.label = codes.LEGAL_FORMS.label(code)
    return Quality(total, [line for _code, line in sorted(forms.items(), key=lambda one: (one[1].label, one[0]))], _by_area(areas, rows))


def _groups(frame: Kept, seen: QuerySet[Organisation], today: date, by: tuple[str, ...]) -> list[dict[str, Any]]:
    """{legal form, perhaps municipality, n, and for how many each check holds} of every group of open organisations."""
    columns = ", ".join(by)
    known = frame.counts(
        f"SELECT {columns}, count(*), count(municipality), sum(CASE WHEN confirmed_on >= {literal(today - STALE_AFTER)} THEN 1 ELSE 0 END), "
        f"sum(CASE WHEN nace <> '' THEN 1 ELSE 0 END) FROM register WHERE status <> 'closed' GROUP BY {columns}",
        len(by),
    )
    few = kept_until_a_deed(frame, f"few {by} {today}", lambda: _few(frame.region, seen, by))
    groups = []
    for *of, n, placed, confirmed, active in known:
        numberless, pointless, reached = few.get(tuple(of), (0, 0, 0))
        groups.append(dict(zip(by, of, strict=True)) | {
            "n": n, "n_identifier": n - numberless, "n_point": n - pointless, "n_confirmed": int(confirmed), "n_municipality": placed,
            "n_form": n if of[0] in codes.LEGAL_FORMS.rows else 0, "n_contact": reached, "n_activity": int(active),
        })  # fmt: skip
    return groups


def kept_until_a_deed(frame: Kept, name: str, ask: Callable[[], T]) -> T:
    """What the database was asked, kept until somebody does something in the region; contacts and reports, too, are no part of a snapshot's hash."""
    return frame.made(f"{name} {frame.snapshot.entry if frame.snapshot else 0}", ask)


def _few(region: Region, seen: QuerySet[Organisation], by: tuple[str, ...]) -> dict[tuple[Any, ...], tuple[int, int, int]]:
    """{group: (open organisations without a number, without a point, with a mailbox)}; one query."""
    numberless, pointless = ~_own_number(), Q(lat__isnull=True) | Q(lon__isnull=True)
    reached = Q(pk__in=mailboxes(organisation__region=region).values("organisation"))
    groups = open_ones(seen).filter(pointless | Q(numberless) | reached).values_list(*by).annotate(
        numberless=Count("pk", filter=Q(numberless)), pointless=Count("pk", filter=pointless), reached=Count("pk", filter=reached)
    )
    return {tuple(of): (without_number, without_point, with_mailbox) for *of, without_number, without_point, with_mailbox in groups}


def _areas(region: Region) -> Iterable[tuple[int, str, int | None]]:
    """(area, its name, one of its municipalities), an area without any once."""
    return Subregion.objects.filter(region=region).order_by("kind", "order", "name").values_list("pk", "name", "municipalities")


def _by_area(areas: Iterable[tuple[int, str, int | None]], rows: Iterable[dict[str, Any]]) -> list[Line]:
    lines: dict[int, Line] = {}
    areas_of: dict[int | None, list[int]] = {}
    for area, name, municipality in areas:
        lines.setdefault(area, Line(name))
        areas_of.setdefault(municipality, []).append(area)
    elsewhere = Line(str(_("in none of these areas")))
    for row in rows if lines else ():
        homes = areas_of.get(row["municipality"], [])
        for area in homes:
            lines[area].add(row)
        if not homes:
            elsewhere.add(row)
    return [*lines.values(), *([elsewhere] if lines and elsewhere.n else [])]


#: What there is to mend, the most useful first: {word of the address: (label, page that mends it)}.
MENDS: dict[str, tuple[Any, str]] = {
    "number": (_("no number"), "register:edit"),
    "place": (_("place unclear"), "register:edit"),
    "unconfirmed": (_("not confirmed"), "register:organisation"),
    "contact": (_("no e-mail"), "register:contacts"),
    "report": (_("report not filed"), "register:recognitions"),
    "review": (_("review overdue"), "register:recognitions"),
    "figures": (_("no figures"), "register:figures"),
    "point": (_("no coordinates"), "register:edit"),
    "activity": (_("no main activity"), "register:edit"),
}


def to_mend(seen: QuerySet[Organisation], today: date) -> QuerySet[Organisation]:
    """Open organisations with one flag `mend_…` for each thing to mend."""
    active = Q(activity_status=Organisation.Status.ACTIVE)
    last_year = today.year - 1
    flags = {
        "number": active & Q(has_identifier=False),
        "place": Q(municipality__isnull=True) | Q(misfit=True),
        "unconfirmed": stale(today),
        "contact": Q(has_contact=False),
        "report": Q(report_missing=True),
        "review": Q(review_overdue=True),
        "figures": active & Q(has_figures=False),
        "point": Q(lat__isnull=True),
        "activity": Q(has_activity=False),
    }
    granted = Recognition.objects.filter(organisation=OuterRef("pk"), state=Recognition.State.GRANTED)
    rows = _checked(seen).annotate(
        misfit=_misfit(), review_overdue=Exists(granted.filter(review_on__lt=today)),
        report_missing=_report_missing(granted, today),
        has_figures=Exists(YearlyFigures.objects.filter(organisation=OuterRef("pk"), year=last_year)),
    )  # fmt: skip
    one, none = Value(1), Value(0)
    return rows.annotate(
        **{f"mend_{name}": Case(When(flag, then=one), default=none, output_field=IntegerField()) for name, flag in flags.items()}
    )


def _misfit() -> Any:
    """The postal code is known, and serves other municipalities than the one the record says."""
    known = PostalCode.objects.filter(country=OuterRef("country"), code=OuterRef("postal_code"), municipality__isnull=False)
    return Exists(known) & ~Exists(known.filter(municipality=OuterRef("municipality")))


def _report_missing(granted: QuerySet[Recognition], today: date) -> Any:
    """A report past its day and not filed; last year's is due on the day its status names, even if nobody entered it."""
    overdue = StatusReport.objects.filter(
        recognition__organisation=OuterRef("pk"), recognition__state=Recognition.State.GRANTED, due_on__lt=today, filed_on=None
    )
    year = today.year - 1
    due = [row.code for row in codes.RECOGNITIONS if row["report_due"] and today > _due(row["report_due"], today.year)]
    filed = StatusReport.objects.filter(recognition=OuterRef("pk"), year=year)
    unheard = granted.filter(code__in=due, granted_on__lte=date(year, 12, 31)).exclude(Exists(filed))
    return Exists(overdue) | Exists(unheard)


def _due(month_day: str, year: int) -> date:
    month, day = month_day.split("-")
    return date(year, int(month), int(day))


def mend_counts(frame: Kept, rows: QuerySet[Organisation], today: date) -> dict[str, int]:
    """How many organisations each thing to mend is about, how many need anything, how many a campaign would ask."""
    askable = Q(mend_unconfirmed=1, has_contact=True) & ~Q(is_asked_lately=True)
    anything = Q(*[(f"mend_{name}", 1) for name in MENDS], _connector=Q.OR)
    sums = {name: Count("pk", filter=Q(**{f"mend_{name}": 1})) for name in MENDS}
    asked = rows.annotate(is_asked_lately=asked_lately())
    return kept_until_a_deed(
        frame, f"mends {today}",
        lambda: asked.aggregate(**sums, anything=Count("pk", filter=anything), askable=Count("pk", filter=askable)),
    )  # fmt: skip


def most_useful(frame: Kept, rows: QuerySet[Organisation], today: date, only: str, part: slice) -> list[int]:
    """The keys of a part of the records, those with most to mend first, then those confirmed longest ago.

    Without `only` the records with nothing to mend stand at the end: `mend_counts` says where they begin.
    """
    total = sum((F(f"mend_{name}") for name in MENDS), Value(0))
    chosen = rows.filter(**{f"mend_{only}": 1}) if only else rows
    oldest = Coalesce("last_confirmed_on", Value(date(1, 1, 1)))
    ranked = chosen.order_by(total.desc(), oldest, "name_fold", "pk").values_list("pk", flat=True)
    return kept_until_a_deed(frame, f"most useful {today} {only} {part}", lambda: list(ranked[part]))
