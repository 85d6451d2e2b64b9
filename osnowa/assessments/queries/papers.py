"""The scoring form on paper: all that an instrument asks on A4, to be ticked by hand and typed in afterwards."""

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osnowa.assessments.models import Round
from osnowa.assessments.queries.asking import Question, importance_names, questions
from osnowa.assessments.queries.instruments import Definition, Dimension, definition_in, said
from osnowa.kit.letterpress import press
from osnowa.register.codes import SECTORS

_PAGE = Path(__file__).resolve().parent.parent / "papers" / "form.typ"
#: Lines to write on in answer to a question of words.
_LINES = 2


def form(definition: Definition, title: str = "", subject: str = "") -> bytes:
    """The form of an instrument as PDF, in the language that is switched on."""
    return press(_PAGE, facts(definition, title, subject))


def form_of(round_: Round) -> bytes:
    """The form of a round, with what is assessed."""
    return form(definition_in(round_.instrument), round_.title, round_.subject)


def facts(definition: Definition, title: str = "", subject: str = "") -> dict[str, Any]:
    """What stands on the form. Sectors and answers have the numbers that are typed in afterwards."""
    asked: dict[str, list[Question]] = {}
    for one in questions(definition, None):
        asked.setdefault(one.dimension.code, []).append(one)
    return {
        "language": (get_language() or "en")[:2], "title": title or definition.title, "subject": subject, "foot": f"{definition.title} {definition.version}",
        "sheet_word": _("Sheet number"), "sector_word": _("I speak for (tick one):"), "importance_word": _("Importance:"), "target_word": _("Target:"), "how": _how(definition),
        "sectors": [f"{number} {row.label}" for number, row in enumerate(SECTORS, start=1)],
        "dimensions": [_dimension(one, asked[one.code]) for one in definition.dimensions if one.code in asked],
    }  # fmt: skip


def _how(definition: Definition) -> str:
    """How to fill it in; no name is asked for."""
    words = [_("Tick a box with a pen. If you cannot say, tick “no answer”. Do not write your name.")]
    if definition.asks.importance:
        words.append(_("Importance: %(steps)s.") % {"steps": ", ".join(f"{step} {name}" for step, name in importance_names().items())})
    return " ".join(words)


def _dimension(one: Dimension, asked: list[Question]) -> dict[str, Any]:
    question = said(one.questions[0]) if one.questions else ""
    return {"name": f"{one.code} {one.name}", "question": question, "items": [_item(each, is_plain=each.item.code == one.code) for each in asked]}


def _item(one: Question, *, is_plain: bool) -> dict[str, Any]:
    """An item; that of the dimension itself needs no name of its own."""
    options = [f"{number} {option.name}" if one.item.choices else option.name for number, option in enumerate(one.options, start=1)]
    is_level = any(option.text for option in one.options)
    return {
        "text": "" if is_plain else _("%(question)s (several may be ticked)") % {"question": one.item.text} if one.item.kind == "several" else one.item.text,
        "levels": [{"name": option.name, "text": option.text} for option in one.options] if is_level else [],
        "options": [] if is_level else options, "lines": _LINES if one.kind == "text" else 0, "blank": one.kind == "number",
        "silent": _("no answer") if one.kind == "one" else "",
        "importance": [option.value for option in one.importance], "targets": [option.value for option in one.target],
    }  # fmt: skip
