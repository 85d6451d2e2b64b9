"""The files beside: what the indicators are (code, name, unit, polarity …), and what the places are called."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.opening import Line, opened
from osnowa.indicators.readers.shapes import Definition, refuse
from osnowa.indicators.readers.values import period, written
from osnowa.indicators.readers.words import ROLES
from osnowa.kit.words import fold

COLUMNS = {
    "code": "indicator|code|indicator code|id|wskaznik|kod|kod wskaznika|kazalnik|sifra|koda",
    "name": "name|label|title|indicator name|nazwa|nazwa wskaznika|ime|naziv|name en",
    "kind": "type|kind|typ|rodzaj|vrsta|tip",
    "unit": "unit|units|unit of measure|jednostka|jednostka miary|enota|enota mere",
    "polarity": "polarity|direction|good|kierunek|charakter|biegunowosc|smer",
    "definition": "definition|description|note|opis|definicja|opis wskaznika|definicija|opredelitev",
    "theme": "theme|topic|domain|group|temat|dziedzina|obszar tematyczny|tema|podrocje",
    "breaks": "breaks|break|break in series|przerwa|zmiana metodologii|prelom",
    "name_pl": "name pl|nazwa pl", "name_sl": "name sl|ime sl", "name_de": "name de",
    "definition_pl": "definition pl|definicja pl", "definition_sl": "definition sl|definicija sl", "theme_pl": "theme pl|temat pl", "theme_sl": "theme sl|tema sl",
}  # fmt: skip
_IN_LANGUAGES = tuple(column for column in COLUMNS if column[-3:] in ("_pl", "_sl", "_de"))
_WORDS = {word: column for column, words in COLUMNS.items() for word in words.split("|")}
POLARITIES = {
    "higher": "higher|highgood|high good|high is good|more is better|higher is better|positive|plus|1|stimulant|stymulanta|im wiecej tym lepiej|vec je bolje|pozytywny|up",
    "lower": "lower|lowgood|low good|low is good|less is better|lower is better|negative|minus|destimulant|destymulanta|im mniej tym lepiej|manj je bolje|negatywny|down",
    "neutral": "neutral|none|0|nominant|nominanta|neutralny|nevtralno|neither",
}  # fmt: skip
_POLARITY = {word: kind for kind, words in POLARITIES.items() for word in words.split("|")}

NO_CODES = _("The file of indicators “%(file)s” has no column of codes. Its first row names the columns: code, name, unit, polarity.")
WRONG_POLARITY = _("Line %(line)s of “%(file)s”: “%(text)s” is no polarity. Write highGood, lowGood or neutral.")
TWICE = _("Line %(line)s of “%(file)s”: the code %(code)s stands there twice with different facts.")
NO_PLACES = _("The file of regions “%(file)s” has no two columns of codes and names.")


def polarity(text: str) -> str:
    """higher, lower or neutral; "" where the text is empty. KeyError where it says nothing of the kind."""
    if not text.strip():
        return ""
    if text.strip() in ("+", "-", "-1"):
        return "higher" if text.strip() == "+" else "lower"
    return _POLARITY[fold(text)]


def read_meta(path: Path, name: str = "") -> dict[str, Definition]:
    """{code: what is said of it} of a file of indicators."""
    name = name or path.name
    with opened(path, name) as it:
        if not it.sheets:
            raise refuse(NO_CODES, file=name)
        rows = it.sheets[0]
        heading = _heading(rows, {"code"}, NO_CODES, name)
        found: dict[str, Definition] = {}
        for line, cells in rows:
            said = {column: written(cells[at]) for column, at in heading.items() if at < len(cells) and cells[at] is not None}
            if not said.get("code"):
                continue
            made = _definition(said, line, name)
            if found.setdefault(made.code, made) != made:
                raise refuse(TWICE, line=line, file=name, code=made.code)
    return found


def _heading(rows: Iterator[Line], needed: set[str], otherwise: str, name: str) -> dict[str, int]:
    for _line, cells in rows:
        columns: dict[str, int] = {}
        for at, cell in enumerate(cells):
            if column := _WORDS.get(fold(written(cell))):
                columns.setdefault(column, at)
        if needed <= columns.keys() and len(columns) > 1:
            return columns
        if _line > 30:
            break
    raise refuse(otherwise, file=name)


def _definition(said: dict[str, str], line: int, name: str) -> Definition:
    try:
        direction = polarity(said.get("polarity", ""))
    except KeyError:
        raise refuse(WRONG_POLARITY, line=line, file=name, text=said["polarity"]) from None
    names = {column.removeprefix("name_"): said[column] for column in _IN_LANGUAGES if column in said}
    breaks = sorted({made for part in said.get("breaks", "").replace(",", ";").split(";") if (made := period(part))})
    return Definition(
        code=said["code"], name=said.get("name", "")[:300], names=names, definition=said.get("definition", ""), unit=said.get("unit", "")[:80],
        polarity=direction, theme=said.get("theme", "")[:80], kind=said.get("kind", "")[:40], breaks=breaks,
    )  # fmt: skip


def read_places(path: Path, name: str = "") -> dict[str, str]:
    """{code: name} of a file of regions: the columns called so, else the first two."""
    name = name or path.name
    found: dict[str, str] = {}
    with opened(path, name) as it:
        rows = it.sheets[0] if it.sheets else iter(())
        where: tuple[int, int] | None = None
        for _line, cells in rows:
            if where is None:
                roles = {ROLES.get(fold(written(cell)), ""): at for at, cell in reversed(list(enumerate(cells))) if isinstance(cell, str)}
                if "geo" in roles and "geo_name" in roles:
                    where = (roles["geo"], roles["geo_name"])
                    continue
                where = (0, 1)
            if len(cells) > max(where) and cells[where[0]] is not None and cells[where[1]] is not None:
                found[written(cells[where[0]])] = written(cells[where[1]])[:120]
    if not found:
        raise refuse(NO_PLACES, file=name)
    return found
