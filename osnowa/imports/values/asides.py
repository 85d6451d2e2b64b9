"""Rows that are no organisations: blank ones, headings repeated, group names, totals, notes at the end."""

import re
from collections.abc import Sequence
from statistics import median

from osnowa.imports.values.legal_forms import form_in_name
from osnowa.kit.words import fold

_TOTAL = re.compile(
    r"(?:razem|suma|ogolem|lacznie|w sumie|podsumowanie|skupaj|vsota|total(?:s|e|es|i|en)?|grand total|sub ?total|sum|sumatorio|sumas?|gesamt|gesamtsumme|summe|insgesamt|"
    r"ukupno|sveukupno|osszesen|mindosszesen|yhteensa|totaal|total general|totale generale|ensemble)\b"
)
#: How such words begin in small letters; everything else is asked no further.
_TOTALS = (
    "razem", "suma", "ogół", "ogol", "łączn", "laczn", "w sumie", "podsum", "skup", "vsota", "total", "grand", "sub", "sum", "gesamt", "insges", "ukup", "sveuk", "össz", "mind", "yht",
    "totaal", "ensemb",
)  # fmt: skip
_ONE = frozenset(("1", "(1)", "1.", "1)"))
#: A row is asked whether it repeats the headings where one of its first cells does; it does where so many of its cells do.
_FIRST, _MOST = 2, 0.7
_NOTE = re.compile(
    r"(?:zrodlo|uwaga|uwagi|opracowanie|opracowal|stan na|objasnienia|vir|opomba|opombe|source|sources|note|notes|nota|notas|fuente|font|fonte|quelle|anmerkung|hinweis|remarque|"
    r"izvor|napomena|forras|megjegyzes|lahde|huom|bron|strona|page|data aktualizacji|dane wg|wykaz sporzadz\w+)\b"
)
_AREA = re.compile(
    r"(?:powiat|gmina|wojewodztwo|miasto na prawach|podregion|subregion|region|obszar|obcina|regija|upravna enota|comune|provincia|provincies?|comarca|comunidad|departement|region|kreis|"
    r"landkreis|bezirk|zupanija|megye|kunta|maakunta|gemeente|arrondissement|county|district|borough|sekcja|dzial|czesc|rozdzial|grupa|kategoria|section|part|seccion|sezione|abschnitt)\b"
)
_SORTS = frozenset((
    "spoldzielnie", "stowarzyszenia", "fundacje", "zaklady", "warsztaty", "centra", "kluby", "kola", "podmioty", "organizacje", "spolki", "przedsiebiorstwa", "jednostki", "zadruge",
    "drustva", "zavodi", "ustanove", "podjetja", "organizacije", "cooperatives", "associations", "societies", "companies", "foundations", "charities", "cooperativas", "asociaciones", "fundaciones",
    "empresas", "centros", "cooperative", "associazioni", "fondazioni", "imprese", "associacions", "fundacions", "cooperatives", "entreprises", "fondations", "vereine", "genossenschaften",
    "stiftungen", "udruge", "zaklade", "szovetkezetek", "egyesuletek", "alapitvanyok", "osuuskunnat", "yhdistykset", "verenigingen", "stichtingen",
))  # fmt: skip
_ENUMERATION = re.compile(r"^\s*(?:[A-Z]|[IVX]{1,5}|\d{1,2})\s*[.)]\s*(?=\D|$)")
_NUMBER = re.compile(r"[\s\d.,'%€$£()\-–−+zł]*")


def _plain(text: str) -> str:
    return " ".join(text.split()).lower() if len(text) < 200 else text


def _solid(text: str) -> str:
    """A text of a heading without marks and spaces, so that "L.p." is "Lp."; as it is where nothing would be left."""
    return fold(text[:200]).replace(" ", "") or text


class Asides:
    """Knows what is usual in a table, and which of its rows are therefore beside the list."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]], name_column: int, country: str) -> None:
        """`rows` are the texts of some rows of the table, to see how many cells are usual; `name_column` is −1 where unknown."""
        self.headings = [_solid(name.rpartition(" › ")[2]) for name in names]
        self.known = {heading for heading in self.headings if heading}
        self.name_column, self.country = name_column, country
        filled = [count for row in rows if (count := sum(1 for text in row if text.strip()))]
        self.usual = median(filled) if filled else 0

    def kind(self, texts: Sequence[str]) -> str:
        """ "blank", "heading", "total", "section", or "" for a row of the list itself."""
        filled = [(column, text) for column, text in enumerate(texts) if text and not text.isspace()]
        if not filled:
            return "blank"
        first = _plain(filled[0][1])
        if first.startswith(_TOTALS) and self._is_total(filled):
            return "total"
        if (first in _ONE or any(_solid(text) in self.known for _column, text in filled[:_FIRST])) and self._is_heading(filled):
            return "heading"
        few = len(filled) <= 2 or all(text == filled[0][1] for _column, text in filled)
        return "section" if few and self._is_section(filled) else ""

    def _is_heading(self, filled: list[tuple[int, str]]) -> bool:
        """The headings once more, most of them in the same words, or a line that numbers the columns."""
        same = sum(_solid(text) == self.headings[column] for column, text in filled if column < len(self.headings))
        if same >= _MOST * len(filled) and len(filled) >= 0.5 * len(self.known):
            return True
        numbers = [text.strip(" ().") for _column, text in filled]
        return (
            len(filled) >= 3
            and len(filled) >= 0.8 * len(self.known)
            and numbers == [str(number) for number in range(1, len(filled) + 1)]
        )

    def _is_total(self, filled: list[tuple[int, str]]) -> bool:
        first = fold(filled[0][1])
        found = _TOTAL.match(first)
        if not found:
            return False
        if len(filled) == 1:
            return self.usual >= 2 and not re.sub(r"[\d ]", "", first[found.end() :])
        others = [text.strip() for _column, text in filled[1:]]
        return all(_NUMBER.fullmatch(text) or _TOTAL.match(fold(text)) for text in others)

    def _is_section(self, filled: list[tuple[int, str]]) -> bool:
        """One text alone (or the same in all cells, as merged cells are read) where rows usually have more."""
        if self.usual < 2:
            return False
        if (
            len(filled) == 2
            and self.usual >= 4
            and _ENUMERATION.fullmatch(filled[0][1].strip() + " ")
            and not filled[0][1].strip(".) ").isdecimal()
        ):
            return not form_in_name(filled[1][1], self.country)
        if len({text for _column, text in filled}) > 1:
            return False
        column, text = filled[0][0], filled[0][1].strip()
        words = fold(text)
        if _NOTE.match(words) or text.startswith(("*", "(*", "¹", "1)")) or text.endswith(":") or _AREA.match(words):
            return True
        bare = fold(_ENUMERATION.sub("", text))
        if bare.split(" ")[0] in _SORTS or (_ENUMERATION.match(text) and not form_in_name(text, self.country)):
            return True
        if self.usual < 3:
            return False
        return column != self.name_column or not form_in_name(text, self.country)
