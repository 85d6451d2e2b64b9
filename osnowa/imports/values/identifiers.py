"""Official numbers: which scheme a number is of, its compact form, and what a spreadsheet did to it."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from django.utils.translation import gettext_noop as _
from stdnum.es import dni, nie

from osnowa.imports.values.cells import EMPTY, NOTHING_OF_NUMBERS, Read, is_nothing, text_of
from osnowa.kit.errors import Refused
from osnowa.kit.reading import Cell
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.register import codes
from osnowa.register.actions import checked_identifier

_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}")
_POINT_NOUGHT = re.compile(r"(\d{5,})[.,]0+")
#: What people write in front of a number: NIP:, nr KRS, CIF.
_LABEL = re.compile(
    r"^\s*(?:(?:nr|no|n\.?º?|numer|number|št\.?|num\.?|id)\b[\s.:]*)?([A-Za-zÀ-ž][A-Za-zÀ-ž.\s/-]{1,24}?)\s*[:.\s]\s*(?=[A-Z]{0,3}[\s-]?\d|[A-Z]\d)"
)
_APART = re.compile(r"[,;|\n]+|\s/\s|\s{3,}")
#: Numbers one can be taken for another of: the first is the one organisations have (a codice fiscale is also a partita IVA).
_RATHER = ("IT-CF", "PL-NIP", "HR-OIB", "BE-VAT")
#: Schemes whose form says too little to know a number by (no check digit, a few digits).
_NEVER_GUESSED = frozenset(
    ("PL-OTHER", "EU-PIC", "AT-ZVR", "HR-MBS", "ISNI", "EU-EUID", "DE-HRB", "IT-REA", "FI-YHD", "AT-FB", "EU-VAT")
)
#: Numbers of these registers all begin with noughts, which a spreadsheet takes away; they have no check digit to prove it.
_ALWAYS_NOUGHTS = {"PL-KRS": "000"}
_MOST_NOUGHTS = 2


@cache
def labels() -> dict[str, str]:
    """{what people call a number, folded: scheme}: NIP, KRS, SIRET; where it is one word for several countries, the first."""
    found: dict[str, str] = {}
    for row in codes.IDENTIFIERS:
        found.setdefault(fold(row.code.partition("-")[2] or row.code), row.code)
    more = {"cif": "ES-NIF", "c i f": "ES-NIF", "n i f": "ES-NIF", "maticna stevilka": "SI-MAT", "maticna": "SI-MAT", "davcna stevilka": "SI-DDV", "id za ddv": "SI-DDV",
            "codice fiscale": "IT-CF", "c f": "IT-CF", "partita iva": "IT-IVA", "p iva": "IT-IVA", "y tunnus": "FI-YT", "adoszam": "HU-ANUM",
            "lei": "LEI", "isni": "ISNI"}  # fmt: skip
    return found | more


@cache
def _own_words() -> dict[str, str]:
    """{what our own lists write in front of a number: scheme}: NIP and PL-NIP; the first country where several have one word."""
    found = {row.code: row.code for row in codes.IDENTIFIERS}
    for row in codes.IDENTIFIERS:
        found.setdefault(row.code.partition("-")[2] or row.code, row.code)
    return found


def _named_as_ours(piece: str, country: str) -> tuple[str, str]:
    """(scheme, number) of a piece as our own lists write it, of the country where it has such a scheme; ("", piece) otherwise."""
    word, space, number = piece.partition(" ")
    own = f"{country}-{word}"
    scheme = own if own in codes.IDENTIFIERS else _own_words().get(word, "")
    return (scheme, number.strip()) if scheme and space else ("", piece)


@lru_cache(maxsize=100_000)
def compact(scheme: str, text: str) -> str | None:
    """The number as the register keeps it; None where it is not one of the scheme."""
    try:
        return checked_identifier(scheme, text)
    except Refused:
        return None


@cache
def _lengths(scheme: str) -> tuple[int, ...]:
    """How many digits numbers of the scheme have, told by their example; () where they have letters."""
    digits = re.sub(r"[\s.-]", "", codes.IDENTIFIERS[scheme]["example"])
    more = {"PL-REGON": (9, 14), "FI-YT": (8,)}.get(scheme)
    return more or ((len(digits),) if digits.isdecimal() else ())


def is_of_a_person(scheme: str, number: str) -> bool:
    """Whether a valid number is one of a human being, which the register does not keep (a Spanish DNI, an Italian personal code)."""
    if scheme == "ES-NIF":
        return bool(dni.is_valid(number) or nie.is_valid(number))
    return scheme == "IT-CF" and not number.isdecimal()


@cache
def schemes_for(country: str) -> tuple[str, ...]:
    """The schemes a bare number is tried with: those of the country, then those of the world; the likelier first."""
    rows = [row for row in codes.IDENTIFIERS if row.code not in _NEVER_GUESSED and row["country"] in (country, "EU", "")]
    rows.sort(key=lambda row: (row["country"] != country, row.code not in _RATHER))
    return tuple(row.code for row in rows)


def recognised(text: str, country: str) -> tuple[str, str] | None:
    """(scheme, compact number) of a bare number by its check digits and form, in the country; None where it is none."""
    for scheme in schemes_for(country):
        if (digits := _lengths(scheme)) and sum(map(str.isdecimal, text)) not in (
            *digits,
            *((10,) if scheme == "SI-MAT" else ()),
        ):
            continue
        number = compact(scheme, text)
        if number and (scheme != "PL-KRS" or number.startswith("000")):
            return scheme, number
    return None


def pieces(text: str, country: str = "") -> Iterator[tuple[str, str]]:
    """(scheme or "", number) of everything a cell names: `NIP 1234563218, REGON 123456785`."""
    for piece in _APART.split(text):
        piece = piece.strip()
        if is_nothing(piece, NOTHING_OF_NUMBERS):
            continue
        scheme, number = _named_as_ours(piece, country)
        if scheme:
            yield scheme, number
            continue
        found = _LABEL.match(piece)
        scheme = labels().get(fold(found[1]), "") if found else ""
        yield scheme, piece[found.end() :].strip() if found and scheme else piece


def read_numbers(cell: Cell, scheme: str, country: str) -> Read:
    """{scheme: compact number} of a cell; `scheme` is empty for a column of any numbers.

    Grave where a number is wrong, or where a spreadsheet has shortened it past repair.
    """
    text = text_of(cell).strip()
    if is_nothing(text, NOTHING_OF_NUMBERS):
        return EMPTY
    return _read(text, scheme, country)


@lru_cache(maxsize=100_000)
def _read(text: str, scheme: str, country: str) -> Read:
    if _SHORTENED.fullmatch(text):
        return Read(
            None,
            Sentence(
                _(
                    "A spreadsheet has shortened this number to “%(found)s” and lost digits: write the whole number into a cell formatted as text."
                ),
                found=text,
            ),
            grave=True,
        )
    found: dict[str, str] = {}
    said: Sentence | None = None
    for named, number in pieces(text, country):
        one = _read_one(number, named or scheme, country)
        if one.grave:
            return one
        said = one.said or said
        for kind, value in (one.value or {}).items():
            if found.setdefault(kind, value) != value:
                said = Sentence(
                    _("This cell holds several numbers of one kind: %(first)s is kept, %(other)s is not."),
                    first=found[kind],
                    other=value,
                )
    return Read(found, said) if found else Read(None, said)


def _read_one(text: str, scheme: str, country: str) -> Read:
    if found := _POINT_NOUGHT.fullmatch(text):
        text = found[1]
    if not scheme:
        guessed = recognised(text, country) or _padded_guess(text, country)
        if guessed:
            return _kept(*guessed, text, country)
        return Read(
            None,
            Sentence(
                _("“%(found)s” is no number of a register of this country: compare it with the register."), found=text[:60]
            ),
            grave=True,
        )
    number = compact(scheme, text)
    if number is None and text[:2].isalpha():
        number = compact(scheme, text[2:].strip(" -:"))
    if number is None:
        number = _padded(scheme, text)
    if number is None and scheme == "SI-MAT" and len(text) == 10 and text.isdecimal():
        number = compact(scheme, text[:7]) and text
    if number is None:
        return Read(None, _refusal(scheme, text), grave=True)
    return _kept(scheme, number, text, country)


def _refusal(scheme: str, text: str) -> Sentence:
    """Why the register refuses the number, as it says so itself."""
    try:
        checked_identifier(scheme, text)
    except Refused as refused:
        return refused.said if isinstance(refused.said, Sentence) else Sentence(refused.message.replace("%", "%%"))
    raise AssertionError(f"{scheme} {text} is valid")


def _padded(scheme: str, text: str) -> str | None:
    """The number with the noughts in front which a spreadsheet took away, where the check digit proves them."""
    if not text.isdecimal():
        return None
    for length in _lengths(scheme):
        lost = length - len(text)
        longer = text.zfill(length)
        if 0 < lost <= _MOST_NOUGHTS and codes.IDENTIFIERS[scheme]["stdnum"]:
            if number := compact(scheme, longer):
                return number
        elif lost > 0 and len(text) >= 4 and longer.startswith(_ALWAYS_NOUGHTS.get(scheme, "-")):
            return compact(scheme, longer)
    return None


def _padded_guess(text: str, country: str) -> tuple[str, str] | None:
    """A bare number that lost noughts, where exactly one scheme of the country proves it."""
    found = [
        (scheme, number)
        for scheme in schemes_for(country)
        if codes.IDENTIFIERS[scheme]["country"] == country
        if (number := _padded(scheme, text))
    ]
    return found[0] if len(found) == 1 else None


def _kept(scheme: str, number: str, text: str, country: str) -> Read:
    if is_of_a_person(scheme, number):
        return Read(None, Sentence(_("This is the number of a person, which the register does not keep: it is left out.")))
    digits = re.sub(r"\D", "", text)
    if len(re.sub(r"\D", "", number)) > len(digits):
        return Read(
            {scheme: number},
            Sentence(_("“%(found)s” had lost the noughts in front: it is %(number)s."), found=text, number=number),
        )
    return Read({scheme: number})


def unit_number(number: str) -> str:
    """The number of the legal person behind a Slovene number of ten digits that is of a part of it; "" where it is of the whole."""
    return number[:7] if len(number) == 10 and not number.endswith("000") else ""
