"""Which numbers of published tables must stay empty, so that nobody can work out one that tells of too few?

Two kinds of numbers tell too much: a count of one to four people, and a sum over one or two contributors, which tells
each of them what the other said. They are hidden first (primary suppression). What is printed beside them adds up: a
hidden cell is the total less the others. So further cells are hidden, the smallest that serve (complementary
suppression), and an audit asks of every cell that must not be known which numbers it could still be:

    low = min x_i,  high = max x_i   over all tables x with  A x = 0,  x = published where shown,  x >= floor where hidden

A cell is safe when high - low is at least its width. Cells the equations alone determine are found by linear algebra
(no vector of the null space of A moves them); for the rest the audit looks for witnesses: other tables that
agree with everything printed, first along single moves of the null space, then by integer programs (linear ones for
money). What is not safe takes more cells along, until all are safe. A nought is shown and never serves as a complement: it says that there is nobody to be known, so a reader
knows a hidden count to be at least 1, and the audit reckons with it.
Source: Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4. Units: those of the table.
"""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp

Mask = NDArray[np.bool_]
Numbers = NDArray[np.float64]
#: The position of a total and those of its parts: total = sum of the parts.
Sum = tuple[int, tuple[int, ...]]
#: A sum is known too well when it can be told within this share of itself.
_SHARE = 0.2


def hidden_cells(contributors: Sequence[int], fewest: int = 3) -> frozenset[int]:
    """The positions to hide in a row of cells whose total is printed; cells without contributors are zero and shown.

    The row by itself, without an audit: the smallest shown cells are hidden too until at least two cells, resting
    together on at least `fewest` contributors, are hidden.
    """
    hidden = {position for position, number in enumerate(contributors) if 0 < number < fewest}
    if not hidden:
        return frozenset()
    others = sorted((number, position) for position, number in enumerate(contributors) if number >= fewest)
    for _, position in others:
        if len(hidden) >= 2 and sum(contributors[p] for p in hidden) >= fewest:
            break
        hidden.add(position)
    return frozenset(hidden)


def with_margins(inner: NDArray[np.int64]) -> NDArray[np.int64]:
    """A table of any number of ways with its margins: the sum stands last along every axis."""
    table = inner
    for axis in range(inner.ndim):
        table = np.concatenate([table, table.sum(axis=axis, keepdims=True)], axis=axis)
    return table


def sums_of(positions: NDArray[np.int64]) -> tuple[Sum, ...]:
    """The additions printed in a table with margins; the table holds the positions of its cells in one list.

    Linked tables share positions: a total printed in two of them is one cell with one number.
    """
    found: list[Sum] = []
    for axis in range(positions.ndim):
        lines = np.moveaxis(positions, axis, -1).reshape(-1, positions.shape[axis])
        found += [(int(line[-1]), tuple(int(cell) for cell in line[:-1])) for line in lines]
    return tuple(found)


def hidden_in_table(counts: NDArray[np.int64], small: int = 5) -> Mask:
    """What to hide in one table of counts of people with margins, so that no count below `small` can be worked out."""
    positions = np.arange(counts.size).reshape(counts.shape)
    return hidden_counts(counts.ravel(), sums_of(positions), small).reshape(counts.shape)


def hidden_counts(counts: NDArray[np.int64], sums: Iterable[Sum], small: int = 5) -> Mask:
    """What to hide among linked counts of people: those of 1 to `small` - 1, and what would give them away."""
    values = np.asarray(counts, dtype=np.float64)
    sensitive = (values > 0) & (values < small)
    width = np.full(len(values), float(small - 2))
    return Tables(values, sums, floor=1.0, is_whole=True).closed(sensitive, sensitive, width, may=values > 0)


