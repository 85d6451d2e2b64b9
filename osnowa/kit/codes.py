"""Code lists: small tables shipped as CSV (`code,pl,sl,en,…`) with labels in the three languages."""

import csv
import gzip
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Code:
    """One row: its code, its labels by language, and whatever other columns the table has."""

    code: str
    labels: Mapping[str, str]
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The label in the reader's language; English where the list has none."""
        return self.labels.get((get_language() or "en")[:2]) or self.labels["en"] or self.code

    def __getitem__(self, column: str) -> str:
        return self.more[column]

    def __str__(self) -> str:
        return self.label


class CodeList:
    """A code list read once, when first asked, from a CSV or CSV.GZ file."""

    def __init__(self, path: Path, **only: str) -> None:
        """With `column="value"` the list holds only the rows of the file that say so."""
        self.path = path
        self.only = only

    @cached_property
    def rows(self) -> dict[str, Code]:
        raw = self.path.read_bytes()
        text = (gzip.decompress(raw) if self.path.suffix == ".gz" else raw).decode()
        rows = {}
        for row in csv.DictReader(io.StringIO(text)):
            if any(row[column] != value for column, value in self.only.items()):
                continue
            labels = {language: row.pop(language) for language in ("pl", "sl", "en")}
            code = row.pop("code")
            rows[code] = Code(code, labels, row)
        return rows

    def __iter__(self) -> Iterator[Code]:
        return iter(self.rows.values())

    def __contains__(self, code: object) -> bool:
        return code in self.rows

    def __getitem__(self, code: str) -> Code:
        return self.rows[code]

    def get(self, code: str) -> Code | None:
        return self.rows.get(code)

    def label(self, code: str) -> str:
        """The label of a code; the code itself where the list does not know it (nothing is hidden)."""
        row = self.rows.get(code)
        return row.label if row else code

    def choices(self) -> list[tuple[str, str]]:
        """(code, label) in the reader's language, in the order of the file; for forms and selects."""
        return [(row.code, row.label) for row in self]
