"""The plan of a region's workshops, as it stands in its table."""

import csv
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

_TABLES = Path(__file__).resolve().parent.parent / "tables"


@dataclass(frozen=True)
class Said:
    """A card as it stands in the table: who says it, under which heading."""

    sector: str
    group: str
    text: str


@dataclass(frozen=True)
class Plan:
    """Meetings, rounds and people of a region's workshops; `cards` are {(workshop, block): cards}."""

    language: str
    zone: str
    languages: list[str]
    facilitator: str
    people: dict[str, int]
    abroad: list[list[str]]
    meetings: list[dict[str, Any]]
    rounds: dict[str, dict[str, Any]]
    cards: dict[tuple[str, str], list[Said]]
    #: Code of a corner of the region from which only large sectors have somebody, and not from the beginning.
    late: str = ""
    series: dict[str, Any] | None = None
    survey: dict[str, Any] = field(default_factory=dict)

    def moment(self, day: str, clock: str) -> datetime:
        """A day and hour of clocks in the region."""
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), ZoneInfo(self.zone)).astimezone(UTC)


@cache
def plan_of(region: str) -> Plan | None:
    """The plan of a sample region; None where it has no workshops."""
    path = _TABLES / f"workshops_{region}.json"
    if not path.exists():
        return None
    words = json.loads(path.read_text(encoding="utf-8"))
    return Plan(**words | {"cards": _cards(words["cards"])})


def _cards(name: str) -> dict[tuple[str, str], list[Said]]:
    found: dict[tuple[str, str], list[Said]] = {}
    with (_TABLES / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["workshop"], row["block"]), []).append(Said(row["sector"], row["group"], row["text"]))
    return found
