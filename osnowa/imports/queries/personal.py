"""Numbers and birth dates of people, which lists carry and no page of an import shows."""

from collections.abc import Collection, Mapping
from typing import Any

from osnowa.imports.columns.lexicon import PERSONAL, meanings
from osnowa.ui.forms import personal_numbers

#: What stands in the place of what is not shown.
MASK = "•••"


def masked(text: str, own: Collection[str] = ()) -> str:
    """The text with `•••` for each valid PESEL or EMŠO in it; `own` are numbers of organisations, which stay."""
    for number in personal_numbers(text):
        if number not in own:
            text = text.replace(number, MASK)
    return text


def own_numbers(values: Mapping[str, Any]) -> set[str]:
    """The official numbers read from a row: some countries have numbers of organisations that would pass for a PESEL."""
    return {*values.get("identifiers", {}).values(), values.get("parent", {}).get("number", "")}


def is_personal(heading: str, field: str) -> bool:
    """Whether a column is left out (`field` is "") and its heading says that it is about a person: a date of birth, a number."""
    return not field and any(one.field == PERSONAL for one in meanings(heading))


def personal_columns(names: Collection[str], mapping: Mapping[str, str]) -> set[int]:
    """The columns (from 0) that `is_personal` is true of; `mapping` is that of the import: {"0": field}."""
    return {column for column, name in enumerate(names) if is_personal(name, mapping.get(str(column), ""))}
