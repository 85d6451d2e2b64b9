"""Law of suppression: nothing hidden in a set of tables is revealed by adding and subtracting what is shown.

The attacker is independent of the code: plain Python that looks for another table of whole numbers that agrees with
everything shown. He knows that noughts are shown, so that a hidden count of people is at least 1.
"""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from osnowa.compute.disclosure import Sum, hidden_counts, hidden_in_table, hidden_sums, sums_of, with_margins

SMALL = 5
counts = some.one_of(some.integers(0, 6), some.integers(0, 60))


class Attacker:
    """Looks for tables that agree with everything shown: narrows what each cell may be, then tries."""

    def __init__(self, shown: Sequence[int | None], sums: Sequence[Sum], least: int = 1) -> None:
        self.sums = [(total, parts) for total, parts in sums]
        self.most = 3 * max((n for n in shown if n), default=0) + 40
        self.ranges = [(least, self.most) if n is None else (n, n) for n in shown]

    def narrowed(self, ranges: list[tuple[int, int]]) -> list[tuple[int, int]] | None:
        """The ranges left by every addition; None where no table agrees."""
        ranges, changed = list(ranges), True
        while changed:
            changed = False
            for total, parts in self.sums:
                terms = [(1, part) for part in parts] + [(-1, total)]
                low = sum(sign * ranges[cell][0 if sign > 0 else 1] for sign, cell in terms)
                high = sum(sign * ranges[cell][1 if sign > 0 else 0] for sign, cell in terms)
                for sign, cell in terms:
                    a, b = ranges[cell]
                    own_low, own_high = (a, b) if sign > 0 else (-b, -a)
                    new_low, new_high = max(own_low, -(high - own_high)), min(own_high, -(low - own_low))
                    if new_low > new_high:
                        return None
                    if (new_low, new_high) != (own_low, own_high):
                        ranges[cell] = (new_low, new_high) if sign > 0 else (-new_high, -new_low)
                        low, high, changed = low + new_low - own_low, high + new_high - own_high, True
        return ranges

    def could_be(self, cell: int, value: int) -> bool:
        """Whether a table agrees with everything shown in which the cell holds the value."""
        ranges = list(self.ranges)
        if not ranges[cell][0] <= value <= ranges[cell][1]:
            return False
        ranges[cell] = (value, value)
        return self._exists(ranges)

    def _exists(self, ranges: list[tuple[int, int]]) -> bool:
        left = self.narrowed(ranges)
        if left is None:
            return False
        open_cells = [cell for cell, (a, b) in enumerate(left) if a < b]
        if not open_cells:
            return True
        cell = min(open_cells, key=lambda one: left[one][1] - left[one][0])
        a, b = left[cell]
        return any(self._exists([*left[:cell], (n, n), *left[cell + 1 :]]) for n in range(a, b + 1))

    def spread(self, cell: int, true: int, enough: int) -> int:
        """How far apart the smallest and the largest number are that the cell could hold; not looked for beyond `enough`."""
        assert self.could_be(cell, true)
        low = high = true
        for value in sorted(range(self.ranges[cell][0], self.most + 1), key=lambda n: abs(n - true)):
            if high - low >= enough:
                break
            if self.could_be(cell, value):
                low, high = min(low, value), max(high, value)
        return high - low


def assert_nothing_is_revealed(values: Sequence[int], sums: Sequence[Sum], hidden: Sequence[bool], sensitive: Sequence[bool], width: int) -> None:
    attacker = Attacker([None if hid else n for n, hid in zip(values, hidden, strict=True)], sums)
    for cell, is_sensitive in enumerate(sensitive):
        if is_sensitive:
            assert hidden[cell]
            assert attacker.spread(cell, values[cell], width) >= width, (cell, values[cell])


@settings(max_examples=150, deadline=None)
@given(arrays.arrays(np.int64, arrays.array_shapes(min_dims=1, max_dims=2, min_side=1, max_side=4), elements=counts))
def test_no_small_count_of_one_table_can_be_worked_out(inner: np.ndarray) -> None:
    table = with_margins(inner)
    hidden, values = hidden_in_table(table, SMALL).ravel(), table.ravel()
    sums = sums_of(np.arange(table.size).reshape(table.shape))
    assert_nothing_is_revealed(values.tolist(), sums, hidden.tolist(), ((values > 0) & (values < SMALL)).tolist(), SMALL - 2)
    assert not (hidden & (values == 0)).any()


@settings(max_examples=40, deadline=None)
@given(arrays.arrays(np.int64, arrays.array_shapes(min_dims=3, max_dims=3, min_side=2, max_side=2), elements=counts))
def test_no_small_count_of_a_table_of_three_ways_can_be_worked_out(inner: np.ndarray) -> None:
    table = with_margins(inner)
    hidden, values = hidden_in_table(table, SMALL).ravel(), table.ravel()
    sums = sums_of(np.arange(table.size).reshape(table.shape))
    assert_nothing_is_revealed(values.tolist(), sums, hidden.tolist(), ((values > 0) & (values < SMALL)).tolist(), SMALL - 2)


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(np.int64, some.tuples(some.integers(1, 3), some.integers(1, 3), some.integers(2, 3)), elements=counts))
def test_linked_tables_give_nothing_away_together(facts: np.ndarray) -> None:
    """Form by place, form by year's half and place alone: three tables of one register that share their margins."""
    values, sums = _linked(facts)
    hidden = hidden_counts(np.array(values), sums, SMALL)
    assert_nothing_is_revealed(values, sums, hidden.tolist(), [0 < n < SMALL for n in values], SMALL - 2)


