"""What signatories of a pact will do and did: the catalogue, one signatory's list, all of them year by year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from osnowa.agreements.models import Agreement, Commitment, Paper, Signatory
from osnowa.kit.codes import CodeList
from osnowa.kit.sheets import Row
from osnowa.kit.words import fold

#: Community draft after the Pomorskie pact of 28 February 2024; each row names its source.
COMMITMENTS = CodeList(Path(__file__).resolve().parent.parent / "tables" / "commitments.csv")
State = Commitment.State


def has_commitments(agreement: Agreement) -> bool:
    """Whether signatories of this agreement commit themselves to something year by year."""
    return agreement.kind == Agreement.Kind.PACT


def title(it: Commitment) -> str:
    """A commitment in words: the catalogue's in the reader's language, and what the signatory adds."""
    return ": ".join(filter(None, (COMMITMENTS.label(it.code) if it.code else "", it.text)))


def unit(it: Commitment) -> str:
    """The unit of target and reached, as people write it."""
    known = {"percent": "%", "number": "", "money": it.signatory.agreement.region.currency}
    return known.get(it.unit, it.unit)


def is_due(it: Commitment, today: date | None = None) -> bool:
    """Whether its year is over and nobody told how it went."""
    return it.told_on is None and it.year < (today or timezone.localdate()).year


@dataclass(frozen=True)
class Cell:
    """What one signatory promised in one year, by state; `due` was not told though the year is over."""

    year: int
    promised: int
    done: int
    partly: int
    not_done: int
    due: int

    @property
    def told(self) -> int:
        return self.done + self.partly + self.not_done


@dataclass(frozen=True)
class Line:
    """A signatory with its cells in the order of the years."""

    signatory: Signatory
    cells: list[Cell]


@dataclass(frozen=True)
class Overview:
    """Signatories × years, and the sums of each year."""

    years: list[int]
    lines: list[Line]
    totals: list[Cell]
    silent: list[Signatory]


def commitments_of(signatory: Signatory) -> list[Commitment]:
    """The commitments of one signatory, the newest year first, with their files but without content."""
    rows = signatory.commitments.prefetch_related(Prefetch("papers", Paper.objects.defer("content"))).order_by("-year", "pk")
    found = list(rows)
    for row in found:
        row.signatory = signatory
    return found


def _cell(year: int, rows: Iterable[Commitment], today: date) -> Cell:
    here = [row for row in rows if row.year == year]
    states = Counter(row.state for row in here)
    return Cell(year, len(here), states[State.DONE], states[State.PARTLY], states[State.NOT_DONE], sum(is_due(row, today) for row in here))


def rows_of(agreement: Agreement, *, only_signed: bool = False) -> list[Commitment]:
    """All commitments of those who signed or declared, by signatory and year; `only_signed` is what everybody may see."""
    rows = Commitment.objects.filter(signatory__agreement=agreement).exclude(signatory__state__in=(Signatory.State.INVITED, Signatory.State.DECLINED)).select_related("signatory")
    rows = rows.filter(signatory__state=Signatory.State.SIGNED) if only_signed else rows
    found = list(rows)
    for row in found:
        row.signatory.agreement = agreement
    return sorted(found, key=lambda row: (fold(row.signatory.name), row.signatory_id, -row.year, row.pk))


def overview(agreement: Agreement, today: date | None = None, *, only_signed: bool = False) -> Overview:
    """Signatories × years; `silent` have signed and promised nothing. Two queries."""
    day, rows = today or timezone.localdate(), rows_of(agreement, only_signed=only_signed)
    of: dict[int, list[Commitment]] = {}
    for row in rows:
        of.setdefault(row.signatory_id, []).append(row)
    years = sorted({row.year for row in rows})
    lines = [Line(mine[0].signatory, [_cell(year, mine, day) for year in years]) for mine in of.values()]
    signed = agreement.signatories.filter(state=Signatory.State.SIGNED).exclude(pk__in=of).order_by("name", "pk")
    return Overview(years, lines, [_cell(year, rows, day) for year in years], list(signed))


def _plain(value: Decimal | None) -> Any:
    return None if value is None else float(value)


def sheets_of(agreement: Agreement) -> dict[str, tuple[Row, Iterable[Row]]]:
    """The overview and every commitment, for a spreadsheet."""
    found = overview(agreement)
    heads = [_("Signatory"), *(f"{year} {words}" for year in found.years for words in (pgettext("commitments", "promised"), pgettext("commitments", "told"), pgettext("commitments", "done"), pgettext("commitments", "not told in time")))]
    lines = [[line.signatory.name, *(number for cell in line.cells for number in (cell.promised, cell.told, cell.done, cell.due))] for line in found.lines]
    total = [_("Total"), *(number for cell in found.totals for number in (cell.promised, cell.told, cell.done, cell.due))]
    columns = [_("Signatory"), _("Year"), _("Code"), _("Commitment"), _("Target"), _("Reached"), _("Unit"), _("State"), _("Told on"), _("Evidence"), _("Source of the catalogue")]
    every = [
        [
            row.signatory.name, row.year, row.code, title(row), _plain(row.target), _plain(row.reached), unit(row), row.get_state_display(), row.told_on,
            " ".join(one.get("link", "") for one in row.evidence), COMMITMENTS[row.code]["source"] if row.code in COMMITMENTS else "",
        ]
        for row in rows_of(agreement)
    ]  # fmt: skip
    return {_("Overview"): (heads, [*lines, total]), _("Commitments"): (columns, every)}
