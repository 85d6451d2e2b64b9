"""The dimensions of statistics: by what organisations are counted, and what the codes of each are called."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.warehouse import literal
from osnowa.places.models import KINDS, Region, Subregion, Territory
from osnowa.register import codes

#: Divisions of a region, the one that counts first.
DIVISIONS = (Subregion.Kind.SUPPORT_CENTRE, Subregion.Kind.SUBREGION, Subregion.Kind.OTHER)


#: Of more names at once namesakes are not looked for.
MOST_NAMED = 900


@dataclass(frozen=True)
class Dimension:
    """Something organisations are counted by. `column` is SQL over `register`; a list where one has several codes."""

    key: str
    words: Any
    column: str
    is_place: bool = False
    #: One organisation may stand in several rows, so that these do not add up.
    overlaps: bool = False
    #: The word of the directory's address that filters by it.
    filter: str = ""
    #: The rows of a table with what the column needs.
    rows: str = "{table}"

    def cells(self, table: str = "register", name: str = "cell") -> str:
        """A table of the rows with the code under a name; organisations with several codes stand in several rows."""
        code = f"unnest({self.column})" if self.overlaps else self.column
        return f"(SELECT *, {code} AS {name} FROM {self.rows.format(table=table)} AS with_{name})"


@cache
def _sections(version: str = "2.1") -> dict[str, str]:
    """{division: section} of NACE: the second level with what stands above it."""
    return {row.code: row["parent"] for row in codes.NACE[version] if row["level"] == "2"}


@cache
def _section() -> str:
    """The section of a main activity as SQL; both versions are read with the letters of NACE 2.1."""
    letters: dict[str, list[str]] = {}
    for division, letter in ({"45": "G"} | _sections()).items():
        letters.setdefault(letter, []).append(literal(division))
    cases = " ".join(f"WHEN substr(nace, 1, 2) IN ({', '.join(divisions)}) THEN {literal(letter)}" for letter, divisions in letters.items())
    return f"CASE {cases} ELSE '' END"


def division_of(region: Region) -> str:
    """The kind of the region's own division that statistics use; empty where it has none; one query, none where its subregions were fetched."""
    kinds = {one.kind for one in region.subregions.all()}
    return next((kind for kind in DIVISIONS if kind in kinds), "")


def dimensions(region: Region, division: str | None = None) -> dict[str, Dimension]:
    """The dimensions of a region, as readers choose among them."""
    kind = division_of(region) if division is None else division
    areas = (
        "(SELECT one.*, own.area AS own_area FROM {table} AS one LEFT JOIN "
        f"(SELECT municipality AS of_area, area FROM areas WHERE kind = {literal(kind)}) AS own ON one.municipality = own.of_area)"
    )
    found = [
        Dimension("form", gettext_lazy("Legal form"), "legal_form", filter="form"),
        Dimension("sector", gettext_lazy("Sector"), "sector", filter="sector"),
        Dimension("recognition", gettext_lazy("Status or certificate"), "recognitions", overlaps=True, filter="recognition"),
        Dimension("section", gettext_lazy("Section of activity (NACE)"), _section()),
        Dimension("nace2", gettext_lazy("Division of activity (NACE)"), "substr(nace, 1, 2)"),
        Dimension("nace", gettext_lazy("Main activity (NACE class)"), "nace"),
        Dimension("service", gettext_lazy("Services"), "services", overlaps=True, filter="service"),
        Dimension("area", gettext_lazy("Area"), "coalesce(own_area, '')", is_place=True, filter="area", rows=areas),
        Dimension("municipality", gettext_lazy("Municipality"), "municipality_code", is_place=True, filter="municipality"),
        Dimension("powiat", gettext_lazy("County (powiat)"), "powiat", is_place=True),
        Dimension("nuts3", gettext_lazy("NUTS 3"), "nuts3", is_place=True),
        Dimension("nuts2", gettext_lazy("NUTS 2"), "nuts2", is_place=True),
    ]
    left_out = {*(() if kind else ("area",)), *(() if region.jurisdiction == "PL" else ("powiat",))}
    return {one.key: one for one in found if one.key not in left_out}


def labels(region: Region, dimension: Dimension, wanted: Iterable[str]) -> Mapping[str, str]:
    """{code: words} for codes of a dimension in the reader's language; at most two queries."""
    wanted = set(wanted)
    if dimension.key == "area":
        found = {one.code: one.name for one in region.subregions.all() if one.code in wanted}
    elif dimension.is_place:
        found = _places(dimension, wanted)
    else:
        found = {code: _label(dimension.key)(code) for code in wanted if code}
    nothing = _("outside every area") if dimension.key == "area" else _("not known")
    return {code: found.get(code, code) or nothing for code in wanted}


def _places(dimension: Dimension, wanted: set[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    found = list(Territory.objects.filter(code__in=wanted - {""}).order_by("scheme").values_list("code", "name", "kind"))
    apart = _namesakes([name for _code, name, _kind in found]) if dimension.key == "municipality" else set()
    for code, name, kind in found:
        named[code] = f"powiat {name}" if kind == "powiat" else f"{name} ({KINDS.get(kind, kind)})" if (code[:2], name) in apart else name
    return named


def _namesakes(names: list[str]) -> set[tuple[str, str]]:
    """(voivodeship, name) of names that several Polish municipalities bear: a town and the rural municipality around it."""
    rows = Territory.objects.filter(scheme=Territory.Scheme.TERYT, level=3, name__in=names[:MOST_NAMED]).values_list("code", "name")
    counted = Counter((code[:2], name) for code, name in rows)
    return {key for key, n in counted.items() if n > 1}


def _label(key: str) -> Callable[[str], str]:
    if key in ("section", "nace2", "nace"):
        return lambda code: f"{code} {codes.nace_label('2.1', code) if code in codes.NACE['2.1'] else codes.nace_label('2', code)}"
    tables = {"form": codes.LEGAL_FORMS, "sector": codes.SECTORS, "recognition": codes.RECOGNITIONS, "service": codes.SERVICE_AREAS}
    return tables[key].label
