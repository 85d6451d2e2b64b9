"""The canvas to take along: a sheet of A3 for the wall, slides for the meeting, a workbook of its points."""

from pathlib import Path
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from osnowa.clusters.models import Point
from osnowa.clusters.queries.canvas import Canvas, Field, figure, web
from osnowa.kit import sheets, slides
from osnowa.kit.letterpress import Picture, press
from osnowa.kit.slides import Box, Deck, Slide
from osnowa.ui import charts
from osnowa.ui.charts.writing import described

_PAGE = Path(__file__).resolve().parent.parent / "papers" / "canvas.typ"
#: Letters of a text that fit into its field on the sheet, and into a field of the slide of all.
_ON_SHEET, _ON_SLIDE = 520, 160
#: Paragraphs that fit into a field.
_LINES = 6


def made(it: Canvas, form: str) -> tuple[bytes, str]:
    """The file of a form, and its kind of content."""
    if form == "pdf":
        return press(_PAGE, facts(it)), "application/pdf"
    if form == "pptx":
        return slides.as_pptx(deck(it)), slides.CONTENT_TYPE
    return sheets.as_xlsx(workbook(it)), sheets.CONTENT_TYPES["xlsx"]  # type: ignore[arg-type]


def in_brief(text: str, most: int) -> str:
    """As many whole words as fit, in as few lines as they fill."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    plain = "\n".join(lines[:_LINES])
    if len(plain) <= most:
        return plain if len(lines) <= _LINES else f"{plain} …"
    return plain[:most].rsplit(None, 1)[0].rstrip(" ,;:.–") + " …"


def levels_in_words(field: Field) -> str:
    """Where a dimension is and where it should be, in a line."""
    it = field.levels
    parts = [
        (_("now %(level)s"), it.now), (_("before %(level)s"), it.before), (_("target %(level)s"), it.target), (_("gap %(level)s"), it.gap),
    ]  # fmt: skip
    return " · ".join(words % {"level": figure(value)} for words, value in parts if value is not None)


def counts_in_words(field: Field) -> list[str]:
    """How many open questions, decisions, pieces of evidence; what there is none of is left out."""
    questions, decisions, proofs = len(field.open_questions), len(field.decisions), field.proofs
    return [
        *([ngettext("%(count)s open question", "%(count)s open questions", questions) % {"count": questions}] if questions else []),
        *([ngettext("%(count)s decision", "%(count)s decisions", decisions) % {"count": decisions}] if decisions else []),
        *([ngettext("%(count)s piece of evidence", "%(count)s pieces of evidence", proofs) % {"count": proofs}] if proofs else []),
    ]


def version_in_words(field: Field) -> str:
    """Which version of a text it is, of which day."""
    it = field.wording
    return _("version %(number)s, %(day)s") % {"number": it.number, "day": date_format(it.made_at, "DATE_FORMAT")} if it else ""


def _subtitle(it: Canvas) -> str:
    state = _("%(round)s, %(count)s answered") % {"round": it.round.title, "count": it.respondents} if it.round else ""
    return " · ".join(filter(None, [str(it.cluster.region), str(it.cluster.get_kind_display()), str(it.cluster.get_state_display()), state]))


def _lists(field: Field) -> list[tuple[str, list[str]]]:
    """What stands below a text: open questions, decisions with what they settled, evidence."""
    settled = [_("%(question)s – settled") % {"question": point.text} for point in field.settled_questions]
    proofs = [" – ".join(filter(None, [point.text, point.link])) for point in field.evidence] + [" – ".join(filter(None, one)) for one in field.levels.evidence]
    told = ((_("Questions"), [point.text for point in field.open_questions] + settled), (_("Decisions"), list(map(_dated, field.decisions))), (_("Evidence"), proofs))
    return [(name, items) for name, items in told if items]


def _dated(point: Point) -> str:
    return f"{point.text} ({date_format(point.on, 'SHORT_DATE_FORMAT')})"


def _picture(it: Canvas) -> Picture | None:
    chart = web(it)
    return Picture(charts.svg(chart), f"{chart.title}. {described(chart)}", share=0.5) if chart.known else None


# --- the sheet --------------------------------------------------------------------------------------------------


def facts(it: Canvas) -> dict[str, Any]:
    """What stands on the sheet: the fields around the web, then all that did not fit into them."""
    picture = _picture(it)
    return {
        "title": str(it.cluster), "subtitle": _subtitle(it), "language": (get_language() or "en")[:2], "foot": f"{it.definition.title} {it.definition.version}",
        "fields": [_field(field, it) for field in it.fields], "most": it.definition.scale.most, "least": it.definition.scale.least,
        "web": {"svg": picture.svg, "words": picture.words} if picture else None, "no_web": _("Levels come with the first closed round of scoring."),
        "details": [_detail(field) for field in it.fields if field.text or field.points or field.levels.evidence], "details_word": _("All that is agreed"),
    }  # fmt: skip


def _field(field: Field, it: Canvas) -> dict[str, Any]:
    wording = field.wording
    return {
        "number": field.number, "name": field.name, "questions": field.questions, "text": in_brief(field.text, _ON_SHEET), "language": wording.language if wording else "",
        "levels": levels_in_words(field), "now": field.levels.now, "target": field.levels.target, "counts": counts_in_words(field),
    }  # fmt: skip


def _detail(field: Field) -> dict[str, Any]:
    wording = field.wording
    return {
        "name": f"{field.number} {field.name}", "text": [line for line in field.text.splitlines() if line.strip()], "language": wording.language if wording else "",
        "version": version_in_words(field), "levels": levels_in_words(field), "lists": [{"name": name, "items": items} for name, items in _lists(field)],
    }  # fmt: skip


# --- slides -----------------------------------------------------------------------------------------------------


def deck(it: Canvas) -> Deck:
    """A title, all fields at one glance, the web, one slide a dimension, what is still loose."""
    language = (get_language() or "en")[:2]
    all_at_once = tuple(Box(f"{field.number} {field.name}", in_brief(field.text, _ON_SLIDE) or field.questions[0], ()) for field in it.fields)
    shown = [Slide(_("The canvas at a glance"), all_at_once, 4, notes=_questions_of(it))]
    if picture := _picture(it):
        levels = tuple(f"{field.number} {field.name}: {levels_in_words(field)}" for field in it.fields if field.levels.is_known)
        shown.append(Slide(_("Level and target"), (Box("", "", levels),), picture=picture, notes=picture.words))
    shown += [_of_dimension(field) for field in it.fields]
    if ends := it.loose_ends:
        shown.append(Slide(_("Still loose"), (Box("", "", tuple(f"{field.number} {field.name}: {', '.join(words)}" for field, words in ends)),)))
    return Deck(_("Canvas: %(cluster)s") % {"cluster": it.cluster}, language, tuple(shown), (_subtitle(it), f"{it.definition.title} {it.definition.version}"), str(it.cluster))


def _questions_of(it: Canvas) -> str:
    return "\n".join(f"{field.number} {field.name}: {' '.join(field.questions)}" for field in it.fields)


def _of_dimension(field: Field) -> Slide:
    text = Box(_("Agreed text"), field.text) if field.text else Box(_("Guiding questions"), "", tuple(field.questions))
    beside = tuple(Box(name, "", tuple(items)) for name, items in _lists(field))
    notes = "\n".join([_("Guiding questions"), *field.questions, "", _("Probing questions"), *field.probing])
    return Slide(f"{field.number} {field.name}", (text,), side=beside, lead=levels_in_words(field), notes=notes)


# --- the workbook -----------------------------------------------------------------------------------------------


def workbook(it: Canvas) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """Dimensions with texts and levels; all points."""
    kinds = {field.code: field for field in it.fields}
    texts = [[field.code, field.name, wording.language, wording.number, wording.made_at.date(), wording.text] for field in it.fields for wording in field.texts]
    levels = [[field.code, field.name, one.before, one.now, one.target, one.gap, one.importance, one.priority] for field in it.fields for one in (field.levels,)]
    points = [
        [code, field.name, point.get_kind_display(), point.text, point.on, point.link, point.settled_on, str(point.settled_by or "")]
        for code, field in kinds.items() for point in field.points
    ]  # fmt: skip
    return {
        _("Texts"): ([_("Code"), _("Dimension"), _("Language"), _("Version"), _("Date"), _("Agreed text")], texts),
        _("Levels"): ([_("Code"), _("Dimension"), _("Before"), _("Now"), _("Target"), _("Gap"), _("Importance"), _("Priority")], levels),
        _("Points"): ([_("Code"), _("Dimension"), _("Kind"), _("Text"), _("Date"), _("Link"), _("Settled on"), _("Settled by the decision")], points),
    }
