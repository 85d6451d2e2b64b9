"""Writing the index: what organisations are found by, in the transaction that writes them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from django.db import transaction

from osnowa.register.models import Activity, Organisation, ServiceArea
from osnowa.register.search import engine
from osnowa.register.search.tokens import line, signs, words_of

_AT_ONCE = 5000
_NAMES = ("pk", "region", "legal_name", "short_name", "other_names", "locality", "municipality__name")


def index_many(keys: Iterable[int], *, are_new: bool = False) -> int:
    """Writes what organisations are found by as they stand now; returns how many.

    `are_new` promises that none of them was ever in the index: that is quicker and smaller. A few statements for every
    five thousand.
    """
    written = 0
    for chunk in _stretches(keys):
        with transaction.atomic():
            written += _index(chunk, are_new=are_new)
    return written


def rebuild(step: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Builds the whole index anew from the register; returns the number of organisations in it."""
    with transaction.atomic():
        engine.empty()
        keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
        done = 0
        for chunk in _stretches(keys):
            done += _index(chunk, are_new=True)
            step(done, len(keys))
    return done


Thing = TypeVar("Thing")


def _stretches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    coming = iter(things)
    while stretch := list(islice(coming, _AT_ONCE)):
        yield stretch


class Told(NamedTuple):
    """What an organisation is found by."""

    key: int
    region: int
    texts: Sequence[str]
    activities: Iterable[str]
    services: Iterable[str]


def index_new(organisations: Iterable[Told]) -> int:
    """Writes organisations that were never in the index, of which the caller knows all; returns how many."""
    return sum(_write(chunk, are_new=True) for chunk in _stretches(organisations))


def _index(keys: Sequence[int], *, are_new: bool) -> int:
    merged = _merged_into(keys) if not are_new or _has_merged() else {}
    activities, services = _codes(Activity, "nace", keys), _codes(ServiceArea, "code", keys)
    told = (
        Told(key, region, _texts(*names) + merged.get(key, []), activities.get(key, ()), services.get(key, ()))
        for key, region, *names in _rows(keys)
    )
    return _write(told, are_new=are_new)


def _write(organisations: Iterable[Told], *, are_new: bool) -> int:
    lines: list[tuple[int, str]] = []
    seen: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for it in organisations:
        words = words_of(it.texts)
        lines.append((it.key, line(words, signs(it.region, it.activities, it.services))))
        seen.update(words.keys())
        for word, written in words.items():
            spelt.setdefault(word, written)
    engine.write(lines, are_new=are_new)
    engine.learn((word, spelt[word], count if are_new else 0) for word, count in seen.items())
    return len(lines)


def _rows(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    return list(Organisation.every_record.filter(pk__in=keys).order_by("pk").values_list(*_NAMES))


def _texts(legal_name: str, short_name: str, others: list[str], locality: str, municipality: str | None) -> list[str]:
    return [legal_name, short_name, *others, locality, municipality or ""]


def _codes(model: type[Activity] | type[ServiceArea], field: str, keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = model._default_manager.filter(organisation__in=keys)
    for key, code in rows.order_by().values_list("organisation_id", field):
        found[key].append(code)
    return found


def _has_merged() -> bool:
    return Organisation.every_record.filter(merged_into__isnull=False).exists()


def _merged_into(keys: Sequence[int]) -> dict[int, list[str]]:
    """{organisation: names of the records merged into it, and into those}."""
    found: dict[int, list[str]] = defaultdict(list)
    stands = {key: key for key in keys}
    level = list(keys)
    while level:
        rows = Organisation.every_record.filter(merged_into__in=level).order_by("pk")
        step = list(rows.values_list("pk", "merged_into", "legal_name", "short_name", "other_names"))
        for key, into, legal_name, short_name, others in step:
            assert into is not None
            stands[key] = stands[into]
            found[stands[into]] += [legal_name, short_name, *others]
        level = [row[0] for row in step]
    return found
