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
from osnowa.sample.workshops.plan import plan_of

TABLES = Path(__file__).resolve().parent.parent / "tables"
#: The list of the house: invented organisations, with errors and twins among them.
SHIPPED = TABLES / "story_list.csv"
#: A real list that may lie beside the project, which it is no part of: French enterprises of work integration.
REAL = Path(__file__).resolve().parents[4] / "shared/data/registers/fr-siae/siae_fixture_fr.csv"
#: Dimension of the canvas: (workshop, block) of the table of cards.
CARDS = {
    "D1": ("1", "purpose"), "D2": ("1", "ecosystem"), "D3": ("2", "portfolio"), "D4": ("2", "mobilisation"),
    "D5": ("3", "resources"), "D6": ("3", "operations"), "D7": ("4", "coordination"), "D8": ("4", "membership"),
}  # fmt: skip


@cache
def words(language: str) -> dict[str, Any]:
    """The words of the story in a language, and the numbers it has in every one."""
    found: dict[str, Any] = _read("story.json") | _read(f"story_{language}.json")
    return found


@cache
def canvas(language: str) -> dict[str, dict[str, str]]:
    """{dimension: its agreed text and an open question}; in Polish those of the sample's cluster."""
    found: dict[str, dict[str, str]] = words(language).get("canvas") or _read("canvas_pomorskie.json")
    return found


def cards(language: str) -> dict[str, list[str]]:
    """{dimension: what is written on its cards}; in Polish those of the sample's workshops."""
    own: dict[str, list[str]] | None = words(language).get("cards")
    plan = plan_of("pomorskie")
    assert plan is not None, "the sample has workshops in Pomorskie"
    return own or {code: [said.text for said in plan.cards[key]] for code, key in CARDS.items()}


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

    #: What the step that is being told has to say line by line.
    notes: list[str] = field(init=False, default_factory=list)
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
    def language(self) -> str:
        """The language the story is told in: Polish in Poland, English elsewhere."""
        return "pl" if self.territory.startswith("PL") else "en"

    @property
    def words(self) -> dict[str, Any]:
        """The words of the story in its language."""
        return words(self.language)

    @property
    def is_shipped(self) -> bool:
        """Whether the list is the invented one of the house."""
        return self.file == SHIPPED


def story_of(slug: str, out: Path, *, name: str | None = None, territory: str | None = None, file: Path | None = None, is_shipped: bool = False) -> Story:
    """The story of a list; where none is named, of the real one beside the project, else of the shipped one."""
    if file is None and territory is None and not is_shipped and REAL.is_file():
        return Story(slug, out, name or "Nouvelle-Aquitaine", "FRI", REAL)
    return Story(slug, out, name or Story.name, territory or Story.territory, file or SHIPPED)
