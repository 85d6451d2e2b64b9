"""How well a record fits what was asked, decided by its names and places alone, the same on every database."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.register.search.asking import Asked, Reading
from osnowa.register.search.labels import called_up

#: How well a record fits, best first.
NUMBER, WHOLE_NAME, NAME_BEGINS, IN_NAME, ANYWHERE, FORMS, CODES, TYPOS = range(8)

_folded = lru_cache(maxsize=50_000)(fold)


class Row:
    """A candidate: what it is called and where it stands, folded."""

    def __init__(self, key: int, legal_name: str, short_name: str, others: list[str], locality: str, municipality: str | None,
                 ended_on: object, name_fold: str) -> None:  # fmt: skip
        self.key, self.last = key, (ended_on is not None, name_fold, key)
        self.names = [_folded(name) for name in (legal_name, short_name, *others) if name]
        self.everything = " ".join((*self.names, *(_folded(place) for place in (locality, municipality) if place))).split()

    @cached_property
    def forms(self) -> set[str]:
        return {form for word in self.everything for form in (word, stem(word))}

    def fit(self, asked: Asked) -> int:
        """How well the words fit, without regard to numbers."""
        if asked.folded in self.names:
            return WHOLE_NAME
        if any(name.startswith(asked.folded) and (asked.begun or name[len(asked.folded)] == " ") for name in self.names):
            return NAME_BEGINS
        if any(all(_bears(name.split(), word, asked) for word in asked.words) for name in self.names):
            return IN_NAME
        left = [word for word in asked.words if not _bears(self.everything, word, asked)]
        if not left:
            return ANYWHERE
        left = [word for word in left if stem(word) not in self.forms]
        if not left:
            return FORMS
        return CODES if all(called_up(word, begun=word == asked.begun) for word in left) else TYPOS

    def wrong(self, word: str, readings: Sequence[Reading], asked: Asked) -> int:
        """Letters that must be wrong in a word for this record to be meant."""
        if _bears(self.everything, word, asked) or stem(word) in self.forms:
            return 0
        return min((one.wrong for one in readings if one.word in self.forms or stem(one.word) in self.forms), default=0)


def _bears(words: Sequence[str], word: str, asked: Asked) -> bool:
    return any(one.startswith(word) for one in words) if word == asked.begun else word in words
