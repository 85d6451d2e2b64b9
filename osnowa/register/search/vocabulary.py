"""Words of the register that are near a word somebody typed; kept in memory, asked anew when the register learned more."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from osnowa.register.search import engine

#: A longer word may have two letters wrong.
_LONG = 7
_SHORTEST = 4
_MOST = 8


class _Known:
    """The words of the vocabulary by their length."""

    def __init__(self) -> None:
        self.state: tuple[Any, ...] = (0, 0, "")
        self.by_length: dict[int, list[str]] = defaultdict(list)

    def fresh(self) -> dict[int, list[str]]:
        state = engine.state_of_vocabulary()
        if state != self.state:
            first, last, word = self.state
            new = engine.words_from(last) if first == state[0] and last < state[1] else []
            if new[:1] == [word]:
                self._learn(new[1:])
            else:
                self.by_length = defaultdict(list)
                self._learn(engine.words_from(0))
            self.state = state
        return self.by_length

    def _learn(self, words: Iterable[str]) -> None:
        for word in words:
            if word.isalpha():
                self.by_length[len(word)].append(word)


_known = _Known()


def near(word: str, *, begun: bool) -> list[tuple[int, str]]:
    """(letters wrong, word) of the words of the register nearest to a folded one; `begun` also finds those it may be the beginning of."""
    return among(word, _known.fresh(), begun=begun) if len(word) >= _SHORTEST and word.isalpha() else []


def by_length(words: Iterable[str]) -> dict[int, list[str]]:
    """Words without digits by how long they are."""
    found: dict[int, list[str]] = defaultdict(list)
    for word in words:
        if word.isalpha():
            found[len(word)].append(word)
    return found


def among(word: str, words: Mapping[int, Sequence[str]], *, begun: bool) -> list[tuple[int, str]]:
    """The same among some words, given by how long they are."""
    if len(word) < _SHORTEST or not word.isalpha():
        return []
    wrong = 2 if len(word) >= _LONG else 1
    choices = [one for length in range(len(word) - wrong, len(word) + wrong + 1) for one in words.get(length, ())]
    found = [(int(far), one) for one, far, _at in process.extract(word, choices, scorer=OSA.distance, score_cutoff=wrong, limit=None) if far]
    if not found and begun:
        beginnings = {one[: len(word)] for length, some in words.items() if length > len(word) for one in some}
        found = [(int(far), one) for one, far, _at in process.extract(word, beginnings, scorer=OSA.distance, score_cutoff=1, limit=None) if far]
    return sorted(found, key=lambda one: (one[0], one[1][0] != word[0], one[1]))[:_MOST]
