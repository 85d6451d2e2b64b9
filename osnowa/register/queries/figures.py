"""Yearly figures: what contradicts itself in them (V2), and what of them may be shown to whom (V3)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.register.models import HEADCOUNT_PARTS, REVENUE_PARTS, SENSITIVE_COUNTS, YearlyFigures

#: The fields as people read them: (key, heading, fields).
GROUPS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("people", gettext_lazy("People at work"), (
        "employees", "employees_fte", "employees_contract", "employees_at_risk", "employees_disability",
        "employees_women", "employees_under_30", "employees_over_50", "jobs_in_status", "jobs_created", "jobs_lost",
    )),
    ("reintegration", gettext_lazy("Reintegration and volunteers"), (
        "participants", "graduates", "employed_after", "beneficiaries", "volunteers", "volunteer_hours",
    )),
    ("economy", gettext_lazy("Economy"), (
        "revenue_total", *REVENUE_PARTS, "surplus", "surplus_reinvested_percent", "wage_lowest", "wage_median", "wage_highest",
    )),
    ("governance", gettext_lazy("Governance"), (
        "members_natural", "members_legal", "is_one_member_one_vote", "has_staff_body",
    )),
)  # fmt: skip
MONEY = frozenset({"revenue_total", *REVENUE_PARTS, "surplus", "wage_lowest", "wage_median", "wage_highest"})
#: The figures of the short table, with short names.
GLANCE = {
    "employees": gettext_lazy("Employees"), "employees_fte": gettext_lazy("Full-time jobs"),
    "employees_at_risk": gettext_lazy("At risk"), "revenue_total": gettext_lazy("Revenue"),
}  # fmt: skip
#: Those of them that bars go with.
BARS = ("employees", "revenue_total")
#: Counts of people below this are never published, save nought (V3).
SMALL = 5
NOT_KNOWN = "–"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A field that disagrees with others, said in words a person can act on."""

    field: str
    message: str


