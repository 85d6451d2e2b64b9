"""The layers under the circles: the ground, the places in the tones of their classes, or threads where there are no outlines."""

from dataclasses import dataclass
from functools import cached_property

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from osnowa.compute.classes import Class, class_of
from osnowa.compute.mercator import View
from osnowa.maps import drawing
from osnowa.maps.queries.amounts import Amounts
from osnowa.maps.queries.atlas import LEVELS, Atlas, Layer, Place, divisions_of

#: From which zoom on a level is fine enough to be the ground of the map.
GROUND = {"municipality": 8.5, "powiat": 7.0, "nuts3": 5.0, "nuts2": 4.0, "nuts1": 2.5, "country": 2.0}
#: The picture is kept below this many characters: a coarser level is drawn where a finer one takes more.
#: More municipalities than this are not told apart in one window: every second, third … stands for its neighbours.
_MOST_THREADS = 2_500
_MOST_CHARACTERS = 150_000


@dataclass(frozen=True)
class Step:
    """A line of the legend."""

    tone: str
    said: str
    places: int


def said(value: float, decimals: int) -> str:
    """A value as the reader's language writes it."""
    return number_format(round(value) if not decimals else value, decimal_pos=decimals, force_grouping=True)


class Layers:
    """The layers under the circles: ground, coloured places, or threads where there are no outlines."""

    def __init__(self, atlas: Atlas, layer: Layer, view: View, shown: Amounts | None, classes: tuple[Class, ...], *, has_values: bool) -> None:
        self.atlas, self.layer, self.view, self.shown, self.classes, self.has_values = atlas, layer, view, shown, classes, has_values
        self._drawn: list[Place] = []
        self.tiers = max(0, 5 - len(classes)) // 2 if classes else 0
        coloured = shown is not None and layer.has_outlines
        own = self._coloured() if coloured else ""
        ground = self._ground()
        self.picture = (ground if not own or layer.level in ("subregion", "municipality", "powiat") else "") + own
        if (not ground and not own) or (shown and not coloured):
            self.picture += self._threads()

    def tone(self, key: str) -> int | None:
        """The class of a place; None without a value, -1 outside what is asked for."""
        if not self.shown:
            return -1
        if key in self.shown.of:
            return class_of(self.shown.of[key], self.classes) + self.tiers
        return None if key in self.inside else -1

    @property
    def inside(self) -> frozenset[str]:
        """The places that ought to have a value."""
        return frozenset(self.layer.places) if self.layer.level == "subregion" else self.atlas.own(self.layer.level)

    def said(self, key: str) -> str:
        """The value of a place, or why there is none."""
        if not self.shown:
            return ""
        if key in self.shown.of:
            return said(self.shown.of[key], self.shown.decimals)
        return _("hidden") if key in self.shown.hidden else _("no data") if key in self.inside else "–"

    def _coloured(self) -> str:
        places = [place for place in self.layer.seen(self.view) if place.outline.rings]
        self._drawn += places
        shown = [drawing.Area(one.said, one.outline, self.tone(one.key), self.said(one.key), one.is_composed, one.lat, one.lon) for one in places]
        own = drawing.areas(shown, self.view)
        if len(own) > _MOST_CHARACTERS:
            return ""
        return own + drawing.values(shown, self.view) if self.has_values else own

    def _ground(self) -> str:
        """The finest level that suits the zoom and is light enough, on the land of a coarser one."""
        drawn: list[str] = []
        for level in LEVELS[1:]:
            if self.view.zoom < GROUND[level] or not self.atlas.layer(level).has_outlines:
                continue
            places = [place for place in self.atlas.layer(level).seen(self.view) if place.outline.rings]
            own = self.atlas.own(level)
            path = drawing.land([place.outline for place in places if place.key not in own], self.view)
            path += drawing.land([place.outline for place in places if place.key in own], self.view, "land own")
            if path and len(path) < _MOST_CHARACTERS:
                drawn.append(path)
                self._drawn += places
                if level != "municipality":
                    break
        return "".join(reversed(drawn))

    def _threads(self) -> str:
        layer, level = self.atlas.layer("municipality"), self.layer.level
        seen = layer.numbers(self.view, 40)
        seen = seen[:: -(-len(seen) // _MOST_THREADS) or 1]
        if not self.shown:
            return drawing.threads(layer.middles[seen], [-1] * len(seen), self.view)
        parts = self._members if level == "subregion" else None
        keys = (town.key if level == "municipality" else parts.get(town.key, "") if parts is not None else town.above.get(level, "") for town in layer.at(seen))
        return drawing.threads(layer.middles[seen], [self.tone(key) for key in keys], self.view)

    @cached_property
    def _members(self) -> dict[str, str]:
        return divisions_of(self.atlas.region).of

    @property
    def sources(self) -> list[str]:
        """Who made the outlines in the picture."""
        return list(dict.fromkeys(source for place in self._drawn for source in place.sources))

    @property
    def legend(self) -> list[Step]:
        """The classes in words, from the smallest values."""
        decimals = self.shown.decimals if self.shown else 0
        steps = []
        for number, one in enumerate(self.classes):
            low, high = said(one.low, decimals), said(one.high, decimals)
            text = low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
            steps.append(Step(f"k{number + self.tiers}", text, one.count))
        missing = len([key for key in self.inside if not self.shown or key not in self.shown.of])
        return [*steps, Step("none", _("no data or hidden"), missing)] if missing else steps
