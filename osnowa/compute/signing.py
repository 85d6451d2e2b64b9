"""How far is the signing of a text: who was asked, who signed, which targets are missed, and whom should one call next?

Every organisation stands in exactly one state, so that for any way of dividing them (sector, subregion, legal form) the parts
add up to the whole:

    asked = invited + declared + signed + declined + withdrawn        checked ≤ signed

An organisation that withdrew and joined again stands where it stands now; its earlier row is history and is not counted.
Targets: so many signatories (20) out of so many sectors (4), and where the text says so, so many of a sector, a subregion, a legal
form. What is missing is max(0, wanted − reached).
Source: counter C16 of the domain notes, thresholds of the founding document of the Pomorskie pilot; founding and ordinary (V10)
after the statutes of clusters that take accession before a day as founding.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

INVITED, DECLARED, SIGNED, DECLINED, WITHDRAWN = "invited", "declared", "signed", "declined", "withdrawn"
STATES = (INVITED, DECLARED, SIGNED, DECLINED, WITHDRAWN)
#: How organisations are divided; each row says its part in all of them, "" where it is not known.
SECTOR, SUBREGION, LEGAL_FORM = "sector", "subregion", "kind"
WAYS = (SECTOR, SUBREGION, LEGAL_FORM)
SIGNATORIES, SECTORS = 20, 4


@dataclass(frozen=True)
class Row:
    """A row of the register of signatures. `who` is the organisation: rows of one organisation are its history, the highest number the newest."""

    number: int
    who: Hashable
    name: str
    state: str
    sector: str = ""
    subregion: str = ""
    kind: str = ""
    is_checked: bool = False
    last_heard_on: date | None = None

    def part(self, way: str) -> str:
        return {SECTOR: self.sector, SUBREGION: self.subregion, LEGAL_FORM: self.kind}[way]


@dataclass(frozen=True)
class Counts:
    """How many organisations stand in each state; `checked` are those of the signed whose mandate somebody checked."""

    invited: int = 0
    declared: int = 0
    signed: int = 0
    declined: int = 0
    withdrawn: int = 0
    checked: int = 0

    @property
    def asked(self) -> int:
        return self.invited + self.declared + self.signed + self.declined + self.withdrawn

    @property
    def unchecked(self) -> int:
        return self.signed - self.checked


@dataclass(frozen=True)
class Targets:
    """What a text wants to reach; `parts` are {way: {code: how many}}."""

    signatories: int = SIGNATORIES
    sectors: int = SECTORS
    parts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Goal:
    """One target: `way` is "signatories", "sectors", or the way in which `code` is a part."""

    way: str
    code: str
    wanted: int
    reached: int

    @property
    def missing(self) -> int:
        return max(0, self.wanted - self.reached)

    @property
    def is_met(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True)
class Standing:
    """The counter of a text on a day; `days_left` is negative once the day has passed, None where there is no day."""

    total: Counts
    parts: Mapping[str, Mapping[str, Counts]]
    goals: Sequence[Goal]
    days_left: int | None
    chase: Sequence[int]

    @property
    def is_met(self) -> bool:
        return all(goal.is_met for goal in self.goals)


def counted_once(rows: Iterable[Row]) -> list[Row]:
    """The row at which each organisation stands: one that did not withdraw before one that did, else the newest."""
    found: dict[Hashable, Row] = {}
    for row in rows:
        other = found.get(row.who)
        if other is None or (row.state != WITHDRAWN, row.number) > (other.state != WITHDRAWN, other.number):
            found[row.who] = row
    return sorted(found.values(), key=lambda row: row.number)


def count(rows: Iterable[Row]) -> Counts:
    """How many of these rows stand in each state."""
    found = dict.fromkeys((*STATES, "checked"), 0)
    for row in rows:
        found[row.state] += 1
        found["checked"] += row.state == SIGNED and row.is_checked
    return Counts(**found)


def divided(rows: Sequence[Row], way: str) -> dict[str, Counts]:
    """The counts of each part, by its code in alphabetical order; "" holds those whose part is not known."""
    heaps: dict[str, list[Row]] = {}
    for row in rows:
        heaps.setdefault(row.part(way), []).append(row)
    return {code: count(heaps[code]) for code in sorted(heaps)}


def goals(total: Counts, parts: Mapping[str, Mapping[str, Counts]], targets: Targets) -> list[Goal]:
    """What was wanted beside what is signed: the number, the sectors, then each part that has a target."""
    represented = sum(1 for code, counts in parts[SECTOR].items() if code and counts.signed)
    found = [Goal("signatories", "", targets.signatories, total.signed), Goal("sectors", "", targets.sectors, represented)]
    for way in WAYS:
        for code, wanted in sorted(targets.parts.get(way, {}).items()):
            found.append(Goal(way, code, wanted, parts[way].get(code, Counts()).signed))
    return found


def chase(rows: Iterable[Row], missed: Iterable[Goal], has_signed: Iterable[str]) -> list[int]:
    """The numbers of those who may still sign, whom to call first in front.

    First who would bring most missed targets nearer; then who declared before who is only invited; then who was
    not heard of longest (never heard of first); then by name. `has_signed` are the sectors that signed already.
    """
    wanted, present = [goal for goal in missed if not goal.is_met], frozenset(has_signed)
    open_ones = [row for row in rows if row.state in (INVITED, DECLARED)]

    def order(row: Row) -> tuple[object, ...]:
        helped = sum(_helps(row, goal, present) for goal in wanted)
        return -helped, row.state != DECLARED, row.last_heard_on or date.min, row.name, row.number

    return [row.number for row in sorted(open_ones, key=order)]


def _helps(row: Row, goal: Goal, present: frozenset[str]) -> bool:
    if goal.way == "signatories":
        return True
    if goal.way == "sectors":
        return bool(row.sector) and row.sector not in present
    return row.part(goal.way) == goal.code


def standing(rows: Iterable[Row], targets: Targets, *, today: date, closes_on: date | None) -> Standing:
    """The whole counter."""
    once = counted_once(rows)
    total, parts = count(once), {way: divided(once, way) for way in WAYS}
    reached = goals(total, parts, targets)
    return Standing(
        total, parts, reached, (closes_on - today).days if closes_on else None,
        chase(once, reached, (code for code, counts in parts[SECTOR].items() if counts.signed)),
    )  # fmt: skip


def class_of(joined_on: date, founding_until: date | None) -> str:
    """Founding who joined until the day, ordinary who joined later (V10); without a day everybody founds."""
    return "founding" if founding_until is None or joined_on <= founding_until else "ordinary"
