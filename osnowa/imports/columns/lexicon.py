"""Which fields a heading can mean: the table of headings, the labels of our own fields and lists, and near spellings."""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from django.utils.translation import override
from rapidfuzz import fuzz, process

from osnowa.imports.fields import FIELDS, MEND_HEADING, ROW_HEADING
from osnowa.kit.words import fold
from osnowa.register.queries.directory import COLUMNS

_TABLE = Path(__file__).parents[1] / "tables" / "headings.csv"
#: What a heading can mean beside the fields: nothing the register keeps, what it must not keep, the name of a unit.
LEFT_OUT, PERSONAL, UNIT_NAME, OWN = "-", "-personal", "unit_name", "-own"
#: The columns of our own directory, where they are called otherwise than the fields.
_OWN_COLUMNS = {"place": "locality", "confirmed": LEFT_OUT, "activity": "activity", "numbers": "number", "employees": "employees", "founded": "founded_on",
                "status": "activity_status", "form": "legal_form", "sector": "sector"}  # fmt: skip
LANGUAGES_OF = {
    "PL": "pl", "SI": "sl", "IT": "it", "ES": "es", "FR": "fr", "DE": "de", "AT": "de", "HR": "hr", "HU": "hu", "FI": "fi", "NL": "nl", "BE": "fr", "GB": "en", "IE": "en",
}  # fmt: skip

