"""Rule books: what others ask of a cluster, each with its source, and the pilot plan of the cluster itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.clusters.models import Cluster, Comparison
from osnowa.compute.conditions import Condition
from osnowa.places.models import Region, in_readers_language

_BOOKS = Path(__file__).parents[1] / "tables" / "rulebooks"
#: In this order they stand on the page.
ORDER = ("geces", "des", "eccp", "ecei")
#: Numbers a pilot plan may set, and their facts.
COUNTED = {"workshop": "workshops", "briefing": "briefings", "signatories": "signatories"}


@dataclass(frozen=True)
class RuleBook:
    """Conditions with their texts in {language: text}; `verified_on` is empty until whoever ships the book has read its source whole."""

    code: str
    titles: Mapping[str, str]
    notes: Mapping[str, str]
    source: str
    url: str
    on: date | None
    verified_on: date | None
    conditions: tuple[Condition, ...]
    texts: Mapping[str, Mapping[str, str]]

    @property
    def title(self) -> str:
        return in_readers_language(dict(self.titles))

    @property
    def note(self) -> str:
        return in_readers_language(dict(self.notes))

    @property
    def asks(self) -> list[str]:
        """All it asks, in the reader's language."""
        return [self.text(one) for one in self.conditions]

    def text(self, condition: Condition) -> str:
        """What a condition asks, in the reader's language."""
        return in_readers_language(dict(self.texts[condition.code]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def read(told: Mapping[str, Any]) -> RuleBook:
    """A rule book from its JSON; a condition that cannot be asked is refused at once."""
    rows = told["conditions"]
    conditions = tuple(Condition(row["code"], row["fact"], row["test"], row.get("params", {}), _day(row.get("due_on"))) for row in rows)
    texts = {row["code"]: row["texts"] for row in rows}
    return RuleBook(told["code"], told["titles"], told["notes"], told["source"], told["url"], _day(told["on"]), _day(told["verified_on"]), conditions, texts)


@cache
def books() -> tuple[RuleBook, ...]:
    """The shipped rule books, in the order of the page."""
    return tuple(read(json.loads((_BOOKS / f"{code}.json").read_text())) for code in ORDER)


def book_of(code: str) -> RuleBook | None:
    """One of the shipped rule books."""
    return next((book for book in books() if book.code == code), None)


def comparisons_in(region: Region) -> dict[str, Comparison]:
    """{rule book: when, by whom and how it was compared with its source} in a region; one query."""
    return {one.book: one for one in Comparison.objects.filter(region=region).select_related("by")}


def pilot_of(cluster: Cluster) -> RuleBook | None:
    """The pilot plan of a cluster as conditions; None where no target is set."""
    plan, due = cluster.pilot, _day(cluster.pilot.get("report_by"))
    signed_by = cluster.letter.closes_on if cluster.letter else None
    held_by = cluster.series.ends_on if cluster.series else None
    rows: list[tuple[Condition, str]] = []
    for word, fact in COUNTED.items():
        if least := plan.get(word):
            day = signed_by if word == "signatories" else held_by
            rows.append((Condition(word, fact, "at_least", {"least": least}, day or due), _counted(word, int(least))))
    if due:
        rows.append((Condition("report", "report", "on_or_before", {"by": due.isoformat()}), _("Report with needs and ways of implementation, by its day")))
        rows.append((Condition("fund_concept", "fund_concept", "is_true", due_on=due), _("Concept of a fund, as an annex of the report")))
    if plan.get("initiative") or cluster.initiative_id:
        rows.append((Condition("initiative", "initiative", "is_true", due_on=held_by or due), _("One joint initiative that uses what the cluster has")))
    texts = {one.code: {"en": text} for one, text in rows}
    title = {"en": _("The pilot plan")}
    source, link, on = plan.get("source", ""), plan.get("source_link", ""), _day(plan.get("source_on"))
    return RuleBook("pilot", title, {"en": ""}, source, link, on, None, tuple(one for one, _text in rows), texts) if rows else None


def _counted(word: str, least: int) -> str:
    told = {
        "workshop": ngettext("%(n)s workshop held", "%(n)s workshops held", least),
        "briefing": ngettext("%(n)s online briefing held", "%(n)s online briefings held", least),
        "signatories": ngettext("At least %(n)s signatory of the letter", "At least %(n)s signatories of the letter", least),
    }
    return told[word] % {"n": least}
