"""What the cells of a column say about its meaning: how many are e-mails, days, codes, valid numbers …"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from osnowa.imports.values import activities, contacts, countries, identifiers, legal_forms, places
from osnowa.imports.values.cells import NOTHING_OF_NUMBERS, is_nothing, text_of
from osnowa.imports.values.dates import read_day
from osnowa.imports.values.numbers import Style, read_amount
from osnowa.imports.values.words import KINDS, STATUSES, VISIBILITIES, sector_of, word_of
from osnowa.kit.reading import Cell
from osnowa.register import codes
from osnowa.ui.forms import personal_numbers

#: So many cells of a column are looked at, evenly spread.
SAMPLE = 200
#: So many signs of each of them.
_LONGEST = 400
#: Postal codes of these shapes are nothing else.
_TELLING = ("PL", "GB", "NL")
_DIGITS = re.compile(r"[\d\s./-]*\d[\d\s./-]*")


@dataclass
class Signs:
    """Shares (0 to 1) of the cells that hold something; `count` of them were looked at."""

    count: int = 0
    filled: int = 0
    distinct: float = 0.0
    length: float = 0.0
    letters: float = 0.0
    is_of: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, float] = field(default_factory=dict)
    postal: dict[str, float] = field(default_factory=dict)
    detail: float = 0.0

    def share(self, kind: str) -> float:
        return self.is_of.get(kind, 0.0)


def signs_of(cells: Iterable[Cell], country: str, schemes: Sequence[str] = ()) -> Signs:
    """The signs of a column; `schemes` are those its heading speaks of, beside the usual ones of the country."""
    held = [cell for cell in cells if cell is not None and not is_nothing(text_of(cell), NOTHING_OF_NUMBERS)]
    if not held:
        return Signs()
    step = max(1, len(held) // SAMPLE)
    looked = held[::step][:SAMPLE]
    texts = [" ".join(text_of(cell)[:_LONGEST].split()) for cell in looked]
    count = len(looked)

    def share(test: object) -> float:
        return sum(bool(test(cell, text)) for cell, text in zip(looked, texts, strict=True)) / count  # type: ignore[operator]

    signs = Signs(count, len(held), len(set(texts)) / count, sum(map(len, texts)) / count)
    signs.letters = share(lambda cell, text: sum(map(str.isalpha, text)) > len(text) * 0.4)
    has_at = any("@" in text for text in texts)
    forms = (country, *(("GB",) if country != "GB" else ()))
    signs.is_of = {
        "email": share(lambda cell, text: "@" in text and contacts.read_email(text).value) if has_at else 0.0,
        "website": share(
            lambda cell, text: (
                "." in text
                and len(text) < 300
                and "@" not in text
                and text.count(" ") < 3
                and contacts.read_links(text).value
                and not _DIGITS.fullmatch(text)
            )
        ),
        "phone": share(
            lambda cell, text: (
                len(text) < 60
                and sum(map(str.isdecimal, text)) >= 7
                and not read_day(cell).value
                and contacts.read_phone(text).value
            )
        ),
        "day": share(
            lambda cell, text: (
                isinstance(cell, date)
                or (any(map(str.isdecimal, text)) and len(text) < 40 and not text.isdecimal() and read_day(text).value)
            )
        ),
        "year": share(lambda cell, text: text.isdecimal() and len(text) == 4 and 1700 <= int(text) <= 2100),
        "amount": share(
            lambda cell, text: (
                isinstance(cell, int | float)
                or (len(text) < 30 and read_amount(text, Style(), "balance").value is not None)
                or _is_decimal(text)
            )
        ),
        "degrees": share(lambda cell, text: _degrees(cell, text) is not None),
        "activity": share(lambda cell, text: any(map(str.isdecimal, text[:16])) and activities.is_code(cell)),
        "country": share(lambda cell, text: len(text) < 40 and not any(map(str.isdecimal, text)) and countries.is_known(text)),
        "legal_form": share(lambda cell, text: len(text) < 120 and not text.isdecimal() and legal_forms.form_of(text, forms))
        if country
        else 0.0,
        "form_code": share(lambda cell, text: text.isdecimal() and len(text) == 4 and legal_forms.form_of(text, ("FR",))),
        "named_form": share(lambda cell, text: len(text) < 200 and legal_forms.form_in_name(text, country)),
        "status": share(lambda cell, text: word_of(text, STATUSES)),
        "sector": share(lambda cell, text: sector_of(text)),
        "kind": share(lambda cell, text: word_of(text, KINDS)),
        "visibility": share(lambda cell, text: word_of(text, VISIBILITIES)),
        "digits": share(lambda cell, text: bool(_DIGITS.fullmatch(text))),
        "personal": share(lambda cell, text: text.isdecimal() and len(text) in (11, 13) and personal_numbers(text)),
        "address": share(lambda cell, text: bool(places.split_address(text_of(cell)[:_LONGEST], country).postal_code)),
        "coded_place": share(lambda cell, text: len(text) < 60 and places.code_in_place(text, country)[0]),
        "house": share(lambda cell, text: text[:1].isdecimal() and len(text) < 12),
    }
    signs.detail = sum(activities.detail(cell) for cell in looked) / count if signs.share("activity") > 0.4 else 0.0
    signs.numbers = {
        scheme: rate for scheme in dict.fromkeys((*schemes, *_guessable(country))) if (rate := _valid(scheme, texts)) > 0
    }
    for land in dict.fromkeys((country, *_TELLING)):
        pattern = places.postal_pattern(land)
        if pattern and (rate := share(lambda cell, text, pattern=pattern: len(text) < 14 and pattern.fullmatch(text))):
            signs.postal[land] = rate
    return signs


def _is_decimal(text: str) -> bool:
    return bool(re.fullmatch(r"-?\d+\.\d+", text))


def _degrees(cell: Cell, text: str) -> float | None:
    """Degrees with at least two decimals, as points of a map have; None for anything else."""
    if isinstance(cell, float):
        return cell if abs(cell) <= 180 and not cell.is_integer() else None
    if len(text) > 24 or not re.search(r"\d[.,]\d\d|°", text):
        return None
    value = places.read_degrees(text).value
    return value if value is not None and abs(value) <= 180 else None


def _guessable(country: str) -> tuple[str, ...]:
    """Schemes with check digits, of the country first, then of all others."""
    rows = [
        row for row in codes.IDENTIFIERS if row["stdnum"] and row.code not in ("EU-VAT", "DE-HRB", "FI-YHD", "AT-FB", "ISNI")
    ]
    return tuple(row.code for row in sorted(rows, key=lambda row: row["country"] != country))


def _valid(scheme: str, texts: list[str]) -> float:
    """The share of texts that are valid numbers of a scheme; a few are asked first."""
    first = texts[:: max(1, len(texts) // 20)]
    if not any(
        identifiers.read_numbers(text, scheme, "").value for text in first if any(map(str.isdecimal, text)) and len(text) < 80
    ):
        return 0.0
    found = sum(
        scheme in (identifiers.read_numbers(text, scheme, "").value or ())
        for text in texts
        if any(map(str.isdecimal, text)) and len(text) < 80
    )
    return found / len(texts)
