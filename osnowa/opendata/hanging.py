"""What another installation publishes beside its organisations: offers, needs and yearly figures, kept by organisation.

They are checked like what a stranger types; a row that cannot be true is left out, and so is money in another currency.
"""

import csv
import json
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from osnowa.kit.codes import CodeList
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import typed
from osnowa.opendata.formats.tables import FIGURES
from osnowa.register import codes
from osnowa.register.models import Listing, Visibility, YearlyFigures
from osnowa.register.queries.figures import MONEY, contradictions

Values = dict[str, Any]
_MOST_OF_ONE = 500
_TYPES: dict[str, CodeList] = {"offer": codes.SERVICE_AREAS, "need": codes.NEED_TYPES, "resource": codes.RESOURCE_TYPES}
_PRICES = ("price_from", "price_to")
_EARLIEST, _LARGEST, _MOST_MONEY, _LONGEST_TEXT = 1900, 2**31 - 1, 10**15, 20_000


class Hanging:
    """The rows of one table by organisation, kept short as text until they are asked for; None where there is no such table."""

    def __init__(self, path: Path | None, read: Callable[[dict[str, str], str], Values | None], currency: str) -> None:
        self.is_told, self._read, self._currency = path is not None, read, currency
        self._rows: dict[str, list[str]] = defaultdict(list)
        for row in _lines(path) if path else ():
            uid = row.get("uid", "")
            if len(self._rows[uid]) < _MOST_OF_ONE:
                self._rows[uid].append(json.dumps({name: value for name, value in row.items() if name and value and name != "uid"}))

    def of(self, uid: uuid.UUID) -> list[Values] | None:
        """The rows of an organisation that can be true; None where the other side tells nothing of this kind."""
        if not self.is_told:
            return None
        read = (self._read(json.loads(row), self._currency) for row in self._rows.get(str(uid), ()))
        return [values for values in read if values is not None]


@dataclass(frozen=True)
class Beside:
    """Everything that hangs on the organisations of the other side."""

    listings: Hanging
    figures: Hanging

    @classmethod
    def of(cls, offers: Path | None, figures: Path | None, currency: str) -> "Beside":
        return cls(Hanging(offers, listing, currency), Hanging(figures, figures_of_a_day, currency))


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", errors="strict", newline="") as file:
        try:
            for row in csv.DictReader(file, strict=True):
                yield {name: value for name, value in row.items() if name and isinstance(value, str)}
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refused(Sentence(_("The file cannot be read as a table: %(why)s"), why=str(error)[:120])) from None


def listing(row: dict[str, str], currency: str) -> Values | None:
    """An offer, a need or a resource; None where it cannot be true."""
    kind, name = row.get("kind", ""), typed(_plain(row.get("name", "")), 160)
    if kind not in _TYPES or row.get("type_code") not in _TYPES[kind] or not name:
        return None
    try:
        values: Values = {
            "kind": kind, "type_code": row["type_code"], "name": name, "description": _text(row.get("description", "")),
            "unit": row["unit"] if row.get("unit") in codes.UNITS else "", "cpv": typed(row.get("cpv", ""), 10),
            "urgency": row["urgency"] if kind == Listing.Kind.NEED and row.get("urgency") in codes.URGENCY else "",
            "lead_time_days": _whole(row, "lead_time_days", 32_767), "until_on": _day(row, "until_on"),
            "capacity_per_month": _amount(row, "capacity_per_month", 10**10),
            **{name: _amount(row, name, 10**10) if row.get("currency") == currency else None for name in _PRICES},
        }  # fmt: skip
    except ValueError:
        return None
    low, high = (values[name] for name in _PRICES)
    if low is not None and high is not None and low > high:
        return None
    return values | {"visibility": Visibility.PUBLIC}


def figures_of_a_day(row: dict[str, str], currency: str) -> Values | None:
    """The figures of one day; None where they contradict themselves or the day has not come."""
    try:
        day, year = _day(row, "as_of_on"), _whole(row, "year", timezone.localdate().year)
        values = {name: _figure(row, name) for name in FIGURES if name not in MONEY or row.get("currency") == currency}
    except ValueError:
        return None
    if day is None or day > timezone.localdate() or year is None or year < _EARLIEST or (values.get("surplus_reinvested_percent") or 0) > 100:
        return None
    source = row["source"] if row.get("source") in codes.SOURCES else "followed"
    values |= {"fte_note": _AS_TOLD if _is_more(values) else "", **dict.fromkeys(MONEY - values.keys())}
    if any(contradictions(values)):
        return None
    return values | {"year": year, "as_of_on": day, "source": source, "visibility": Visibility.PUBLIC}


#: The other side has explained it; its explanation is not published.
_AS_TOLD = "followed"


def _is_more(values: Values) -> bool:
    """Whether there are more full-time equivalents than persons, which needs a word of explanation."""
    people, fte = values.get("employees"), values.get("employees_fte")
    return people is not None and fte is not None and fte > people


def _figure(row: dict[str, str], name: str) -> Any:
    kind = YearlyFigures._meta.get_field(name).get_internal_type()
    if kind == "BooleanField":
        return {"true": True, "false": False}.get(row.get(name, ""))
    if kind == "DecimalField":
        return _amount(row, name, 10**7)
    if name in MONEY:
        return _whole(row, name, _MOST_MONEY, is_signed=name == "surplus")
    return _whole(row, name, _LARGEST)


def _plain(text: str) -> str:
    """The text without the apostrophe that kept a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text


def _text(text: str) -> str:
    return "".join(sign for sign in _plain(text) if sign in "\n\t" or sign.isprintable()).strip()[:_LONGEST_TEXT]


def _day(row: dict[str, str], name: str) -> date | None:
    return date.fromisoformat(row[name]) if row.get(name) else None


def _whole(row: dict[str, str], name: str, most: int, *, is_signed: bool = False) -> int | None:
    text = row.get(name, "")
    if not text:
        return None
    digits = text.removeprefix("-") if is_signed else text
    if not (digits.isascii() and digits.isdecimal() and len(digits) < 20) or int(digits) > most:
        raise ValueError(name)
    return int(text)


def _amount(row: dict[str, str], name: str, most: int) -> Decimal | None:
    if not row.get(name):
        return None
    try:
        found = Decimal(row[name])
    except InvalidOperation:
        raise ValueError(name) from None
    if not found.is_finite() or not 0 <= found < most:
        raise ValueError(name)
    return found.quantize(Decimal("0.01"))
