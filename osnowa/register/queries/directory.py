"""The directory: which organisations a person asked for, how many there are of each kind, in which columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Count,
    F,
    Func,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Coalesce
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.words import fold, typed
from osnowa.places.models import Region, Subregion
from osnowa.register import codes
from osnowa.register.models import Activity, Organisation, YearlyFigures
from osnowa.register.queries.search import Hits, best_first, search

#: Filters by a code: {word of the address: look-up of the query}.
FACETS = {
    "form": "legal_form",
    "status": "activity_status",
    "sector": "sector",
    "area": "municipality__subregions__code",
    "service": "service_areas__code",
    "recognition": "recognitions__code",
}
#: The order of what words found; without words it is the order of names.
BEST = "best"


class ByCodePoint(Func):
    """A text that stands where its characters stand, whatever a database takes for the order of a language."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='%(expressions)s COLLATE "C"', **context)


_BY_NAME = (ByCodePoint("name_fold"), F("pk"))
#: Each tells of any two organisations which stands first (`freezing.ORDERS` says the same to DuckDB).
SORTS: dict[str, tuple[Any, ...]] = {
    BEST: _BY_NAME,
    "name": _BY_NAME,
    "confirmed": (F("last_confirmed_on").asc(nulls_first=True), *_BY_NAME),
    "form": (ByCodePoint("legal_form"), *_BY_NAME),
    "place": (ByCodePoint("locality"), *_BY_NAME),
    "changed": (F("changed_at").desc(), F("pk")),
}
COLUMNS: dict[str, Any] = {
    "form": gettext_lazy("Legal form"),
    "place": gettext_lazy("Place"),
    "status": gettext_lazy("Activity status"),
    "confirmed": gettext_lazy("Last confirmed"),
    "sector": gettext_lazy("Sector"),
    "activity": gettext_lazy("Main activity"),
    "numbers": gettext_lazy("Numbers"),
    "employees": gettext_lazy("Employees"),
    "founded": gettext_lazy("Founded"),
}
USUAL_COLUMNS = ("form", "place", "status", "confirmed")


@dataclass(frozen=True)
class Wish:
    """What a person asked of the directory, made of the words of an address; `problem` says what could not be done."""

    q: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    municipality: str = ""
    on: date | None = None
    closed: bool = False
    sort: str = "name"
    columns: tuple[str, ...] = USUAL_COLUMNS
    problem: str = ""
    #: What the words found, by what was seen: many parts of a page ask for it.
    _hits: dict[int, tuple[QuerySet[Organisation], Hits]] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, words: QueryDict) -> "Wish":
        """Unknown words are passed over; an address typed by hand never breaks."""
        columns = tuple(c for c in words.getlist("col") if c in COLUMNS)
        q = typed(words.get("q", ""))[:100]
        usual = BEST if fold(q) else "name"
        sort = words.get("sort") or usual
        on, problem = _day(words.get("on", ""))
        if q and not fold(q):
            problem = _("Nothing can be searched for by signs alone. Write a word or a number, or clear the filters.")
        return cls(
            q=q,
            facets={name: tuple(filter(None, words.getlist(name))) for name in FACETS if any(words.getlist(name))},
            municipality=words.get("municipality", ""),
            on=on,
            closed=bool(words.get("closed")) or "closed" in words.getlist("status"),
            sort=usual if sort not in SORTS or (sort == BEST and usual != BEST) else sort,
            columns=columns or USUAL_COLUMNS,
            problem=problem,
        )

    @property
    def is_narrow(self) -> bool:
        """Whether anything is left out of the directory."""
        return bool(self.q or self.facets or self.municipality or self.on)

    def hits(self, seen: QuerySet[Organisation], region: Region | None = None) -> Hits | None:
        """What the words found among the organisations seen, signs alone nothing; None where nothing was asked."""
        if not self.q:
            return None
        if id(seen) not in self._hits:
            self._hits[id(seen)] = seen, search(region, seen=seen, words=self.q)
        return self._hits[id(seen)][1]