def hidden_sums(
    values: Sequence[float], contributors: Sequence[NDArray[np.int64]], sums: Iterable[Sum], *, fewest: int = 3, small: int = 0,
    is_whole: bool = True, unprinted: Mask | None = None, of_values: Iterable[Sum] = (), printed: Mask | None = None,
) -> Mask:  # fmt: skip
    """What to hide among linked sums over contributors: those of fewer than `fewest`; with `small`, small counts too.

    `contributors` are counted in one way or more (who told a number; who told one above nought). First no group of hidden
    cells whose sum is known may rest on fewer than `fewest`; then no hidden sum may be told within a fifth of itself, and
    no small count within its own range. `unprinted` cells are in no table, yet they are parts of cells that are (where a
    county and an area of support cross): nobody may work them out either. What stands `printed` elsewhere stays shown.
    A complement that the additions give away all the same protects nothing and is shown. Additions `of_values` hold for the sums and not
    for those who told them (the parts of a revenue are told by the same organisations).
    """
    sums = tuple(sums)
    amounts = np.asarray(values, dtype=np.float64)
    may = np.asarray(contributors[0]) > 0
    may &= True if printed is None else ~printed
    sensitive = little = (amounts > 0) & (amounts < small)
    apart = np.zeros(len(amounts), dtype=np.bool_) if unprinted is None else unprinted & may
    hidden = apart
    for told in (np.asarray(one, dtype=np.float64) for one in contributors):
        few = (told > 0) & (told < fewest)
        sensitive = sensitive | few
        hidden = Tables(told, sums, floor=1.0, is_whole=True).closed(few, few | hidden, np.full(len(told), fewest - 2.0), may)
    width = np.where(little, max(small - 2.0, 0.0), np.maximum(amounts * _SHARE, 1.0))
    tables = Tables(amounts, (*sums, *of_values), floor=0.0, is_whole=is_whole)
    hidden = tables.closed(sensitive, hidden | little, width, may)
    return hidden & ~(tables.given_away(hidden) & ~sensitive & ~apart)


