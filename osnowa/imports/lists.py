"""A list in a file as the linkage engine takes it, its columns understood as the importer understands them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_noop as _

from osnowa.compute.linkage import Records
from osnowa.imports import columns, values
from osnowa.imports.fields import FIELDS
from osnowa.imports.linking import Gathered, by_role
from osnowa.kit.errors import Refused
from osnowa.kit.reading import Sheet, read_file
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold

#: Columns of lists of people, which the importer leaves out: {folded heading: role}.
OF_PEOPLE = {
    "given name": "given_name", "first name": "given_name", "forename": "given_name", "imie": "given_name", "ime": "given_name",
    "surname": "surname", "last name": "surname", "family name": "surname", "nazwisko": "surname", "priimek": "surname",
    "date of birth": "birth_date", "birth date": "birth_date", "dob": "birth_date", "data urodzenia": "birth_date",
    "datum rojstva": "birth_date", "soc sec id": "person_number",
}  # fmt: skip
_NAMES = {"legal_name", "short_name", "other_name"}
#: Words in the heading of a column of names that the importer is not sure of.
_NAME_WORDS = {"name", "names", "title", "label", "nazwa", "naziv", "nom", "nombre", "nome", "naam", "denominazione", "firma"}
_WORDS_IN_A_NAME = 1.5


@dataclass(frozen=True)
class Listed:
    """The rows of a file: `numbers[i]` is the number (from 1 = first data row) of the engine's row i."""

    numbers: list[int]
    records: Records
    mapping: dict[str, str]
    headings: list[str]


def read_list(path: Path, named: Mapping[str, str] | None = None) -> Listed:
    """The likeliest sheet of a file; `named` is {heading: field or role, "" to leave it out} and overrides what is suggested.

    Rows keep their values where a cell is wrong; blank rows and repeated headings are left out. Refused where no
    column says what a row is called.
    """
    book = read_file(path, path.name)
    sheet = book.sheets[book.likeliest]
    header = columns.find_header(sheet.rows)
    fields = {one.column: one.field for one in columns.suggest(sheet.rows[: header.line + 401], header, None) if one.field}
    roles = {column: OF_PEOPLE[fold(name)] for column, name in enumerate(header.names) if fold(name) in OF_PEOPLE}
    roles = {column: role for column, role in roles.items() if column not in fields}
    wanted = {fold(heading): meaning for heading, meaning in (named or {}).items()}
    for column, name in enumerate(header.names):
        if fold(name) in wanted:
            fields.pop(column, None)
            roles.pop(column, None)
            meaning = wanted[fold(name)]
            if meaning:
                (fields if meaning in FIELDS else roles)[column] = meaning
    if not roles and not _NAMES & set(fields.values()):
        fields |= dict.fromkeys(_likeliest_name(sheet, header, fields), "legal_name")
    if not roles and not _NAMES & set(fields.values()):
        names = ", ".join(name for name in header.names if name)
        raise Refused(Sentence(_("No column of %(file)s seems to hold names. Say which one does. Its headings: %(names)s."), file=path.name, names=names))
    mapping = {header.names[column]: meaning for column, meaning in sorted({**fields, **roles}.items())}
    return Listed(*_gathered(sheet, header, fields, roles), mapping, header.names)


def _likeliest_name(sheet: Sheet, header: "columns.Header", fields: Mapping[int, str]) -> list[int]:
    """The column, if any, that holds names where none is headed so: by a word of its heading, else by many different texts."""
    rows = sheet.rows[header.line + 1 : header.line + 201]
    best: list[int] = []
    most = 0.0
    for column, name in enumerate(header.names):
        texts = [str(row[column]) for row in rows if column < len(row) and isinstance(row[column], str)]
        words = sum(len([word for word in fold(text).split() if word.isalpha()]) for text in texts) / max(len(rows), 1)
        if column in fields or not texts or words < _WORDS_IN_A_NAME:
            continue
        worth = min(words, 6) * len(set(texts)) / len(texts) * (10 if _NAME_WORDS & set(fold(name).split()) else 1)
        if worth > most:
            best, most = [column], worth
    return best


def _gathered(sheet: Sheet, header: "columns.Header", fields: Mapping[int, str], roles: Mapping[int, str]) -> tuple[list[int], Records]:
    gathered = Gathered()
    for row in values.check_rows(sheet, header, dict(fields), country="", lenient=True):
        if row.set_aside in ("blank", "heading"):
            continue
        said = by_role(row.values) or _raw(row.raw, fields)
        said |= {role: row.raw[column].strip() for column, role in roles.items() if column < len(row.raw) and row.raw[column].strip()}
        gathered.append(row.number, said)
    return gathered.keys, gathered.records()


def _raw(cells: Sequence[str], fields: Mapping[int, str]) -> dict[str, str]:
    """The name of a row that was taken for a heading or a total of its list."""
    names = [cells[column] for column, field in fields.items() if field == "legal_name" and column < len(cells)]
    return {"name": names[0]} if names else {}