_MARKS = re.compile(r"\(\s*[*†‡°\d]{1,3}\s*\)|[*†‡¹²³]+|^\s*\d{1,2}[.)]\s+|^\s*[a-z]\)\s+|\[[^\]]*\]")
_CAMEL = re.compile(r"(?<=[a-zß-ÿ])(?=[A-Z])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
#: Words that say of what time or in what unit, not what: their heading means the same without them.
_UNITS = frozenset((
    "tys", "mln", "zl", "pln", "eur", "euro", "gbp", "usd", "chf", "hrk", "huf", "w", "in", "na", "v", "en", "za", "stan", "dzien", "dan", "as", "at", "of", "on",
    "r", "rok", "roku", "leto", "year", "for", "thousands", "thousand", "tsd", "tisoc", "miles", "os", "osob", "osoby", "szt", "total", "razem", "skupaj", "liczba", "k", "31", "12",
    "ogolem", "lacznie", "dnia",
))  # fmt: skip
#: What programs put in front of the names of their columns.
_PREFIXES = frozenset(
    ("ds", "cd", "tx", "txt", "fld", "col", "addr", "contact", "f", "c", "nm", "dsc", "properties", "attr", "org", "pole")
)
#: Words that say whose the thing is, not what it is.
_QUALIFIERS = frozenset((
    "registered", "organisation", "organization", "organisations", "company", "charity", "current", "main", "primary", "official", "your", "our", "contact", "principal",
    "podmiotu", "podmiot", "organizacji", "organizacja", "siedziby", "siedziba", "firmy", "jednostki", "pes", "ps", "spoldzielni", "stowarzyszenia", "fundacji", "glowny", "glowna", "glowne",
    "subjekta", "organizacije", "sedeza", "drustva", "zavoda", "glavni", "glavna", "nosilca", "ente", "dell", "della", "del", "sede", "legale", "principale", "cooperativa",
    "de", "la", "el", "entidad", "social", "empresa", "l", "d", "entitat", "structure", "etablissement", "unite", "entreprise", "du", "siege", "des", "le", "les", "association",
    "vestiging", "zetel", "organisatie", "instelling", "van", "der", "die", "das", "udruge", "a", "az", "szervezet", "yrityksen", "of", "the", "and", "i", "y", "e", "o", "dane", "z",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meaning:
    """A field a heading can mean, how surely (0 to 1), and the languages in which it does."""

    field: str
    score: float
    languages: frozenset[str]


Entries = dict[str, dict[str, set[str]]]


@cache
def _table() -> Entries:
    """{heading folded and without spaces: {field: languages}}."""
    found: Entries = defaultdict(lambda: defaultdict(set))
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[_solid(row["heading"])][row["field"]].add(row["lang"])
    for language in ("pl", "sl", "en"):
        with override(language):
            labels = [(str(field.label), code) for code, field in FIELDS.items()]
            labels += [(str(COLUMNS[column]), field) for column, field in _OWN_COLUMNS.items()]
            labels += [(str(ROW_HEADING), OWN), (str(MEND_HEADING), OWN)]
        for label, field in labels:
            found[_solid(label)][field].add(language)
    return {heading: {field: set(languages) for field, languages in fields.items()} for heading, fields in found.items()}


def _solid(heading: str) -> str:
    return fold(heading).replace(" ", "")


@cache
def _near_names() -> dict[int, list[str]]:
    """Headings long enough to be found with a slip, by their length."""
    found: dict[int, list[str]] = defaultdict(list)
    for heading, fields in _table().items():
        if len(heading) >= 7 and OWN not in fields:
            found[len(heading)].append(heading)
    return found


@lru_cache(maxsize=10_000)
def meanings(heading: str) -> tuple[Meaning, ...]:
    """The fields a heading can mean, the surest first; of `group › heading` the heading is asked, then both together."""
    group, sign, last = heading.rpartition(" › ")
    if sign:
        whole, own = _meanings(f"{group} {last}"), _meanings(last)
        found = {
            one.field: Meaning(one.field, one.score - 0.06, one.languages) for one in own
        }  # a column in no group comes first
        for one in whole:
            if one.score >= 0.9 or one.field not in found:
                found[one.field] = max(one, found.get(one.field, one), key=lambda meaning: meaning.score)
        if any(one.field in ("parent_name", "parent") for one in _meanings(group) if one.score > 0.9):
            own_names = {"legal_name": "parent_name", "number": "parent", "source_key": "parent"}
            turned = [
                Meaning(own_names.get(one.field, "parent"), one.score, one.languages)
                for one in own
                if one.field in own_names or one.field.startswith("number:")
            ]
            found = {one.field: one for one in turned} or found
        return tuple(sorted(found.values(), key=lambda one: (-one.score, one.field)))
    return _meanings(heading)


@lru_cache(maxsize=10_000)
def _meanings(heading: str) -> tuple[Meaning, ...]:
    bare = _MARKS.sub(" ", heading)
    words = fold(bare if " " in bare.strip() else _CAMEL.sub(" ", bare)).split()
    found: dict[str, Meaning] = {}
    _note(found, _solid(heading), 1.0)
    _note(found, "".join(words), 1.0)
    if not found:
        kept = words[:]
        while len(kept) > 1 and kept[0] in _PREFIXES:
            kept = kept[1:]
            _note(found, "".join(kept), 0.97)
    if not found:
        _note(found, _solid(_BRACKETS.sub(" ", bare)), 0.95)
        _note(found, "".join(word for word in words if word not in _UNITS and not word.isdecimal()), 0.93)
        without = fold(_BRACKETS.sub(" ", bare)).split()
        _note(found, "".join(word for word in without if word not in _UNITS and not word.isdecimal()), 0.92)
    if not found:
        _note(found, "".join(word for word in words if word not in _QUALIFIERS and word not in _PREFIXES), 0.88)
    if not found:
        _parts(found, words)
    if not found:
        _near(found, "".join(words))
    return tuple(sorted(found.values(), key=lambda one: (-one.score, one.field)))


def _note(found: dict[str, Meaning], solid: str, score: float) -> None:
    for field, languages in _table().get(solid, {}).items():
        if solid and field not in found:
            found[field] = Meaning(field, score, frozenset(languages))


def _parts(found: dict[str, Meaning], words: list[str]) -> None:
    """Headings inside a longer one, as where it is said in two languages: the more of it they make up, the surer."""
    whole = sum(map(len, words)) or 1
    spans = [(start, end) for start in range(len(words)) for end in range(start + 1, min(len(words), start + 6) + 1)]
    spans.sort(key=lambda span: -sum(map(len, words[span[0] : span[1]])))
    taken: set[int] = set()
    share: dict[str, float] = defaultdict(float)
    languages: dict[str, set[str]] = defaultdict(set)
    for start, end in spans:
        solid = "".join(words[start:end])
        if len(solid) < 3 or taken & set(range(start, end)) or solid not in _table():
            continue
        taken |= set(range(start, end))
        for field, tongues in _table()[solid].items():
            share[field] += len(solid) / whole
            languages[field] |= tongues
    for field, part in share.items():
        if part >= 0.5 and field not in (LEFT_OUT, OWN):
            found[field] = Meaning(field, round(0.5 + 0.35 * min(part, 1), 3), frozenset(languages[field]))


def _near(found: dict[str, Meaning], solid: str) -> None:
    """A heading with a slip of the keyboard; never one that differs by a digit."""
    if len(solid) < 7:
        return
    names = [name for length in range(len(solid) - 2, len(solid) + 3) for name in _near_names().get(length, ())]
    best = process.extractOne(solid, names, scorer=fuzz.ratio, score_cutoff=88)
    if best and re.sub(r"\D", "", best[0]) == re.sub(r"\D", "", solid):
        _note(found, best[0], round(best[1] / 100 * 0.85, 3))