class Tables:
    """Numbers that are printed together and the additions among them."""

    def __init__(self, values: Numbers, sums: Iterable[Sum], *, floor: float, is_whole: bool) -> None:
        self.floor, self.is_whole = floor, is_whole
        self.unit = 1.0 if is_whole else max(float(np.abs(values).max(initial=0)), 1.0) / 1000
        self.values = values / self.unit
        lines = sorted(set(sums))
        self.additions = np.zeros((len(lines), len(values)))
        for line, (total, parts) in enumerate(lines):
            self.additions[line, list(parts)] = 1.0
            self.additions[line, total] = -1.0
        self.uses: Mask = self.additions != 0
        #: Totals that are part of nothing: hidden only where nothing else serves, for they say most.
        self.tops: Mask = np.asarray((self.additions < 0).any(axis=0) & ~(self.additions > 0).any(axis=0))

    def closed(self, sensitive: Mask, hidden: Mask, width: Numbers, may: Mask) -> Mask:
        """The cells to hide so that each sensitive one is at least `width` away from being known; only of those that `may`."""
        apart, hidden = hidden & ~sensitive, hidden.copy()
        width, doubtful = width / self.unit, sensitive
        while True:
            self._pair(hidden, apart, may)
            known = self.known(doubtful, hidden, width)
            if not known or not self._widen(known, hidden, may):
                return hidden
            # What is safe stays safe: hiding more only leaves an attacker more tables to choose from.
            doubtful = np.isin(np.arange(len(hidden)), known)

    def _pair(self, hidden: Mask, apart: Mask, may: Mask) -> None:
        """No line is left with one hidden cell where a second can be hidden; those `apart` may be told, as far as it goes."""
        while True:
            lonely = np.flatnonzero(((self.uses & hidden).sum(axis=1) == 1) & (self.uses & hidden & ~apart).any(axis=1))
            chosen = next((cell for line in lonely if (cell := self._cheapest(int(line), hidden, may & ~self.tops)) is not None), None)
            if chosen is None:
                return
            hidden[chosen] = True

    def _cheapest(self, line: int, hidden: Mask, may: Mask) -> int | None:
        """The shown cell of a line that costs least: it leaves the fewest new lines with one hidden cell, then it is small."""
        open_cells = np.flatnonzero(self.uses[line] & ~hidden & may)
        if not len(open_cells):
            return None
        untouched = (self.uses & hidden).sum(axis=1) == 0
        lines = self.uses[:, open_cells][untouched].sum(axis=0)
        return int(open_cells[np.lexsort((self.values[open_cells], lines))[0]])

    def _widen(self, known: Sequence[int], hidden: Mask, may: Mask) -> bool:
        """Hides one more cell for each cell that is known too well, as near to it as there is one; at last all there are."""
        before = int(hidden.sum())
        for cell in known:
            chosen = self._nearest(cell, hidden, may & ~self.tops)
            chosen = self._nearest(cell, hidden, may) if chosen is None else chosen
            if chosen is not None:
                hidden[chosen] = True
        return int(hidden.sum()) > before

    def _nearest(self, cell: int, hidden: Mask, may: Mask) -> int | None:
        """The cheapest shown cell of the lines a cell stands in, or of those that hidden cells join to them."""
        lines = self.uses[:, cell]
        while True:
            slack = np.where(lines, (self.uses & hidden).astype(float) @ np.abs(self.values), np.inf)
            for line in np.argsort(slack, kind="stable")[: int(lines.sum())]:
                if (chosen := self._cheapest(int(line), hidden, may)) is not None:
                    return chosen
            wider = self.uses[:, hidden & self.uses[lines].any(axis=0)].any(axis=1)
            if (wider <= lines).all():
                return None
            lines = lines | wider

    def given_away(self, hidden: Mask) -> Mask:
        """The hidden cells that the additions alone determine: to print them tells nobody anything new."""
        cells, lines = np.flatnonzero(hidden), self.uses[:, hidden].any(axis=1)
        found = np.zeros(len(hidden), dtype=np.bool_)
        if len(cells):
            found[cells] = ~(_moves(self.additions[np.ix_(lines, cells)], self.values[cells]) != 0).any(axis=0)
        return found

    def known(self, sensitive: Mask, hidden: Mask, width: Numbers) -> list[int]:
        """The sensitive cells that can be told more exactly than their width from everything shown."""
        cells, lines = np.flatnonzero(hidden), self.uses[:, hidden].any(axis=1)
        wanted = np.flatnonzero(sensitive[cells])
        if not len(wanted):
            return []
        matrix = self.additions[np.ix_(lines, cells)]
        right = -(self.additions[np.ix_(lines, np.flatnonzero(~hidden))] @ self.values[~hidden])
        moves = _moves(matrix, self.values[cells])
        is_loose = (moves != 0).any(axis=0)
        loose = wanted[is_loose[wanted]]
        fixed = [int(cells[place]) for place in wanted if not is_loose[place]]
        return fixed + [int(cells[place]) for place in self._narrow(matrix, right, moves, cells, loose, width[cells])]

    def _narrow(
        self, matrix: Numbers, right: Numbers, moves: Numbers, cells: NDArray[np.int64], loose: NDArray[np.int64], width: Numbers
    ) -> list[int]:  # fmt: skip
        """Which of the loose cells no two witnesses set far enough apart; the programs are asked where moves find none."""
        low, high = self.values[cells].copy(), self.values[cells].copy()

        def heed(witnesses: Numbers) -> None:
            np.minimum(low, witnesses.min(axis=0, initial=np.inf), out=low)
            np.maximum(high, witnesses.max(axis=0, initial=-np.inf), out=high)

        def ask(weights: Numbers) -> None:
            witness = self._witness(matrix, right, self.values[cells], weights)
            if witness is not None:
                heed(witness[None])

        def doubtful(among: NDArray[np.int64]) -> NDArray[np.int64]:
            return among[high[among] - low[among] < width[among] - 1e-6]

        heed(self._moved(moves, self.values[cells]))
        left = doubtful(loose)
        least, most = self._bounds(matrix, right, self.values[cells]) if len(left) else (low, high)
        is_narrow = most[left] - least[left] < width[left] - 1e-6
        narrow, left = [int(cell) for cell in left[is_narrow]], left[~is_narrow]
        for sign in (-1.0, 1.0):
            if len(left := doubtful(left)):
                ask(sign * np.isin(np.arange(len(cells)), left).astype(float))
        for cell in doubtful(left):
            for sign in (-1.0, 1.0):
                if len(doubtful(np.array([cell]))):
                    ask(sign * (np.arange(len(cells)) == cell).astype(float))
            narrow += [int(one) for one in doubtful(np.array([cell]))]
        return sorted(narrow)

    def _moved(self, moves: Numbers, values: Numbers) -> Numbers:
        """The tables that lie as far along each move, to and fro, as every cell stays what it may be."""
        if self.is_whole:
            moves = moves[(np.abs(moves - np.round(moves)) < 1e-9).all(axis=1)].round()
        both = np.concatenate([moves, -moves])
        room = np.where(both > 0, self._most(values) - values, values - np.minimum(self.floor, values))
        steps = np.divide(room, np.abs(both), out=np.full(both.shape, np.inf), where=both != 0).min(axis=1, initial=np.inf)
        steps = np.floor(steps + 1e-9) if self.is_whole else steps
        return np.asarray(values + np.where(np.isfinite(steps), steps, 0.0)[:, None] * both)

    def _bounds(self, matrix: Numbers, right: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
        """What no cell can pass, line by line: a cell that is narrow even so needs no program to prove it."""
        low, high = np.minimum(self.floor, values), np.full(len(values), self._most(values))
        adds, takes = matrix > 0, matrix < 0
        for _pass in range(8):
            least, most = adds @ low - takes @ high, adds @ high - takes @ low
            # What is left to a cell once all others of its line hold the least or the most they can.
            room, need = (right - least)[:, None], (right - most)[:, None]
            tops = np.where(adds, room + low, np.where(takes, low - need, np.inf)).min(axis=0, initial=np.inf)
            floors = np.where(adds, need + high, np.where(takes, high - room, -np.inf)).max(axis=0, initial=-np.inf)
            low, high, before = np.maximum(low, floors), np.minimum(high, tops), high - low
            if np.allclose(before, high - low):
                break
        return low, high

    @staticmethod
    def _most(values: Numbers) -> float:
        """More than any cell is taken to hold."""
        return 4 * float(values.max(initial=0)) + 100

    def _witness(self, matrix: Numbers, right: Numbers, values: Numbers, weights: Numbers) -> Numbers | None:
        """A table that agrees with everything shown and has the smallest weighted sum."""
        found = milp(
            weights, constraints=LinearConstraint(matrix, right, right), bounds=Bounds(np.minimum(self.floor, values), self._most(values)),
            integrality=np.full(len(weights), int(self.is_whole)),
        )  # fmt: skip
        return None if found.x is None else np.round(found.x) if self.is_whole else np.asarray(found.x)


def _moves(matrix: Numbers, values: Numbers) -> Numbers:
    """Changes of the unknowns that keep every equation: a basis of the null space. A cell that is nought in all is known.

    By elimination that solves for the largest cells, so that each small cell moves with large ones, which have the room.
    """
    order = np.argsort(-values, kind="stable")
    lines = matrix[:, order]
    solved: list[int] = []
    for column in range(lines.shape[1]):
        top = len(solved)
        if top == len(lines):
            break
        line = top + int(np.argmax(np.abs(lines[top:, column])))
        if abs(lines[line, column]) < 1e-9:
            continue
        lines[[top, line]] = lines[[line, top]]
        lines[top] /= lines[top, column]
        others = np.flatnonzero(lines[:, column])
        others = others[others != top]
        lines[others, column:] -= lines[others, column, None] * lines[top, column:]
        lines[np.abs(lines) < 1e-9] = 0.0
        solved.append(column)
    free = np.setdiff1d(np.arange(lines.shape[1]), solved)
    moves = np.zeros((len(free), lines.shape[1]))
    moves[np.arange(len(free)), order[free]] = 1.0
    moves[:, order[solved]] = -lines[: len(solved), free].T
    return moves
