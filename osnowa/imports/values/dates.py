"""Days in any usual order and spelling; what order a column has is told by its own cells."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from math import isfinite

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import BROKEN, EMPTY, NOTHING_OF_NUMBERS, Read, is_nothing, text_of
from osnowa.kit.reading import Cell
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold

#: No organisation of a register is older.
EARLIEST_YEAR = 1000
#: The day a spreadsheet counts days from, and the numbers that are taken for such a count (1905 to 2119).
_DAY_NOUGHT = date(1899, 12, 30)
_COUNTS = range(2101, 80_000)

_TIME = r"(?:[T ,]+(?:at )?\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
_NUMBERS = re.compile(
    rf"(\d{{1,4}})\s*([./\-\s])\s*(\d{{1,2}})\s*[./\-\s]\s*(\d{{4}}|\d{{1,2}})\.?\s*(?:r|roku|g|god|leta|h)?\.?{_TIME}",
    re.IGNORECASE,
)
_MONTH_AND_YEAR = re.compile(r"(\d{1,2})\s*[./\-]\s*(\d{4})|(\d{4})\s*[./\-]\s*(\d{1,2})")
_YEAR = re.compile(
    r"(?:ok\.?|ca\.?|c\.|od|from|since|um|vers|dal)?\s*(\d{4})\s*(?:r|rok|roku|leto|leta|g|god)?\.?", re.IGNORECASE
)
_EIGHT = re.compile(r"\d{8}")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
_ORDINALS = frozenset(("st", "nd", "rd", "th", "er", "re", "o", "a"))
_FILLING = frozenset((
    "r", "rok", "roku", "de", "del", "d", "of", "the", "dnia", "dne", "den", "le", "il", "el", "dia", "leta", "g", "god", "godine", "i", "a", "on",
    "am", "vom", "w", "v", "do", "na", "ev", "napja", "mon", "tue", "wed", "thu", "fri", "sat", "sun",
))  # fmt: skip

#: Names of months by language, folded; abbreviations are their first letters where those tell.
_MONTH_NAMES = {
    "pl": ("styczen stycznia sty", "luty lutego lut", "marzec marca mar", "kwiecien kwietnia kwi", "maj maja", "czerwiec czerwca cze",
           "lipiec lipca lip", "sierpien sierpnia sie", "wrzesien wrzesnia wrz", "pazdziernik pazdziernika paz", "listopad listopada lis", "grudzien grudnia gru"),
    "sl": ("januar januarja jan", "februar februarja feb", "marec marca mar", "april aprila apr", "maj maja", "junij junija jun", "julij julija jul",
           "avgust avgusta avg", "september septembra sep", "oktober oktobra okt", "november novembra nov", "december decembra dec"),
    "en": ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sep sept", "october oct",
           "november nov", "december dec"),
    "de": ("januar janner jan", "februar feber feb", "marz maerz mrz", "april apr", "mai", "juni jun", "juli jul", "august aug", "september sep", "oktober okt",
           "november nov", "dezember dez"),
    "fr": ("janvier janv", "fevrier fevr fev", "mars", "avril avr", "mai", "juin", "juillet juil", "aout", "septembre sept", "octobre oct", "novembre nov", "decembre dec"),
    "it": ("gennaio gen", "febbraio feb", "marzo mar", "aprile apr", "maggio mag", "giugno giu", "luglio lug", "agosto ago", "settembre set", "ottobre ott", "novembre nov",
           "dicembre dic"),
    "es": ("enero ene", "febrero feb", "marzo mar", "abril abr", "mayo may", "junio jun", "julio jul", "agosto ago", "septiembre setiembre sep", "octubre oct", "noviembre nov",
           "diciembre dic"),
    "ca": ("gener gen", "febrer febr", "marc", "abril", "maig", "juny", "juliol", "agost ag", "setembre set", "octubre oct", "novembre nov", "desembre des"),
    "gl": ("xaneiro xan", "febreiro feb", "marzo", "abril", "maio", "xuno", "xullo", "agosto", "setembro set", "outubro out", "novembro nov", "decembro dec"),
    "nl": ("januari", "februari", "maart mrt", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"),
    "hu": ("januar", "februar", "marcius", "aprilis", "majus", "junius", "julius", "augusztus aug", "szeptember szept", "oktober", "november", "december"),
    "fi": ("tammikuu tammikuuta", "helmikuu helmikuuta", "maaliskuu maaliskuuta", "huhtikuu huhtikuuta", "toukokuu toukokuuta", "kesakuu kesakuuta",
           "heinakuu heinakuuta", "elokuu elokuuta", "syyskuu syyskuuta", "lokakuu lokakuuta", "marraskuu marraskuuta", "joulukuu joulukuuta"),
    "hr": ("sijecanj sijecnja", "veljaca veljace", "ozujak ozujka", "travanj travnja", "svibanj svibnja", "lipanj lipnja", "srpanj srpnja", "kolovoz kolovoza",
           "rujan rujna", "", "studeni studenoga studenog", "prosinac prosinca"),
}  # fmt: skip
_MONTHS = {
    word: number for names in _MONTH_NAMES.values() for number, words in enumerate(names, start=1) for word in words.split()
}
#: In Croatian `listopad` is October, in Polish November.
_MONTHS_OF = {"HR": _MONTHS | {"listopad": 10, "listopada": 10}}
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}


@dataclass(frozen=True, slots=True)
class Order:
    """How a column writes days: `day_first` decides what could be read both ways; `is_mixed` if both orders stand in it."""

    day_first: bool = True
    is_mixed: bool = False


def order_of(cells: Iterable[Cell]) -> Order:
    """What the cells of a column prove: a 25 in the second place is a day. Without proof the day comes first."""
    days_first = months_first = 0
    for cell in cells:
        found = _NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) < 40 else None
        if not found or len(found[1]) > 2:
            continue
        first, second = int(found[1]), int(found[3])
        days_first += 12 < first <= 31 and second <= 12
        months_first += 12 < second <= 31 and first <= 12
    return Order(days_first >= months_first, bool(days_first and months_first))


def looks_like_a_day(text: str) -> bool:
    """Whether a text is written as a whole day (not a year, not a bare number)."""
    return len(text) < 40 and bool(_NUMBERS.fullmatch(text.strip())) and read_day(text).value is not None


def read_day(cell: Cell, order: Order = Order(), country: str = "", today: date | None = None) -> Read:
    """A day as "2016-03-31". Grave where it is none, or lies after `today` (if given)."""
    if isinstance(cell, datetime):
        found = Read(cell.date())
    elif isinstance(cell, date):
        found = Read(cell)
    elif isinstance(cell, str):
        found = _written(cell, order, country)
    else:
        found = _counted(cell)
    if not isinstance(found.value, date):
        return found
    day = found.value
    if day <= date(1900, 1, 1) and isinstance(cell, date) and day >= date(1899, 12, 30):
        return Read(
            None, Sentence(_("%(day)s is how a spreadsheet writes nought as a day: it is left empty."), day=day.isoformat())
        )
    if day.year < EARLIEST_YEAR:
        return _wrong(cell, _("“%(found)s” is too long ago for a day: write the year with four digits."))
    if today and day > today:
        return _wrong(cell, _("“%(found)s” lies in the future: correct the day."))
    return found._replace(value=day.isoformat())


def _wrong(cell: Cell, source: str) -> Read:
    return Read(None, Sentence(source, found=text_of(cell).strip()[:60]), grave=True)


def _no_day(cell: Cell) -> Read:
    return _wrong(cell, _("“%(found)s” is not a day: write it as 2016-03-31."))


def _counted(cell: Cell) -> Read:
    """A number in a column of days: a year, a count of days of a spreadsheet, or eight digits."""
    if cell is None:
        return EMPTY
    if isinstance(cell, bool) or not isinstance(cell, int | float) or not isfinite(cell):
        return _no_day(cell)
    if 1000 <= cell <= 2100 and cell == int(cell):
        return _first_of(int(cell), 1, cell)
    if int(cell) in _COUNTS:
        return Read(_DAY_NOUGHT + timedelta(days=int(cell)))
    if cell == 0:
        return EMPTY
    return _written(text_of(cell), Order(), "")


def _first_of(year: int, month: int, cell: Cell) -> Read:
    """The first day of a month or year that is all that was given; told, as it is not quite what was said."""
    if not 1 <= month <= 12:
        return _no_day(cell)
    said = Sentence(
        _("“%(found)s” names no day: the first one, %(day)s, is taken."),
        found=text_of(cell).strip(),
        day=f"{year:04d}-{month:02d}-01",
    )
    return Read(date(year, month, 1), said)


@lru_cache(maxsize=50_000)
def _written(text: str, order: Order, country: str) -> Read:
    text = text.replace("\xa0", " ").strip()
    if is_nothing(text, NOTHING_OF_NUMBERS) or text.startswith("0000"):
        return EMPTY
    if text.lower() in BROKEN:
        return Read(None, Sentence(_("The spreadsheet could not compute this cell (%(cell)s): it is left empty."), cell=text))
    if len(text) > 60:
        return _no_day(text)
    if found := _NUMBERS.fullmatch(text):
        return _of_numbers(text, found[1], found[3], found[4], order)
    if _EIGHT.fullmatch(text):
        return _of_eight(text)
    if found := _YEAR.fullmatch(text):
        return _first_of(int(found[1]), 1, text)
    if found := _MONTH_AND_YEAR.fullmatch(text):
        return _first_of(int(found[2] or found[3]), int(found[1] or found[4]), text)
    if text.isdecimal() and int(text) in _COUNTS and len(text) == 5:
        day = _DAY_NOUGHT + timedelta(days=int(text))
        return Read(day, Sentence(_("“%(found)s” is a spreadsheet's count of days: %(day)s."), found=text, day=day.isoformat()))
    return _of_words(text, country)


def _of_numbers(text: str, first: str, second: str, third: str, order: Order) -> Read:
    if len(first) == 4:
        return _day(int(first), int(second), int(third), text) if len(third) <= 2 else _no_day(text)
    if len(first) == 3:
        return _no_day(text)
    if len(third) <= 2 and int(first) > 31:
        return _day(_century(int(first)), int(second), int(third), text, told=True)
    year = int(third) if len(third) == 4 else _century(int(third))
    a, b = int(first), int(second)
    day, month = (a, b) if order.day_first else (b, a)
    other_way = month > 12 >= day
    if other_way:
        day, month = month, day
    is_doubtful = order.is_mixed and a <= 12 and b <= 12 and a != b
    return _day(year, month, day, text, told=len(third) != 4 or other_way or is_doubtful)


def _century(year: int) -> int:
    """A year of two digits: the latest such year that has begun."""
    now = date.today().year
    return now - (now - year) % 100


def _day(year: int, month: int, day: int, text: str, told: bool = False) -> Read:
    try:
        found = date(year, month, day)
    except ValueError:
        return _wrong(text, _("There is no such day as “%(found)s”: correct it."))
    return Read(found, Sentence(_("“%(found)s” was read as %(day)s."), found=text, day=found.isoformat()) if told else None)


def _of_eight(text: str) -> Read:
    """20160331, or 31032016."""
    for year, month, day in ((text[:4], text[4:6], text[6:]), (text[4:], text[2:4], text[:2])):
        try:
            found = date(int(year), int(month), int(day))
        except ValueError:
            continue
        if 1800 <= found.year <= 2100:
            return Read(found, Sentence(_("“%(found)s” was read as %(day)s."), found=text, day=found.isoformat()))
    return _no_day(text)


def _of_words(text: str, country: str) -> Read:
    """12 marca 2015 r., March 12, 2015, 1er janvier 2015, 12 III 2015, marzec 2015."""
    text = re.sub(_TIME + "$", "", text, flags=re.IGNORECASE)
    months = _MONTHS_OF.get(country, _MONTHS)
    numbers: list[str] = []
    month = 0
    for piece in _PIECES.findall(text):
        if piece.isdecimal():
            numbers.append(piece)
            continue
        word = fold(piece)
        if word in months and not month:
            month = months[word]
        elif piece in _ROMAN and len(numbers) == 1 and not month:
            month = _ROMAN[piece]
        elif word not in _FILLING and not (word in _ORDINALS and numbers):
            return _no_day(text)
    years = [number for number in numbers if len(number) == 4]
    if not month or len(numbers) > 2 or not numbers or len(years) > 1:
        return _no_day(text)
    if len(numbers) == 1:
        return _first_of(int(years[0]), month, text) if years else _no_day(text)
    if years:
        numbers.remove(years[0])
        return _day(int(years[0]), month, int(numbers[0]), text) if len(numbers[0]) <= 2 else _no_day(text)
    if max(map(len, numbers)) > 2:
        return _no_day(text)
    return _day(_century(int(numbers[1])), month, int(numbers[0]), text, told=True)
