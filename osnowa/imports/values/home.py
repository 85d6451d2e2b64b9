"""The country a list is of, where its numbers or postal codes tell that it is not the region's."""

from collections.abc import Callable, Iterable
from functools import partial

from osnowa.imports.values import identifiers
from osnowa.imports.values.cells import NOTHING_OF_NUMBERS, is_nothing, text_of
from osnowa.imports.values.countries import countries
from osnowa.imports.values.places import read_degrees, read_postal_code
from osnowa.kit.reading import Cell
from osnowa.register import codes

#: Postal codes of these countries are written as no other's.
_TELLING = ("PL", "GB", "NL")
_LOOKED_AT = 100
#: So many numbers of a column must be valid to believe its heading; some lists have invented or masked ones.
_ENOUGH = 0.3
_FEWEST_POINTS = 5


def home_of(columns: Iterable[tuple[str, list[Cell]]], country: str) -> str:
    """The country of a list, from (field, cells) of its columns: numbers, postal codes, points; `country` where they do not tell."""
    told = ""
    degrees: dict[str, list[Cell]] = {}
    for field, cells in columns:
        scheme = field.partition(":")[2]
        if scheme and _land_of(scheme) and _share(cells, partial(_is_of, scheme, "")) >= _ENOUGH:
            return _land_of(scheme)
        if field == "number":
            told = told or _of_numbers(cells, country)
        if field == "postal_code":
            told = told or _of_postal_codes(cells, country)
        if field in ("lat", "lon"):
            degrees.setdefault(field, cells)
    return told or (_of_points(degrees["lat"], degrees["lon"], country) if len(degrees) == 2 else country)


def _land_of(scheme: str) -> str:
    """The country of a national scheme; "" for one of the Union or the world."""
    land: str = codes.IDENTIFIERS[scheme]["country"]
    return land if land != "EU" else ""


def _is_of(scheme: str, country: str, text: str) -> bool:
    return bool(identifiers.read_numbers(text, scheme, country).value)


def _is_code(country: str, text: str) -> bool:
    return read_postal_code(text, country).value is not None


def _share(cells: list[Cell], test: Callable[[str], bool]) -> float:
    """The share of filled cells a test holds for; some of them, evenly spread."""
    held = [cell for cell in cells if cell is not None and cell != ""]
    texts = [text_of(cell).strip() for cell in held[:: max(1, len(held) // _LOOKED_AT)]]
    texts = [text for text in texts if len(text) < 80 and not is_nothing(text, NOTHING_OF_NUMBERS)]
    return sum(test(text) for text in texts) / len(texts) if texts else 0.0


def _of_numbers(cells: list[Cell], country: str) -> str:
    if _share(cells, partial(_is_of, "", country)) >= 0.5:
        return country
    lands = sorted({_land_of(row.code) for row in codes.IDENTIFIERS if row["stdnum"]} - {"", country})
    found = [land for land in lands if _share(cells, partial(_is_of, "", land)) >= 0.8]
    return found[0] if len(found) == 1 else ""


def _of_postal_codes(cells: list[Cell], country: str) -> str:
    if _share(cells, partial(_is_code, country)) >= 0.5:
        return ""  # five digits are codes of many countries
    found = [land for land in _TELLING if land != country and _share(cells, partial(_is_code, land)) >= 0.8]
    return found[0] if len(found) == 1 else ""


def _of_points(lats: list[Cell], lons: list[Cell], country: str) -> str:
    """The one country nearly all points lie in, where the region's holds few of them."""
    pairs = list(zip(lats, lons, strict=False))
    some = [(read_degrees(lat).value, read_degrees(lon).value) for lat, lon in pairs[:: max(1, len(pairs) // _LOOKED_AT)]]
    points = [(lat, lon) for lat, lon in some if lat is not None and lon is not None]
    if len(points) < _FEWEST_POINTS:
        return country
    shares = {it.code: sum(it.holds(lat, lon) for lat, lon in points) / len(points) for it in countries().values()}
    first, second = sorted(shares, key=lambda code: (-shares[code], code))[:2]
    if shares.get(country, 0.0) >= 0.5 or shares[first] < 0.9 or shares[second] > 0.8 * shares[first]:
        return country
    return first
