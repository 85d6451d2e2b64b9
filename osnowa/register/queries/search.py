"""Finding organisations by what people type, best first.

What is typed becomes a question of words, numbers and activities. The engine finds at most some hundred candidates, in
steps from the exact to the approximate; ranking is done here, so it is the same on every database.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, cast

from django.db import connection
from django.db.models import CharField, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, StrIndex
from django.db.models.lookups import Exact
from django.db.models.sql.where import WhereNode

from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.models import Identifier, Organisation
from osnowa.register.queries.merges import standing_of
from osnowa.register.search import areas, engine, vocabulary
from osnowa.register.search.asking import Asked, Reading, written
from osnowa.register.search.engine import Question, Term
from osnowa.register.search.labels import called_up, words_of_labels
from osnowa.register.search.ranking import NUMBER, TYPOS, Row
from osnowa.register.search.tokens import region_sign

#: Of a name that begins so, so many are ranked with the others.
_NAMED = 25
#: More candidates are not ranked; more hits are not counted.
MOST, COUNTED = 100, 1_000
#: Fewer hits than this make us doubt the spelling.
_FEW = 3
#: A rare word gives way to one borne by so many times more.
_FREQUENT = 10
#: A beginning of a number is one when it has so many signs, and leads to so many at most.
_SHORTEST_BEGUN_NUMBER, _MOST_HOLDERS = 6, 50


@dataclass(frozen=True)
class Hits:
    """What was found: the keys of the best, how many there are, and which words were read otherwise than typed."""

    ids: tuple[int, ...]
    #: {word as typed: words it was also read as, as people write them}.
    also: dict[str, tuple[str, ...]]
    is_complete: bool
    #: How many there are, counted up to one more than COUNTED.
    total: int
    _found: Q = field(repr=False, compare=False)
    _question: Question = field(default=(), repr=False, compare=False)

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
        return Hits((), {}, True, 0, Q(pk__in=[]))
    one = region.pk if region else _one_region(seen.query.where)
    hits = _search(one, seen, asked, areas.words_of_areas(one) if one else {}, most)
    if not hits.ids and (asked.dashed or not one):  # 24-7 is no postal code; of all regions areas are asked for last
        return _search(one, seen, Asked.of(words, has_postal_codes=not asked.dashed), areas.words_of_areas(one), most)
    return hits


def _search(one: int | None, seen: QuerySet[Organisation], asked: Asked, named: areas.Areas, most: int) -> Hits:
    """`one` is the region where it is known, `named` the words of its areas."""
    asked = replace(asked, areas=_areas(asked, named))
    scope = ((Term(region_sign(one)),),) if one else ()
    shown = engine.Seen(seen)
    holders = _holders(seen, asked)
    levels = dict.fromkeys(holders, NUMBER)
    question = scope + asked.wide()
    found = engine.first_of(shown, question, COUNTED + 1) if asked.words else []
    if len(found) > most:
        keys = [*holders, *_closest(seen, shown, scope, asked, most), *found[:most]]
        ranked = _ranked(_rows_of(keys), levels, asked)[:most]
        rest = engine.keys_of(question)
        return Hits(tuple(ranked), {}, False, len(found), Q(pk__in=rest) | Q(pk__in=holders) if holders else Q(pk__in=rest), question)
    rows = _rows_of([*holders, *found])
    also: dict[str, tuple[str, ...]] = {}
    if asked.words and len(rows) < _FEW and (readings := _readings(asked, named, is_found=bool(rows))):
        otherwise = engine.first_of(shown, scope + asked.wide(readings), most)
        rows, also = _nearest(_rows_of([*holders, *otherwise]), levels, asked, readings)
    ranked = _ranked(rows, levels, asked)
    return Hits(tuple(ranked), also, True, len(ranked), Q(pk__in=ranked))


def _one_region(where: Any) -> int | None:
    """The region to which a condition of a query keeps organisations, where it says so; the index is then asked for it alone."""
    if where.negated:
        return None
    told = [
        _one_region(child) if isinstance(child, WhereNode)
        else child.rhs if isinstance(child, Exact) and getattr(getattr(child.lhs, "target", None), "attname", "") == "region_id" else None
        for child in where.children
    ]  # fmt: skip
    if where.connector == "OR":
        return told[0] if len(set(told)) == 1 else None
    return next((region for region in told if isinstance(region, int)), None)


def found_ids(region: Region | None, *, seen: QuerySet[Organisation], words: str, most: int = 50_000) -> tuple[int, ...]:
    """The keys of all that was found, up to `most`, the best first and the rest in the order of keys."""
    hits = search(region, seen=seen, words=words)
    if hits.is_complete:
        return hits.ids
    best = set(hits.ids)
    rest = engine.first_of(engine.Seen(seen), hits._question, most)
    return (*hits.ids, *(key for key in rest if key not in best))[:most]


def best_first(rows: QuerySet[Organisation], hits: Hits) -> QuerySet[Organisation]:
    """Rows that were found, the best first; where more were found than ranked, the others follow by name."""
    listed = "," + "".join(f"{key}," for key in hits.ids)
    place = StrIndex(Value(listed), Concat(Value(","), Cast("pk", CharField()), Value(","), output_field=CharField()))
    if hits.is_complete:
        return rows.order_by(place, "name_fold", "pk")
    return cast("QuerySet[Organisation]", _BestFirst(rows, hits.ids, place))


class _BestFirst:
    """Rows in two parts, so that the first pages are quick however many were found: those ranked, then all others by name."""

    def __init__(self, rows: QuerySet[Organisation], ranked: Sequence[int], place: StrIndex) -> None:
        self.rows = rows
        self.best = list(rows.filter(pk__in=ranked).order_by(place))
        self.others = rows.exclude(pk__in=ranked).order_by("name_fold", "pk")

    def count(self) -> int:
        return self.rows.order_by().count()

    __len__ = count

    def __iter__(self) -> Iterator[Organisation]:
        yield from self.best
        yield from self.others

    def __getitem__(self, wanted: slice) -> list[Organisation]:
        start, stop = wanted.start or 0, wanted.stop
        best = self.best[start:stop]
        before = len(self.best)
        if stop is not None and stop <= before:
            return best
        return best + list(self.others[max(0, start - before) : None if stop is None else stop - before])


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


def _closest(seen: QuerySet[Organisation], shown: engine.Seen, scope: Question, asked: Asked, most: int) -> list[int]:
    """Where too many fit: those called so or whose name begins so, and those that fit the words more exactly."""
    if scope:
        named = seen.filter(name_fold__gte=asked.folded, name_fold__lt=asked.folded + "~")
    else:
        named = seen.filter(name_fold=asked.folded)
    keys = dict.fromkeys(named.order_by("name_fold", "pk").values_list("pk", flat=True)[:_NAMED])
    for question in dict.fromkeys((asked.exact, asked.forms)):
        keys |= dict.fromkeys(engine.first_of(shown, scope + question, most))
        if len(keys) >= most:
            break
    return list(keys)


# --- spelling ---------------------------------------------------------------------------------------------------


def _areas(asked: Asked, named: areas.Areas) -> dict[str, tuple[Term, ...]]:
    """{word: signs of the municipalities in the areas it names}; no query where it names none."""
    return areas.signs_of({word: keys for word in asked.words if (keys := areas.named_by(word, named, begun=word == asked.begun))})


@lru_cache(maxsize=1)
def _labels() -> dict[int, list[str]]:
    return vocabulary.by_length(words_of_labels())


def _near_calls(asked: Asked, named: areas.Areas) -> dict[str, list[Reading]]:
    """{word: words near it that call up an activity, a service or an area}, of words that call up nothing as they stand."""
    found: dict[str, list[Reading]] = {}
    for word in asked.words:
        if asked.calls(word):
            continue
        begun = word == asked.begun
        found[word] = [
            Reading(other, words_of_labels().get(other, other), wrong, calls)
            for wrong, other in vocabulary.among(word, _labels(), begun=begun) if (calls := called_up(other, begun=begun))
        ]  # fmt: skip
        near = [(wrong, other) for wrong, other in vocabulary.among(word, vocabulary.by_length(named), begun=False)]
        signs = areas.signs_of({other: named[other][1] for _wrong, other in near})
        found[word] += [Reading(other, named[other][0], wrong, signs[other]) for wrong, other in near if other in signs]
    return found


def _readings(asked: Asked, named: areas.Areas, *, is_found: bool) -> dict[str, list[Reading]]:
    """{word: words near it}; where something is found, only words that are rare give way, and only to frequent ones.

    Names of the register, and what labels and areas are called; the latter only where nothing is found by the word.
    """
    calls = {} if is_found else _near_calls(asked, named)
    near = {word: vocabulary.near(word, begun=word == asked.begun) for word in asked.words}
    known = engine.known({*near, *(other for some in near.values() for _wrong, other in some)}) if any(near.values()) else {}
    readings = {}
    for word, some in near.items():
        borne = known[word][1] if word in known else 0
        if is_found and not 0 < borne < _FEW:
            continue
        good = [Reading(other, known[other][0], wrong) for wrong, other in some if other in known and known[other][1] >= _FREQUENT * borne]
        good += [one for one in calls.get(word, ()) if not borne]
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
        if near and not borne and not asked.calls(word):  # found by what it is or where, not by its name
            nearest = min((one.wrong for one in some if one.calls), default=0)
            borne = dict.fromkeys(one.spelt for one in some if one.calls and one.wrong == nearest)
        if borne:
            also[word] = tuple(list(borne)[:3])
    return fits + near, also


# --- ranking ----------------------------------------------------------------------------------------------------


def _rows_of(keys: Iterable[int]) -> list[Row]:
    """The candidates with their names and places; written by hand, for every search reads some hundred."""
    wanted = list(dict.fromkeys(keys))
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT o.id, o.legal_name, o.short_name, o.other_names, CASE WHEN o.is_location_hidden THEN '' ELSE o.locality END, m.name, "
            "o.ended_on IS NOT NULL, o.name_fold, CASE WHEN o.is_location_hidden THEN '' ELSE o.postal_code END "
            "FROM register_organisation o LEFT JOIN places_territory m ON m.id = o.municipality_id "
            f"WHERE o.id IN ({', '.join(map(str, wanted))})"
        )
        rows = cursor.fetchall()
    return [Row(key, legal, short, () if others == "[]" else json.loads(others), *rest) for key, legal, short, others, *rest in rows]


def _ranked(rows: Iterable[Row], levels: Mapping[int, int], asked: Asked) -> list[int]:
    """The keys best first: by how well the words fit, open before closed, then by name."""
    return [row.key for row in sorted(rows, key=lambda row: (levels.get(row.key, row.fit(asked)), *row.last))]
