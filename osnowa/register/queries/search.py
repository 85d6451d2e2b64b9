"""Finding organisations by what people type, best first.

What is typed becomes a question of words, numbers and activities. The engine finds at most some hundred candidates, in
steps from the exact to the approximate; ranking is done here, so it is the same on every database.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import Q, QuerySet

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.models import Identifier, Organisation
from osnowa.register.queries.merges import standing_of
from osnowa.register.search import engine, vocabulary
from osnowa.register.search.asking import Asked, Reading, written
from osnowa.register.search.engine import Question, Term
from osnowa.register.search.ranking import NUMBER, TYPOS, Row
from osnowa.register.search.tokens import region_sign

#: More candidates are not ranked; more hits are not counted.
MOST, COUNTED = 200, 2_000
#: Fewer hits than this make us doubt the spelling.
_FEW = 3
#: A rare word gives way to one borne by so many times more.
_FREQUENT = 10
#: A beginning of a number is one when it has so many signs, and leads to so many at most.
_SHORTEST_BEGUN_NUMBER, _MOST_HOLDERS = 6, 50
_NAMES = ("pk", "legal_name", "short_name", "other_names", "locality", "municipality__name", "ended_on", "name_fold")


@dataclass(frozen=True)
class Hits:
    """What was found: the keys of the best, how many there are, and which words were read otherwise than typed."""

    ids: tuple[int, ...]
    #: {word as typed: words it was also read as, as people write them}.
    also: dict[str, tuple[str, ...]]
    is_complete: bool
    _seen: QuerySet[Organisation] = field(repr=False, compare=False)
    _found: Q = field(repr=False, compare=False)
    _question: Question = field(repr=False, compare=False)

    @cached_property
    def total(self) -> int:
        """How many there are, counted up to COUNTED."""
        return len(self.ids) if self.is_complete else max(len(self.ids), engine.count_of(self._seen, self._question, COUNTED + 1))

    @property
    def is_more(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > COUNTED

    def among(self, organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
        """Those of the organisations that were found, in their own order."""
        return organisations.filter(self._found)


def search(region: Region | None, *, seen: QuerySet[Organisation], words: str, most: int = MOST) -> Hits:
    """The organisations among `seen` that fit the words, the best first; `region` where all of `seen` is of one."""
    asked = Asked.of(words)
    if not asked.words and not asked.numbers:
        return Hits((), {}, True, seen, Q(pk__in=[]), ())
    holders = _holders(seen, asked)
    levels = dict.fromkeys(holders, NUMBER)
    scope = ((Term(region_sign(region.pk)),),) if region else ()
    found, question, is_complete = _candidates(seen, region, scope, asked, most)
    rows = _rows_of(seen, dict.fromkeys([*holders, *found]))
    also: dict[str, tuple[str, ...]] = {}
    if asked.words and len(rows) < _FEW:
        readings = _readings(asked, is_found=bool(rows))
        if readings:
            question = scope + asked.wide(readings)
            found = engine.first_of(seen, question, most + 1)
            is_complete = len(found) <= most
            rows = _rows_of(seen, dict.fromkeys([*holders, *found[:most]]))
            rows, also = _nearest(rows, levels, asked, readings)
            is_complete = is_complete or bool(also)
    ranked = _ranked(rows, levels, asked)
    if is_complete:
        return Hits(tuple(ranked), also, True, seen, Q(pk__in=ranked), question)
    ways = Q(pk__in=engine.keys_of(question))
    return Hits(tuple(ranked[:most]), {}, False, seen, ways | Q(pk__in=list(holders)) if holders else ways, question)


def found_ids(region: Region | None, *, seen: QuerySet[Organisation], words: str, most: int = 50_000) -> tuple[int, ...]:
    """The keys of all that was found, up to `most`, the best first and the rest in the order of keys."""
    hits = search(region, seen=seen, words=words)
    if hits.is_complete:
        return hits.ids
    best = set(hits.ids)
    rest = engine.first_of(seen, hits._question, most)
    return (*hits.ids, *(key for key in rest if key not in best))[:most]


def bearing(organisations: QuerySet[Organisation], words: str, region: int) -> QuerySet[Organisation]:
    """Those of the organisations of a region that bear every word as it is written: of a name, a place, or a number."""
    numbers = _holders(organisations, Asked.of(words))
    group = tuple((Term(word),) for word in dict.fromkeys(fold(words).split()))
    if not group:
        return organisations
    return organisations.filter(Q(pk__in=engine.keys_of(((Term(region_sign(region)),), *group))) | Q(pk__in=numbers))


@lru_cache(maxsize=1)
def _schemes() -> tuple[str, ...]:
    return tuple(row.code for row in codes.IDENTIFIERS)


def _holders(seen: QuerySet[Organisation], asked: Asked) -> list[int]:
    """Whom a number belongs to, or to a record merged into them; of a long beginning of one, the first."""
    if not asked.numbers:
        return []
    rows = Identifier.objects.filter(scheme__in=_schemes()).order_by("scheme", "value")
    held = list(rows.filter(value__in=[way for number in asked.numbers for way in written(number)]).values_list("organisation", flat=True))
    if not held:
        number = asked.numbers[-1].upper()
        if len(number) >= _SHORTEST_BEGUN_NUMBER:
            begun = rows.filter(value__gte=number, value__lt=number + "zz").values_list("organisation", flat=True)
            held = list(begun[:_MOST_HOLDERS])
    stands = standing_of(held)
    there = set(seen.filter(pk__in=set(stands.values())).values_list("pk", flat=True)) if held else set()
    return list(dict.fromkeys(stands[key] for key in held if stands[key] in there))


def _candidates(seen: QuerySet[Organisation], region: Region | None, scope: Question, asked: Asked, most: int) -> tuple[list[int], Question, bool]:
    """(keys, the question whose answer they are, whether that is all): where too many fit, those that fit more exactly."""
    if not asked.words:
        return [], (), True
    wide = scope + asked.wide()
    found = engine.first_of(seen, wide, most + 1)
    if len(found) <= most:
        return found, wide, True
    keys = dict.fromkeys(_by_name(seen, region, asked, most))
    for question in dict.fromkeys((asked.exact, asked.forms)):
        keys |= dict.fromkeys(engine.first_of(seen, scope + question, most))
        if len(keys) > most:
            break
    return list(keys | dict.fromkeys(found))[: 2 * most], wide, False


def _by_name(seen: QuerySet[Organisation], region: Region | None, asked: Asked, most: int) -> list[int]:
    """Those called so, and the first whose name begins so."""
    same = list(seen.filter(name_fold=asked.folded).order_by("pk").values_list("pk", flat=True)[:most])
    if region is None:
        return same
    begin = seen.filter(name_fold__gte=asked.folded, name_fold__lt=asked.folded + "~").order_by("name_fold", "pk")
    return same + list(begin.values_list("pk", flat=True)[:most])


# --- spelling ---------------------------------------------------------------------------------------------------


def _readings(asked: Asked, *, is_found: bool) -> dict[str, list[Reading]]:
    """{word: words near it}; where something is found, only words that are rare give way, and only to frequent ones."""
    near = {word: vocabulary.near(word, begun=word == asked.begun) for word in asked.words}
    known = engine.known({*near, *(other for some in near.values() for _wrong, other in some)}) if any(near.values()) else {}
    readings = {}
    for word, some in near.items():
        borne = known[word][1] if word in known else 0
        if is_found and not 0 < borne < _FEW:
            continue
        good = [Reading(other, known[other][0], wrong) for wrong, other in some if other in known and known[other][1] >= _FREQUENT * borne]
        if good:
            readings[word] = good
    return readings


def _nearest(rows: Sequence[Row], levels: Mapping[int, int], asked: Asked, readings: Mapping[str, Sequence[Reading]]) -> tuple[list[Row], dict[str, tuple[str, ...]]]:
    """(rows, {word: readings}): what fits as typed, and of the rest what is nearest to it."""
    fits = [row for row in rows if levels.get(row.key, row.fit(asked)) < TYPOS]
    rest = [row for row in rows if row not in fits]
    wrong = {row.key: sum(row.wrong(word, readings.get(word, ()), asked) for word in asked.words) for row in rest}
    least = min(wrong.values(), default=0)
    near = [row for row in rest if wrong[row.key] == least]
    also: dict[str, tuple[str, ...]] = {}
    for word, some in readings.items():
        borne = dict.fromkeys(one.spelt for row in near if word not in row.forms for one in some if one.word in row.forms or stem(one.word) in row.forms)
        if borne:
            also[word] = tuple(list(borne)[:3])
    return fits + near, also


# --- ranking ----------------------------------------------------------------------------------------------------


def _rows_of(seen: QuerySet[Organisation], keys: Iterable[int]) -> list[Row]:
    wanted = list(keys)
    return [Row(*row) for row in seen.order_by().filter(pk__in=wanted).values_list(*_NAMES)] if wanted else []


def _ranked(rows: Iterable[Row], levels: Mapping[int, int], asked: Asked) -> list[int]:
    """The keys best first: by how well the words fit, open before closed, then by name."""
    return [row.key for row in sorted(rows, key=lambda row: (levels.get(row.key, row.fit(asked)), *row.last))]