def label(name: str) -> str:
    return capfirst(str(YearlyFigures._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def number(value: int | Decimal) -> str:
    """A number as the reader's language writes it, grouped, without noughts at the end."""
    if isinstance(value, Decimal):
        value = int(value) if value == int(value) else value.normalize()
    return number_format(value, use_l10n=True, force_grouping=True)


def contradictions(values: Mapping[str, Any]) -> list[Contradiction]:
    """What V2 finds wrong: revenue parts and total, parts and headcount, full-time equivalents and headcount."""
    return [*_revenue(values), *_headcount(values), *_fte(values), *_wages(values)]


def sum_of_revenue(values: Mapping[str, Any]) -> int | None:
    """The sum of the known parts of the revenue; None where none is known."""
    known = [values[part] for part in REVENUE_PARTS if values.get(part) is not None]
    return sum(known) if known else None


def _revenue(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    total, parts = values.get("revenue_total"), sum_of_revenue(values)
    if total is None or parts is None or total == parts:
        return
    words = {"sum": number(parts), "total": number(total), "difference": number(abs(total - parts))}
    if parts < total:
        text = _("The parts of the revenue add up to %(sum)s, which is %(difference)s less than the revenue of %(total)s. "
                 "Put what is missing where it belongs, or into other income.")  # fmt: skip
    else:
        text = _("The parts of the revenue add up to %(sum)s, which is %(difference)s more than the revenue of %(total)s. "
                 "Correct a part or the revenue.")  # fmt: skip
    yield Contradiction("revenue_total", text % words)


def _headcount(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    whole = values.get("employees")
    for part in HEADCOUNT_PARTS:
        some = values.get(part)
        if whole is not None and some is not None and some > whole:
            text = ngettext(
                "“%(part)s” is %(some)s, %(n)s person more than all employees (%(whole)s).",
                "“%(part)s” is %(some)s, %(n)s persons more than all employees (%(whole)s).",
                some - whole,
            )
            words = {"part": label(part), "some": number(some), "n": number(some - whole), "whole": number(whole)}
            yield Contradiction(part, text % words)


def _fte(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    whole, fte = values.get("employees"), values.get("employees_fte")
    if whole is None or fte is None or fte <= whole or values.get("fte_note"):
        return
    text = _("Full-time equivalents (%(fte)s) are %(difference)s more than the employees (%(whole)s). "
             "Correct one of them, or say why below.")  # fmt: skip
    words = {"fte": number(fte), "difference": number(fte - whole), "whole": number(whole)}
    yield Contradiction("employees_fte", text % words)


def _wages(values: Mapping[str, Any]) -> Iterator[Contradiction]:
    known = [(name, values[name]) for name in ("wage_lowest", "wage_median", "wage_highest") if values.get(name) is not None]
    for (lower, less), (higher, more) in pairwise(known):
        if less > more:
            words = {"lower": label(lower), "higher": label(higher), "difference": number(less - more)}
            yield Contradiction(higher, _("“%(lower)s” is %(difference)s more than “%(higher)s”.") % words)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure as somebody may see it; `value` is None where it is not known or hidden."""

    value: Any
    text: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class ShownRow:
    """The figures of one day as somebody may see them."""

    row: YearlyFigures
    cells: Mapping[str, Cell]

    @property
    def glance(self) -> list[tuple[str, Cell]]:
        return [(name, self.cells[name]) for name in GLANCE]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure through the days."""

    name: str
    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ShownFigures:
    """A set of rows published together, newest first."""

    rows: tuple[ShownRow, ...]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[ShownRow]:
        return iter(self.rows)

    @property
    def columns(self) -> int:
        """The width of a table with one column a day."""
        return len(self.rows) + 1

    @property
    def hides_something(self) -> bool:
        return any(cell.is_hidden for row in self.rows for cell in row.cells.values())

    @property
    def glance_labels(self) -> list[str]:
        return [str(words) for words in GLANCE.values()]

    @property
    def most(self) -> dict[str, int]:
        """The longest bar of each column that has bars."""
        return {name: max((row.cells[name].value or 0 for row in self.rows), default=0) for name in BARS}

    @property
    def groups(self) -> list[tuple[str, list[Line]]]:
        """Every figure that is known on some day, under its heading."""
        told = []
        for _key, heading, names in GROUPS:
            lines = [Line(name, label(name), tuple(row.cells[name] for row in self.rows)) for name in names]
            known = [line for line in lines if any(cell.text != NOT_KNOWN for cell in line.cells)]
            if known:
                told.append((str(heading), known))
        return told


def shown_figures(rows: Iterable[YearlyFigures], may_edit: bool, currency: str = "") -> ShownFigures:
    """The rows as somebody may see them: who may not edit never reads a count of people at risk between 1 and 4 (V3).

    Where one count of a column is hidden, the next smallest is hidden too, so that no total of the rows reveals it.
    """
    kept = tuple(rows)
    hidden = {} if may_edit else {name: _hidden([getattr(row, name) for row in kept]) for name in SENSITIVE_COUNTS}
    shown = []
    for index, row in enumerate(kept):
        cells = {name: _cell(row, name, hidden.get(name, {}).get(index, ""), currency) for name in _NAMES}
        shown.append(ShownRow(row, cells))
    return ShownFigures(tuple(shown))


_NAMES = tuple(name for group in GROUPS for name in group[2])


def _hidden(counts: list[int | None]) -> dict[int, str]:
    """{index: why} of the counts to hide in a column: the small ones, and a second one where only one is small."""
    small = {index: "small" for index, count in enumerate(counts) if count is not None and 0 < count < SMALL}
    if len(small) == 1:
        others = [(count == 0, count, at) for at, count in enumerate(counts) if count is not None and at not in small]
        if others:
            small[min(others)[2]] = "second"
    return small


def _cell(row: YearlyFigures, name: str, why_hidden: str, currency: str) -> Cell:
    value = getattr(row, name)
    if why_hidden:
        return Cell(None, _("fewer than 5") if why_hidden == "small" else _("not shown"), is_hidden=True)
    if value is None:
        return Cell(None, NOT_KNOWN)
    if isinstance(value, bool):
        return Cell(value, _("yes") if value else _("no"))
    if name in MONEY and currency:
        return Cell(value, f"{number(value)} {currency}")
    return Cell(value, f"{number(value)}%" if name.endswith("_percent") else number(value))
