"""What a story is told with: its region, its list, its words, and what its steps have made so far."""

import csv
import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from osnowa.agreements.models import Agreement
from osnowa.assessments.models import Round
from osnowa.clusters.models import Cluster
from osnowa.imports.models import Import
from osnowa.meetings.models import Meeting, Minutes, Series
from osnowa.places.models import Region
from osnowa.reports.models import Edition
from osnowa.sample.workshops.plan import Said, plan_of

TABLES = Path(__file__).resolve().parent.parent / "tables"
#: The list that is told with where none is named: invented organisations, with errors and twins among them.
SHIPPED = TABLES / "story_list.csv"
#: Dimension of the canvas: (workshop, block) of the table of cards.
CARDS = {
    "D1": ("1", "purpose"), "D2": ("1", "ecosystem"), "D3": ("2", "portfolio"), "D4": ("2", "mobilisation"),
    "D5": ("3", "resources"), "D6": ("3", "operations"), "D7": ("4", "coordination"), "D8": ("4", "membership"),
}  # fmt: skip


@cache
def words() -> dict[str, Any]:
    """The words of the story."""
    found: dict[str, Any] = _read("story.json")
    return found


@cache
def canvas() -> dict[str, dict[str, str]]:
    """{dimension: its first and its agreed text, an open question, the decision that settles it}."""
    found: dict[str, dict[str, str]] = _read("canvas_pomorskie.json")
    return found


def cards() -> dict[str, list[Said]]:
    """{dimension: what is written on its cards}: those of the sample's workshops."""
    plan = plan_of("pomorskie")
    assert plan is not None, "the sample has workshops in Pomorskie"
    return {code: plan.cards[key] for code, key in CARDS.items()}


@cache
def mends() -> dict[str, str]:
    """{cell that is wrong: what it should say} of the shipped list."""
    with (TABLES / "story_mends.csv").open(encoding="utf-8") as file:
        return {row["wrong"]: row["right"] for row in csv.DictReader(file)}


def _read(name: str) -> Any:
    return json.loads((TABLES / name).read_text(encoding="utf-8"))


@dataclass
class Story:
    """Where and with what the story is told; below, what its steps make one after another."""

    slug: str
    out: Path
    name: str = "Region próbny"
    territory: str = "PL63"
    file: Path = SHIPPED
    language: str = "pl"

    region: Region = field(init=False)
    imports: list[Import] = field(init=False, default_factory=list)
    series: Series = field(init=False)
    meeting: Meeting = field(init=False)
    minutes: Minutes = field(init=False)
    round: Round = field(init=False)
    cluster: Cluster = field(init=False)
    letter: Agreement = field(init=False)
    editions: dict[str, Edition] = field(init=False, default_factory=dict)

    @property
    def is_shipped(self) -> bool:
        """Whether the list is the invented one of the house."""
        return self.file == SHIPPED
