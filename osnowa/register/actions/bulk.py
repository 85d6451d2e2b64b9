"""Loading a whole register at once: hundreds of thousands of organisations by the fastest way each database has.

What differs from `add_organisations`: one entry of the journal for the whole load instead of one a record (a record's history
then begins with the load), and one source for all facts of a record, kept under "*".
It refuses what the other verbs refuse: units and parents, numbers, days, places; what stands twice is refused by the database.
It does not look for a number of a record merged into another.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register.actions.batch import (
    NewOrganisation,
    addresses_taken,
    check_numbers,
    check_units,
    find_points,
    set_place,
)
from osnowa.register.actions.organisations import Person
from osnowa.register.actions.rules import check_facts
from osnowa.register.actions.snapshots import take_snapshot
from osnowa.register.actions.writing import Table, reserve, written_at_once
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
from osnowa.register.search import Told, index_new
from osnowa.register.search.engine import ROWS as SEARCHED

#: How many organisations are checked and written in one go.
STRETCH = 10_000
#: Whose sources stand together under one mark: every fact of the record that names no source of its own.
ALL_FACTS = "*"
_OWN_ROWS = ("identifiers", "activities", "service_areas")
_PARTS: tuple[tuple[str, type[Model]], ...] = (
    ("figures", YearlyFigures), ("recognitions", Recognition), ("listings", Listing), ("contacts", Contact),
)  # fmt: skip
_TABLES: tuple[type[Model], ...] = (Organisation, Identifier, Activity, ServiceArea, *(model for _name, model in _PARTS))


class Draft:
    """An organisation before it is written: the fields of the model as plain attributes, with their defaults."""

    def __init__(self, defaults: dict[str, Any], values: dict[str, Any]) -> None:
        self.__dict__ = defaults | values

    if TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any: ...

        def __setattr__(self, name: str, value: Any) -> None: ...


def _told(row: NewOrganisation, draft: Draft) -> Told:
    """What the search knows of an organisation that is being written."""
    names = (draft.legal_name, draft.short_name, *draft.other_names, draft.locality, draft.municipality.name if draft.municipality else "")
    return Told(draft.id, draft.region.pk, names, row.values.get("activities", ()), row.values.get("service_areas", ()))


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


def load_many(*, by: Person, region: Region, rows: Iterable[NewOrganisation], total: int = 0, source: str = "import_list",
              at: datetime | None = None, is_invented: bool = False, told: Callable[[int, int], None] | None = None) -> int:  # fmt: skip
    """Writes a whole register and gives how many; `total` tells how many to expect, `told` hears (done, total) as it goes.

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
    load, done = Load(by, region, source, at or timezone.now(), is_invented=is_invented), 0
    coming = iter(rows)
    while stretch := list(islice(coming, STRETCH)):
        load.write(stretch)
        done += len(stretch)
        if told:
            told(done, max(total, done))
    return Deed(region, {"organisations": [before, before + done]} if done else {}, place=region.slug, value=done)


class Load:
    """One load on its way: what holds for all its records, and the tables they go to."""

    def __init__(self, by: Person, region: Region, source: str, moment: datetime, *, is_invented: bool) -> None:
        self.region, self.moment, self.is_invented = region, moment, is_invented
        mark = {"source": source, "on": timezone.localdate(moment).isoformat()}
        self.mark = {ALL_FACTS: mark | ({"by": by.pk} if by else {})}
        self.addresses = Addresses(addresses_taken(region))
        self.tables = {model: Table(model) for model in _TABLES}
        self.defaults = self.tables[Organisation].defaults | {"region": region, "country": region.jurisdiction}

    def write(self, rows: list[NewOrganisation]) -> None:
        """Checks and writes a stretch; units stand behind their legal persons."""
        check_units(rows)
        check_numbers(rows, ask=False)
        keys = reserve(Organisation, len(rows))
        drafts = [self._draft(row, key) for row, key in zip(rows, keys, strict=True)]
        points = find_points(drafts)
        for draft in drafts:
            check_facts(draft)
            set_place(draft, points)
        self.tables[Organisation].write(draft.__dict__ for draft in drafts)
        self._write_rows(rows)
        index_new(_told(row, draft) for row, draft in zip(rows, drafts, strict=True))

    def _draft(self, row: NewOrganisation, key: int) -> Draft:
        row.key = key
        draft = Draft(self.defaults, {name: value for name, value in row.values.items() if name not in _OWN_ROWS})
        draft.id, draft.uid, draft.is_invented = key, row.uid or uuid4(), self.is_invented
        draft.created_at = draft.changed_at = self.moment
        draft.provenance = self.mark
        draft.parent = row.parent.key if isinstance(row.parent, NewOrganisation) else row.parent
        if row.parent and draft.parent is None:
            raise Refused(_("A unit comes after the legal person it belongs to."))
        draft.name_fold = fold(draft.short_name or draft.legal_name)
        draft.slug = self.addresses.take(draft.name_fold)
        return draft

    def _write_rows(self, rows: list[NewOrganisation]) -> None:
        self.tables[Identifier].write(
            {"organisation": row.key, "scheme": scheme, "value": value}
            for row in rows for scheme, value in row.values["identifiers"].items()
        )  # fmt: skip
        self.tables[Activity].write(
            {"organisation": row.key, "nace": nace, "is_main": number == 0}
            for row in rows for number, nace in enumerate(dict.fromkeys(row.values.get("activities", ())))
        )  # fmt: skip
        self.tables[ServiceArea].write(
            {"organisation": row.key, "code": code} for row in rows for code in dict.fromkeys(row.values.get("service_areas", ()))
        )
        for name, model in _PARTS:
            self.tables[model].write(self._parts(rows, name))

    @staticmethod
    def _parts(rows: list[NewOrganisation], name: str) -> Iterator[dict[str, Any]]:
        for row in rows:
            for values in getattr(row, name):
                yield {"organisation": row.key, **values}
