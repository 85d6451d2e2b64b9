"""Reads of an agreement's text: its canonical form and hash, what is still missing, what changed between two versions."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osnowa.agreements.models import Agreement, Text
from osnowa.kit.codes import CodeList
from osnowa.kit.differing import SAME, Piece, differing
from osnowa.kit.letterpress import Points

_TABLES = Path(__file__).resolve().parent.parent / "tables"
#: The gaps of templates whose words are often known; every other gap is for who writes.
KNOWN_GAPS = CodeList(_TABLES / "gaps.csv")
#: A place left to be filled in, such as [name of the keeper].
GAP = re.compile(r"(\[[^\]\n]{1,200}\])")
Block = dict[str, str]


def newest(agreement: Agreement) -> Text | None:
    """The newest version of the text."""
    return agreement.texts.order_by("-number").first()


def canonical(agreement: Agreement, text: Text) -> str:
    """What is frozen, as the one JSON it can be written in: sorted keys, no spaces, every letter as it is."""
    whole = {
        "agreement": agreement.code, "kind": agreement.kind, "title": agreement.title, "language": agreement.language,
        "version": text.number, "texts": text.blocks,
    }  # fmt: skip
    return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(agreement: Agreement, text: Text) -> str:
    """The sha256 of the canonical text."""
    return hashlib.sha256(canonical(agreement, text).encode()).hexdigest()


def is_whole(agreement: Agreement, text: Text | None) -> bool:
    """Whether the text that is kept is the one that was frozen (V9)."""
    return not agreement.sha256 or (text is not None and hash_of(agreement, text) == agreement.sha256)


def languages_of(agreement: Agreement, text: Text | None) -> list[str]:
    """The languages the text stands in, the original first."""
    found = list(text.blocks) if text else []
    return sorted(found, key=lambda code: (code != agreement.language, code))


def language_for(agreement: Agreement, text: Text | None, wanted: str = "") -> str:
    """The language to read the text in: the one wanted, the reader's, else the original."""
    there = languages_of(agreement, text)
    return next((code for code in (wanted, (get_language() or "en")[:2]) if code in there), agreement.language)


def language_name(code: str) -> str:
    """A language in its own words."""
    return dict(settings.LANGUAGES).get(code, code)


def blocks_in(text: Text | None, language: str) -> list[Block]:
    """The blocks of a version in a language."""
    return list(text.blocks.get(language, [])) if text else []


def have_same_parts(agreement: Agreement, *numbers: int) -> bool:
    """Whether these versions have the same parts in the same order, so that a form of the one fits the other."""
    kept = [text.blocks.get(agreement.language, []) for text in agreement.texts.filter(number__in=numbers)]
    return len(kept) == len(set(numbers)) and all([block["key"] for block in blocks] == [block["key"] for block in kept[0]] for blocks in kept)


def pieces(words: str) -> list[str | Points]:
    """The words of a block as paragraphs and lists: empty lines part them, points begin with "- "."""
    found: list[str | Points] = []
    for part in re.split(r"\n\s*\n", words.strip()):
        plain, points = _sorted_lines(part.splitlines())
        found += ([" ".join(plain)] if plain else []) + ([Points(tuple(points))] if points else [])
    return found


def _sorted_lines(lines: list[str]) -> tuple[list[str], list[str]]:
    plain: list[str] = []
    points: list[str] = []
    for line in map(str.strip, lines):
        if line.startswith("- "):
            points.append(line[2:].strip())
        elif points and line:
            points[-1] += f" {line}"
        elif line:
            plain.append(line)
    return plain, points


# --- What is missing --------------------------------------------------------------------------------------------


def missing(agreement: Agreement, text: Text | None) -> list[str]:
    """What stands in the way of freezing, as sentences that say how to mend it; empty where nothing does."""
    name = language_name(agreement.language)
    original = blocks_in(text, agreement.language)
    if not any(block["text"].strip() for block in original):
        return [_("There is no text in the language of the original (%(language)s). Write it, or begin with the template.") % {"language": name}]
    return [sentence for code in languages_of(agreement, text) for sentence in _missing_in(code, blocks_in(text, code))]


def _missing_in(code: str, blocks: list[Block]) -> Iterator[str]:
    name = language_name(code)
    for number, block in enumerate(blocks, start=1):
        words = {"language": name, "number": number, "heading": block["heading"] or "–"}
        if not block["text"].strip():
            yield _("%(language)s: part %(number)s (%(heading)s) has no words. Write them, or take the part out.") % words
        for gap in GAP.findall(block["text"] + " " + block["heading"]):
            yield _("%(language)s: part %(number)s (%(heading)s) still holds a place to fill in: %(gap)s") % {**words, "gap": gap}


# --- Differences ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Compared:
    """One part of the text in two versions."""

    heading: list[Piece]
    text: list[Piece]

    @property
    def is_same(self) -> bool:
        return all(piece.kind == SAME for piece in (*self.heading, *self.text))


def compare(earlier: Text | None, later: Text, language: str) -> list[Compared]:
    """The parts of the later version beside the earlier one; parts that are gone stand at the end."""
    old, new = ({block["key"]: block for block in blocks_in(text, language)} for text in (earlier, later))
    nothing: Block = {"heading": "", "text": ""}
    keys = [*new, *(key for key in old if key not in new)]
    pairs = [(old.get(key, nothing), new.get(key, nothing)) for key in keys]
    return [Compared(differing(was["heading"], now["heading"]), differing(was["text"], now["text"])) for was, now in pairs]


# --- Templates --------------------------------------------------------------------------------------------------


@cache
def _template(kind: str) -> dict[str, Any]:
    return dict(json.loads((_TABLES / f"{kind}.json").read_text()))


def template(kind: str, language: str) -> list[Block]:
    """The blocks a text of a kind may begin with: a community draft, no legal advice. Empty in languages it does not know."""
    rows = _template(kind)["blocks"]
    return [{"key": row["key"], **row[language]} for row in rows if language in row]


def _known(agreement: Agreement, language: str) -> dict[str, str]:
    """What is known of gaps, by their code; the letter of intent is the newest frozen one of the region."""
    letters = Agreement.objects.filter(region=agreement.region_id, kind=Agreement.Kind.LETTER).exclude(frozen_at=None)
    letter = letters.order_by("-frozen_at").first()
    keeper = agreement.keeper.legal_name if agreement.keeper else agreement.keeper_name
    with translation.override(language):
        day = date_format(timezone.localtime(letter.frozen_at), "DATE_FORMAT") if letter else ""
        return {"region": str(agreement.region), "keeper": keeper, "letter_day": day}


def template_for(agreement: Agreement, language: str) -> list[Block]:
    """The template of an agreement's kind with what is known filled in; what is not stays in its square brackets."""
    known = _known(agreement, language)
    words = {f"[{gap.labels[language]}]": known[gap.code] for gap in KNOWN_GAPS if language in gap.labels and known[gap.code]}
    return [{name: _filled(text, words) for name, text in block.items()} for block in template(agreement.kind, language)]


def _filled(text: str, words: dict[str, str]) -> str:
    return GAP.sub(lambda gap: words.get(gap[0], gap[0]), text)
