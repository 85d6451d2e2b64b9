"""Everything one window of the map shows: the picture, its legend, its table, in a constant number of queries."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from scipy.spatial import KDTree

from osnowa.compute.classes import quantiles
from osnowa.compute.mercator import View, down, fit, held, lat_of, lon_of
from osnowa.maps import drawing
from osnowa.maps.queries import amounts, cells
from osnowa.maps.queries.amounts import Amounts
from osnowa.maps.queries.asked import Asked
from osnowa.maps.queries.atlas import LEVELS, Atlas, Divisions, Layer, Place, atlas_of, divisions_of, spots
from osnowa.maps.queries.keeping import Question
from osnowa.maps.queries.layers import GROUND, Layers, Step
from osnowa.places.models import Region

LEVEL_NAMES = {
    "subregion": gettext_lazy("own divisions"),
    "municipality": gettext_lazy("municipalities"),
    "powiat": gettext_lazy("counties (powiats)"),
    "nuts3": "NUTS 3",
    "nuts2": "NUTS 2",
    "nuts1": "NUTS 1",
    "country": gettext_lazy("countries"),
}
MOST_ROWS = 100


@dataclass(frozen=True)
class Row:
    """A line of the table: the place, how many organisations it has, the value that colours it."""

    key: str
    name: str
    count: int
    value: float | None
    said: str
    address: str
    #: Words of the directory that list the organisations of the place; empty where it has no such filter.
    listed: str = ""


@dataclass
class Scene:
    """One window of the map of a region for one reader."""

    region: Region
    asked: Asked
    view: View
    picture: str
    level: str
    levels: list[tuple[str, str]]
    count: int
    total: int
    without_place: int
    title: str = ""
    legend: list[Step] = field(default_factory=list)
    note: str = ""
    sources: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    @property
    def has_values(self) -> bool:
        """Whether the table has values beside the organisations."""
        return bool(self.title) and self.asked.show != "organisations"

    @cached_property
    def top(self) -> list[Row]:
        """The first rows of the table as the page shows them."""
        return self.rows[:MOST_ROWS]

    @property
    def said(self) -> str:
        """What the map shows, in a sentence or two, for those who do not see it and those who do."""
        words = [
            ngettext("%(n)s organisation in this view, of %(total)s.", "%(n)s organisations in this view, of %(total)s.", self.count)
            % {"n": number_format(self.count, force_grouping=True), "total": number_format(self.total, force_grouping=True)}
        ]
        most = max(self.rows, key=lambda row: row.count, default=None)
        if most and most.count and self.count:
            words.append(_("Most are in %(place)s: %(n)s.") % {"place": most.name, "n": number_format(most.count, force_grouping=True)})
        valued = [row for row in self.rows if row.value is not None] if self.has_values else []
        if len(valued) == 1:
            words.append(_("%(title)s: %(value)s in %(place)s, the only place of this view with a value.") % {
                "title": self.title, "value": valued[0].said, "place": valued[0].name})  # fmt: skip
        elif valued:
            high, low = max(valued, key=lambda row: row.value or 0), min(valued, key=lambda row: row.value or 0)
            words.append(_("%(title)s: highest in %(high)s (%(most)s), lowest in %(low)s (%(least)s).") % {
                "title": self.title, "high": high.name, "most": high.said, "low": low.name, "least": low.said})  # fmt: skip
        return " ".join(words)

    @property
    def outside(self) -> str:
        """How many have no place and so are on no map."""
        n = self.without_place
        return ngettext("%(n)s organisation has no place on the map.", "%(n)s organisations have no place on the map.", n) % {"n": n} if n else ""

    def _at(self, view: View | None) -> str:
        return self.asked.query(view=view)

    @property
    def ways(self) -> list[tuple[str, str, str, str]]:
        """(name, sign, words, address) of the buttons: nearer, farther, the four sides, everything."""
        view, wide, tall = self.view, self.view.width / 3, self.view.height / 3
        return [
            ("nearer", "+", _("Zoom in"), self._at(view.zoomed(1))),
            ("farther", "−", _("Zoom out"), self._at(view.zoomed(-1))),
            ("north", "↑", _("Move north"), self._at(view.moved(0, -tall))),
            ("west", "←", _("Move west"), self._at(view.moved(-wide, 0))),
            ("east", "→", _("Move east"), self._at(view.moved(wide, 0))),
            ("south", "↓", _("Move south"), self._at(view.moved(0, tall))),
            ("whole", "◎", _("Whole region"), self._at(None)),
        ]

    @property
    def z(self) -> str:
        """The zoom as the address says it."""
        return f"{self.view.zoom:g}"

    @property
    def at(self) -> str:
        """The middle as the address says it."""
        return f"{self.view.lat:.5f},{self.view.lon:.5f}"

    @property
    def by_name(self) -> str:
        return self.asked.query(view=self.view, order="name")

    @property
    def by_count(self) -> str:
        return self.asked.query(view=self.view, order="count")

    @property
    def by_value(self) -> str:
        return self.asked.query(view=self.view, order="value")

    @property
    def own_query(self) -> str:
        """The words of the address of exactly this window."""
        return self.asked.query(view=self.view)


def scene(question: Question, asked: Asked, *, links: bool = True) -> Scene:
    """The map of a region as a reader may see it."""
    region = question.frame.region
    atlas, divisions = atlas_of(region), divisions_of(region)
    view = asked.view or whole(atlas, asked.size)
    levels = [level for level in LEVELS if _exists(level, atlas, divisions)]
    level = asked.level if asked.level in levels else _usual(levels, view)
    layer = _layer(level, atlas, divisions)
    counts = amounts.organisations(question, level, divisions)
    shown, title = _amounts(asked, region, question, level, divisions, atlas, counts)
    if shown and not layer.has_outlines:
        # What lies outside has no picture: it makes no classes and no line of the legend.
        shown = replace(shown, of={key: value for key, value in shown.of.items() if key in layer.places and (level == "subregion" or key in atlas.own(level))})
    classes = quantiles(shown.of.values()) if shown else ()
    found = cells.cells(question, view)
    count, without = cells.total(question)
    drawn = Layers(atlas, layer, view, shown, classes, has_values=not asked.has_circles)
    circles = drawing.circles(_spots(found, region, atlas, asked, view), view, links=links) if asked.has_circles else ""
    made = Scene(
        region, asked, view, drawn.picture + circles, level, [(one, str(LEVEL_NAMES[one])) for one in levels],
        sum(cell.count for cell in found if view.shows(cell.lat, cell.lon)), count, without, title,
    )  # fmt: skip
    made.sources = list(dict.fromkeys([*drawn.sources, *(shown.sources if shown else ())]))
    if shown:
        made.legend, made.note = drawn.legend, _note(shown, len(drawn.inside if drawn.inside & shown.of.keys() else layer.places))
    made.rows = _rows(layer, view, counts, shown, asked, drawn)
    return made


def here(question: Question, asked: Asked) -> list[tuple[str, str]]:
    """(address, name) of the organisations at the point asked for."""
    if asked.here is None:
        return []
    slug = question.frame.region.slug
    return [(reverse("register:organisation", args=[slug, own]), name) for own, name in cells.here(question, *asked.here)]


def whole(atlas: Atlas, size: tuple[int, int]) -> View:
    """The window in which the whole region is seen; of many municipalities the farthest few do not count."""
    if atlas.box is None:
        towns = spots(atlas.layer("municipality").places.values())
        own = atlas.region.territory
        if not len(towns) and own.lat is not None and own.lon is not None:
            towns = np.array([[own.lat - 0.5, own.lon - 0.5], [own.lat + 0.5, own.lon + 0.5]])
        if len(towns) > 2000:
            low, high = np.quantile(towns, 0.004, axis=0), np.quantile(towns, 0.996, axis=0)
        elif len(towns):
            low, high = towns.min(axis=0), towns.max(axis=0)
        else:
            low, high = np.array([36.0, -10.0]), np.array([66.0, 30.0])
        atlas.box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    return fit(atlas.box, *size)


def _exists(level: str, atlas: Atlas, divisions: Divisions) -> bool:
    """Whether a level cuts this region, or, of NUTS, has outlines of its own to compare regions."""
    if level == "subregion":
        return bool(divisions.rows)
    towns = atlas.layer("municipality").places
    if level == "municipality":
        return bool(towns)
    if level == "powiat":
        return any("powiat" in town.above for town in towns.values())
    return level in ("nuts3", "nuts2", "country") or atlas.layer(level).has_outlines


def _usual(levels: list[str], view: View) -> str:
    """The level that suits the zoom."""
    for level in LEVELS[1:]:
        if level in levels and view.zoom >= GROUND[level] - 0.5:
            return level
    return levels[-1] if levels else "nuts3"


def _layer(level: str, atlas: Atlas, divisions: Divisions) -> Layer:
    return atlas.with_divisions(divisions) if level == "subregion" else atlas.layer(level)


def _amounts(asked: Asked, region: Region, question: Question, level: str, divisions: Divisions, atlas: Atlas,
             counts: Mapping[str, int]) -> tuple[Amounts | None, str]:  # fmt: skip
    """What colours the map, with its title."""
    kind, _colon, name = asked.show.partition(":")
    if kind == "organisations":
        own = {code for code, _name, _members in divisions.rows} if level == "subregion" else atlas.own(level)
        inside = dict.fromkeys(own, 0.0)
        return Amounts(inside | {key: float(n) for key, n in counts.items()}, period="", sources=()), _("Organisations")
    if kind == "figure" and name in amounts.FIGURES:
        title = str(amounts.FIGURES[name])
        unit = f", {region.currency}" if name == "revenue_total" else ""
        return amounts.figures(question.of_all(), name, level, divisions, atlas), title[:1].upper() + title[1:] + unit
    if kind == "indicator":
        found = amounts.indicator(name, level, atlas)
        label = next((label for _heading, group in amounts.choices() for word, label in group if word == asked.show), name)
        return found, f"{label}, {found.unit}" if found.unit else label
    return None, ""


def _note(shown: Amounts, places: int) -> str:
    """What must be known to read the colours; `places` ought to have a value."""
    words = []
    if len(shown.of) == 1:
        words.append(
            _("Only one place of %(n)s has a value, so there is nothing to compare.") % {"n": number_format(places, force_grouping=True)}
            if places > 1 else _("The whole region is one place at this level, so there is nothing to compare."))  # fmt: skip
    if shown.period:
        words.append(_("Period: %(period)s.") % {"period": shown.period})
    if shown.hidden:
        n = len(shown.hidden)
        words.append(
            ngettext("%(n)s place is hidden, because its sum would tell what single organisations said.",
                     "%(n)s places are hidden, because their sums would tell what single organisations said.", n) % {"n": n})  # fmt: skip
    return " ".join(words)


def _spots(found: list[cells.Cell], region: Region, atlas: Atlas, asked: Asked, view: View) -> list[drawing.Spot]:
    """Circles that lead nearer, or where nearer shows no more to the list of those who share the point; marks to their page."""
    names = cells.named([cell.one for cell in found if cell.count == 1])
    towns = _names_near(atlas, [(cell.lat, cell.lon) for cell in found])
    made = []
    for cell, town in zip(found, towns, strict=True):
        if cell.count == 1:
            slug, name = names.get(cell.one, ("", ""))
            if slug:
                made.append(drawing.Spot(cell.lat, cell.lon, 1, name, reverse("register:organisation", args=[region.slug, slug]), False))
            continue
        near = ngettext("%(n)s organisation near %(place)s", "%(n)s organisations near %(place)s", cell.count) % {
            "n": number_format(cell.count, force_grouping=True), "place": town} if town else ngettext(
            "%(n)s organisation", "%(n)s organisations", cell.count) % {"n": number_format(cell.count, force_grouping=True)}  # fmt: skip
        if cell.is_one_point or view.zoom >= 18:
            address = asked.query(view=view, here=(20, cell.first >> 8)) + "#here"
            made.append(drawing.Spot(cell.lat, cell.lon, cell.count, _("%(near)s: list them") % {"near": near}, address, True))
        else:
            address = asked.query(view=View(held(view.zoom + 2), cell.lat, cell.lon, view.width, view.height))
            made.append(drawing.Spot(cell.lat, cell.lon, cell.count, _("%(near)s: zoom in") % {"near": near}, address, True))
    return made


def _names_near(atlas: Atlas, points: list[tuple[float, float]]) -> list[str]:
    """The nearest municipality of each point."""
    if atlas.nearest is None:
        towns = [town for town in atlas.layer("municipality").places.values() if town.lat is not None and town.lon is not None]
        flat = np.array([[(town.lon or 0.0) / 360.0, down(town.lat or 0.0)] for town in towns]).reshape(-1, 2)
        atlas.nearest = (KDTree(flat) if towns else None, towns)
    tree, towns = atlas.nearest
    if tree is None or not points:
        return ["" for _point in points]
    _far, which = tree.query([[lon / 360.0, down(lat)] for lat, lon in points])
    return [towns[number].said for number in which]


def _rows(layer: Layer, view: View, counts: Mapping[str, int], shown: Amounts | None, asked: Asked, drawn: Layers) -> list[Row]:
    """The places in the window that have organisations or a value."""
    found: list[tuple[Place, int, float | None]] = []
    for place in layer.seen(view, 20):
        count, value = counts.get(place.key, 0), shown.of.get(place.key) if shown else None
        if count or value is not None or (shown and place.key in shown.hidden):
            found.append((place, count, value))
    orders: dict[str, Callable[[tuple[Place, int, float | None]], Any]] = {
        "count": lambda row: (-row[1], row[0].name),
        "value": lambda row: (row[2] is None, -(row[2] or 0.0), row[0].name),
        "name": lambda row: row[0].said,
    }
    found.sort(key=orders[asked.order])
    rows = []
    for number, (place, count, value) in enumerate(found):
        first = number < MOST_ROWS
        address, listed = (_address(place, asked, view), _listed(layer, place, asked)) if first else ("", "")
        rows.append(Row(place.key, place.said, count, value, drawn.said(place.key), address, listed))
    return rows


def _listed(layer: Layer, place: Place, asked: Asked) -> str:
    """The filters of the directory that list what a place has, where it knows such a filter."""
    name = {"municipality": "municipality", "subregion": "area"}.get(layer.level)
    return asked.filters_with(name, place.code) if name else ""


def _address(place: Place, asked: Asked, view: View) -> str:
    """The window on a place."""
    if place.outline.rings:
        west, north, east, south = place.outline.box
        return asked.query(view=fit((lat_of(south), lon_of(west), lat_of(north), lon_of(east)), view.width, view.height, 13.0))
    if place.lat is None or place.lon is None:
        return ""
    return asked.query(view=View(held(view.zoom + 2), place.lat, place.lon, view.width, view.height))
