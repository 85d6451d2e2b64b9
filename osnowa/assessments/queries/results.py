"""What came of a round, as far as it may be shown: the whole, sectors, importance, targets, gaps, what was agreed, what was before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from osnowa.assessments.models import Agreed, Answer, Respondent, Round
from osnowa.assessments.queries.instruments import NUMBERED, Definition, Dimension, Item, definition_in
from osnowa.compute import spider
from osnowa.compute.disclosure import hidden_cells
from osnowa.compute.spider import FEWEST, Line, Published, Rate
from osnowa.register.codes import SECTORS

#: {sector: values}
Groups = dict[str, list[int]]


@dataclass(frozen=True)
class Row:
    """A dimension, or another item with numbers, with all that is told of it."""

    dimension: Dimension
    item: Item
    told: Published
    no_answers: int = 0
    importance: float | None = None
    target: float | None = None
    agreed: Agreed | None = None
    #: The level of the round before, and what was agreed then.
    before: float | None = None
    agreed_before: Agreed | None = None

    @property
    def name(self) -> str:
        return self.item.text

    @property
    def level(self) -> float | None:
        return self.told.whole.median if self.told.whole else None

    @property
    def gap(self) -> float | None:
        return spider.gap(self.target, self.level)

    @property
    def priority(self) -> float | None:
        return spider.priority(self.gap, self.importance)

    @property
    def is_to_discuss(self) -> bool:
        """Whether voices lie far apart, within the whole or between sectors."""
        apart = self.told.divergence
        return bool(self.told.whole and self.told.whole.is_to_discuss) or (apart is not None and apart >= spider.DISCUSS)

    @property
    def change(self) -> float | None:
        return spider.gap(self.level, self.before)

    def sector(self, code: str) -> Line | None:
        return self.told.sectors.get(code)


@dataclass(frozen=True)
class Results:
    """A round with a row a dimension; `others` are further items with numbers, `choices` what was chosen how often."""

    round: Round
    definition: Definition
    rows: tuple[Row, ...]
    others: tuple[Row, ...] = ()
    choices: tuple[tuple[Item, int, tuple[tuple[str, int | None], ...]], ...] = ()
    respondents: int = 0
    tracker: tuple[tuple[str, str, Rate], ...] = ()
    sectors: tuple[str, ...] = field(default=())

    @property
    def is_closed(self) -> bool:
        return self.round.state == Round.State.CLOSED

    @property
    def is_empty(self) -> bool:
        return not any(row.told.whole for row in (*self.rows, *self.others))

    @property
    def mean(self) -> float | None:
        """The mean of the levels of the dimensions."""
        return spider.mean(row.level for row in self.rows)

    @property
    def total(self) -> Rate:
        """All sectors together; the rate is told where every sector that answered was counted among the asked."""
        rates = [rate for _code, _name, rate in self.tracker]
        asked = sum(rate.asked for rate in rates) if all(rate.asked for rate in rates) else 0
        return Rate(asked, self.respondents)

    @property
    def priorities(self) -> list[Row]:
        """Dimensions with a gap, the most pressing first."""
        return sorted((row for row in self.rows if (row.priority or 0) > 0), key=lambda row: -(row.priority or 0))

    @property
    def named_sectors(self) -> list[tuple[str, str]]:
        return [(code, sector_name(code)) for code in self.sectors]


def sector_name(code: str) -> str:
    return SECTORS.label(code) if code else _("sector not said")


@dataclass
class _Heard:
    """The answers to one item that the view is drawn from, by sector."""

    values: Groups = field(default_factory=dict)
    importance: Groups = field(default_factory=dict)
    target: Groups = field(default_factory=dict)
    silent: int = 0

    def add(self, sector: str, value: int | None, importance: int | None, target: int | None) -> None:
        self.silent += value is None
        for groups, said in ((self.values, value), (self.importance, importance), (self.target, target)):
            if said is not None:
                groups.setdefault(sector, []).append(said)


@dataclass
class _Voices:
    """{item: the answers to it} of a round, and {respondent: sector} of a closed one."""

    items: dict[str, _Heard] = field(default_factory=dict)
    respondents: dict[int, str] = field(default_factory=dict)

    def add(self, item: str, sector: str, *said: int | None) -> None:
        self.items.setdefault(item, _Heard()).add(sector, *said)


def _heard(rounds: Sequence[Round]) -> dict[int, _Voices]:
    """{round: its answers}: all after closing; before it whole batches, in which nobody's sector is told. One query."""
    found = {one.pk: _Voices() for one in rounds}
    rows = Answer.objects.filter(respondent__round__in=[one.pk for one in rounds if one.state == Round.State.CLOSED])
    for key, respondent, sector, item, *said in rows.values_list("respondent__round", "respondent", "respondent__sector", "item", "value", "importance", "target"):
        found[key].respondents[respondent] = sector
        found[key].add(item, sector, *said)
    for one in rounds:
        for item, shown in one.shown.items() if one.state != Round.State.CLOSED and one.is_shown_live else ():
            for _turn, *said in shown.values():
                found[one.pk].add(item, "", *said)
    return found


