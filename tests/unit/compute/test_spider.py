"""C1 and C19 of the domain dossier, and van der Eijk's A: known results."""

import math
from collections.abc import Sequence

import pytest

from osnowa.compute.spider import (
    Line,
    Rate,
    agreement,
    gap,
    line,
    margin,
    mean,
    median,
    middle_of_all,
    next_view,
    priority,
    publish,
    quantile,
)

LEVELS = (3, 2, 4, 3, 2, 1, 2, 3)


def polygon_area(radii: Sequence[float]) -> float:
    """The area of the web, ½·sin(2π/n)·Σ r_i·r_{i+1}: only here, to show why no page tells it."""
    n = len(radii)
    return 0.5 * math.sin(2 * math.pi / n) * sum(radii[i] * radii[(i + 1) % n] for i in range(n))


def share_of_area(radii: Sequence[float], most: float = 5) -> float:
    return polygon_area(radii) / polygon_area([most] * len(radii))


def test_the_mean_of_the_levels_is_that_of_the_dossier() -> None:
    assert mean(LEVELS) == 2.5
    assert mean([3, None, 2]) == 2.5
    assert mean([None]) is None


def test_an_area_has_the_value_of_the_dossier() -> None:
    assert polygon_area(LEVELS) == pytest.approx(18.0312, abs=5e-5)
    assert share_of_area(LEVELS) == pytest.approx(0.255, abs=5e-5)


def test_an_area_depends_on_the_order_of_the_dimensions_and_so_is_not_told() -> None:
    apart, together = (5, 1, 5, 1, 5, 1, 5, 1), (5, 5, 5, 5, 1, 1, 1, 1)
    assert mean(apart) == mean(together) == 3.0
    assert share_of_area(apart) == pytest.approx(0.20)
    assert share_of_area(together) == pytest.approx(0.44)


def test_quartiles_are_of_type_seven() -> None:
    assert [quantile([1, 2, 3, 4], share) for share in (0.25, 0.5, 0.75)] == [1.75, 2.5, 3.25]
    assert quantile([2], 0.25) == 2
    assert median([]) is None


def test_quartiles_two_apart_are_to_be_discussed() -> None:
    torn, close = line([1, 1, 3, 5, 5], (1, 5)), line([2, 3, 3, 3, 4], (1, 5))
    assert torn
    assert torn.spread == 4
    assert torn.is_to_discuss
    assert close
    assert not close.is_to_discuss
    assert (edge := line([2, 2, 3, 4, 4], (1, 5)))
    assert edge.is_to_discuss


def test_gap_and_priority() -> None:
    assert gap(4, 2.5) == 1.5
    assert priority(1.5, 3) == 4.5
    assert gap(None, 2) is None
    assert priority(None, 2) is None


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([0, 0, 9, 0, 0], 1.0),  # all alike
        ([5, 0, 0, 0, 5], -1.0),  # two ends
        ([4, 4, 4, 4, 4], 0.0),  # even
        ([0, 5, 5, 0, 0], 0.75),  # two neighbours of five
        ([0, 0, 0, 8, 8, 0, 0], 5 / 6),  # two neighbours of seven
        ([30, 40, 210, 130, 530, 50, 10], 0.6113333),  # the example of the authors' R package agrmt
    ],
)
def test_agreement_has_the_known_values(counts: list[int], expected: float) -> None:
    assert agreement(counts) == pytest.approx(expected, abs=1e-6)


def test_agreement_of_nobody_and_of_two_steps_is_none() -> None:
    assert agreement([0, 0, 0]) is None
    assert agreement([3, 1]) is None


def test_sectors_of_four_are_shown_with_how_far_they_lie_apart() -> None:
    told = publish({"public": [2, 2, 3, 2], "business": [4, 4, 5, 4], "academia": []})
    assert {sector: one.median for sector, one in told.sectors.items()} == {"public": 2, "business": 4}
    assert told.divergence == 2
    assert told.hidden == frozenset()


def test_a_sector_of_three_is_hidden_and_another_with_it() -> None:
    answers = {"public": [2, 3, 2, 4, 3, 3, 2, 4], "business": [1, 4, 5, 4, 2], "civil_society": [3, 4, 2, 3], "academia": [1, 2, 5]}
    told = publish(answers)
    assert set(told.sectors) == {"public", "business"}
    assert told.hidden == {"academia", "civil_society"}
    assert told.rest
    assert told.rest.n == 7
    assert told.whole
    assert told.whole.n == 20


def test_one_small_sector_alone_beside_another_leaves_only_the_whole() -> None:
    told = publish({"public": [2, 3, 2, 4, 3, 3], "academia": [5]})
    assert not told.sectors
    assert told.rest is None
    assert told.whole
    assert told.whole.agreement is None


def test_too_few_answers_tell_nothing() -> None:
    assert publish({"public": [3, 3], "academia": [3]}).whole is None
    assert publish({"public": [1, 3, 3], "academia": [3, 4]}).whole == Line(5, 3)
    assert publish({}).whole is None


def test_importance_of_few_is_not_told() -> None:
    assert middle_of_all({"public": [3, 3], "academia": [1]}) is None
    assert middle_of_all({"public": [3, 3, 2, 2]}) == 2.5
    assert middle_of_all({"public": [3, 3, 2, 2], "academia": [1]}) == 2


def test_a_view_moves_by_whole_batches_and_keeps_the_last_one_back() -> None:
    said = dict.fromkeys(range(11), (1, 3))
    first = next_view({}, dict(list(said.items())[:7]))
    assert first == {}
    second = next_view(first, dict(list(said.items())[:8]))
    assert len(second) == 4
    assert len(next_view(second, said)) == 4
    assert len(next_view(second, said, is_closed=True)) == 11


def test_the_margin_is_that_of_a_finite_population() -> None:
    assert Rate(381, 255).share == pytest.approx(0.669, abs=5e-4)
    assert margin(255, 903) == pytest.approx(1.96 * math.sqrt(0.25 / 255 * (903 - 255) / 902))
    assert Rate(20, 20).margin == 0
    assert Rate(0, 0).share is None
    assert Rate(20, 0).margin is None
