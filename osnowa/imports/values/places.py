"""Postal codes, addresses and points of a map as people write them."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import EMPTY, NOTHING_OF_NUMBERS, Read, is_nothing, text_of
from osnowa.imports.values.countries import Country, countries, is_known
from osnowa.kit.reading import Cell
from osnowa.kit.sentences import Sentence

#: Countries with postal codes that can begin with noughts, and how many.
_NOUGHTS = {"PL": 1, "ES": 1, "DE": 1, "FR": 1, "IT": 2, "FI": 2, "DK": 1, "RO": 1, "CZ": 0, "SK": 1}
_SIGNS = {"9": r"\d", "A": "[A-Za-z]", "X": "[A-Za-z0-9]"}
#: Countries of which the name of the municipality is the place in an address.
COMMUNE_IS_PLACE = frozenset(("IT", "ES", "FR", "PT", "BE", "NL", "LU", "CH", "AT", "DE", "FI", "RO"))


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart; parts that are not known are empty."""

    street: str = ""
    postal_code: str = ""
    locality: str = ""
    province: str = ""


@cache
def _shape_pattern(shape: str) -> str:
    """A regular expression of one shape, written with its spaces and hyphens, with others, or without."""
    return "".join(_SIGNS.get(sign, r"\s?[-–]?\s?" if sign in " -" else re.escape(sign)) for sign in shape)


@cache
def postal_pattern(country: str) -> re.Pattern[str] | None:
    """How codes of a country may be written by people, its own letters in front allowed; None where we know no shape."""
    it = countries().get(country)
    if it is None or not it.postal:
        return None
    shapes = "|".join(_shape_pattern(shape) for shape in it.postal)
    front = (
        ""
        if country in ("LV", "LT", "MD", "AD")
        else rf"(?:{country}|{country[0]}|{'CH|FL' if country == 'LI' else 'GR'})?\s?[-–]?\s?"
    )
    return re.compile(rf"(?:{front})({shapes})", re.IGNORECASE)


def _formatted(code: str, it: Country) -> str | None:
    """The signs of a code in the shape its country writes them; None where they fit none."""
    signs = re.sub(r"[^A-Za-z0-9]", "", code).upper()
    for shape in it.postal:
        bare = re.sub(r"[ -]", "", shape)
        if len(bare) == len(signs) and re.fullmatch("".join(_SIGNS.get(sign, sign) for sign in bare), signs):
            rest = iter(signs)
            return "".join(sign if sign in " -" else next(rest) for sign in shape)
    return None


def read_postal_code(cell: Cell, country: str) -> Read:
    """A postal code as its country writes it; grave where it is none of the country."""
    text = text_of(cell).strip()
    if is_nothing(text, NOTHING_OF_NUMBERS):
        return EMPTY
    return _postal_code(text, country)


@lru_cache(maxsize=50_000)
def _postal_code(text: str, country: str) -> Read:
    it, pattern = countries().get(country), postal_pattern(country)
    if it is None or pattern is None:
        return (
            Read(text[:10])
            if len(text) <= 10
            else Read(None, Sentence(_("“%(code)s” is too long for a postal code."), code=text[:60]), grave=True)
        )
    if re.fullmatch(r"\d+[.,]0+", text):
        text = re.split(r"[.,]", text)[0]
    if (found := pattern.fullmatch(text.replace("\xa0", " "))) and (code := _formatted(found[1], it)):
        return Read(code)
    if code := _slipped(text, it):
        return Read(code, Sentence(_("“%(found)s” was read as the postal code %(code)s."), found=text, code=code))
    digits = re.sub(r"\D", "", text)
    for shape in it.postal:
        lost = shape.count("9") - len(digits)
        if (
            set(shape) <= set("9 -")
            and digits == text
            and 0 < lost <= _NOUGHTS.get(country, 0)
            and (code := _formatted(digits.zfill(shape.count("9")), it))
        ):
            return Read(code, Sentence(_("“%(found)s” had lost the nought in front: it is %(code)s."), found=text, code=code))
    return Read(
        None,
        Sentence(
            _("“%(code)s” is not a postal code of %(country)s, where it looks like %(shape)s."),
            code=text[:60],
            country=country,
            shape=example_of(country),
        ),
        grave=True,
    )


#: Signs that are taken for each other, as a letter and as a digit.
_ALIKE = {"O": "0", "I": "1", "L": "1", "S": "5", "Z": "2", "B": "8"}
_ALIKE_LETTERS = {"0": "O", "1": "I", "5": "S", "2": "Z", "8": "B"}


