"""The codes of activities and services that a typed word calls up, by their labels in all languages."""

from bisect import bisect_left
from collections import defaultdict
from functools import cache, lru_cache

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.register import codes
from osnowa.register.search.engine import Term
from osnowa.register.search.tokens import activity_sign, service_sign

#: A word in the labels of more divisions than this says nothing of an activity ("other", "services", "production").
_MOST_DIVISIONS = 4
#: A word that somebody is still typing calls up labels when it has so many letters.
_SHORTEST_BEGINNING = 4


@cache
def _by_word() -> dict[str, frozenset[Term]]:
    """{word or stem of a label: signs}; a group of activities stands for its classes where none of them is called so."""
    found: dict[str, set[Term]] = defaultdict(set)
    for row in (*codes.SERVICE_AREAS, *codes.SERVICE_WORDS):
        for label in row.labels.values():
            for word in fold(label).split():
                found[word].add(Term(service_sign(row.code)))
                found[stem(word)].add(Term(service_sign(row.code)))
    divisions: dict[str, set[str]] = defaultdict(set)
    activities: dict[str, set[str]] = defaultdict(set)
    for rows in codes.NACE.values():
        for row in rows:
            if int(row["level"]) >= 2:
                for word in {form for label in row.labels.values() for plain in fold(label).split() for form in (plain, stem(plain))}:
                    activities[word].add(row.code)
                    divisions[word].add(row.code[:2])
    every = {row.code for rows in codes.NACE.values() for row in rows}
    for word, known in activities.items():
        if len(divisions[word]) <= _MOST_DIVISIONS:
            narrowest = {code for code in known if not any(code != other and other.startswith(code) for other in known)}
            found[word] |= {Term(activity_sign(code)) for code in every if code.startswith(tuple(narrowest))}
    return {word: frozenset(signs) for word, signs in found.items()}


@cache
def words_of_labels() -> dict[str, str]:
    """{folded word: how it is written} of the words in labels that call up a code."""
    lists = (*codes.SERVICE_AREAS, *codes.SERVICE_WORDS, *(row for rows in codes.NACE.values() for row in rows))
    pieces = (piece.strip("\"'„”“»«‘’().,;:!?").lower() for row in lists for label in row.labels.values() for piece in label.split())
    return {fold(piece): piece for piece in pieces if fold(piece) in _by_word()}


@cache
def _beginnings() -> list[str]:
    return sorted(_by_word())


@lru_cache(maxsize=10_000)
def called_up(word: str, *, begun: bool) -> tuple[Term, ...]:
    """The signs of the activities and services with this folded word in their labels; `begun`, or one that begins so."""
    known = _by_word()
    if len(word) < _SHORTEST_BEGINNING:
        return tuple(sorted(known.get(word, ())))
    found = known.get(word, frozenset()) | known.get(stem(word), frozenset())
    if not found and begun:
        words = _beginnings()
        some = words[bisect_left(words, word) : bisect_left(words, word + "~")]
        found = frozenset(sign for other in some for sign in known[other])
    return tuple(sorted(found))
