"""Countries as people write them: codes, names in the languages of Europe, nations of the United Kingdom, slips of the keyboard."""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext_noop as _
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from osnowa.imports.values.cells import EMPTY, NOTHING, Read, is_nothing
from osnowa.kit.sentences import Sentence

_TABLE = Path(__file__).parents[1] / "tables" / "countries.csv"
#: Codes which people use for more than one country; a point on the map or the region decides.
_DOUBTFUL = {"SR": ("SK", "RS", "SR"), "RS": ("RS", "SI"), "CS": ("CZ", "RS"), "EN": ("GB",), "EL": ("GR",), "UK": ("GB",)}
#: Names must be this long to be found with one letter wrong, and with two.
_ONE_SLIP, _TWO_SLIPS = 5, 9


@dataclass(frozen=True, slots=True)
class Country:
    """A country: shapes of its postal codes (9 a digit, A a letter, X either), and the box it lies in."""

    code: str
    alpha3: str
    postal: tuple[str, ...]
    box: tuple[float, ...]
    names: tuple[str, ...]

    def holds(self, lat: float, lon: float, around: float = 0.1) -> bool:
        """Whether a point lies in the country's box (degrees), or that near to it."""
        if not self.box:
            return False
        south, west, north, east = self.box
        return south - around <= lat <= north + around and west - around <= lon <= east + around


@cache
def countries() -> dict[str, Country]:
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Country(
                row["code"],
                row["alpha3"],
                tuple(filter(None, row["postal"].split("|"))),
                tuple(float(side) for side in row["box"].split()),
                tuple(row["names"].split("|")),
            )
            for row in csv.DictReader(file)
        }


def _plain(text: str) -> str:
    """Letters and digits of any alphabet without marks, in small letters."""
    text = unicodedata.normalize("NFKD", text.translate({0x142: "l", 0x141: "L", 0x111: "d", 0x110: "D"})).casefold()
    return "".join(sign for sign in text if sign.isalnum())


@cache
def _by_name() -> dict[str, str]:
    found = {_plain(name): country.code for country in countries().values() for name in country.names}
    for country in countries().values():
        found |= {_plain(code): country.code for code in (country.alpha3, country.code) if code}
    return found


@lru_cache(maxsize=5_000)
def find(text: str) -> tuple[str, ...]:
    """The countries a text can mean: one where it is certain, several where it is not, none where nobody knows."""
    text = text.strip()
    if text.upper() in _DOUBTFUL:
        return _DOUBTFUL[text.upper()]
    plain = _plain(text)
    if not plain:
        return ()
    if plain in _by_name():
        return (_by_name()[plain],)
    for sign in "(/,-":
        before, _sign, behind = text.partition(sign)
        found = {_by_name()[_plain(part)] for part in (before, behind.strip(" )")) if _plain(part) in _by_name()}
        if len(found) == 1:
            return tuple(found)
    return _slips(plain)


def _slips(plain: str) -> tuple[str, ...]:
    """Countries whose name is one letter away, or two in a long name; the nearest only."""
    most = 0 if len(plain) < _ONE_SLIP else 1 if len(plain) < _TWO_SLIPS else 2
    if not most:
        return ()
    found = process.extract(plain, _long_names(), scorer=DamerauLevenshtein.distance, score_cutoff=most, limit=None)
    least = min((slips for _name, slips, _index in found), default=0)
    return tuple(sorted({_by_name()[name] for name, slips, _index in found if slips == least}))


@cache
def _long_names() -> list[str]:
    return [name for name in _by_name() if len(name) >= _ONE_SLIP]


def is_known(text: str) -> bool:
    """Whether a text is a country's name or code without any slip."""
    return text.strip().upper() in _DOUBTFUL or _plain(text) in _by_name()


def read_country(text: str, home: str, lat: float | None = None, lon: float | None = None) -> Read:
    """The two letters of a country; told where the spelling had to be mended or cannot be understood."""
    if is_nothing(text, NOTHING):
        return EMPTY
    found = find(text)
    if len(found) > 1 and lat is not None and lon is not None:
        found = tuple(code for code in found if countries()[code].holds(lat, lon)) or found
    if len(found) > 1 and home in found:
        found = (home,)
    if len(found) > 1 and text.strip().upper() in found and len(_DOUBTFUL.get(text.strip().upper(), ())) == 2:
        found = (text.strip().upper(),)
    if not found:
        return Read(None, Sentence(_("“%(found)s” is no country we know: it is left out."), found=text[:60]))
    if len(found) > 1:
        return Read(
            None,
            Sentence(
                _("“%(found)s” can mean %(countries)s: it is left out. Write the country in full."),
                found=text[:60],
                countries=", ".join(found),
            ),
        )
    if _plain(text) not in _by_name() and text.strip().upper() not in _DOUBTFUL:
        return Read(
            found[0], Sentence(_("The country “%(found)s” was read as %(country)s."), found=text[:60], country=found[0])
        )
    return Read(found[0])
