"""Building the index of search anew."""

from collections.abc import Callable

from osnowa.register.search import rebuild


def reindex(step: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Builds what organisations are found by anew from the register; returns how many there are. No fact changes."""
    return rebuild(step)
