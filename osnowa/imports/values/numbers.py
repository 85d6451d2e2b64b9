"""Numbers as people write them: 1 234,50, 1.234,50, £1,234.50, (1 200), 45%; which sign is the decimal one a column tells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import BROKEN, EMPTY, NOTHING_OF_NUMBERS, Read, is_nothing, text_of
from osnowa.kit.reading import Cell
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold

#: Countries that write 1,234.50; all others of Europe write 1.234,50 or 1 234,50.
_POINT_COUNTRIES = frozenset(("GB", "IE", "MT", "CY", "US", "CH", "LI"))
_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f'’`_]+")
_MONEY = re.compile(
    r"^(?:pln|zł|zl|eur|euro|gbp|usd|chf|huf|hrk|kn|ft|czk|kč|sek|dkk|ron|lei|bgn|€|£|\$)|(?:pln|zł\.?|zl\.?|eur|euros?|gbp|usd|chf|huf|hrk|kn\.?|ft\.?|czk|kč|sek|dkk|ron|lei|bgn|€|£|\$|%|,-|,–|\.-|:-)$",
    re.IGNORECASE,
)
_SHAPE = re.compile(r"\d+(?:[.,]\d+)*")
_LARGEST = Decimal(10) ** 15
#: Words of a heading that say in what the numbers of its column are counted.
_SCALES = ((re.compile(r"\b(?:tys|tysiacach|thousands?|tsd|teur|tisoc|tisocih|miles|migliaia|milliers|k ?eur|000s?|1000|1 000|eft)\b"), 1_000),
           (re.compile(r"\b(?:mln|millions?|mio|milijonih|milijonov|milioni|millones|meur|m ?eur)\b"), 1_000_000))  # fmt: skip

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")

YES = frozenset(
    (
        "yes",
        "y",
        "true",
        "1",
        "tak",
        "t",
        "da",
        "d",
        "si",
        "sì",
        "sí",
        "oui",
        "vrai",
        "ja",
        "j",
        "igen",
        "kylla",
        "x",
        "✓",
        "✔",
        "v",
        "+",
        "prawda",
        "sim",
    )
)
NO = frozenset(("no", "n", "false", "0", "nie", "ne", "non", "faux", "nein", "nee", "nem", "ei", "falsz", "nao"))


@dataclass(frozen=True, slots=True)
class Style:
    """How a column writes numbers: its decimal sign, and by how much its heading multiplies them."""

    decimal: str = ","
    scale: int = 1
    is_share: bool = False


def style_of(cells: Iterable[Cell], heading: str = "", country: str = "", whole: bool = True) -> Style:
    """What the cells of a column prove: 1.234,5 and 12,5 have a comma; without proof, what is usual in the country.

    `whole` says that the column counts whole things, so that 1,234 and 1.234 are both one thousand and more.
    """
    votes = {".": 0, ",": 0}
    shares = others = 0
    for cell in cells:
        if isinstance(cell, float) and not isinstance(cell, bool):
            shares, others = shares + (0 < cell <= 1), others + (cell > 1)
        if not isinstance(cell, str) or len(cell) > 30 or not ("," in cell or "." in cell):
            continue
        text = _bare(cell)[0]
        if not _SHAPE.fullmatch(text):
            continue
        if sign := _decimal_of(text):
            votes[sign] += 1
    if votes["."] != votes[","]:
        decimal = max(votes, key=lambda sign: votes[sign])
    else:
        decimal = "." if country in _POINT_COUNTRIES else ","
    scale = next((times for words, times in _SCALES if words.search(fold(heading))), 1)
    return Style(decimal, scale, bool(shares) and not others)


def _decimal_of(text: str) -> str:
    """The decimal sign one number proves, or nothing."""
    points, commas = text.count("."), text.count(",")
    if points and commas:
        last = "." if text.rfind(".") > text.rfind(",") else ","
        return last if text.count(last) == 1 else ""
    sign = "." if points else ","
    if points + commas != 1:
        return "" if not points + commas else "," if sign == "." else "."
    before, after = text.split(sign)
    return sign if len(after) != 3 or len(before) > 3 or before == "0" else ""


def _bare(text: str) -> tuple[str, bool]:
    """The digits of a number without spaces, currency and minus; and whether it is below nought."""
    text = _SPACES.sub("", text)
    is_negative = False
    if text.startswith("(") and text.endswith(")"):
        text, is_negative = text[1:-1], True
    for _time in range(2):
        text = _MONEY.sub("", text)
    if text[:1] in "-−–‐" and len(text) > 1:
        text, is_negative = _MONEY.sub("", text[1:]), True
    elif text[-1:] in "-−" and text[:-1].replace(",", "").replace(".", "").isdecimal():
        text, is_negative = text[:-1], True
    return text.removeprefix("+"), is_negative


def read_amount(cell: Cell, style: Style, kind: str) -> Read:
    """A count, decimal, money (whole units), balance (may be negative), percent or degree; grave where it is no number."""
    if cell is None:
        return EMPTY
    if isinstance(cell, str):
        return _written(cell, style, kind)
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return _no_number(cell)
    if cell != cell or cell in (float("inf"), float("-inf")):
        return EMPTY
    value = Decimal(repr(cell)) * style.scale
    return _of_kind(value * 100 if kind == "percent" and style.is_share else value, kind, cell)


def _no_number(cell: Cell) -> Read:
    return Read(
        None,
        Sentence(_("“%(found)s” is not a number: write digits only, such as 1250."), found=text_of(cell).strip()[:60]),
        grave=True,
    )


@lru_cache(maxsize=50_000)
def _written(text: str, style: Style, kind: str) -> Read:
    if is_nothing(text, NOTHING_OF_NUMBERS):
        return EMPTY
    if text.strip().lower() in BROKEN:
        return Read(
            None, Sentence(_("The spreadsheet could not compute this cell (%(cell)s): it is left empty."), cell=text.strip())
        )
    bare, is_negative = _bare(text)
    if re.fullmatch(r"\d(?:[.,]\d+)?[eE]\+?\d{1,2}", bare):
        shortened = Decimal(bare.replace(",", "."))
        said = Sentence(
            _("“%(found)s” is a number which a spreadsheet has shortened: check that %(number)s is right."),
            found=text.strip(),
            number=f"{shortened:f}",
        )
        found = _of_kind(shortened * style.scale, kind, text)
        return found if found.grave else found._replace(said=said)
    if not _SHAPE.fullmatch(bare) or len(bare) > 25:
        return _no_number(text)
    value = _value(bare, style, kind)
    return _no_number(text) if value is None else _of_kind((-value if is_negative else value) * style.scale, kind, text)


def _value(bare: str, style: Style, kind: str) -> Decimal | None:
    decimal = _decimal_of(bare)
    if not decimal and ("." in bare or "," in bare):
        sign = "." if "." in bare else ","
        grouped = kind in ("count", "money", "balance") or sign != style.decimal
        decimal = ({".": ",", ",": "."}[sign]) if grouped else sign
    thousands = "," if decimal == "." else "."
    whole, _sign, rest = bare.partition(decimal) if decimal else (bare, "", "")
    groups = whole.split(thousands)
    if (
        thousands in rest
        or (decimal and decimal in rest)
        or (len(groups) > 1 and (len(groups[0]) > 3 or any(len(group) != 3 for group in groups[1:])))
    ):
        return None
    return Decimal("".join(groups) + ("." + rest if rest else ""))


def _of_kind(value: Decimal, kind: str, cell: Cell) -> Read:
    found = text_of(cell).strip()[:60]
    if abs(value) > _LARGEST:
        return Read(None, Sentence(_("“%(found)s” is too large to be true."), found=found), grave=True)
    if kind == "degrees":
        return Read(float(value))
    if value < 0 and kind != "balance":
        return Read(None, Sentence(_("“%(found)s” is below nought: write how many there were."), found=found), grave=True)
    if kind == "decimal":
        return Read(float(round(value, 2)))
    if kind == "percent" and value > 100:
        return Read(None, Sentence(_("“%(found)s” is more than 100%%."), found=found), grave=True)
    whole = int(value.quantize(Decimal(1), ROUND_HALF_UP))
    if kind == "count":
        if value != whole:
            return Read(None, Sentence(_("“%(found)s” is not a whole number."), found=found), grave=True)
        if whole > 2_147_483_647:
            return Read(None, Sentence(_("“%(found)s” is too large to be true."), found=found), grave=True)
    return Read(whole)


def read_yes_no(cell: Cell) -> Read:
    """Yes or no in any language of the house; grave where it is neither."""
    text = text_of(cell).strip().lower()
    if is_nothing(text, NOTHING_OF_NUMBERS - {"x"}):
        return EMPTY
    word = text if text in YES or text in NO else fold(text)
    if word in YES or word in NO:
        return Read(word in YES)
    return Read(None, Sentence(_("“%(found)s” is neither yes nor no."), found=text[:60]), grave=True)


def read_year(cell: Cell, today_year: int) -> Read:
    """A year of figures, such as 2016, 2016/17 (the year in which it ended) or a day in it; grave where it is none."""
    if isinstance(cell, date):
        return Read(cell.year)
    text = text_of(cell).strip()
    if is_nothing(text, NOTHING_OF_NUMBERS):
        return EMPTY
    found = re.fullmatch(
        r"(?:rok|year|leto|fy|an|anno|año)?\s*((?:1[89]|20)\d\d)(?:\s*[/–-]\s*(\d{2}|\d{4}))?\s*(?:r\.?|rok)?",
        text,
        re.IGNORECASE,
    )
    if not found:
        return Read(None, Sentence(_("“%(found)s” is not a year: write it as 2016."), found=text[:60]), grave=True)
    year = int(found[1])
    if found[2]:
        last = int(found[2]) if len(found[2]) == 4 else year // 100 * 100 + int(found[2])
        year = last if last in (year, year + 1) else year
    if year > today_year:
        return Read(None, Sentence(_("The year %(year)s has not come yet."), year=year), grave=True)
    return Read(year)


def year_in(heading: str) -> str:
    """The year a heading names: Przychody 2023; "" where it names none or two."""
    found = set(_YEAR.findall(heading))
    return found.pop() if len(found) == 1 else ""
