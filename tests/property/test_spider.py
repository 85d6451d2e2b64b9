"""Laws of many voices: their order plays no part, silence counts nowhere, and no hidden sector can be worked out."""

from collections import defaultdict
from collections.abc import Hashable, Iterator
from itertools import combinations_with_replacement, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from osnowa.compute.spider import FEWEST, Published, agreement, line, median, next_view, publish

SECTORS = ("social_economy", "civil_society", "public", "business", "academia")
answers = some.dictionaries(some.sampled_from(SECTORS), some.lists(some.integers(1, 5), max_size=12))


@given(answers, some.randoms())
def test_the_order_of_answers_plays_no_part(groups: dict[str, list[int]], chance: Any) -> None:
    mixed = {sector: chance.sample(values, len(values)) for sector, values in chance.sample(list(groups.items()), len(groups))}
    assert publish(mixed) == publish(groups)


@given(answers)
def test_who_does_not_answer_leaves_the_denominator(groups: dict[str, list[int]]) -> None:
    told, everybody = publish(groups), [value for values in groups.values() for value in values]
    assert told.whole is None or told.whole.n == len(everybody)
    assert publish(groups | {"nobody": []}) == told


@given(answers)
def test_no_sector_under_four_is_shown_and_none_is_hidden_alone(groups: dict[str, list[int]]) -> None:
    told = publish(groups)
    assert all(len(groups[sector]) >= FEWEST for sector in told.sectors)
    if told.sectors and told.hidden:
        assert len(told.hidden) > 1
        assert told.rest is not None
        assert told.rest.n >= FEWEST


@given(some.lists(some.integers(0, 9), min_size=3, max_size=9))
def test_agreement_lies_between_minus_one_and_one_and_is_the_same_read_backwards(counts: list[int]) -> None:
    found = agreement(counts)
    assert found is None or -1 - 1e-9 <= found <= 1 + 1e-9
    assert found == pytest.approx(agreement(counts[::-1]))


@given(some.lists(some.tuples(some.integers(0, 11), some.integers(1, 5)), max_size=60), some.sets(some.integers(0, 59)))
def test_no_two_views_differ_by_fewer_than_four_voices(said: list[tuple[int, int]], looked: set[int]) -> None:
    """However the voices speak, change their minds, and somebody looks."""
    words: dict[int, tuple[int, int]] = {}
    shown: dict[int, tuple[int, int]] = {}
    for turn, (voice, value) in enumerate(said):
        words.pop(voice, None)
        words[voice] = (turn, value)
        after = next_view(shown, words) if turn in looked else shown
        changed = [one for one in after if shown.get(one) != after[one]]
        assert not changed or len(changed) >= FEWEST
        shown = after
    last = next_view(shown, words, is_closed=True)
    changed = [one for one in last if shown.get(one) != last[one]]
    assert not shown or not changed or len(changed) >= FEWEST or len(said) == 0


def _worlds(sizes: tuple[int, ...], levels: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """All that sectors of these sizes may have said."""
    yield from product(*(combinations_with_replacement(range(1, levels + 1), size) for size in sizes))


def _seen(told: Published) -> Hashable:
    return told.whole, tuple(sorted(told.sectors.items())), told.rest, told.hidden


def _pinned_down(worlds: Iterator[tuple[Hashable, dict[str, tuple[int, ...]]]]) -> list[Any]:
    """What is shown in all worlds where a small sector could then have one median only."""
    could: dict[Hashable, dict[str, set[float | None]]] = defaultdict(lambda: defaultdict(set))
    for seen, groups in worlds:
        for sector, values in groups.items():
            if 0 < len(values) < FEWEST:
                could[seen][sector].add(median(values))
    return [(seen, sector) for seen, sectors in could.items() for sector, medians in sectors.items() if len(medians) < 2]


def _after_closing(sizes: tuple[int, ...], levels: int) -> Iterator[tuple[Hashable, dict[str, tuple[int, ...]]]]:
    for world in _worlds(sizes, levels):
        groups = dict(zip(SECTORS, world, strict=False))
        yield _seen(publish(groups, (1, levels))), groups


@pytest.mark.parametrize(
    ("levels", "sizes"),
    [
        (3, (4, 1)), (3, (3, 1)), (3, (2, 2)), (3, (5, 3)), (3, (4, 3, 1)), (3, (7, 1, 3)), (3, (8, 3, 2)), (3, (8, 4, 3)),
        (3, (5, 5, 3, 1)), (3, (10, 2, 2)), (3, (12, 3, 3)), (3, (1, 1, 1, 1, 1)), (5, (5, 2)), (5, (4, 4, 1)), (5, (8, 1, 1)),
        (2, (20, 5, 3, 2)), (2, (16, 9, 3, 3, 1)), (2, (30, 4, 3)), (3, (6, 6, 3, 1)),
    ],
)  # fmt: skip
def test_who_knows_all_that_is_shown_and_the_rules_cannot_tell_a_hidden_median(levels: int, sizes: tuple[int, ...]) -> None:
    """Every world there is: those that look alike leave every small sector two medians at least.

    The search found leaks of weaker rules: medians and quartiles of the whole beside those of a sector of four tell what the
    fifth said; with (8, 4, 3), hiding the sectors whenever the rest agreed told on which level it agreed.
    """
    assert _pinned_down(_after_closing(sizes, levels)) == []


def _batches(left: tuple[int, ...], more: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """How many of each sector may have come in each batch of four, the last one with who is left."""
    if not more:
        yield (left,)
        return
    for first in product(*(range(size + 1) for size in left)):
        if sum(first) == FEWEST:
            yield from ((first, *rest) for rest in _batches(tuple(a - b for a, b in zip(left, first, strict=True)), more - 1))


def _while_open_and_after(sizes: tuple[int, ...], levels: int) -> Iterator[tuple[Hashable, dict[str, tuple[int, ...]]]]:
    for batches in _batches(sizes, max(0, sum(sizes) // FEWEST - 1)):
        for world in product(*(list(_worlds(batch, levels)) for batch in batches)):
            sofar: list[int] = []
            views = []
            for batch in world[:-1]:
                sofar += [value for values in batch for value in values]
                told = line(sofar, (1, levels))
                views.append(told and (told.n, told.median, told.low, told.high))
            groups = {sector: sum((batch[place] for batch in world), ()) for place, sector in zip(range(len(sizes)), SECTORS, strict=False)}
            yield (tuple(views), _seen(publish(groups, (1, levels)))), groups


@pytest.mark.parametrize(
    ("levels", "sizes"),
    [(3, (5, 3)), (3, (6, 2)), (3, (7, 1)), (3, (5, 2, 1)), (3, (4, 4, 1)), (3, (6, 3)), (2, (9, 3)), (2, (8, 3, 1)), (2, (9, 2, 1)), (2, (8, 3, 2))],
)
def test_nor_who_watched_every_view_while_answers_came_in(levels: int, sizes: tuple[int, ...]) -> None:
    assert _pinned_down(_while_open_and_after(sizes, levels)) == []
