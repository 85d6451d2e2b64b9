"""Our code lists as SKOS, with `skos:closeMatch` to ESSglobal, for those who know other lists.

ESSglobal (CC BY 3.0, RIPESS) is no longer looked after: we point at its codes and never read them back.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.conf import settings

from osnowa.kit.codes import CodeList
from osnowa.opendata.formats.rdf import Iri, Statement, Text, about, in_languages
from osnowa.register import codes

_TABLES = Path(__file__).parent.parent / "tables"
ESSGLOBAL = CodeList(_TABLES / "essglobal.csv")
#: {word of the address: (list, title in each language)}
SCHEMES: Mapping[str, tuple[CodeList, Mapping[str, str]]] = {
    "legal-forms": (codes.LEGAL_FORMS, {"pl": "Formy prawne", "sl": "Pravne oblike", "en": "Legal forms"}),
    "services": (codes.SERVICE_AREAS, {"pl": "Usługi", "sl": "Storitve", "en": "Services"}),
    "sectors": (codes.SECTORS, {"pl": "Sektory", "sl": "Sektorji", "en": "Sectors"}),
    "recognitions": (codes.RECOGNITIONS, {
        "pl": "Statusy i certyfikaty", "sl": "Statusi in certifikati", "en": "Statuses and certificates"}),
    "activity-status": (codes.ACTIVITY_STATUS, {"pl": "Stany działalności", "sl": "Stanja delovanja", "en": "Activity statuses"}),
}  # fmt: skip
#: Which kind of row of `essglobal_of.csv` speaks of which scheme.
_OF = {"legal-forms": "form", "services": "service"}


def scheme(word: str) -> str:
    """The address that means the list."""
    return f"{settings.ADDRESS}/data/vocabulary/{word}"


def concept(word: str, code: str) -> str:
    """The address that means one code of a list."""
    return f"{scheme(word)}#{code}"


def essglobal(code: str) -> str:
    """The address of a code of ESSglobal."""
    return f"http://purl.org/essglobal/standard/{ESSGLOBAL[code]['list']}/{code}"


@cache
def matches() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """{(kind, our code): codes of ESSglobal that come close}."""
    with (_TABLES / "essglobal_of.csv").open(encoding="utf-8") as file:
        return {(row["of"], row["code"]): tuple(row["close"].split()) for row in csv.DictReader(file)}


def close(kind: str, code: str, prefix: str) -> list[str]:
    """The addresses in one list of ESSglobal (OS, L or AM) that come close to a code of ours."""
    return [essglobal(one) for one in matches().get((kind, code), ()) if one.rstrip("0123456789") == prefix]


def statements(word: str) -> list[Statement]:
    """A list of ours as a SKOS concept scheme, each code with its labels and what it comes close to."""
    rows, titles = SCHEMES[word]
    own = Iri(scheme(word))
    tops = [Iri(concept(word, row.code)) for row in rows]
    found = about(own, "skos:ConceptScheme", dct_title=in_languages(titles), skos_hasTopConcept=tops)
    for row in rows:
        close_to = [Iri(essglobal(code)) for code in matches().get((_OF.get(word, ""), row.code), ())]
        native = [Text(native)] if (native := row.more.get("native")) and native not in row.labels.values() else []
        found += about(
            Iri(concept(word, row.code)), "skos:Concept", skos_inScheme=own, skos_topConceptOf=own,
            skos_notation=Text(row.code), skos_prefLabel=in_languages(row.labels), skos_altLabel=native,
            skos_closeMatch=close_to,
        )  # fmt: skip
    return found + (_labels_of_essglobal() if word in _OF else [])


def _labels_of_essglobal() -> list[Statement]:
    """Polish and Slovene labels for the codes of ESSglobal we point at: it has none of its own."""
    used = sorted({code for several in matches().values() for code in several})
    return [
        (Iri(essglobal(code)), "skos:prefLabel", Text(ESSGLOBAL[code].labels[language], language))
        for code in used for language in ("pl", "sl")
    ]  # fmt: skip