def _day(text: str) -> tuple[date | None, str]:
    """The day of the register that was asked for, or why there is none."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        return None, _("There is no such day: the register is shown as it is today.") if text else ""
    if day > timezone.localdate():
        return None, _("This day has not come yet: the register is shown as it is today.")
    return day, ""


def existing_on(day: date) -> Q:
    """Organisations that had begun and not ended on a day; without any date of beginning they count as existing."""
    began = Q(registered_on__lte=day) | Q(registered_on__isnull=True, founded_on__lte=day)
    undated = Q(registered_on__isnull=True, founded_on__isnull=True)
    return (began | undated) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))


def recognised_on(day: date, code: str) -> Q:
    """Organisations whose status or certificate was in force on a day; one Q for one `filter` (same row)."""
    return Q(
        Q(recognitions__ended_on__isnull=True) | Q(recognitions__ended_on__gt=day),
        recognitions__code=code,
        recognitions__granted_on__lte=day,
    )


def wanted(seen: QuerySet[Organisation], wish: Wish, *, but: str = "") -> QuerySet[Organisation]:
    """The organisations of a wish, each once, in no order; `but` leaves one facet out, for its counts."""
    found = seen
    if wish.on:
        found = found.filter(existing_on(wish.on))
    elif not wish.closed:
        found = found.exclude(activity_status=Organisation.Status.CLOSED)
    if hits := wish.hits(seen):
        found = hits.among(found)
    if wish.municipality:
        found = found.filter(municipality__code=wish.municipality)
    many = False
    for name, chosen in wish.facets.items():
        if name == but:
            continue
        if name == "recognition":
            in_force = Q(pk__in=[])
            for code in chosen:
                in_force |= recognised_on(wish.on, code) if wish.on else Q(recognitions__code=code, recognitions__state="granted")
            found = found.filter(in_force)
        else:
            found = found.filter(**{f"{FACETS[name]}__in": chosen})
        many |= "__" in FACETS[name]
    return found.distinct() if many else found


def in_order(found: QuerySet[Organisation], wish: Wish, levels: tuple[str, ...]) -> QuerySet[Organisation]:
    """The rows of the directory, with what its columns need, in the wished order."""
    rows = with_columns(found, wish, levels).order_by(*SORTS[wish.sort])
    hits = next((hits for _seen, hits in wish._hits.values()), None)
    return best_first(rows, hits) if hits and wish.sort == BEST else rows


def with_columns(found: QuerySet[Organisation], wish: Wish, levels: tuple[str, ...]) -> QuerySet[Organisation]:
    """The rows with what the columns of a wish need; figures only of the visibilities given."""
    rows = found.select_related("municipality__parent")
    if "activity" in wish.columns:
        rows = rows.prefetch_related(Prefetch("activities", Activity.objects.filter(is_main=True), to_attr="main_activity"))
    if "numbers" in wish.columns:
        rows = rows.prefetch_related("identifiers")
    if "employees" in wish.columns:
        newest = YearlyFigures.objects.filter(
            organisation=OuterRef("pk"), employees__isnull=False, visibility__in=levels
        ).order_by("-as_of_on")
        rows = rows.annotate(newest_employees=Subquery(newest.values("employees")[:1]))
    return rows


def facet_counts(seen: QuerySet[Organisation], wish: Wish) -> dict[str, dict[str, int]]:
    """{facet: {code: organisations}}, each facet counted as if nothing were chosen in it; one query for all."""
    parts = []
    for name, path in FACETS.items():
        rows = wanted(seen, wish, but=name).order_by()
        if name == "recognition":
            rows = rows.filter(recognitions__state="granted")
        parts.append(
            Organisation.objects.filter(pk__in=rows.values("pk"))
            .order_by()
            .values(facet=Value(name, output_field=TextField()), value=Cast(Coalesce(path, Value("")), TextField()))
            .annotate(n=Count("pk", distinct=True))
            .values_list("facet", "value", "n")
        )
    counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for name, value, n in parts[0].union(*parts[1:], all=True):
        if value:
            counts[name][value] = n
    return counts


def facet_labels(region: Region) -> dict[str, Callable[[str], str]]:
    """{facet: function from code to label} in the reader's language."""
    areas = dict(Subregion.objects.filter(region=region).values_list("code", "name"))
    return {
        "form": codes.LEGAL_FORMS.label,
        "status": codes.ACTIVITY_STATUS.label,
        "sector": codes.SECTORS.label,
        "area": lambda code: areas.get(code, code),
        "service": codes.SERVICE_AREAS.label,
        "recognition": codes.RECOGNITIONS.label,
    }


def _word(scheme: str) -> str:
    """What stands before a number: NIP for PL-NIP, ISNI for a scheme of no country."""
    return scheme.partition("-")[2] or scheme


def cell(organisation: Organisation, column: str) -> Any:
    """What a column of the directory says of an organisation: text, number, date or None."""
    match column:
        case "form":
            return codes.LEGAL_FORMS.label(organisation.legal_form)
        case "place":
            return organisation.locality or (organisation.municipality.name if organisation.municipality else "")
        case "status":
            return codes.ACTIVITY_STATUS.label(organisation.activity_status)
        case "confirmed":
            return organisation.last_confirmed_on
        case "sector":
            return codes.SECTORS.label(organisation.sector)
        case "activity":
            main: list[Activity] = organisation.main_activity  # type: ignore[attr-defined]
            return f"{main[0].nace} {codes.nace_label(organisation.nace_version, main[0].nace)}" if main else ""
        case "numbers":
            return ", ".join(f"{_word(i.scheme)} {i.value}" for i in organisation.identifiers.all())
        case "employees":
            return organisation.newest_employees  # type: ignore[attr-defined]
        case "founded":
            return organisation.founded_on
    raise KeyError(column)
