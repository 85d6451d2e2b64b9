"""What somebody typed, as a question: words in all their forms, the one still being typed, numbers, activities."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.register.search import engine
from osnowa.register.search.engine import Question, Term
from osnowa.register.search.labels import called_up
from osnowa.register.search.tokens import postal_sign

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
#: A postal code, or the beginning of one with its dash, standing alone: 80-001, 80-, 1000-001, SI-2000, 2000.
_POSTAL = re.compile(r"(?<![\w-])(?:[A-Za-z]{1,2}-)?(\d{2}-\d{0,3}|\d{4}-\d{3}|\d{4,5})(?![\w-])")
_WHOLE_POSTAL = 5
#: A matična številka is kept without the three digits of the part of the organisation.
_SI_MAT = 7


class Reading(NamedTuple):
    """A word near one that was typed: folded, as people write it, how many letters differ, and what it calls up."""

    word: str
    spelt: str
    wrong: int
    calls: tuple[Term, ...] = ()


NOTHING: Mapping[str, Sequence[Reading]] = MappingProxyType({})
#: {word: signs it calls up}.
Calls = Mapping[str, tuple[Term, ...]]


@dataclass(frozen=True)
class Asked:
    """What somebody typed: folded, its telling words, the one still being typed, its numbers, its postal codes.

    `dashed` are words made of two by a dash, so that they can be nothing but postal codes; `areas` what words call up as
    names of areas of the region.
    """

    folded: str
    words: tuple[str, ...]
    begun: str
    numbers: tuple[str, ...]
    postal: frozenset[str] = frozenset()
    dashed: frozenset[str] = frozenset()
    areas: Calls = field(default_factory=dict)

    @classmethod
    def of(cls, typed: str, *, has_postal_codes: bool = True) -> "Asked":
        """`has_postal_codes` reads 80-001 as a postal code, not as two numbers."""
        found = _POSTAL.findall(typed) if has_postal_codes else []
        dashed = {code: code.replace("-", "") for code in found if "-" in code}
        whole = fold(typed).split()[:12]
        all_words = fold(_POSTAL.sub(lambda code: code[1].replace("-", ""), typed)).split()[:12] if found else whole
        plain = [word for word in all_words if word not in _FILLERS] or all_words
        begun = "" if not all_words or typed[-1:].isspace() or all_words[-1] in _FILLERS else all_words[-1]
        codes = frozenset(code.replace("-", "") for code in found)
        return cls(" ".join(whole), tuple(dict.fromkeys(plain)), begun, tuple(_numbers(whole)), codes, frozenset(dashed.values()))

    @cached_property
    def exact(self) -> Question:
        """Every word as it was typed."""
        return tuple(self._as_typed(word) for word in self.words)

    def _as_typed(self, word: str) -> tuple[Term, ...]:
        own = (Term(word), *_beginnings(word)) if word == self.begun else (Term(word),)
        code = Term(postal_sign(word), begins=word == self.begun and len(word) < _WHOLE_POSTAL)
        return (code,) if word in self.dashed else (*own, code) if word in self.postal else own

    def calls(self, word: str) -> tuple[Term, ...]:
        """The activities, services and areas a word calls up."""
        return (*called_up(word, begun=word == self.begun), *self.areas.get(word, ()))

    @cached_property
    def forms(self) -> Question:
        """Every word in any of its forms."""
        return tuple(_once((*terms, Term(stem(word)))) for word, terms in zip(self.words, self.exact, strict=True))

    def wide(self, readings: Mapping[str, Sequence[Reading]] = NOTHING) -> Question:
        """Every word in any form, or what it calls up, or another reading of it."""
        return tuple(
            _once((
                *terms, *self.calls(word),
                *(term for reading in readings.get(word, ()) for term in (Term(reading.word), Term(stem(reading.word)), *reading.calls)),
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
