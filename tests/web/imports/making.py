"""Imports in every state, made without a file, for tests of the pages."""

from typing import Any

from osnowa.imports.models import Import, Row, Source
from osnowa.kit.sentences import Sentence, keep
from osnowa.places.models import Region

NAMES = ["Nazwa", "NIP", "Miejscowość", "Uwagi"]
SAMPLE = [["Spółdzielnia Socjalna Len", "5252248481", "Gdańsk", ""], ["Fundacja Wątek", "5260250274", "Słupsk", "<b>x</b>"]]


def understood(**more: Any) -> dict[str, Any]:
    """What reading a small CSV file would have found out."""
    fields = ["legal_name", "number:PL-NIP", "locality", ""]
    suggestions = [
        {"column": n, "heading": NAMES[n], "field": field, "confidence": 0.9, "why": keep(Sentence("The heading says so."))}
        for n, field in enumerate(fields)
    ]
    sheet = {"name": "Lista", "rows": 2, "columns": 4, "header": 0, "names": NAMES, "first_line": 1, "sample": SAMPLE,
             "suggestions": suggestions, "subject": "organisations"}  # fmt: skip
    return {"kind": "csv", "encoding": "UTF-8", "delimiter": ";", "decimal": ",", "notices": [], "likeliest": 0, "sheets": [sheet]} | more


def an_import(region: Region, state: str = "ready", *, name: str = "Lista OWES", **more: Any) -> Import:
    """An import of this region; its counts are those of the rows given later by `a_row`."""
    source, _is_new = Source.objects.get_or_create(region=region, name=name)
    words: dict[str, Any] = {"file_name": "lista.csv", "sha256": "0" * 64, "size_bytes": 120, "understood": understood(),
                             "mapping": {"0": "legal_name", "1": "number:PL-NIP", "2": "locality"}}  # fmt: skip
    return Import.objects.create(region=region, source=source, state=state, **(words | more))


#: The count of an import that each outcome belongs to.
COUNT_OF = {"duplicate": "duplicates", "error": "errors"}


def a_row(it: Import, outcome: str, **more: Any) -> Row:
    """One more row of an import, counted."""
    number = it.rows.count() + 1
    words: dict[str, Any] = {"line": number + 1, "label": f"Organizacja {number}", "raw": [f"Organizacja {number}", "", "Gdańsk", ""]}
    row = Row.objects.create(of=it, number=number, outcome=outcome, **(words | more))
    key = COUNT_OF.get(outcome, outcome)
    it.counts = it.counts | {key: it.counts.get(key, 0) + 1, "read": it.counts.get("read", 0) + 1}
    it.save()
    return row


def a_problem(said: str = "The check digit of %(number)s is wrong.", *, column: int = 1, cell: str = "B2", grave: bool = True) -> dict[str, Any]:
    """A problem as a row keeps it."""
    return {"column": column, "cell": cell, "grave": grave, "said": keep(Sentence(said, number="525"))}