def _slipped(text: str, it: Country) -> str:
    """The one code that is meant where a letter stands for a digit (TA7 ONZ) or a strange sign between them; "" if none."""
    signs = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    words = re.findall(r"[A-Za-z0-9]+", text)
    found: dict[str, int] = {}
    for shape in it.postal if 3 <= len(signs) <= 8 and any("A" in shape for shape in it.postal) else ():
        bare = re.sub(r"[ -]", "", shape)
        if len(bare) != len(signs):
            continue
        put = "".join(
            _ALIKE.get(sign, sign) if kind == "9" else _ALIKE_LETTERS.get(sign, sign) if kind == "A" else sign
            for sign, kind in zip(signs, bare, strict=True)
        )
        changes = sum(was != now for was, now in zip(signs, put, strict=True))
        parts = [len(part) for part in re.split(r"[ -]", shape)]
        apart_alike = len(words) == 1 or [len(word) for word in words] == parts
        if (changes == 0 or (changes == 1 and apart_alike)) and (code := _formatted(put, it)):
            found[code] = changes
    fewest = [code for code, changes in found.items() if changes == min(found.values())]
    return fewest[0] if len(fewest) == 1 else ""


@cache
def example_of(country: str) -> str:
    """A code of the country with invented signs: 80-001, 1000, AB1 2CD."""
    it = countries().get(country)
    if it is None or not it.postal:
        return ""
    digits, letters = iter("1234567890" * 2), iter("ABCDEFGH")
    return "".join(
        next(digits) if sign in "9X" else next(letters) if sign == "A" and country not in ("AD",) else sign
        for sign in it.postal[-1 if len(it.postal) == 1 else 0]
    )


@cache
def _inside(country: str) -> re.Pattern[str] | None:
    """A postal code of the country inside a longer text, standing by itself."""
    pattern = postal_pattern(country)
    return re.compile(rf"(?<![\w-]){pattern.pattern}(?![\w-])", re.IGNORECASE) if pattern else None


_PROVINCE = re.compile(r"\s*\(([^()]{2,30})\)\s*$")
_TRIM = " \t\n\r,;.–—-·|/"
_STREET_WORD = re.compile(
    r"^(?:ul|al|os|pl|aleja|aleje|ulica|osiedle|plac|skwer|rondo|c|cl|calle|avda|avd|av|avenida|avenue|plaza|pza|paseo|ctra|carretera|camino|rúa|r|lg|lugar|praza|estrada|via|viale|piazza|corso|"
    r"largo|vicolo|strada|rue|boulevard|bd|place|chemin|route|impasse|allée|quai|carrer|passeig|plaça|cesta|trg|naselje|pot|po box|c/o|unit|flat|suite|straße|str|weg|platz)\b[.\s/]",
    re.IGNORECASE,
)
_HAS_NUMBER = re.compile(r"\d")


@lru_cache(maxsize=50_000)
def split_address(text: str, country: str) -> Address:
    """An address in one cell taken apart where its form is a usual one; otherwise all of it stays in the street."""
    lines = [line.strip(_TRIM) for line in re.split(r"[\r\n]+", text) if line.strip(_TRIM)]
    whole = ", ".join(lines)
    inside = _inside(country)
    found = list(inside.finditer(whole)) if inside else []
    for one in reversed(found):
        code = _formatted(one[1], countries()[country])
        if not code or not _fits(country, one, whole):
            continue
        before, behind = whole[: one.start()].strip(_TRIM), whole[one.end() :].strip(_TRIM + ")")
        split = (
            _britain(before, behind, code)
            if country in ("GB", "JE", "GG", "IM", "IE")
            else _continent(before, whole[one.end() :], code)
        )
        if split:
            return split
    return Address(street=" ".join(whole.split()))


def _fits(country: str, found: re.Match[str], whole: str) -> bool:
    """Not the number of a house: four or five digits count as a code only with a name of a place behind or at the end."""
    if country in ("PL", "GB", "NL", "PT", "IE", "LV", "LT", "JE", "GG", "IM"):
        return True
    behind = whole[found.end() :].lstrip()
    return bool(behind) and (behind[0].isalpha() or behind[0] in "–-,(") and any(sign.isalpha() for sign in behind)


def _britain(before: str, behind: str, code: str) -> Address | None:
    """12 High Street, Leeds LS1 4AB: the place stands before the code."""
    if behind and len(behind) > 20:
        return None
    street, _comma, locality = before.rpartition(",")
    if not street or _HAS_NUMBER.search(locality):
        return Address(before, code, "")
    return Address(street.strip(_TRIM), code, locality.strip(_TRIM))


