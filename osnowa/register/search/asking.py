"""What somebody typed, as a question: words in all their forms, the one still being typed, numbers, activities."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.register.search import engine
from osnowa.register.search.engine import Question, Term
from osnowa.register.search.labels import called_up

#: So many words may stand for one that somebody is still typing; the rarer ones wait for more letters.
_MOST_BEGINNINGS = 40
#: A beginning borne by fewer organisations is asked of the engine as it is.
_FEW_BEGIN = 20_000
_SHORTEST_BEGINNING = 2
#: Words that say nothing beside others.
_FILLERS = frozenset(("a", "and", "d", "dla", "do", "doo", "dr", "for", "i", "im", "in", "iz", "na", "nad", "o", "ob", "od", "of", "on", "oo", "po", "pod", "pri", "przy", "s", "sp", "the", "u", "ul", "v", "w", "we", "z", "za", "ze", "zoo"))
#: What people write before a number.
_NUMBER_LABELS = frozenset(("nip", "regon", "krs", "pl", "si", "vat", "ddv", "maticna", "davcna", "stevilka", "numer", "nr", "no", "it", "hr", "hu", "es", "fr", "be", "fi", "de", "at", "oib", "siren", "siret", "euid", "lei"))
_NUMBER = re.compile(r"[a-z]{0,3}\d+[a-z]?|[a-z]\d+[a-z]\d*")
_SHORTEST_NUMBER = 4
#: A matična številka is kept without the three digits of the part of the organisation.
_SI_MAT = 7


class Reading(NamedTuple):
    """A word near one that was typed: folded, as people write it, and how many letters differ."""

    word: str
    spelt: str
    wrong: int


NOTHING: Mapping[str, Sequence[Reading]] = MappingProxyType({})


@dataclass(frozen=True)
class Asked:
    """What somebody typed: folded, its telling words, the one still being typed, its numbers."""

    folded: str
    words: tuple[str, ...]
    begun: str
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, typed: str) -> "Asked":
        all_words = fold(typed).split()[:12]
        plain = [word for word in all_words if word not in _FILLERS] or all_words
        begun = "" if not all_words or typed[-1:].isspace() or all_words[-1] in _FILLERS else all_words[-1]
        return cls(" ".join(all_words), tuple(dict.fromkeys(plain)), begun, tuple(_numbers(all_words)))

    @cached_property
    def exact(self) -> Question:
        """Every word as it was typed."""
        return tuple((Term(word), *_beginnings(word)) if word == self.begun else (Term(word),) for word in self.words)

    @cached_property
    def forms(self) -> Question:
        """Every word in any of its forms."""
        return tuple(_once((*terms, Term(stem(word)))) for word, terms in zip(self.words, self.exact, strict=True))

    def wide(self, readings: Mapping[str, Sequence[Reading]] = NOTHING) -> Question:
        """Every word in any form, or an activity it calls up, or another reading of it."""
        return tuple(
            _once((
                *terms, *called_up(word, begun=word == self.begun),
                *(term for reading in readings.get(word, ()) for term in (Term(reading.word), Term(stem(reading.word)))),
            ))
            for word, terms in zip(self.words, self.forms, strict=True)
        )  # fmt: skip


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(terms))


def _beginnings(word: str) -> tuple[Term, ...]:
    """What stands for the words that begin so. A long list of the engine's own is slow, so a frequent beginning is spelt out."""
    if len(word) < _SHORTEST_BEGINNING:
        return ()
    words = engine.words_that_begin(word, _MOST_BEGINNINGS)
    if len(words) > _MOST_BEGINNINGS and sum(count for _word, count in words) <= _FEW_BEGIN:
        return (Term(word, begins=True),)
    return tuple(Term(one) for one, _count in words[:_MOST_BEGINNINGS])


def _numbers(words: Sequence[str]) -> list[str]:
    """Runs of words with digits, written together: 583 28 12 345, PL5832812345, 0000123456."""
    found: list[str] = []
    run = ""
    for word in (*words, ""):
        if word and _NUMBER.fullmatch(word):
            run += word
        elif run or word not in _NUMBER_LABELS:
            found.append(run)
            run = ""
    return [run for run in dict.fromkeys(found) if sum(sign.isdigit() for sign in run) >= _SHORTEST_NUMBER]


def written(number: str) -> list[str]:
    """The ways a register may keep a number: without its country, with its leading zeros."""
    bare = number[2:] if re.match(r"[a-z]{2}\d", number) else number
    ways = [number.upper(), bare.upper()]
    if bare.isdecimal():
        ways += [bare.zfill(width) for width in (7, 8, 9, 10, 14) if len(bare) < width]
        ways += [bare.lstrip("0") or "0", bare[:_SI_MAT] if len(bare) == _SI_MAT + 3 else bare]
    return list(dict.fromkeys(ways))
