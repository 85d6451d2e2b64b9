"""Loads the shipped tables of territories and postal codes into the database."""

import csv
import gzip
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Q

from osnowa.journal.actions import Deed, action
from osnowa.journal.models import Entry
from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.places.models import PostalCode, Territory

FOLDER = Path(__file__).resolve().parent.parent / "tables"
DEED = "places.tables_loaded"
#: A parent is loaded before its parts.
_ORDER = [("NUTS", 0), ("NUTS", 1), ("NUTS", 2), ("NUTS", 3), ("TERYT", 1), ("TERYT", 2), ("TERYT", 3), ("LAU", 4)]
_FIELDS = ["name", "name_fold", "level", "kind", "parent", "nuts3", "lat", "lon"]


def _rows(table: str) -> Iterator[dict[str, str]]:
    with gzip.open(FOLDER / table, "rb") as file:
        yield from csv.DictReader(io.TextIOWrapper(file, encoding="utf-8"))


def fingerprint() -> str:
    """A hash of the shipped tables."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(FOLDER.glob("*.csv.gz")))).hexdigest()


def _last_loaded() -> dict[str, Any]:
    """What the journal says of the last load: fingerprint and counts."""
    entry = Entry.objects.filter(thing_type=Territory._meta.label_lower, deed=DEED).order_by("-id").first()
    return {name: after for name, (_, after) in entry.changes.items()} if entry else {}


def _stands(last: dict[str, Any], now: str) -> bool:
    return (
        last.get("fingerprint") == now
        and PostalCode.objects.count() == last.get("postal_codes")
        and Territory.objects.filter(Q(parent__isnull=False) | Q(level=0)).count() >= last.get("territories", 0)
    )


def _point(text: str) -> float | None:
    return float(text) if text else None


def _load_territories() -> dict[tuple[str, str], int]:
    """Writes every territory, parents first, and gives {(scheme, code): primary key}."""
    waiting: dict[tuple[str, int], list[dict[str, str]]] = {step: [] for step in _ORDER}
    for row in _rows("territories.csv.gz"):
        waiting[row["scheme"], int(row["level"])].append(row)
    known: dict[tuple[str, str], int] = {}
    for step in _ORDER:
        made = [
            Territory(
                scheme=row["scheme"],
                code=row["code"],
                name=row["name"],
                name_fold=fold(row["name"]),
                level=int(row["level"]),
                kind=row["kind"],
                parent_id=known[row["parent_scheme"], row["parent_code"]] if row["parent_code"] else None,
                nuts3=row["nuts3"],
                lat=_point(row["lat"]),
                lon=_point(row["lon"]),
            )
            for row in waiting[step]
        ]
        Territory.objects.bulk_create(
            made, batch_size=2000, update_conflicts=True, unique_fields=["scheme", "code"], update_fields=_FIELDS
        )
        known |= {
            (scheme, code): pk
            for pk, scheme, code in Territory.objects.filter(scheme=step[0], level=step[1]).values_list("pk", "scheme", "code")
        }
    return known


def _load_postal_codes(territories: dict[tuple[str, str], int]) -> int:
    """Puts the shipped postal codes in the place of those that were there."""
    PostalCode.objects.all().delete()
    made = []
    for row in _rows("postal.csv.gz"):
        scheme, _, code = row["municipality"].partition(":")
        made.append(
            PostalCode(
                country=row["country"],
                code=row["postal_code"],
                place=row["place"],
                municipality_id=territories[scheme, code] if code else None,
                nuts3=row["nuts3"],
                lat=_point(row["lat"]),
                lon=_point(row["lon"]),
            )
        )
    PostalCode.objects.bulk_create(made, batch_size=5000)
    return len(made)


@action(DEED)
def load_tables(*, by: Person | None) -> Deed:
    """Loads the shipped tables unless they stand already; returns {loaded, territories, postal_codes, withdrawn}.

    Territories are updated in place, since organisations point at them; those no longer in the table are kept and
    counted as `withdrawn`. Postal codes are replaced as a whole.
    """
    now, last = fingerprint(), _last_loaded()
    if _stands(last, now):
        facts = {"loaded": False, "withdrawn": 0} | {name: last[name] for name in ("territories", "postal_codes")}
        return Deed(Territory(), {}, value=facts)
    territories = _load_territories()
    shipped = sum(1 for _ in _rows("territories.csv.gz"))
    counts: dict[str, Any] = {"territories": shipped, "postal_codes": _load_postal_codes(territories)}
    after = {"fingerprint": now, **counts}
    thing = Territory.objects.order_by("level", "pk").first()
    assert thing is not None
    return Deed(
        thing,
        {name: [last.get(name), value] for name, value in after.items()},
        value={"loaded": True, "withdrawn": Territory.objects.count() - shipped, **counts},
    )
