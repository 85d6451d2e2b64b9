"""What a phone, a page behind a link, or a sheet asks: each item with its answers to choose from, and what was said so far."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from osnowa.assessments.models import Answer, Respondent
from osnowa.assessments.queries.instruments import NUMBERED, Definition, Dimension, Item, said

IMPORTANCE = (1, 2, 3)


@dataclass(frozen=True)
class Option:
    """An answer to choose: what is sent, its number or name, what it looks like, whether it was chosen."""

    value: str
    name: str
    text: str = ""
    is_chosen: bool = False


@dataclass(frozen=True)
class Question:
    """One item as it is asked; `number` counts from 1."""

    dimension: Dimension
    item: Item
    number: int
    options: tuple[Option, ...] = ()
    importance: tuple[Option, ...] = ()
    target: tuple[Option, ...] = ()
    text: str = ""
    is_answered: bool = False
    is_silent: bool = False
    turn: int = 0

    @property
    def kind(self) -> str:
        """How it is drawn: one of several numbers or words, several of them, a number, or a text."""
        return "one" if self.item.kind in (*NUMBERED, "choice") else self.item.kind

    @property
    def chosen(self) -> str:
        """What was chosen, for a line of progress."""
        return ", ".join(option.name for option in self.options if option.is_chosen)


def importance_names() -> dict[int, str]:
    return {1: _("less important"), 2: _("important"), 3: _("very important")}


def questions(definition: Definition, respondent: Respondent | None) -> list[Question]:
    """All items in their order, with what this respondent said to them."""
    kept = {one.item: one for one in Answer.objects.filter(respondent=respondent)} if respondent else {}
    return list(_asked(definition, kept))


def _asked(definition: Definition, kept: Mapping[str, Answer]) -> Iterator[Question]:
    number = 0
    for dimension in definition.dimensions:
        for item in dimension.asked:
            number += 1
            yield _question(definition, dimension, item, number, kept.get(item.code))


def _question(definition: Definition, dimension: Dimension, item: Item, number: int, kept: Answer | None) -> Question:
    asks = definition.asks if item.kind == "level" else None
    return Question(
        dimension, item, number, tuple(_options(definition, dimension, item, kept)),
        tuple(Option(str(step), name, "", bool(kept and kept.importance == step)) for step, name in importance_names().items()) if asks and asks.importance else (),
        tuple(Option(str(step), str(step), "", bool(kept and kept.target == step)) for step in definition.scale.steps) if asks and asks.target else (),
        text=_text(kept), is_answered=kept is not None, is_silent=kept is not None and kept.value is None and kept.words is None, turn=kept.turn if kept else 0,
    )  # fmt: skip


def _text(kept: Answer | None) -> str:
    """What stands in a field: a number, or a text."""
    if kept is None:
        return ""
    return str(kept.value) if kept.value is not None else kept.words if isinstance(kept.words, str) else ""


def _options(definition: Definition, dimension: Dimension, item: Item, kept: Answer | None) -> Iterator[Option]:
    words: Any = kept.words if kept else None
    for choice in item.choices:
        yield Option(choice.code, choice.text, "", words == choice.code or (isinstance(words, list) and choice.code in words))
    if item.kind not in NUMBERED:
        return
    for step in definition.steps_of(item):
        is_level = item.kind == "level"
        name = f"{step} {definition.scale.name(step)}".strip() if is_level else str(step)
        yield Option(str(step), name, said(dimension.levels.get(str(step), {})) if is_level else "", bool(kept and kept.value == step))
