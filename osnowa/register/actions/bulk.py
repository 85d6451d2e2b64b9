"""Loading a whole register at once: hundreds of thousands of organisations by the fastest way each database has.

What differs from `add_organisations`: one entry of the journal for the whole load instead of one a record (a record's history
then begins with the load), and one source for all facts of a record, kept under "*".
It refuses what the other verbs refuse: units and parents, numbers, days, places; what stands twice is refused by the database.
It does not look for a number of a record merged into another.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import count, islice, starmap
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.ahead import ahead
from osnowa.kit.collecting import without_collecting
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register.actions.batch import (
    NewOrganisation,
    addresses_taken,
    check_numbers,
    check_units,
    every_point,
    set_place,
)
from osnowa.register.actions.organisations import Person
from osnowa.register.actions.rules import check_facts
from osnowa.register.actions.snapshots import take_snapshot
from osnowa.register.actions.writing import Table, numbered, written_at_once
from osnowa.register.models import (
    Activity,
    Contact,
    Identifier,
    Listing,
    Organisation,
    Recognition,
    ServiceArea,
    YearlyFigures,
)
from osnowa.register.search import Told, Words, index_new, words_told
from osnowa.register.search.engine import ROWS as SEARCHED

#: How many organisations are checked and written in one go.
STRETCH = 10_000
#: Whose sources stand together under one mark: every fact of the record that names no source of its own.
ALL_FACTS = "*"
_PARTS = ("figures", "recognitions", "listings", "contacts")
_TABLES: tuple[type[Model], ...] = (Organisation, Identifier, Activity, ServiceArea, YearlyFigures, Recognition, Listing, Contact)


class Draft:
    """An organisation before it is written: the fields of the model as plain attributes, with their defaults."""

    def __init__(self, defaults: dict[str, Any], values: dict[str, Any]) -> None:
        self.__dict__ = defaults | values

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: Any) -> None: ...


def _told(row: NewOrganisation, draft: Draft) -> tuple[Any, ...]:
    """`Told`: what the search knows of an organisation that is being written."""
    town, is_hidden = draft.municipality, draft.is_location_hidden
    texts = (draft.legal_name, draft.short_name, *draft.other_names, "" if is_hidden else draft.locality, town.name if town else "")
    return (
        draft.id, draft.region.pk, texts, row.values.get("activities", ()), row.values.get("service_areas", ()),
        town.pk if town else None, "" if is_hidden else draft.postal_code,
    )  # fmt: skip


class Addresses:
    """Words of addresses, each given once: a repeated word gets the next number behind it."""

    def __init__(self, taken: set[str]) -> None:
        self.taken = taken
        self.last: dict[str, int] = {}

    def take(self, folded: str) -> str:
        word = folded.replace(" ", "-")[:60].strip("-") or "x"
        found, number = word, self.last.get(word, 1)
        while found in self.taken:
            number += 1
            found = f"{word}-{number}"
        self.last[word] = number
        self.taken.add(found)
        return found


@without_collecting()
def load_many(*, by: Person, region: Region, rows: Iterable[NewOrganisation], total: int = 0, source: str = "import_list",
              at: datetime | None = None, is_invented: bool = False, told: Callable[[int, int], None] | None = None) -> int:  # fmt: skip
    """Writes a whole register and gives how many; `total` tells how many to expect, `told` hears (done, total) as it goes.

    The rows are made and checked ahead in another process (`kit.ahead`): what gives them asks the database nothing.
    Once it stands it is frozen, so that what counts it need not read it all.
    """
    names = [model._meta.db_table for model in _TABLES] + ([SEARCHED] if connection.vendor == "postgresql" else [])
    try:
        with written_at_once(names, afresh=total > 10 * Organisation.every_record.count()):
            number: int = _load(by=by, region=region, rows=rows, total=total, source=source, at=at, is_invented=is_invented, told=told)
    except IntegrityError as error:
        raise Refused(_("A number, an address or a day of figures stands twice: %(what)s") % {"what": error}) from error
    transaction.on_commit(partial(take_snapshot, by=by, region=region))
    return number


@action("register.organisations_loaded", says=gettext_lazy("loaded a whole register"))
def _load(*, by: Person, region: Region, rows: Iterable[NewOrganisation], total: int, source: str, at: datetime | None,
          is_invented: bool, told: Callable[[int, int], None] | None) -> Deed:  # fmt: skip
    before = Organisation.objects.filter(region=region).count()
    with numbered(Organisation) as first:
        load = Load(by, region, source, at or timezone.now(), first, is_invented=is_invented)
        done = index_new(load.written(rows, total, told))
    return Deed(region, {"organisations": [before, before + done]} if done else {}, place=region.slug, value=done)


class Stretch(NamedTuple):
    """Many organisations, checked, as the database takes them: the rows of each table of `_TABLES`, and what the search is told."""

    tables: list[list[list[Any]]]
    told: list[tuple[Any, ...]]


class Load:
    """One load on its way: what holds for all its records, and the tables they go to.

    `_stretches` checks and makes, in a process of its own, so it asks the database nothing; `written` writes. Words of the
    search are found here, where there is less to do.
    """

    def __init__(self, by: Person, region: Region, source: str, moment: datetime, first: int, *, is_invented: bool) -> None:
        self.keys, self.today = count(first), timezone.localdate()
        self.addresses, self.points = Addresses(addresses_taken(region)), every_point()
        mark = {"source": source, "on": timezone.localdate(moment).isoformat()} | ({"by": by.pk} if by else {})
        self.organisations = Table(
            Organisation, region=region, country=region.jurisdiction, is_invented=is_invented, created_at=moment, changed_at=moment,
            provenance={ALL_FACTS: mark},
        )  # fmt: skip
        self.tables = [self.organisations, *(Table(model) for model in _TABLES[1:])]

    def written(self, rows: Iterable[NewOrganisation], total: int, told: Callable[[int, int], None] | None) -> Iterator[Words]:
        """Writes the rows, inside the transaction of the caller; what the search is to write of them."""
        done = 0
        for stretch in ahead(self._stretches(rows)):
            for table, plain in zip(self.tables, stretch.tables, strict=True):
                table.write(plain)
            yield words_told(starmap(Told, stretch.told))
            done += len(stretch.told)
            if told:
                told(done, max(total, done))

    def _stretches(self, rows: Iterable[NewOrganisation]) -> Iterator[Stretch]:
        """The rows as they are to be written, many at once; units stand behind their legal persons."""
        coming = iter(rows)
        while stretch := list(islice(coming, STRETCH)):
            check_units(stretch)
            check_numbers(stretch, ask=False)
            drafts = [self._draft(row) for row in stretch]
            rows_of = ([draft.__dict__ for draft in drafts], *_own_rows(stretch))
            plain = [table.plain(rows) for table, rows in zip(self.tables, rows_of, strict=True)]
            yield Stretch(plain, list(map(_told, stretch, drafts)))

    def _draft(self, row: NewOrganisation) -> Draft:
        row.key = next(self.keys)
        draft = Draft(self.organisations.defaults, row.values)
        draft.id, draft.uid = row.key, row.uid or uuid4()
        draft.parent = row.parent.key if isinstance(row.parent, NewOrganisation) else row.parent
        if row.parent and draft.parent is None:
            raise Refused(_("A unit comes after the legal person it belongs to."))
        draft.name_fold = fold(draft.short_name or draft.legal_name)
        draft.slug = self.addresses.take(draft.name_fold)
        check_facts(draft, self.today)
        set_place(draft, self.points)
        return draft


def _own_rows(rows: list[NewOrganisation]) -> Iterator[Iterable[dict[str, Any]]]:
    """What hangs on the organisations, in the order of `_TABLES`."""
    yield ({"organisation": row.key, "scheme": scheme, "value": value} for row in rows for scheme, value in row.values["identifiers"].items())
    yield (
        {"organisation": row.key, "nace": nace, "is_main": number == 0}
        for row in rows for number, nace in enumerate(dict.fromkeys(row.values.get("activities", ())))
    )  # fmt: skip
    yield ({"organisation": row.key, "code": code} for row in rows for code in dict.fromkeys(row.values.get("service_areas", ())))
    for part in map(attrgetter, _PARTS):
        yield [{"organisation": row.key, **values} for row in rows for values in part(row)]