def _linked(facts: np.ndarray) -> tuple[list[int], list[Sum]]:
    """Two tables of two ways that share the margin of forms and the total."""
    one, two = with_margins(facts.sum(axis=2)), with_margins(facts.sum(axis=1))
    first = np.arange(one.size).reshape(one.shape)
    second = np.arange(one.size, one.size + two.size).reshape(two.shape)
    second[:, -1] = first[:, -1]
    values = [*one.ravel().tolist(), *two.ravel().tolist()]
    return values, [*sums_of(first), *sums_of(second)]


told_and_sums = some.lists(some.lists(some.integers(0, 9), max_size=6), min_size=1, max_size=5)


@settings(max_examples=120, deadline=None)
@given(some.lists(told_and_sums, min_size=1, max_size=3).filter(lambda rows: len({len(row) for row in rows}) == 1))
def test_no_known_sum_rests_on_fewer_than_three(rows: list[list[list[int]]]) -> None:
    """Every cell holds what each contributor said; hidden cells that are known together rest on three at least."""
    told = with_margins(np.array([[len(cell) for cell in row] for row in rows]))
    values = with_margins(np.array([[sum(cell) for cell in row] for row in rows]))
    sums = sums_of(np.arange(told.size).reshape(told.shape))
    hidden = hidden_sums(values.ravel().tolist(), [told.ravel()], sums)
    few = ((told > 0) & (told < 3)).ravel()
    assert_nothing_is_revealed(told.ravel().tolist(), sums, hidden.tolist(), few.tolist(), 1)
    attacker = Attacker([None if hid else int(n) for n, hid in zip(values.ravel(), hidden, strict=True)], sums, least=0)
    for cell in np.flatnonzero(few):
        assert attacker.spread(int(cell), int(values.ravel()[cell]), 1) >= 1


#: Municipalities as (area, county, what each contributor said): two divisions that cut across each other.
municipalities = some.lists(some.tuples(some.integers(0, 2), some.integers(0, 3), some.lists(some.integers(0, 9), max_size=5)), min_size=1, max_size=9)


def _two_divisions(towns: list[tuple[int, int, list[int]]]) -> tuple[list[int], list[int], list[Sum], list[bool]]:
    """Told, sums, additions and what is in no table, of atoms where divisions cross, the divisions and the total."""
    atoms = sorted({(area, county) for area, county, _said in towns})
    cells: list[tuple[str, int, int]] = [("atom", *atom) for atom in atoms]
    cells += [("area", area, -1) for area in sorted({area for area, _county in atoms})]
    cells += [("county", -1, county) for county in sorted({county for _area, county in atoms})]
    cells += [("total", -1, -1)]
    said = [[one for area, county, those in towns for one in those if cell[1] in (-1, area) and cell[2] in (-1, county)] for cell in cells]
    place = {cell: number for number, cell in enumerate(cells)}
    parts = {cell: tuple(place["atom", *atom] for atom in atoms if cell[1] in (-1, atom[0]) and cell[2] in (-1, atom[1])) for cell in cells}
    sums = [(place[cell], parts[cell]) for cell in cells if cell[0] in ("area", "county")]
    sums += [(place[cells[-1]], tuple(place[cell] for cell in cells if cell[0] == kind)) for kind in ("area", "county")]
    return [len(one) for one in said], [sum(one) for one in said], sums, [cell[0] == "atom" for cell in cells]


def determined(unknown: Sequence[int], sums: Sequence[Sum]) -> set[int]:
    """The unknowns that the additions alone determine, by elimination with fractions."""
    lines = [[Fraction((cell in parts) - (cell == total)) for cell in unknown] for total, parts in sums]
    solved: list[list[Fraction]] = []
    for column in range(len(unknown)):
        pivot = next((line for line in lines if line[column]), None)
        if pivot is None:
            continue
        lines.remove(pivot)
        pivot = [number / pivot[column] for number in pivot]
        for others in (lines, solved):
            others[:] = [[a - line[column] * b for a, b in zip(line, pivot, strict=True)] for line in others]
        solved.append(pivot)
    return {unknown[line.index(Fraction(1))] for line in solved if sum(number != 0 for number in line) == 1}


@settings(max_examples=120, deadline=None)
@given(municipalities)
def test_areas_and_counties_read_together_give_nothing_away(towns: list[tuple[int, int, list[int]]]) -> None:
    """What two organisations told stays unknown, in cells that are printed nowhere too; no hidden cell follows from the others."""
    told, values, sums, unprinted = _two_divisions(towns)
    hidden = hidden_sums(values, [np.array(told)], sums, unprinted=np.array(unprinted))
    few = [0 < n < 3 for n in told]
    if not (few[-1] or 0 < sum(told) < 5):
        assert_nothing_is_revealed(told, sums, hidden.tolist(), few, 1)
    found = determined([cell for cell in range(len(told)) if hidden[cell]], sums)
    assert not [cell for cell in found if not unprinted[cell] and not few[cell]]