def _told(round_: Round, groups: Mapping[str, list[int]], scale: tuple[int, int]) -> Published:
    """What may be shown of an item; while the round is open the whole only, without agreement (it would say "all alike")."""
    if round_.state == Round.State.CLOSED:
        return spider.publish(groups, scale)
    line = spider.line([value for values in groups.values() for value in values], scale)
    return Published(Line(line.n, line.median, line.low, line.high) if line and line.n >= FEWEST else None)


def _row(round_: Round, definition: Definition, dimension: Dimension, item: Item, said: _Heard, more: Mapping[str, Any]) -> Row:
    steps = definition.steps_of(item)
    return Row(
        dimension, item, _told(round_, said.values, (steps[0], steps[-1])), said.silent,
        spider.middle_of_all(said.importance), spider.middle_of_all(said.target), **more,
    )  # fmt: skip


def _levels(round_: Round, all_said: Mapping[str, _Heard]) -> dict[str, float]:
    """{dimension: level of the whole}, for rounds to be compared with."""
    definition = definition_in(round_.instrument)
    rows = ((one.code, _told(round_, all_said[one.code].values, (definition.scale.least, definition.scale.most))) for one in definition.scored if one.code in all_said)
    return {code: told.whole.median for code, told in rows if told.whole}


#: {(round, dimension): what was agreed}
_AllAgreed = Mapping[tuple[int | None, str], Agreed]


def results(round_: Round) -> Results:
    """All that is told of a round; two queries, a third while it is open, however many answered."""
    return results_of([round_])[0]


def results_of(rounds: Iterable[Round]) -> list[Results]:
    """All that is told of some rounds; as many queries as for one while each is closed and asks for numbers."""
    wanted = list(rounds)
    those = [one for round_ in wanted for one in (round_, round_.before) if one]
    voices = _heard(those)
    agreed: _AllAgreed = {(one.round_id, one.dimension): one for one in Agreed.objects.filter(round__in=those)}
    return [_results(one, voices, agreed) for one in wanted]


def _results(round_: Round, voices: Mapping[int, _Voices], agreed: _AllAgreed) -> Results:
    definition, all_said = definition_in(round_.instrument), voices[round_.pk].items
    before = _levels(round_.before, voices[round_.before.pk].items) if round_.before else {}
    rows: list[Row] = []
    others: list[Row] = []
    for dimension in definition.dimensions:
        for item in dimension.asked:
            if item.kind not in NUMBERED:
                continue
            is_level = item.kind == "level"
            more = {"agreed": agreed.get((round_.pk, item.code)), "before": before.get(item.code), "agreed_before": agreed.get((round_.before_id, item.code))} if is_level else {}
            (rows if is_level else others).append(_row(round_, definition, dimension, item, all_said.get(item.code, _Heard()), more))
    answered = Counter(voices[round_.pk].respondents.values()) if round_.state == Round.State.CLOSED else _answered(round_)
    shown = {sector for row in (*rows, *others) for sector in row.told.sectors}
    return Results(
        round_, definition, tuple(rows), tuple(others), tuple(_choices(round_, definition)), sum(answered.values()), tuple(_tracker(round_, answered)),
        tuple(sector for sector in [*SECTORS.rows, ""] if sector in shown),
    )  # fmt: skip


def _answered(round_: Round) -> Counter[str]:
    """{sector: how many of it have answered something} of a round that is open."""
    return Counter(Respondent.objects.filter(round=round_, answers__isnull=False).distinct().values_list("sector", flat=True))


def _tracker(round_: Round, answered: Mapping[str, int]) -> list[tuple[str, str, Rate]]:
    """(sector, its name, asked and answered) of the sectors that were asked or answered."""
    sectors = [code for code in [*SECTORS.rows, ""] if round_.asked.get(code) or answered.get(code)]
    return [(code, sector_name(code), Rate(int(round_.asked.get(code) or 0), answered.get(code, 0))) for code in sectors]


def _choices(round_: Round, definition: Definition) -> list[tuple[Item, int, tuple[tuple[str, int | None], ...]]]:
    """(item, how many answered, how often each answer was chosen) of a closed round; counts under four stay untold."""
    items = [item for item in definition.items.values() if item.kind in ("choice", "several")]
    if not items or round_.state != Round.State.CLOSED:
        return []
    chosen: dict[str, list[list[str]]] = {}
    rows = Answer.objects.filter(respondent__round=round_, item__in=[item.code for item in items], words__isnull=False)
    for code, words in rows.values_list("item", "words"):
        chosen.setdefault(code, []).append([words] if isinstance(words, str) else list(words or ()))
    told = []
    for item in items:
        said = chosen.get(item.code, [])
        often = Counter(one for words in said for one in words)
        hidden = hidden_cells([often[choice.code] for choice in item.choices], FEWEST)
        counts = tuple((choice.text, None if place in hidden else often[choice.code]) for place, choice in enumerate(item.choices))
        if len(said) >= FEWEST:
            told.append((item, len(said), counts))
    return told


def texts_of(round_: Round, item: str) -> list[str]:
    """What was written in answer to an item, in an order that tells nobody; for who leads, after closing."""
    if round_.state != Round.State.CLOSED:
        return []
    rows = Answer.objects.filter(respondent__round=round_, item=item, words__isnull=False).values_list("words", flat=True)
    return sorted(str(words) for words in rows)
