"""Classes of activity: PKD, SKD, NAF, CNAE, ATECO, WZ and UK SIC codes to the classes of NACE they begin with."""

import re
from collections.abc import Iterable
from functools import lru_cache

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import EMPTY, NOTHING_OF_NUMBERS, Read, is_nothing, text_of
from osnowa.kit.reading import Cell
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.register import codes

#: A national code at the start of a piece of text: its division, group and class; what a country adds behind is let go.
_CODE = re.compile(r"^(?:UK ?SIC ?(?:20)?0?7?|SIC|PKD|SKD|NAF|CNAE|ATECO|NACE|WZ|NKD|TE[AÁ]OR|TOL)?(?:[ -]?(?:2003|2007|2008|2009|2025|20[0-2]\d))?[\s:-]*"
                   r"(?:[A-U][\s.-]{0,2})?(\d{2})(?:[.\s]?(\d)(?:[.\s]?(\d)(?:[.\s]?\d{1,2}){0,2})?)?[.\s]?[A-Z]?(?=$|[\s,;:)])", re.IGNORECASE)  # fmt: skip
_APART = re.compile(r"[;\n|]+|,(?=\s*(?:[A-U]\s?)?\d{2}(?:\.|\d))")
_OLD = re.compile(r"2007|2008|2009|uksic07|rev ?2\b(?! 1)|nace 2$|08\b|sic")
_NEW = re.compile(r"2025|2 1\b|rev ?2 1|25\b")
#: Codes of four digits and more stand without points in some countries: 0150, 64921, 8899B.
_SOLID = re.compile(r"^\d{2,7}[A-Z]?$", re.IGNORECASE)


def _codes_of(piece: str) -> tuple[str, ...]:
    """The NACE spellings a piece of text can mean, the most detailed first: 88.10.Z gives 88.10, 88.1, 88."""
    piece = re.sub(r"^UKSIC07-", "", piece.strip(), flags=re.IGNORECASE)
    if _SOLID.match(piece):
        digits = re.sub(r"\D", "", piece)
        wanted = (f"{digits[:2]}.{digits[2:4]}", f"{digits[:2]}.{digits[2:3]}", digits[:2])
        return wanted[max(0, 4 - len(digits)) :]
    found = _CODE.match(piece)
    if not found:
        return ()
    division, group, class_ = found[1], found[2] or "", found[3] or ""
    return tuple(
        dict.fromkeys(
            code
            for code in (f"{division}.{group}{class_}" if class_ else "", f"{division}.{group}" if group else "", division)
            if code
        )
    )


def pieces(cell: Cell) -> list[str]:
    """The codes a cell names, each still as it is written; a number of a spreadsheet gets its noughts back (88.1 is 88.10)."""
    if isinstance(cell, float) and not cell.is_integer():
        return [f"{cell:05.2f}"]
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        digits = str(int(cell))
        return [digits.zfill(len(digits) + len(digits) % 2) if len(digits) < 5 else digits]
    text = text_of(cell)
    if is_nothing(text, NOTHING_OF_NUMBERS):
        return []
    found = [piece.strip() for piece in _APART.split(text) if piece.strip()]
    return [piece for place, piece in enumerate(found) if not place or not _goes_on(found[0], piece)]


def _goes_on(first: str, piece: str) -> bool:
    """Whether a piece without any digit is more of the label behind a code: 69.20 Działalność rachunkowa; doradztwo podatkowe."""
    return not any(map(str.isdecimal, piece)) and bool(_codes_of(first))


def is_code(cell: Cell) -> bool:
    """Whether a cell begins with what is a class, group or division of either version, written as a code."""
    found = [_codes_of(piece) for piece in pieces(cell)]
    return bool(found) and all(options and any(options[0] in table for table in codes.NACE.values()) for options in found)


def detail(cell: Cell) -> int:
    """How many digits of a class a cell tells: 2 for a division, 4 for a class; 0 where it is no code."""
    found = [_codes_of(piece) for piece in pieces(cell)]
    return len(found[0][0].replace(".", "")) if found and found[0] else 0


def version_of(cells: Iterable[Cell], heading: str) -> str:
    """Which NACE a column is of: its heading or cells say so (SKD 2008, UKSIC07), else the version that knows more of them."""
    words = fold(heading)
    if _NEW.search(words):
        return "2.1"
    known = {"2.1": 0, "2": 0}
    for cell in cells:
        if isinstance(cell, str) and cell[:7].upper() == "UKSIC07":
            return "2"
        for piece in pieces(cell):
            for version, table in codes.NACE.items():
                options = _codes_of(piece)
                known[version] += bool(options) and options[0] in table
    if known["2"] != known["2.1"]:
        return max(known, key=lambda version: known[version])
    return "2" if _OLD.search(words) else "2.1"


def read_activities(cell: Cell, version: str) -> Read:
    """The NACE codes of a cell as a tuple; told where one is not known and a wider one is taken, or none."""
    if cell is None:
        return EMPTY
    return _read(tuple(pieces(cell)), version)


@lru_cache(maxsize=20_000)
def _read(written: tuple[str, ...], version: str) -> Read:
    table = codes.NACE[version]
    found: dict[str, None] = {}
    said: Sentence | None = None
    for piece in written:
        options = _codes_of(piece)
        known = next((code for code in options if code in table), "")
        if known:
            found[known] = None
        if not known:
            said = Sentence(
                _("“%(code)s” is not a code of NACE %(version)s. It looks like 88.10."), code=piece[:40], version=version
            )
        elif known != options[0]:
            said = Sentence(
                _("NACE %(version)s has no %(code)s: %(known)s is taken."), code=options[0], known=known, version=version
            )
    return Read(tuple(found), said) if found else Read(None, said)
