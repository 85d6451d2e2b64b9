"""A report set as a document: numbered sections, what people wrote before the facts, numbered tables and figures, sources."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.kit.letterpress import Break, Document, Heading, Part, Picture, Table, as_json, numbers_of
from osnowa.reports.models import Report
from osnowa.reports.queries.kinds import Place, kind_of
from osnowa.reports.queries.subject import Subject
from osnowa.reports.queries.writing import Newest, newest_texts, parts_of, standing_text

Step = Callable[[int, int], None]


@dataclass
class Numbers:
    """The numbers of sections, tables and figures, given out in the order of the document."""

    sections: list[int] = field(default_factory=lambda: [0, 0])
    annexes: int = 0
    tables: int = 0
    figures: int = 0

    def heading(self, place: Place) -> str:
        if place.is_annex:
            self.annexes += 1
            return _("Annex %(letter)s. %(title)s") % {"letter": chr(64 + self.annexes), "title": place.title}
        if place.level == 1:
            self.sections = [self.sections[0] + 1, 0]
            return f"{self.sections[0]}. {place.title}"
        self.sections[1] += 1
        return f"{self.sections[0]}.{self.sections[1]}. {place.title}"

    def captioned(self, part: Part) -> Part:
        if isinstance(part, Table) and part.caption:
            self.tables += 1
            return replace(part, caption=_("Table %(number)s. %(title)s") % {"number": self.tables, "title": part.caption})
        if isinstance(part, Picture) and part.caption:
            self.figures += 1
            return replace(part, caption=_("Figure %(number)s. %(title)s") % {"number": self.figures, "title": part.caption})
        return part


def empty_places(report: Report) -> list[Place]:
    """The sections for which words are asked and in which nobody wrote any."""
    written = {key for (key, _language), one in newest_texts(report).items() if one.text.strip()}
    return [place for place in kind_of(report).places if place.guidance and place.key not in written]


def title_of(report: Report, language: str) -> str:
    """The title in a language, else the title's own."""
    return str(report.titles.get(language) or report.title)


def document(report: Report, language: str, subject: Subject | None = None, texts: Newest | None = None, step: Step = lambda done, total: None) -> Document:
    """The report as it would be frozen now, in the language that is switched on."""
    kind, subject = kind_of(report), subject or Subject(report)
    written, numbers, parts = newest_texts(report) if texts is None else texts, Numbers(), list[Part]()
    for done, place in enumerate(kind.places, start=1):
        is_parent = done < len(kind.places) and kind.places[done].level > place.level
        parts += _section(place, subject, written, language, numbers, is_new_page=bool(parts) and kind.is_book and (kind.has_chapters or place.is_annex), is_parent=is_parent)
        step(done, len(kind.places))
    parts += _sources(kind.sources(subject), numbers, is_new_page=kind.is_book)
    day = date_format(subject.on, "DATE_FORMAT")
    about = [str(one) for one in (subject.cluster or subject.meeting,) if one]
    cover = tuple(filter(None, [*about, report.region.coordinator_name, _("State on %(day)s") % {"day": day}])) if kind.is_book else ()
    subtitle = f"{kind.name} · {report.region}" + ("" if kind.is_book else f" · {day}")
    foot = f"{report.region} · {title_of(report, language)} · {day}"
    return Document(title_of(report, language), language, tuple(parts), subtitle, foot, cover=cover, contents=_("Contents") if kind.is_book else "")


def _section(place: Place, subject: Subject, texts: Newest, language: str, numbers: Numbers, *, is_new_page: bool, is_parent: bool) -> Iterator[Part]:
    text, own = standing_text(texts, place.key, language, subject.region.languages)
    facts = place.facts(subject)
    if place.level == 1 and is_new_page:
        yield Break()
    yield Heading(numbers.heading(place), place.level)
    for part in (*parts_of(text, own, language), *facts):
        yield replace(part, level=place.level + part.level) if isinstance(part, Heading) else numbers.captioned(part)
    if not text and not facts and not is_parent:
        yield _("Nothing is written here yet.")


def _sources(found: list[dict[str, str]], numbers: Numbers, *, is_new_page: bool) -> list[Part]:
    if not found:
        return []
    rows = tuple((one["title"], date.fromisoformat(one["on"]) if one["on"] else None, one["link"] or "–") for one in found)
    return [*([Break()] if is_new_page else []), Heading(_("Sources")), numbers.captioned(Table((_("Source"), _("State on"), _("Address")), rows, _("Sources"), (3, 1, 2), key="sources"))]


def documents(report: Report, step: Step = lambda done, total: None) -> tuple[dict[str, dict[str, Any]], list[dict[str, str]]]:
    """({language: document as it is kept}, sources) of the report as it stands; counts are asked for once."""
    first, written, languages = Subject(report), newest_texts(report), [code for code, _name in settings.LANGUAGES]
    found: dict[str, dict[str, Any]] = {}
    for place, language in enumerate(languages):
        with translation.override(language):
            made = document(report, language, first.again(), written, lambda done, total, place=place: step(place * total + done, len(languages) * total))  # type: ignore[misc]
            found[language] = kept(made)
    with translation.override(report.region.languages[0] if report.region.languages else "en"):
        return found, kind_of(report).sources(first.again())


def kept(made: Document) -> dict[str, Any]:
    """A document as an edition keeps it: what is written, and the numbers beneath for spreadsheets and comparisons."""
    return as_json(made) | {"cells": [numbers_of(part) for part in made.parts if isinstance(part, Table)]}


def tables_in(parts: Iterable[Part]) -> list[Table]:
    """The tables among parts."""
    return [part for part in parts if isinstance(part, Table)]
