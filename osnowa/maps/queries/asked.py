"""What a person asked of the map, made of the words of an address; the filters are those of the directory."""

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from osnowa.compute.mercator import View, held
from osnowa.maps.queries.atlas import LEVELS
from osnowa.register.queries.directory import FACETS, Wish

WIDTH, HEIGHT = 960, 640
#: Words of the directory's filters that the map keeps and hands back.
FILTERS = ("q", *FACETS, "municipality", "on", "closed")
ORDERS = ("count", "value", "name")
_AT = re.compile(r"^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?)$")
_SIZE = re.compile(r"^(\d{3,4})x(\d{3,4})$")
_HERE = re.compile(r"^(\d{1,2})-(\d{1,15})$")


@dataclass(frozen=True)
class Asked:
    """The window (None: the whole region), what is coloured by which places, and the filters."""

    wish: Wish
    filters: tuple[tuple[str, str], ...] = ()
    view: View | None = None
    size: tuple[int, int] = (WIDTH, HEIGHT)
    show: str = ""
    level: str = ""
    has_circles: bool = True
    order: str = "count"
    here: tuple[int, int] | None = None

    @classmethod
    def of(cls, words: QueryDict) -> "Asked":
        """Unknown words are passed over; an address typed by hand never breaks."""
        size = _size(words.get("size", ""))
        show, level, order = words.get("show", "")[:130], words.get("level", ""), words.get("order", "")
        return cls(
            wish=Wish.of(words),
            filters=tuple((name, value[:100]) for name in FILTERS for value in words.getlist(name) if value),
            view=_view(words.get("z", ""), words.get("at", ""), size),
            size=size,
            show=show,
            level=level if level in LEVELS else "",
            has_circles=not show or bool(words.get("circles")),
            order=order if order in ORDERS else "count",
            here=_here(words.get("here", "")),
        )

    def query(self, **changes: Any) -> str:
        """The words of an address for the same with some changed; the list of one point is left."""
        if set(changes) == {"view"}:
            return self._before + _where(changes["view"])
        it = replace(self, **({"here": None} | changes))
        return it._before + _where(it.view) + ("&here={}-{}".format(*it.here) if it.here else "")

    @cached_property
    def _before(self) -> str:
        """The words before those of the window: an address is made of them hundreds of times."""
        words = QueryDict(mutable=True)
        for name, value in self.filters:
            words.appendlist(name, value)
        chosen = {"show": self.show, "level": self.level, "circles": "1" if self.show and self.has_circles else ""}
        for name, value in chosen.items():
            if value:
                words[name] = value
        if self.order != "count":
            words["order"] = self.order
        return "?" + words.urlencode()

    def filters_with(self, name: str, value: str) -> str:
        """The filters with one more, as the directory understands them."""
        return "&".join(filter(None, [self._filters_but(name), urlencode({name: value})]))

    def _filters_but(self, name: str) -> str:
        return urlencode([(word, value) for word, value in self.filters if word != name])

    @property
    def filter_query(self) -> str:
        """Only the filters, as the directory understands them."""
        return urlencode(self.filters)


def _where(view: View | None) -> str:
    return f"&z={view.zoom:g}&at={view.lat:.5f},{view.lon:.5f}" if view else ""


def _size(word: str) -> tuple[int, int]:
    found = _SIZE.match(word)
    if not found:
        return WIDTH, HEIGHT
    wide, tall = (int(number) for number in found.groups())
    return max(240, min(1600, wide)), max(240, min(1200, tall))


def _view(zoom: str, at: str, size: tuple[int, int]) -> View | None:
    found = _AT.match(at)
    try:
        near = held(float(zoom))
    except (ValueError, OverflowError):
        return None
    if not found or near != near:
        return None
    lat, lon = (float(number) for number in found.groups())
    return View(near, max(-85.0, min(85.0, lat)), max(-180.0, min(180.0, lon)), *size)


def _here(word: str) -> tuple[int, int] | None:
    found = _HERE.match(word)
    if not found:
        return None
    zoom, number = (int(part) for part in found.groups())
    return (zoom, number) if 1 <= zoom <= 24 and number < 1 << 2 * zoom else None
