"""Building the index of search anew."""

from collections.abc import Callable

from osnowa.register.search import is_outdated, rebuild


def reindex(step: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Builds what organisations are found by anew from the register; returns how many there are. No fact changes."""
    return rebuild(step)


def reindex_outdated(step: Callable[[int, int], None] = lambda done, total: None) -> int:
    """The same where another version of the program built the index; returns how many, none where it stands as it should."""
    return rebuild(step) if is_outdated() else 0
