"""Which cells of a table must stay empty, so that nobody can work out a number that rests on too few contributors?

A sum over one or two contributors tells each of them what the other said. Such cells are hidden (primary suppression).
Where the total is printed, a single hidden cell is the total less the others; so the smallest shown cells are hidden too
until at least two cells, resting together on at least `fewest` contributors, are hidden (complementary suppression).
Source: Hundepool et al., Statistical Disclosure Control, Wiley 2012, chapter 4.
"""

from collections.abc import Sequence


def hidden_cells(contributors: Sequence[int], fewest: int = 3) -> frozenset[int]:
    """The positions to hide in a row of cells whose total is printed; cells without contributors are zero and shown."""
    hidden = {position for position, number in enumerate(contributors) if 0 < number < fewest}
    if not hidden:
        return frozenset()
    others = sorted((number, position) for position, number in enumerate(contributors) if number >= fewest)
    for _, position in others:
        if len(hidden) >= 2 and sum(contributors[p] for p in hidden) >= fewest:
            break
        hidden.add(position)
    return frozenset(hidden)
