"""Eurostat's TSV: `freq,unit,geo\\TIME_PERIOD` in the first cell, periods across, flags behind the numbers, `:` for missing."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import PurePath

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.opening import Line
from osnowa.indicators.readers.shapes import Hints, Observation, Reading, refuse
from osnowa.indicators.readers.values import period, value_and_flag, written
from osnowa.indicators.readers.words import SILENT
from osnowa.kit.reading import Cell, cell_name

SHAPE = re.compile(r"^[\w,]*\w\\\w+$")
_BEHIND = re.compile(r"^estat_|_(?:subset|linear|tabular|page_\w+|en|de|fr)$|\s*\(\d+\)$")

NO_GEO = _("The first cell names no dimension “geo”: %(cell)s.")
NOT_A_PERIOD = _("Cell %(cell)s: “%(text)s” is no period.")
NOT_A_NUMBER = _("Line %(line)s, cell %(cell)s: “%(text)s” is neither a number nor a mark for a missing one.")
WRONG_WIDTH = _("Line %(line)s has %(found)s cells; the first line has %(wanted)s.")
WRONG_DIMENSIONS = _("Line %(line)s, cell A%(line)s: “%(text)s” has %(found)s dimensions; the first line names %(wanted)s.")


def fits(first: Sequence[Cell]) -> bool:
    """Whether a first line is that of a TSV of Eurostat."""
    return bool(first) and bool(SHAPE.match(written(first[0])))


def dataset_of(name: str) -> str:
    """nama_10r_3gdp of estat_nama_10r_3gdp.tsv.gz; "" where the name of the file is no code of a dataset."""
    stem = PurePath(name).name.split(".")[0].lower()
    while (plain := _BEHIND.sub("", stem)) != stem:
        stem = plain
    return stem if re.match(r"^[a-z]\w*_\w+$", stem) else ""


def read(lines: Iterator[Line], hints: Hints) -> Reading:
    """The observations of a TSV; the dimensions other than place and time make the code of the indicator."""
    reading = Reading("eurostat")
    _line, first = next(lines)
    head, _backslash, across = written(first[0]).partition("\\")
    dimensions = [one.strip().lower() for one in head.split(",")]
    is_turned = across.strip().lower() == "geo"
    along = next((at for at, one in enumerate(dimensions) if one in (("time", "time_period") if is_turned else ("geo",))), None)
    if along is None:
        raise refuse(NO_GEO, cell=written(first[0]))
    columns = [(written(cell) if is_turned else period(cell)) for cell in first[1:]]
    for at, made in enumerate(columns):
        if not made:
            reading.fault(NOT_A_PERIOD, cell=cell_name(1, at + 1), text=written(first[at + 1]))
    named = [at for at, one in enumerate(dimensions) if at != along and one not in SILENT]
    dataset = hints.code or dataset_of(hints.name)
    reading.observations = _observations(lines, reading, dimensions, along, named, columns, is_turned, dataset)
    return reading


def _observations(lines: Iterator[Line], reading: Reading, dimensions: list[str], along: int, named: list[int],
                  columns: list[str], is_turned: bool, dataset: str) -> Iterator[Observation]:  # fmt: skip
    for line, cells in lines:
        if not any(cells):
            continue
        keys = [key.strip() for key in written(cells[0]).split(",")]
        if len(keys) != len(dimensions):
            reading.fault(WRONG_DIMENSIONS, line=line, text=written(cells[0]), found=len(keys), wanted=len(dimensions))
            continue
        if len(cells) - 1 > len(columns):
            reading.fault(WRONG_WIDTH, line=line, found=len(cells), wanted=len(columns) + 1)
            continue
        code = " ".join(part for part in chain([dataset], (keys[at] for at in named)) if part) or "values"
        if code not in reading.definitions:
            reading.define(code, name=", ".join(keys[at] for at in named) + (f" ({dataset})" if dataset else ""),
                           unit=next((keys[at] for at in named if dimensions[at] == "unit"), ""))  # fmt: skip
        here = period(keys[along]) if is_turned else keys[along].upper()
        for at, cell in enumerate(cells[1:]):
            try:
                value, flag = value_and_flag(cell)
            except ValueError:
                reading.fault(NOT_A_NUMBER, line=line, cell=cell_name(line, at + 1), text=written(cell))
                continue
            if value is None and not flag:
                continue
            geo, when = (columns[at].upper(), here) if is_turned else (here, columns[at])
            yield Observation(code, geo, when, value, flag, line)
