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
#: Which words and signs a line holds; changed whenever a line would be another, so that an older index is built anew.
_VERSION = "_v2"
_FACTS = (
    "pk", "region", "municipality", "is_location_hidden", "postal_code", "locality", "municipality__name", "legal_name", "short_name", "other_names",
)  # fmt: skip


class Told(NamedTuple):
    """What an organisation is found by; of a hidden place no more than its municipality."""

    key: int
    region: int
    texts: Sequence[str]
    activities: Iterable[str]
    services: Iterable[str]
    municipality: int | None = None
    postal_code: str = ""


class Words(NamedTuple):
    """What the index is to keep of some organisations: the line of each, how many bear each word, and how it is written."""

    lines: list[tuple[int, str]]
    counts: dict[str, int]
    spelt: dict[str, str]


def index_many(keys: Iterable[int], *, are_new: bool = False) -> int:
    """Writes what organisations are found by as they stand now; returns how many.

    `are_new` promises that none of them was ever in the index: that is quicker and smaller. A few statements for every
    five thousand.
    """
    with transaction.atomic():
        return _write((_words_of(chunk, are_new=are_new) for chunk in _stretches(keys)), are_new=are_new)


def index_new(words: Iterable[Words]) -> int:
    """Writes the words of organisations that were never in the index, inside the transaction of the caller; returns of how many."""
    return _write(words, are_new=True)


def rebuild(step: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Builds the whole index anew from the register; returns the number of organisations in it."""
    with transaction.atomic():
        engine.empty()
        keys = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
        done = index_new(_stepping((_words_of(chunk, are_new=True) for chunk in _stretches(keys)), step, len(keys)))
        engine.learn([(_VERSION, "", 0)])
        return done


def is_outdated() -> bool:
    """Whether the index was built by another version, and there is something to find."""
    return not engine.known([_VERSION]) and Organisation.objects.exists()


def _stepping(words: Iterable[Words], step: Callable[[int, int], None], total: int) -> Iterator[Words]:
    done = 0
    for some in words:
        yield some
        done += len(some.lines)
        step(done, total)


Thing = TypeVar("Thing")


def _stretches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    coming = iter(things)
    while stretch := list(islice(coming, _AT_ONCE)):
        yield stretch


def words_told(organisations: Iterable[Told]) -> Words:
    """The words of organisations; asks the database nothing."""
    lines: list[tuple[int, str]] = []
    counts: Counter[str] = Counter()
    spelt: dict[str, str] = {}
    for it in organisations:
        words = words_of(it.texts)
        lines.append((it.key, line(words, signs(it.region, it.activities, it.services, it.municipality, it.postal_code))))
        counts.update(words.keys())
        for word, written in words.items():
            spelt.setdefault(word, written)
    return Words(lines, counts, spelt)


def _words_of(keys: Sequence[int], *, are_new: bool) -> Words:
    merged = _merged_into(keys) if not are_new or _has_merged() else {}
    activities, services = _codes(Activity, "nace", keys), _codes(ServiceArea, "code", keys)
    return words_told(
        Told(
            key, region, _texts(*names, "" if is_hidden else locality, municipality) + merged.get(key, []), activities.get(key, ()),
            services.get(key, ()), town, "" if is_hidden else code,
        )
        for key, region, town, is_hidden, code, locality, municipality, *names in _rows(keys)
    )  # fmt: skip


def _write(words: Iterable[Words], *, are_new: bool) -> int:
    """Lines as they come; the vocabulary once, at the end, since each telling leaves a dead row on PostgreSQL."""
    done, counts, spelt = 0, Counter[str](), dict[str, str]()
    for some in words:
        engine.write(some.lines, are_new=are_new)
        counts.update(some.counts)
        spelt = some.spelt | spelt
        done += len(some.lines)
    engine.learn((word, spelt[word], count if are_new else 0) for word, count in counts.items())
    return done


def _rows(keys: Sequence[int]) -> list[tuple[Any, ...]]:
    return list(Organisation.every_record.filter(pk__in=keys).order_by("pk").values_list(*_FACTS))


def _texts(legal_name: str, short_name: str, others: list[str], *places: str | None) -> list[str]:
    return [legal_name, short_name, *others, *(place or "" for place in places)]


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
