"""Rule books beside the facts of a cluster: each condition met, not met, or unknown, with its evidence; never a verdict or a score."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from osnowa.clusters.models import Cluster, Comparison
from osnowa.clusters.queries.facts import Fact, facts_of
from osnowa.clusters.queries.rulebooks import RuleBook, books, comparisons_in, pilot_of
from osnowa.compute import conditions
from osnowa.compute.conditions import MET, UNKNOWN, Outcome


@dataclass(frozen=True)
class Answer:
    """A condition in words, what came of it, and the fact it was read from."""

    text: str
    outcome: Outcome
    fact: Fact

    @property
    def state(self) -> str:
        if self.outcome.state == MET:
            return pgettext("a condition", "met")
        if self.outcome.state == UNKNOWN:
            return pgettext("a condition", "unknown")
        days = self.outcome.days_left
        if not self.outcome.has_time or days is None:
            return pgettext("a condition", "not met")
        return ngettext("due in %(n)s day", "due in %(n)s days", days) % {"n": days} if days else _("due today")

    @property
    def tone(self) -> str:
        if self.outcome.state == MET:
            return "good"
        return "plain" if self.outcome.state == UNKNOWN else "warn" if self.outcome.has_time else "bad"


@dataclass(frozen=True)
class Checked:
    """A rule book with an answer a condition, and how it was compared with its source in the region."""

    book: RuleBook
    answers: tuple[Answer, ...]
    comparison: Comparison | None = None


def check(book: RuleBook, facts: Mapping[str, Fact], on: date, comparison: Comparison | None = None) -> Checked:
    """What the facts say of a rule book on a day."""
    values = {code: fact.value for code, fact in facts.items()}
    return Checked(book, tuple(Answer(book.text(one), conditions.judge(one, values, on), facts[one.fact]) for one in book.conditions), comparison)


def health_of(cluster: Cluster) -> tuple[Checked | None, list[Checked]]:
    """(the pilot plan, the shipped rule books) of a cluster today."""
    on, facts = timezone.localdate(), facts_of(cluster)
    plan, compared = pilot_of(cluster), comparisons_in(cluster.region)
    return check(plan, facts, on) if plan else None, [check(book, facts, on, compared.get(book.code)) for book in books()]


def pilot_answers(cluster: Cluster) -> tuple[Answer, ...]:
    """The pilot plan alone, for the front page."""
    plan = pilot_of(cluster)
    return check(plan, facts_of(cluster), timezone.localdate()).answers if plan else ()
