"""What people wrote: the newest text of each section and language, its versions, and a text as parts of a document."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from osnowa.kit.differing import Piece, differing
from osnowa.kit.letterpress import Foreign, Heading, Part, Points
from osnowa.reports.models import Report, Section

#: {(section, language): newest version}
Newest = dict[tuple[str, str], Section]


def newest_texts(report: Report) -> Newest:
    """The texts that stand; one query."""
    rows = Section.objects.filter(report=report).select_related("made_by").order_by("number")
    return {(one.key, one.language): one for one in rows}


def newest_text(report: Report, key: str, language: str) -> Section | None:
    """The text of a section that stands."""
    return Section.objects.filter(report=report, key=key, language=language).select_related("made_by").order_by("-number").first()


@dataclass(frozen=True)
class Version:
    """A version with what it changed against the one before."""

    section: Section
    pieces: list[Piece]


def versions(report: Report, key: str, language: str) -> list[Version]:
    """All versions of a section in a language, the newest first."""
    rows = list(Section.objects.filter(report=report, key=key, language=language).select_related("made_by").order_by("number"))
    first = [Version(rows[0], differing("", rows[0].text))] if rows else []
    return [*first, *(Version(after, differing(before.text, after.text)) for before, after in pairwise(rows))][::-1]


def standing_text(texts: Newest, key: str, language: str, languages: list[str]) -> tuple[str, str]:
    """(text, its language): in the language itself, else in the first of the region's in which somebody wrote; empty where nobody did."""
    for one in [language, *languages]:
        found = texts.get((key, one))
        if found and found.text.strip():
            return found.text, one
    return "", language


def parts_of(text: str, language: str = "", own: str = "") -> list[Part]:
    """A text as parts: paragraphs are parted by empty lines, points begin with "- ", a smaller heading with "# ".

    A text in another language than the document's own is said to be so, paragraph by paragraph.
    """
    return [_foreign(part, language) if language != own else part for block in text.replace("\r", "").split("\n\n") for part in _block(block)]


def _block(block: str) -> Iterator[Part]:
    points: list[str] = []
    plain: list[str] = []
    for line in [*block.strip().split("\n"), ""]:
        is_point = line.lstrip().startswith(("- ", "– ", "• "))
        if points and not is_point:
            yield Points(tuple(points))
            points = []
        if plain and (is_point or line.startswith("# ") or not line.strip()):
            yield "\n".join(plain)
            plain = []
        if is_point:
            points.append(line.lstrip()[2:].strip())
        elif line.startswith("# "):
            yield Heading(line[2:].strip())
        elif line.strip():
            plain.append(line.strip())


def _foreign(part: Part, language: str) -> Part:
    return Foreign(part, language) if isinstance(part, str) else part
