"""Organisations grouped by the squares of the map, so that a window of any zoom shows a few circles."""

from dataclasses import dataclass, replace

from osnowa.compute.grid import FINEST
from osnowa.compute.mercator import View, ranges
from osnowa.maps.drawing import radius
from osnowa.maps.queries.keeping import Question
from osnowa.register.models import Organisation

#: Beyond the window this many pixels are counted too, so that circles at its edge are whole.
_EDGE = 40
#: Points whose numbers differ by less lie in one house (zoom 20, some 35 m).
_ONE_POINT = 2 * (FINEST - 20)


@dataclass(frozen=True)
class Cell:
    """Organisations near one another: how many, their middle, one of them, the span of their squares."""

    count: int
    lat: float
    lon: float
    one: int
    first: int
    last: int

    @property
    def is_one_point(self) -> bool:
        return self.first >> _ONE_POINT == self.last >> _ONE_POINT

    def joined(self, other: "Cell") -> "Cell":
        """Both together, about their common middle."""
        count = self.count + other.count
        share = other.count / count
        return replace(
            self, count=count, lat=self.lat + (other.lat - self.lat) * share, lon=self.lon + (other.lon - self.lon) * share,
            first=min(self.first, other.first), last=max(self.last, other.last),
        )  # fmt: skip


def cells(question: Question, view: View) -> list[Cell]:
    """The organisations in a window as cells of some 64 pixels, those that would overlap joined."""
    shift = 2 * (FINEST - min(FINEST, int(view.zoom) + 2))
    wide = replace(view, width=view.width + 2 * _EDGE, height=view.height + 2 * _EDGE)
    spans = " OR ".join(f"qk BETWEEN {first} AND {last}" for first, last in ranges(wide.box))
    south, west, north, east = wide.box
    sql = (
        f"SELECT count(*), avg(lat), avg(lon), min(id), min(qk), max(qk) FROM register WHERE ({question.condition}) AND ({spans}) "
        f"AND lat BETWEEN {south!r} AND {north!r} AND lon BETWEEN {west!r} AND {east!r} GROUP BY qk >> {shift} ORDER BY min(qk)"
    )
    return _apart([Cell(*row) for row in question.rows(sql)], view)


def _apart(found: list[Cell], view: View) -> list[Cell]:
    """Cells whose circles would cover each other are joined, from the largest down."""
    most = max((cell.count for cell in found), default=1)
    kept: list[tuple[int, int, float, Cell]] = []
    for cell in sorted(found, key=lambda cell: (-cell.count, cell.first)):
        x, y = view.place(cell.lat, cell.lon)
        own = radius(cell.count, most) if cell.count > 1 else 9.0
        for number, (other_x, other_y, reach, other) in enumerate(kept):
            if (x - other_x) ** 2 + (y - other_y) ** 2 < (0.85 * (own + reach)) ** 2:
                joined = other.joined(cell)
                kept[number] = (*view.place(joined.lat, joined.lon), reach, joined)
                break
        else:
            kept.append((x, y, own, cell))
    return [cell for *_, cell in kept]


def total(question: Question) -> tuple[int, int]:
    """(organisations, those without a place) of everything asked for."""
    rows = question.rows(f"SELECT count(*), count(*) - count(qk) FROM register WHERE {question.condition}")
    return int(rows[0][0]), int(rows[0][1])


def named(keys: list[int]) -> dict[int, tuple[str, str]]:
    """{organisation: (address, name)}; one query."""
    rows = Organisation.objects.filter(pk__in=keys).values_list("pk", "slug", "short_name", "legal_name")
    return {pk: (slug, short or legal) for pk, slug, short, legal in rows}


def here(question: Question, zoom: int, number: int, most: int = 200) -> list[tuple[str, str]]:
    """(address, name) of the organisations in one square, by name; two queries."""
    shift = 2 * (FINEST - zoom)
    first, last = number << shift, ((number + 1) << shift) - 1
    sql = f"SELECT id FROM register WHERE ({question.condition}) AND qk BETWEEN {first} AND {last} ORDER BY id LIMIT {most}"
    return sorted(named([row[0] for row in question.rows(sql)]).values(), key=lambda one: one[1].casefold())
