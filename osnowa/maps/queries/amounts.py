"""What each place of a level amounts to: organisations, sums of yearly figures, indicators."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from osnowa.compute.disclosure import hidden_sums
from osnowa.indicators.models import Indicator, Value
from osnowa.indicators.queries.yearly import DECIMALS, MONEY, PEOPLE, hidden_by_division
from osnowa.maps.queries.atlas import Atlas, Divisions
from osnowa.maps.queries.keeping import Question
from osnowa.ui.charts.measures import decimals_of

#: Yearly figures that a sum over organisations makes sense of.
FIGURES = {
    "employees": _("employees (persons)"),
    "employees_fte": _("employees (full-time equivalents)"),
    "jobs_in_status": _("jobs in a social enterprise"),
    "volunteers": _("volunteers"),
    "members_natural": _("members (natural persons)"),
    "beneficiaries": _("people served"),
    "revenue_total": _("revenue"),
}
#: A sum over fewer organisations tells what one of them said.
FEWEST = 3
_KEYS = {
    "municipality": "municipality",
    "powiat": "powiat",
    "nuts3": "nuts3",
    "nuts2": "nuts2",
    "nuts1": "substr(nuts3, 1, 3)",
    "country": "substr(nuts3, 1, 2)",
}
#: With more municipalities than this the audit of linked tables would take too long.
_MOST_AUDITED = 400
#: The levels by which yearly figures are printed in statistics too: {division there: level here}.
_OF_STATISTICS = {"area": "subregion", "powiat": "powiat", "nuts3": "nuts3"}
#: A cell of a table: (level, place); a sum with its parts.
_Cell = tuple[str, str]
_Group = tuple[_Cell, list[_Cell]]
_LENGTHS = {"country": 2, "nuts1": 3, "nuts2": 4, "nuts3": 5}


@dataclass(frozen=True)
class Amounts:
    """{place: amount}; `hidden` places rest on too few; `period`, `source` and `unit` say of when, from whom, in what."""

    of: Mapping[str, float]
    hidden: frozenset[str] = frozenset()
    period: str = ""
    sources: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class _Sums:
    amounts: dict[str, float] = field(default_factory=dict)
    contributors: dict[str, int] = field(default_factory=dict)


def organisations(question: Question, level: str, divisions: Divisions) -> dict[str, int]:
    """{place: organisations} of everything asked for, not only of the window."""

    def counted() -> dict[str, int]:
        rows = question.counts(f"SELECT {_key(level)}, count(*) FROM register WHERE {question.condition} GROUP BY 1", 1)
        return {key: int(amount) for key, amount in _gathered(rows, level, divisions).items()}

    return question.made(f"counts {level} {divisions if level == 'subregion' else ''}", counted)


def _key(level: str) -> str:
    return _KEYS["municipality" if level == "subregion" else level]


def _gathered(rows: Iterable[tuple[object, float]], level: str, divisions: Divisions) -> dict[str, float]:
    """Amounts by place, those of municipalities added up where the level is the region's own division."""
    of, sums = divisions.of, defaultdict[str, float](float)
    for key, amount in rows:
        name = of.get(str(key), "") if level == "subregion" else str(key or "")
        if name:
            sums[name] += amount
    return dict(sums)


def figures(everything: Question, column: str, level: str, divisions: Divisions, atlas: Atlas) -> Amounts:
    """Sums of a yearly figure over all organisations that stand, of the newest year that has it.

    `everything` is the register without filters: sums over freely chosen groups would tell single organisations apart.
    """
    name = f"figures {column} {level} {divisions}"
    return everything.made(name, lambda: _figures(everything, column, level, divisions, atlas))


def _figures(everything: Question, column: str, level: str, divisions: Divisions, atlas: Atlas) -> Amounts:
    year = _year(everything, column)
    if year is None:
        return Amounts({})
    sums = {name: _sums(everything, column, year, name, divisions) for name in ("country", "nuts1", "nuts2", "nuts3", "powiat", "municipality", "subregion")}
    told = hidden_by_division(everything.frame, column, year) if column in (*PEOPLE, MONEY) else {}
    hidden = _hidden(sums, atlas, divisions, {(_OF_STATISTICS[division], code): is_hidden for (division, code), is_hidden in told.items() if division in _OF_STATISTICS})
    own = sums[level]
    decimals = DECIMALS.get(column, 0)
    shown = {key: round(amount, decimals) for key, amount in own.amounts.items() if key not in hidden[level]}
    return Amounts(shown, frozenset(hidden[level]), str(year), decimals=decimals)


def _year(everything: Question, column: str) -> int | None:
    """The newest year that is not only begun: told by at least half as many organisations as the fullest one."""
    told = everything.rows(f"SELECT year, count(DISTINCT organisation) FROM figures WHERE {column} IS NOT NULL GROUP BY 1")
    most = max((n for _year, n in told), default=0)
    return max((int(year) for year, n in told if 2 * n >= most), default=None)


def _sums(everything: Question, column: str, year: int, level: str, divisions: Divisions) -> _Sums:
    rows = everything.rows(
        f"WITH newest AS (SELECT organisation, {column} AS amount, "
        "row_number() OVER (PARTITION BY organisation ORDER BY as_of_on DESC) AS place "
        f"FROM figures WHERE year = {year} AND {column} IS NOT NULL) "
        f"SELECT {_key(level)}, count(*), sum(amount) FROM register JOIN newest ON organisation = id AND place = 1 GROUP BY 1"
    )
    contributors = _gathered(((key, n) for key, n, _sum in rows), level, divisions)
    return _Sums(_gathered(((key, float(amount)) for key, _n, amount in rows), level, divisions), {key: int(n) for key, n in contributors.items()})


