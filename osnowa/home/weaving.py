"""The cloth on the first page: its warp is the register, one colour a region, as wide as the region is large.

It is woven from the top only so far: below hangs the warp, waiting for what the regions will do together.
"""

from collections.abc import Sequence
from dataclasses import dataclass

DYES = ("madder", "woad", "weld", "moss", "gall")
STEP = 10
THREADS = 48
ROWS = 25
FRINGE = 11


@dataclass(frozen=True)
class Thread:
    """A vertical thread: where it hangs, how far down, and its dye."""

    x: int
    length: int
    dye: str


@dataclass(frozen=True)
class Pick:
    """A horizontal thread: where it lies and by how much its over and under are shifted."""

    y: int
    shift: int


@dataclass(frozen=True)
class Cloth:
    warp: Sequence[Thread]
    weft: Sequence[Pick]
    width: int
    height: int
    woven: int


def dye_of(place: int) -> str:
    """The dye of the region at a place of the list; dyes come round again."""
    return DYES[place % len(DYES)]


def shares(counts: Sequence[int], threads: int) -> list[int]:
    """How many threads each count gets: in proportion, at least one each, together exactly `threads`.

    Largest remainders, the method of Hare; what the minimum costs is taken from the widest.
    """
    total = sum(counts)
    if not total:
        return [0] * len(counts)
    exact = [count * threads / total for count in counts]
    given = [max(1, int(part)) if counts[place] else 0 for place, part in enumerate(exact)]
    by_remainder = sorted(range(len(counts)), key=lambda place: (int(exact[place]) - exact[place], place))
    for place in by_remainder * threads:
        if sum(given) >= threads:
            break
        given[place] += 1
    while sum(given) > threads:
        given[given.index(max(given))] -= 1
    return given


def _hanging(place: int) -> int:
    """The length of a thread: no two neighbours end alike, as in a cloth cut by hand."""
    return (ROWS + FRINGE) * STEP - STEP // 2 - (place * 7 % 5) * 3


def weave(counts: Sequence[int]) -> Cloth | None:
    """The cloth of the counts of organisations, a twill of two over, two under; None where there are none."""
    if not sum(counts):
        return None
    dyes = [dye_of(place) for place, wide in enumerate(shares(counts, THREADS)) for _thread in range(wide)]
    return Cloth(
        warp=[Thread(place * STEP + STEP // 2, _hanging(place), dye) for place, dye in enumerate(dyes)],
        weft=[Pick(row * STEP + STEP // 2, row * STEP % (4 * STEP)) for row in range(ROWS)],
        width=THREADS * STEP,
        height=(ROWS + FRINGE) * STEP,
        woven=ROWS * STEP,
    )
