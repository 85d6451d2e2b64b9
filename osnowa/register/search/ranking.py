"""How well a record fits what was asked, decided by its names and places alone, the same on every database."""

from collections.abc import Sequence
from functools import cached_property, lru_cache

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.register.search.asking import Asked, Reading
from osnowa.register.search.tokens import postal

#: How well a record fits, best first.
NUMBER, WHOLE_NAME, NAME_BEGINS, IN_NAME, ANYWHERE, FORMS, CODES, TYPOS = range(8)

_folded = lru_cache(maxsize=50_000)(fold)


class Row:
    """A candidate: what it is called and where it stands, folded; each text between spaces, so that a word is found whole."""

    def __init__(self, key: int, legal_name: str, short_name: str, others: Sequence[str], locality: str, municipality: str | None,
                 is_closed: bool, name_fold: str, postal_code: str = "") -> None:  # fmt: skip
        self.key, self.last = key, (bool(is_closed), name_fold, key)
        self.names = [f" {_folded(name)} " for name in (legal_name, short_name, *others) if name]
        self.everything = "".join((*self.names, *(f" {_folded(place)} " for place in (locality, municipality) if place), f" {postal(postal_code)} "))
        self._fit: int | None = None

    @cached_property
    def forms(self) -> set[str]:
        return {form for word in self.everything.split() for form in (word, stem(word))}

    def fit(self, asked: Asked) -> int:
        """How well the words fit, without regard to numbers."""
        if self._fit is None:
            self._fit = self._weigh(asked)
        return self._fit

    def _weigh(self, asked: Asked) -> int:
        whole = f" {asked.folded} "
        if whole in self.names:
            return WHOLE_NAME
        begun = whole[:-1] if asked.begun else whole
        if any(name.startswith(begun) for name in self.names):
            return NAME_BEGINS
        words = [f" {word}" if word == asked.begun else f" {word} " for word in asked.words]
        if any(all(word in name for word in words) for name in self.names):
            return IN_NAME
        left = [word for word, sought in zip(asked.words, words, strict=True) if sought not in self.everything]
        if not left:
            return ANYWHERE
        left = [word for word in left if stem(word) not in self.forms]
        if not left:
            return FORMS
        return CODES if all(asked.calls(word) for word in left) else TYPOS

    def wrong(self, word: str, readings: Sequence[Reading], asked: Asked) -> int:
        """Letters that must be wrong in a word for this record to be meant."""
        if (f" {word}" if word == asked.begun else f" {word} ") in self.everything or stem(word) in self.forms:
            return 0
        named = [one.wrong for one in readings if one.word in self.forms or stem(one.word) in self.forms]
        called = [one.wrong for one in readings if one.calls] if not asked.calls(word) else []
        return min(named or called, default=0)