def _continent(before: str, behind: str, code: str) -> Address | None:
    """ul. Długa 5, 80-001 Gdańsk; 80-001 Gdańsk, ul. Długa 5; 36214 Vigo (PO); 80-001 Gdańsk ul. Długa 5."""
    province = ""
    behind = behind.strip(" \t–-,;.")
    if found := _PROVINCE.search(behind):
        province, behind = found[1].strip(), behind[: found.start()]
    locality, comma, rest = behind.partition(",")
    if not comma:
        locality, comma, rest = behind.partition(" - ") if before else behind.partition(" – ")
    if not comma and not before and (begins := re.search(r"\s(?=(?:ul|al|os|pl)\.?\s)", behind, re.IGNORECASE)):
        locality, rest = behind[: begins.start()], behind[begins.start() :]
    locality, rest = locality.strip(_TRIM), rest.strip(_TRIM)
    if len(locality) > 60 or (
        locality and _HAS_NUMBER.search(locality) and not re.search(r"cedex|arrondissement", locality, re.IGNORECASE)
    ):
        return None
    if is_known(rest):
        rest = ""
    if before and rest:
        if _HAS_NUMBER.search(rest):
            return None
        province = province or (rest if len(rest) <= 30 else "")
    street = before or rest
    if not before and rest and not _HAS_NUMBER.search(rest) and not _STREET_WORD.match(rest):
        street, province = "", province or rest
    return Address(" ".join(street.split()), code, " ".join(locality.split()), province)


def looks_like_a_street(text: str) -> bool:
    """Whether a text is surely a street with a number: ul. Jedności Narodowej 47."""
    return bool(_STREET_WORD.match(text)) and bool(_HAS_NUMBER.search(text))


@lru_cache(maxsize=50_000)
def code_in_place(text: str, country: str) -> tuple[str, str]:
    """(postal code or "", place) of a cell that may name both: 80-001 Gdańsk, 36201 Vigo, Gdańsk 80-001."""
    inside = _inside(country)
    if inside is None or not _HAS_NUMBER.search(text):
        return "", text
    found = inside.search(text)
    if not found or (found.start() and text[found.end() :].strip(_TRIM)):
        return "", text
    code = _formatted(found[1], countries()[country])
    rest = (text[: found.start()] + text[found.end() :]).strip(_TRIM)
    return (code, rest) if code and (rest or not text[: found.start()]) else ("", text)


def point(lat: float | None, lon: float | None, country: str) -> tuple[float | None, float | None, Sentence | None, bool]:
    """(latitude, longitude, what is to be told, grave): changed over where only that puts them into the country."""
    if lat is None and lon is None:
        return None, None, None, False
    if lat is None or lon is None:
        return None, None, Sentence(_("A point needs latitude and longitude: one of them is missing.")), False
    it = countries().get(country)
    if it and it.box and not it.holds(lat, lon, 0.5) and it.holds(lon, lat):
        return lon, lat, Sentence(_("Latitude and longitude were changed over: they are put right.")), False
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return (
            None,
            None,
            Sentence(_("There is no such point: latitude goes from −90 to 90, longitude from −180 to 180.")),
            True,
        )
    if lat == 0 and lon == 0:
        return None, None, Sentence(_("The point 0, 0 lies in the ocean: it is left out.")), False
    return round(lat, 6), round(lon, 6), None, False


def read_degrees(cell: Cell) -> Read:
    """Degrees with a decimal comma or point, or as 54°21'07\"N; grave where they are none."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return Read(float(cell)) if cell == cell else EMPTY
    text = text_of(cell).strip()
    if is_nothing(text, NOTHING_OF_NUMBERS):
        return EMPTY
    return _degrees(text)


@lru_cache(maxsize=50_000)
def _degrees(text: str) -> Read:
    plain = text.replace(",", ".").replace("−", "-").rstrip("°").strip()
    if re.fullmatch(r"[+-]?\d{1,3}(?:\.\d+)?", plain):
        return Read(float(plain))
    found = re.fullmatch(
        r"([NSEWnsew]?)\s*(\d{1,3})\s*[°º]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['’′])?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:[\"”″]|''))?\s*([NSEWnsew]?)",
        plain,
    )
    if found:
        degrees = int(found[2]) + float(found[3] or 0) / 60 + float(found[4] or 0) / 3600
        return Read(round(-degrees if (found[1] + found[5]).upper()[:1] in ("S", "W") else degrees, 6))
    return Read(None, Sentence(_("“%(found)s” is not in degrees: write it as 54.35."), found=text[:60]), grave=True)
