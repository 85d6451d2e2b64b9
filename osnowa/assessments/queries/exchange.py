"""Instruments as workbooks and JSON, out and in; out and in again is the same instrument."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from osnowa.assessments.queries.instruments import Definition, Texts, Unfit, as_words, definition_of
from osnowa.kit import sheets
from osnowa.kit.errors import Refused
from osnowa.kit.reading import Cell, Sheet, read_file

#: Sheets and columns are named alike in every language, so that a file written in one is read in another.
HEAD, TEXTS = "instrument", "texts"
_COLUMNS = ("dimension", "part", "item", "code", "kind", "most", "required")
_LISTS = {"question": "questions", "probing": "probing", "evidence": "evidence"}
_PLAIN = ("code", "version", "reference", "licence", "is_draft", "least", "most", "ask_importance", "ask_target")
_LONGEST = 2_000_000


def as_json(definition: Definition) -> bytes:
    """The instrument as JSON, in the order of its parts."""
    return (json.dumps(as_words(definition), ensure_ascii=False, indent=1) + "\n").encode()


def as_workbook(definition: Definition) -> bytes:
    """The instrument as a workbook of two sheets: its head, and a row a text."""
    languages = definition.languages
    return sheets.as_xlsx({
        HEAD: (["part", "value", *languages], [[part, value, *texts] for part, value, texts in _head(definition)]),
        TEXTS: ([*_COLUMNS, *languages], [list(row) for row in _rows(definition)]),
    })  # fmt: skip


def _row(texts: Texts, languages: list[str]) -> list[str]:
    return [texts.get(language, "") for language in languages]


def _head(it: Definition) -> Iterator[tuple[str, Any, list[str]]]:
    plain = {
        "code": it.code, "version": it.version, "reference": it.reference, "licence": it.licence, "is_draft": _yes(it.is_draft),
        "least": it.scale.least, "most": it.scale.most, "ask_importance": _yes(it.asks.importance), "ask_target": _yes(it.asks.target),
    }  # fmt: skip
    for part, value in plain.items():
        yield part, value, []
    for part, texts in (("title", it.titles), ("about", it.about), ("source", it.source)):
        yield part, "", _row(texts, it.languages)
    for step, texts in it.scale.names.items():
        yield "step", step, _row(texts, it.languages)


def _yes(it: bool) -> str:
    return "yes" if it else "no"


def _rows(it: Definition) -> Iterator[list[Any]]:
    for dimension in it.dimensions:
        at = dimension.code
        yield [at, "name", "", "", "", "", "", *_row(dimension.names, it.languages)]
        for part, many in (("question", dimension.questions), ("probing", dimension.probing), ("evidence", dimension.evidence)):
            yield from ([at, part, "", "", "", "", "", *_row(texts, it.languages)] for texts in many)
        for step, texts in dimension.levels.items():
            yield [at, "level", "", step, "", "", "", *_row(texts, it.languages)]
        for item in dimension.items:
            most = "" if item.most is None else item.most
            yield [at, "item", item.code, "", item.kind, most, _yes(item.is_required), *_row(item.texts, it.languages)]
            yield from ([at, "choice", item.code, one.code, "", "", "", *_row(one.texts, it.languages)] for one in item.choices)


def read(path: Path, name: str) -> Definition:
    """The instrument of a file (XLSX, ODS or JSON); Refused or Unfit says what is wrong and where."""
    if name.lower().endswith(".json"):
        return definition_of(_json(path))
    book = read_file(path, name)
    found = {sheet.name.strip().lower(): sheet for sheet in book.sheets}
    if HEAD not in found or TEXTS not in found:
        raise Refused(_("The file has no sheets “%(head)s” and “%(texts)s”. Export an instrument and write into that file.") % {"head": HEAD, "texts": TEXTS})
    return definition_of(_words(found[HEAD], found[TEXTS]))


def _json(path: Path) -> Any:
    if path.stat().st_size > _LONGEST:
        raise Refused(_("The file is too large for an instrument."))
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Refused(_("The file is not JSON: %(why)s.") % {"why": error}) from error


def _text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, and without the apostrophe that keeps a text from being a formula."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = "" if cell is None else str(cell).strip()
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _table(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    """(line as the spreadsheet shows it, {column: text}) of the rows under the headings."""
    headings = [_text(cell).lower() for cell in sheet.rows[0]] if sheet.rows else []
    for number, row in enumerate(sheet.rows[1:], start=sheet.first_line + 1):
        words = {heading: _text(cell) for heading, cell in zip(headings, row, strict=False) if heading}
        if any(words.values()):
            yield number, words


def _words(head: Sheet, texts: Sheet) -> dict[str, Any]:
    words: dict[str, Any] = {"scale": {"names": {}}, "asks": {}, "dimensions": []}
    for number, row in _table(head):
        _read_head(words, row, number)
    dimensions: dict[str, dict[str, Any]] = {}
    for number, row in _table(texts):
        _read_text(dimensions, row, number)
    words["dimensions"] = list(dimensions.values())
    return words


def _languages(row: dict[str, str]) -> dict[str, str]:
    return {column: text for column, text in row.items() if len(column) == 2 and text}


def _read_head(words: dict[str, Any], row: dict[str, str], number: int) -> None:
    part, value = row.get("part", ""), row.get("value", "")
    if part in ("title", "about", "source"):
        words["titles" if part == "title" else part] = _languages(row)
    elif part == "step":
        words["scale"]["names"][value] = _languages(row)
    elif part in ("least", "most"):
        words["scale"][part] = _whole(value, HEAD, number)
    elif part in ("ask_importance", "ask_target"):
        words["asks"][part.removeprefix("ask_")] = _is_yes(value)
    elif part in _PLAIN:
        words[part] = _is_yes(value) if part == "is_draft" else value
    else:
        raise Unfit([_("Sheet “%(sheet)s”, row %(row)s: “%(part)s” is unknown here.") % {"sheet": HEAD, "row": number, "part": part}])


def _read_text(dimensions: dict[str, dict[str, Any]], row: dict[str, str], number: int) -> None:
    part, texts, code = row.get("part", ""), _languages(row), row.get("dimension", "")
    if not code:
        raise Unfit([_("Sheet “%(sheet)s”, row %(row)s: the code of the dimension is missing.") % {"sheet": TEXTS, "row": number}])
    dimension = dimensions.setdefault(code, {"code": code, "names": {}, "questions": [], "probing": [], "evidence": [], "levels": {}, "items": []})
    if part == "name":
        dimension["names"] = texts
    elif part in _LISTS:
        dimension[_LISTS[part]].append(texts)
    elif part == "level":
        dimension["levels"][row.get("code", "")] = texts
    elif part == "item":
        most = _whole(row["most"], TEXTS, number) if row.get("most") else None
        dimension["items"].append({
            "code": row.get("item", ""), "kind": row.get("kind", ""), "texts": texts, "choices": [], "most": most, "is_required": _is_yes(row.get("required", ""))
        })  # fmt: skip
    elif part == "choice" and (item := next((one for one in dimension["items"] if one["code"] == row.get("item")), None)):
        item["choices"].append({"code": row.get("code", ""), "texts": texts})
    else:
        raise Unfit([_("Sheet “%(sheet)s”, row %(row)s: “%(part)s” is unknown here.") % {"sheet": TEXTS, "row": number, "part": part}])


def _is_yes(text: str) -> bool:
    return text.lower() in ("yes", "true", "1", "tak", "da", "prawda")


def _whole(text: str, sheet: str, number: int) -> int:
    try:
        return int(text)
    except ValueError:
        raise Unfit([_("Sheet “%(sheet)s”, row %(row)s: “%(text)s” is no whole number.") % {"sheet": sheet, "row": number, "text": text}]) from None
