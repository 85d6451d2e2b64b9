"""A cell as text, what stands for nothing in it, and what reading a cell gives."""

import re
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_noop as _

from osnowa.imports.mending import mend
from osnowa.kit.reading import Cell
from osnowa.kit.sentences import Sentence

#: What people write where they know nothing (compared in lower case, spaces and full stops at the ends taken off).
NOTHING = frozenset((
    "", "-", "--", "---", "–", "—", "?", "??", "*", "/", "x x", "n/a", "#n/a", "#n/d", "#n/d!", "#nv", "n/d", "n.d", "n. d", "b.d", "b. d", "b/d",
    "brak", "brak danych", "nie dotyczy", "nie podano", "nie ma", "nieznane", "nieznana", "nieznany", "null", "none", "nan", "nil",
    "not available", "not applicable", "not known", "unknown", "ni podatka", "ni podatkov", "ni znano", "neznano", "s/d", "s.d", "sin datos", "no consta",
    "non disponibile", "non indicato", "n.c", "n. c", "nc", "non communiqué", "non renseigné", "k.a", "k. a", "keine angabe", "nincs", "nincs adat",
    "nema", "nema podataka", "ei tietoa", "geen", "onbekend", "[not specified]", "not specified", "tbc", "tba",
))  # fmt: skip
#: The same, where a name or an area could be called so.
NOTHING_OF_NUMBERS = NOTHING | {"na", "nd", "bd", "n d", "b d", "sd", "x", "0000-00-00", "00.00.0000", "00/00/0000"}
#: What a spreadsheet writes when it could not compute.
BROKEN = frozenset(
    (
        "#ref!",
        "#value!",
        "#div/0!",
        "#name?",
        "#null!",
        "#num!",
        "#adr!",
        "#arg!",
        "#dziel/0!",
        "#nazwa?",
        "#liczba!",
        "#wert!",
        "#bezug!",
        "#valor!",
        "#¡ref!",
        "#¡valor!",
    )
)
_SPACES = re.compile(r"\s+")


class Read(NamedTuple):
    """What a cell says: its value (None for nothing), what has to be told of it, and whether that stops the row."""

    value: Any = None
    said: Sentence | None = None
    grave: bool = False


EMPTY = Read()


def text_of(cell: Cell) -> str:
    """A cell as people read it: whole numbers without a point, days as 2016-03-31. Text stays as it is."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime) and not (cell.hour or cell.minute or cell.second):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell)


def is_nothing(text: str, words: frozenset[str] = NOTHING) -> bool:
    """Whether a text says that nothing is known."""
    return len(text) < 20 and text.strip().rstrip(".").strip().lower() in words


def line_of(cell: Cell) -> tuple[str, Sentence | None]:
    """The text of a cell in one line, mended, and what was mended."""
    text = text_of(cell)
    if isinstance(cell, str):
        text, said = mend(text)
    else:
        said = None
    if is_nothing(text):
        return "", None
    if text.strip().lower() in BROKEN:
        return "", Sentence(_("The spreadsheet could not compute this cell (%(cell)s): it is left empty."), cell=text.strip())
    return _SPACES.sub(" ", text).strip(), said


def cut(text: str, longest: int) -> Read:
    """A text as a value, cut where a field of the register holds no more."""
    if not text:
        return EMPTY
    if len(text) <= longest:
        return Read(text)
    said = Sentence(_("This is longer than %(longest)s characters and is cut there. Shorten it."), longest=longest)
    return Read(text[:longest].rstrip(), said)
