"""Rows of files and records of the register as the linkage engine takes them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from osnowa.compute.linkage import Links, Records, dedupe, link
from osnowa.compute.linkage.names import Words, read
from osnowa.imports.values.legal_forms import form_in_name
from osnowa.kit.words import fold
from osnowa.register.models import Organisation
from osnowa.register.queries import records_of

Values = dict[str, Any]


def same_words(one: str, other: str, country: str = "") -> bool:
    """Whether two names differ only in capitals, marks, and ways to write a legal form or a usual word."""
    if fold(one) == fold(other):
        return True
    if form_in_name(one, country) != form_in_name(other, country):
        return False
    words = read([one, other], Words()).word
    return bool((words[0] == words[1]).all() and (words[0] >= 0).any())


@dataclass(frozen=True)
class Linked:
    """Two rows that may be one organisation: their places, how likely, whether no one need be asked, and why."""

    a: int
    b: int
    score: float
    sure: bool
    why: list[dict[str, Any]]


class Gathered:
    """Columns by role, filled row by row; `keys` tells what each row is."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self._columns: dict[str, list[str]] = {}

    def add(self, values: Values, key: int) -> None:
        """One row of a file, by its values."""
        self.append(key, by_role(values))

    def add_register(self, organisations: QuerySet[Organisation]) -> None:
        """The records of the register, by their keys."""
        for key, roles in records_of(organisations):
            self.append(key, roles)

    def append(self, key: int, roles: dict[str, str]) -> None:
        """One row, by its roles."""
        for role in roles.keys() - self._columns.keys():
            self._columns[role] = [""] * len(self.keys)
        self.keys.append(key)
        for role, column in self._columns.items():
            column.append(roles.get(role, ""))

    def records(self) -> Records:
        return Records(self._columns)


def by_role(values: Values) -> dict[str, str]:
    """The values of one row as the engine knows them: {role: text}."""
    place: Values = values.get("place", {})
    contact: Values = next(iter(values.get("contacts", ())), {})
    roles: dict[str, Any] = {
        "name": values.get("legal_name"), "country": values.get("country"), "postcode": values.get("postal_code"),
        "locality": values.get("locality") or place.get("name"), "street": values.get("street"),
        "area": place.get("county") or place.get("province"), "phone": contact.get("phone"), "email": contact.get("email"),
        "website": next((one["url"] for one in values.get("links", ())), ""), "founded": values.get("founded_on"),
        "legal_form": values.get("legal_form"), "activity": next(iter(values.get("activities", ())), ""),
    }  # fmt: skip
    names = [values.get("short_name"), *values.get("other_names", ())]
    for number, name in enumerate([name for name in names if name and name != values.get("legal_name")], start=1):
        roles["other_name" if number == 1 else f"other_name:{number}"] = name
    roles |= {f"number:{scheme}": number for scheme, number in values.get("identifiers", {}).items()}
    return {role: str(value) for role, value in roles.items() if value}


def _told(links: Links) -> Iterator[Linked]:
    for number, (a, b, score, sure) in enumerate(zip(links.a, links.b, links.score, links.sure, strict=True)):
        yield Linked(int(a), int(b), float(score), bool(sure), [{"role": r.role, "level": r.level, "bits": round(r.bits, 1)} for r in links.why(number)])


def pairs_between(ours: Gathered, theirs: Gathered) -> Iterable[Linked]:
    """The best partner in the second list of each row of the first, where there is one."""
    return _told(link(ours.records(), theirs.records()))


def pairs_within(ours: Gathered) -> Sequence[Linked]:
    """The pairs of rows of one list that are one organisation beyond doubt."""
    return [pair for pair in _told(dedupe(ours.records())) if pair.sure]
