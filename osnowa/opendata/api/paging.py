"""Pages by cursor: each goes on after the last row of the one before, so nothing is lost or told twice when rows come and go."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Model, Q, QuerySet
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual
from django.http import HttpRequest
from django.utils.translation import gettext as _

from osnowa.opendata.api.problems import wrong_parameter
from osnowa.register.queries.directory import ByCodePoint

MOST, USUAL = 1000, 100
#: Counting stops here: beyond it a page says nothing of how many there are.
COUNTED = 10_000
_LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Step:
    """One field of an order; `has_none` where it may be empty: the empty ones stand first."""

    name: str
    is_falling: bool = False
    has_none: bool = False
    #: Text, which compares by code point as the directory's orders do.
    is_text: bool = False

    @property
    def term(self) -> Any:
        if self.is_text:
            return ByCodePoint(self.name)
        if self.has_none:
            return F(self.name).asc(nulls_first=True)
        return F(self.name).desc() if self.is_falling else F(self.name).asc()

    def beyond(self, value: Any, *, or_at: bool = False) -> Q:
        if value is None:
            return Q(**{f"{self.name}__isnull": False})
        if self.is_text:
            return Q((GreaterThanOrEqual if or_at else GreaterThan)(ByCodePoint(self.name), value))
        return Q(**{f"{self.name}__{'lt' if self.is_falling else 'gt'}{'e' if or_at else ''}": value})

    def at(self, value: Any) -> Q:
        return Q(**{f"{self.name}__isnull": True}) if value is None else Q(**{self.name: value})


Order = tuple[Step, ...]
#: (key of the last row told, how many) to the keys of the next, or None where that is not known.
Named = Callable[[int | None, int], Sequence[int] | None]


def _beyond(order: Order, values: Sequence[Any]) -> Q:
    """The rows after the one with these values."""
    found, so_far = Q(pk__in=[]), Q()
    for step, value in zip(order, values, strict=True):
        found |= so_far & step.beyond(value)
        so_far &= step.at(value)
    first, value = order[0], values[0]
    if value is not None:  # said apart, so that the database walks an index
        found &= first.beyond(value, or_at=True)
    return found


def written(name: str, values: Sequence[Any]) -> str:
    """A cursor: the name of the order and the last row's values, for nobody to read."""
    told = json.dumps([name, *(v.isoformat() if hasattr(v, "isoformat") else v for v in values)], ensure_ascii=False)
    return base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")


def read(cursor: str, name: str, model: type[Model], order: Order) -> list[Any]:
    """The values of a cursor. A problem where it was made for another order, or by hand."""
    try:
        kept = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(kept, list) or kept[0] != name or len(kept) != len(order) + 1:
            raise ValueError
        return [_value(model, step, value) for step, value in zip(order, kept[1:], strict=True)]
    except (ValueError, ValidationError, TypeError, binascii.Error, IndexError, OverflowError, RecursionError):
        raise wrong_parameter("after", _("This is not a place to go on from: take it from the address of the next page.")) from None


def _value(model: type[Model], step: Step, value: Any) -> Any:
    if value is None and step.has_none:
        return None
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TypeError
    if isinstance(value, str) and any(sign < " " for sign in value):
        raise ValueError
    field = model._meta.pk if step.name == "pk" else model._meta.get_field(step.name)
    made = field.to_python(value)  # type: ignore[union-attr]
    if made is None or (isinstance(made, int) and not 0 <= made <= _LARGEST):
        raise ValueError
    if isinstance(made, str):
        made.encode()
    return made


def page_of(rows: QuerySet[Any], order: Order, name: str, after: str, limit: int, named: Named | None = None) -> tuple[list[int], str]:
    """The keys of the next rows, and the cursor after them; "" where these are the last.

    `named` may know the keys of so many rows behind one; then no condition is asked of the database.
    """
    last = read(after, name, rows.model, order) if after else []
    names = [step.name for step in order]
    keys = named(last[-1] if last else None, limit + 1) if named else None
    if keys is not None:
        rows = rows.model._default_manager.filter(pk__in=keys)
    elif last:
        rows = rows.filter(_beyond(order, last))
    found = list(rows.order_by(*(step.term for step in order)).values_list("pk", *names)[: limit + 1])
    cursor = written(name, found[limit - 1][1:]) if len(found) > limit else ""
    return [row[0] for row in found[:limit]], cursor


def counted(rows: QuerySet[Any], after: str, known: int | None = None) -> int | None:
    """How many there are, on the first page only and where it is known or cheap to say."""
    if after or known is not None:
        return None if after else known
    n = rows.order_by()[: COUNTED + 1].count()
    return n if n <= COUNTED else None


def next_address(request: HttpRequest, cursor: str) -> str | None:
    """The address of the page that goes on, with every other word of this one."""
    if not cursor:
        return None
    words = request.GET.copy()
    words["after"] = cursor
    return f"{request.build_absolute_uri(request.path)}?{words.urlencode()}"
