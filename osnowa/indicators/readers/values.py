"""Cells to numbers, periods and flags, as statistical offices write them."""

import math
import re
from collections.abc import Iterable
from datetime import date

from osnowa.kit.reading import Cell

#: What stands for "no number": Eurostat, GUS, SURS, spreadsheets and people.
MISSING = frozenset({"", ":", "-", "–", "—", ".", "..", "...", "…", "x", "n/a", "na", "n.a.", "nan", "null", "none", "b.d.", "bd", "brak danych", "ni podatka", "#n/a"})
#: Eurostat's flags: break, confidential, definition differs, estimated, forecast, low reliability and so on.
FLAG_LETTERS = "bcdefimnprsuz"

_NUMBER = re.compile(r"^([+-]?)(\d[\d .,'’]*|[.,]\d+)((?:[eE][+-]?\d+)?)\s*%?$")
_FLAGGED = re.compile(rf"^(.*?)(?:\s+([{FLAG_LETTERS}]{{1,5}})|\(([{FLAG_LETTERS}]{{1,5}})\))$")
_PERIODS = (
    (re.compile(r"^(\d{4})$"), "{0}"),
    (re.compile(r"^(\d{4})\.0$"), "{0}"),
    (re.compile(r"^(\d{4})[-\s]?[QK]([1-4])$", re.IGNORECASE), "{0}-Q{1}"),
    (re.compile(r"^[QK]([1-4])[-\s/]?(\d{4})$", re.IGNORECASE), "{1}-Q{0}"),
    (re.compile(r"^(\d{4})[-\s]?[SH]([12])$", re.IGNORECASE), "{0}-S{1}"),
    (re.compile(r"^(\d{4})-?W(\d{2})$", re.IGNORECASE), "{0}-W{1}"),
    (re.compile(r"^(\d{4})-?M(\d{2})$", re.IGNORECASE), "{0}-{1}"),
    (re.compile(r"^(\d{4})[-./](\d{2})$"), "{0}-{1}"),
    (re.compile(r"^(\d{1,2})[./-](\d{4})$"), "{1}-{0:0>2}"),
    (re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00.*)?$"), "{0}-{1}-{2}"),
    (re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})\.?$"), "{2}-{1:0>2}-{0:0>2}"),
    (re.compile(r"^(\d{4})\s?[-–/_]\s?(\d{4})$"), "{0}_{1}"),
)
_YEARS = range(1850, 2150)


def written(cell: Cell) -> str:
    """A cell as plain text."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\xa0", " ").replace("\u202f", " ").replace("\u2009", " ").strip()


def period(cell: Cell) -> str:
    """A period as text that sorts (2024, 2024-Q3, 2024-06, 2024-06-30, 2014_2024); "" where the cell is none."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    text = written(cell)
    for pattern, shape in _PERIODS:
        if found := pattern.match(text):
            made = shape.format(*found.groups())
            return made if _is_possible(made) else ""
    return ""


def _is_possible(made: str) -> bool:
    if int(made[:4]) not in _YEARS:
        return False
    if len(made) == 7 and made[5:].isdigit():
        return 1 <= int(made[5:]) <= 12
    if len(made) == 8 and "W" in made:
        return 1 <= int(made[6:]) <= 53
    if len(made) == 9:
        return int(made[5:]) in _YEARS and made[:4] <= made[5:]
    if len(made) == 10:
        try:
            date.fromisoformat(made)
        except ValueError:
            return False
    return True


def decimal_sign(texts: Iterable[str], delimiter: str = "") -> str:
    """Which sign stands before the decimals in these texts: told by those that can be read in one way only.

    Where a comma is always followed by three digits nothing is told; then it is the decimal comma, unless the cells of
    the file are divided by commas, which is how English writes.
    """
    comma = dot = threes = 0
    for text in texts:
        plain = text.lstrip("+-")
        if "," in plain and "." in plain:
            if plain.rindex(",") > plain.rindex("."):
                comma += 1
            else:
                dot += 1
        elif plain.count(",") > 1:
            dot += 1
        elif plain.count(".") > 1:
            comma += 1
        elif "," in plain:
            if re.search(r",\d{3}$", plain) and not plain.startswith("0,"):
                threes += 1
            else:
                comma += 1
        elif "." in plain and not re.search(r"\.\d{3}$", plain):
            dot += 1
    if comma or dot:
        return "," if comma > dot else "."
    return "," if threes and delimiter != "," else "."


def number(text: str, decimal: str = ".") -> float:
    """The number a text writes. ValueError where it is none."""
    found = _NUMBER.match(text)
    if not found:
        raise ValueError(text)
    sign, digits, power = found.groups()
    thousands = "." if decimal == "," else ","
    digits = re.sub(r"(?<=\d)[ '’](?=\d{3}(?!\d))", "", digits).strip()
    if thousands in digits:
        if not re.match(rf"^\d{{1,3}}(?:\{thousands}\d{{3}})+(?:\{decimal}\d+)?$", digits):
            raise ValueError(text)
        digits = digits.replace(thousands, "")
    value = float(sign + digits.replace(decimal, ".") + power)
    if not math.isfinite(value):
        raise ValueError(text)
    return value


def value_and_flag(cell: Cell, decimal: str = ".") -> tuple[float | None, str]:
    """(47400.0, "p") of `47400 p`; (None, "c") of `: c`. ValueError where the cell is neither a number nor a mark."""
    if isinstance(cell, bool | date):
        raise ValueError(str(cell))
    if isinstance(cell, int | float):
        return (None if math.isnan(cell) else float(cell)), ""
    text = written(cell)
    if text.casefold() in MISSING:
        return None, ""
    flag = ""
    if found := _FLAGGED.match(text):
        text, flag = found[1].strip(), (found[2] or found[3]).replace(" ", "")
        if text.casefold() in MISSING:
            return None, flag
    return number(text, decimal), flag


def plain_flag(cell: Cell) -> str:
    """A flag from a column of its own, cut to what is kept."""
    return re.sub(r"\s+", "", written(cell))[:10]
