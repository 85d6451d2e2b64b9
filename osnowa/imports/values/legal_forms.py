"""Legal forms: from the words of a column, or from the name where the column lacks them."""

import csv
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import EMPTY, Read, is_nothing
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.register import codes

_TABLE = Path(__file__).parents[1] / "tables" / "legal_words.csv"
NOT_KNOWN = "UNKNOWN"
_EVERYWHERE = ("EU", "")
#: Forms for countries without a list of their own; a plain "association" does not mean one of them.
_OF_NOWHERE = "X-"
#: What decides first where a name tells several forms.
_RANK = {"sure": 0, "end": 1, "any": 2, "start": 2}


@dataclass
class _Words:
    """The words of one country's forms: {whole cell: code}, and phrases of names by their first word."""

    cells: dict[str, str] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = field(default_factory=lambda: defaultdict(list))


@cache
def _words() -> dict[str, _Words]:
    found: dict[str, _Words] = defaultdict(_Words)
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            country = codes.LEGAL_FORMS[row["code"]]["country"]
            words = fold(row["words"])
            found[country].cells.setdefault(words, row["code"])
            if row["place"] != "cell":
                signs = tuple(words.split())
                found[country].phrases[signs[0]].append((signs, row["place"], row["code"]))
    for form in codes.LEGAL_FORMS:
        for label in (form["native"], *form.labels.values()):
            found[form["country"]].cells.setdefault(fold(label), form.code)
            if not form.code.startswith(_OF_NOWHERE):
                found[form["country"]].cells.setdefault(fold(label.partition("(")[0]), form.code)
        found[form["country"]].cells.setdefault(fold(form.code), form.code)
    return dict(found)


@lru_cache(maxsize=50_000)
def form_in_name(name: str, country: str) -> str:
    """The form a name tells; "" if it tells none.

    Words that are sure decide (SCIC, gGmbH), then what stands at its end (sp. z o.o.), then what stands first, the longest words.
    """
    words = _words().get(country)
    if words is None:
        return ""
    signs = fold(name).split()
    best: tuple[tuple[int, int, int], str] | None = None
    for start, sign in enumerate(signs):
        for phrase, place, code in words.phrases.get(sign, ()):
            end = start + len(phrase)
            if tuple(signs[start:end]) != phrase or (place == "end" and end < len(signs)) or (place == "start" and start):
                continue
            rank = (_RANK[place], start if place in ("any", "start") else 0, -len(phrase))
            if best is None or rank < best[0]:
                best = (rank, code)
    return best[1] if best else ""


@lru_cache(maxsize=20_000)
def form_of(text: str, countries: tuple[str, ...]) -> str:
    """The form a cell names, in the law of the first of the countries that knows it; "" where none does."""
    words = fold(text)
    for country in (*countries, *_EVERYWHERE):
        table = _words().get(country)
        if table and words in table.cells:
            return table.cells[words]
    return next((code for country in countries if (code := form_in_name(text, country))), "")


@lru_cache(maxsize=20_000)
def read_form(text: str, countries: tuple[str, ...]) -> Read:
    """The code of a legal form; told where nobody knows the words."""
    if is_nothing(text):
        return EMPTY
    code = form_of(text, countries)
    if code == NOT_KNOWN:
        return EMPTY
    if code:
        return Read(code)
    return Read(None, Sentence(_("“%(found)s” is no legal form we know: choose it by hand later."), found=text[:80]))


def from_name(name: str, country: str) -> Read:
    """The legal form told by a name, as a repair."""
    code = form_in_name(name, country)
    if not code:
        return EMPTY
    return Read(
        code, Sentence(_("The legal form is taken from the name: %(form)s."), form=codes.LEGAL_FORMS[code]["native"] or code)
    )