def _hidden(sums: Mapping[str, _Sums], atlas: Atlas, divisions: Divisions, told: Mapping[_Cell, bool]) -> dict[str, set[str]]:
    """The places to hide on every level, so that no shown sums give those of few organisations away.

    `told` says what statistics hide and print of the same numbers: the map does the same, for both are read together.
    """
    groups = list(_groups(sums, atlas, divisions))
    if len(sums["municipality"].contributors) <= _MOST_AUDITED:
        return _audited(sums, groups, told)
    hidden = {level: {key for key, n in own.contributors.items() if n < FEWEST} for level, own in sums.items()}
    hidden["subregion"] = set(sums["subregion"].contributors)  # they cut across territories: only the audit may show them
    before = -1
    while before != (before := sum(map(len, hidden.values()))):
        for above, parts in groups:
            _close(hidden, sums, above, parts)
    return hidden


def _audited(sums: Mapping[str, _Sums], groups: Sequence[_Group], told: Mapping[_Cell, bool]) -> dict[str, set[str]]:
    """All levels as linked tables, judged together."""
    cells = [(level, key) for level, own in sums.items() for key in own.contributors]
    numbers = {cell: number for number, cell in enumerate(cells)}
    additions = [(numbers[above], tuple(numbers[part] for part in parts)) for above, parts in groups if above in numbers]
    amounts = [sums[level].amounts[key] for level, key in cells]
    contributors = np.array([sums[level].contributors[key] for level, key in cells], dtype=np.int64)
    kept, printed = (np.array([told.get(cell) is is_hidden for cell in cells]) for is_hidden in (True, False))
    mask = hidden_sums(amounts, [contributors], additions, fewest=FEWEST, is_whole=False, unprinted=kept, printed=printed)
    return {level: {key for (of, key), is_hidden in zip(cells, mask, strict=True) if is_hidden and of == level} for level in sums}


def _close(hidden: dict[str, set[str]], sums: Mapping[str, _Sums], above: _Cell, parts: Sequence[_Cell]) -> None:
    """One sum and its parts: no part alone hidden beside a shown sum, nothing shown within a hidden one."""
    level, own = parts[0][0], sums[parts[0][0]].contributors
    keys = {key for _level, key in parts}
    if above[1] in hidden[above[0]]:
        hidden[level] |= keys
    masked = keys & hidden[level]
    shown = sorted(keys - masked, key=lambda key: own[key])
    while masked and (len(masked) < 2 or sum(own[key] for key in masked) < FEWEST):
        if not shown:
            hidden[above[0]].add(above[1])
            break
        masked.add(shown.pop(0))
    hidden[level] |= masked


def _groups(sums: Mapping[str, _Sums], atlas: Atlas, divisions: Divisions) -> Iterable[_Group]:
    """Every sum that can be asked for with its parts on a finer level."""
    steps = (("country", "nuts1"), ("nuts1", "nuts2"), ("nuts2", "nuts3"), ("nuts3", "powiat"), ("nuts3", "municipality"), ("powiat", "municipality"))
    for above, level in steps:
        found: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in sorted(sums[level].contributors):
            found[_parent(key, above, level, atlas)].append((level, key))
        yield from (((above, key), parts) for key, parts in sorted(found.items()) if key)
    members: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key in sorted(sums["municipality"].contributors):
        if key in divisions.of:
            members[divisions.of[key]].append(("municipality", key))
    yield from ((("subregion", code), parts) for code, parts in sorted(members.items()))


def _parent(key: str, above: str, level: str, atlas: Atlas) -> str:
    if above in _LENGTHS and level in _LENGTHS:
        return key[: _LENGTHS[above]]
    place = atlas.layer(level).places.get(key)
    return place.above.get(above, "") if place else ""


def indicator(code: str, level: str, atlas: Atlas) -> Amounts:
    """The newest period of an indicator at a level; two queries."""
    found = Value.objects.filter(indicator__code=code, is_newest=True, value__isnull=False)
    if level in _LENGTHS:
        found = found.filter(geo__regex=rf"^[A-Z]{{2}}[0-9A-Z]{{{_LENGTHS[level] - 2}}}$")
    elif level == "subregion":
        return Amounts({})
    else:
        kind = 3 if level == "municipality" else 2
        found = found.filter(territory__isnull=False).exclude(territory__scheme="NUTS").filter(territory__level__gte=kind)
    newest = found.aggregate(newest=Max("period"))["newest"]
    if newest is None:
        return Amounts({})
    rows = found.filter(period=newest).values_list("geo", "territory", "value", "release__source", "indicator__unit")
    keys = atlas.layer(level).places
    of, sources, unit = {}, {}, ""
    for geo, territory, value, source, unit in rows:  # noqa: B007
        key = str(territory) if level == "municipality" else geo
        if key in keys and value is not None:
            of[key], sources[source] = float(value), True
    return Amounts(of, period=newest, sources=tuple(sources), unit=unit, decimals=decimals_of(of.values()) if of else 0)


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What can be coloured: (heading, [(word, label)]); one query."""
    found = list(Indicator.objects.all()[:300])
    real, invented = ([(f"indicator:{one.code}", str(one)) for one in found if one.is_invented == is_so] for is_so in (False, True))
    groups: list[tuple[str, list[tuple[str, str]]]] = [
        ("", [("", str(_("Organisations as circles"))), ("organisations", str(_("Organisations by area")))]),
        (str(_("Yearly figures, sums")), [(f"figure:{name}", str(label)) for name, label in FIGURES.items()]),
    ]
    named = ((str(_("Indicators")), real), (str(_("Invented indicators of the sample")), invented))
    return [*groups, *((heading, group) for heading, group in named if group)]
