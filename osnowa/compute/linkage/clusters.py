"""Pairs put together to bodies, never joining two different official numbers."""

from collections.abc import Collection, Mapping

import numpy as np

from .names import Floats, Ints, Long


def joined(
    count: int,
    a: Long,
    b: Long,
    weight: Floats,
    numbers: Mapping[str, Ints],
    apart: Collection[tuple[int, int]] = (),
) -> Long:
    """The cluster of each of `count` records: the number of its first record.

    The strongest pair is joined first; pairs of one weight in the order of their rows. A pair is left out when its two
    sides hold different numbers of one scheme (`numbers`: -1 = none), or two records that were said to be `apart`.
    """
    root = list(range(count))
    holds: dict[int, dict[str, int]] = {}
    for scheme in sorted(numbers):
        for row in np.flatnonzero(numbers[scheme] >= 0).tolist():
            holds.setdefault(row, {})[scheme] = int(numbers[scheme][row])
    foes: dict[int, set[int]] = {}
    for x, y in apart:
        foes.setdefault(x, set()).add(y)
        foes.setdefault(y, set()).add(x)
    members: dict[int, list[int]] = {}

    def find(x: int) -> int:
        while root[x] != x:
            root[x] = root[root[x]]
            x = root[x]
        return x

    order = np.lexsort((b, a, -weight))
    for x, y in zip(a[order].tolist(), b[order].tolist(), strict=True):
        x, y = find(x), find(y)
        if x == y:
            continue
        mine, yours = holds.get(x), holds.get(y)
        if mine and yours and any(yours.get(scheme, value) != value for scheme, value in mine.items()):
            continue
        if foes and _are_apart(members.get(x, [x]), members.get(y, [y]), foes):
            continue
        low, high = (x, y) if x < y else (y, x)
        root[high] = low
        if yours or mine:
            holds[low] = {**(mine or {}), **(yours or {})}
        if foes:
            members[low] = members.pop(low, [low]) + members.pop(high, [high])
    return np.fromiter((find(i) for i in range(count)), np.int64, count)


def _are_apart(x: list[int], y: list[int], foes: dict[int, set[int]]) -> bool:
    other = set(y)
    return any(foes.get(member, set()) & other for member in x)
