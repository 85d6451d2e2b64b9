"""Verbs of the agenda: add, change, move and remove blocks."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.meetings.actions.board import here, raise_stage, show_names
from osnowa.meetings.actions.participations import locked
from osnowa.meetings.models import Block, Meeting
from osnowa.meetings.queries.kinds import KINDS, KeepsAnswers

#: What people say of a block.
FIELDS = ("kind", "title", "question", "minutes", "notes", "settings", "about", "are_names_hidden")


def _facts(block: Block) -> dict[str, Any]:
    return {name: block.about_id if name == "about" else getattr(block, name) for name in FIELDS}


@action("meetings.block_added", says=gettext_lazy("added a part to an agenda"))
def add_block(*, by: Any, meeting: Meeting, values: dict[str, Any], behind: int | None = None) -> Deed:
    """Adds a block at the end. `behind` is how many blocks the author saw: the same one sent twice is one."""
    held = locked(meeting)
    blocks = list(held.blocks.all())
    if behind is not None and len(blocks) > behind:
        there = blocks[behind]
        if all(getattr(there, name) == values.get(name, getattr(there, name)) for name in ("kind", "title", "minutes", "question")):
            return Deed(held, {}, value=there)
    _check_about(values)
    last = held.blocks.aggregate(last=Max("order"))["last"]
    made = Block.objects.create(meeting=held, order=0 if last is None else last + 1, **values)
    raise_stage(held.pk)
    return Deed(held, {"agenda": [len(blocks), len(blocks) + 1]}, place=held.region.slug, value=made)


@action("meetings.block_changed", says=gettext_lazy("changed a part of an agenda"))
def change_block(*, by: Any, block: Block, values: dict[str, Any]) -> Deed:
    """Changes a block; its kind stands once something was said in it."""
    held = here(block)
    _check(held, values)
    _check_about(values)
    words = {name: value for name, value in values.items() if name != "are_names_hidden"}
    before = _facts(held)
    for name, value in words.items():
        setattr(held, name, value)
    held.save(update_fields=list(words))
    changed = differences(before, _facts(held))
    if values.get("are_names_hidden", held.are_names_hidden) != held.are_names_hidden:
        show_names(by=by, block=held, are_hidden=values["are_names_hidden"])
        held.refresh_from_db(fields=["are_names_hidden"])
    return Deed(held.meeting, {"block": [held.pk, sorted(changed)]} if changed else {}, place=held.meeting.region.slug, value=held)


def _check(block: Block, values: dict[str, Any]) -> None:
    """A block that is on, or in which was spoken, stays what it is; what voices chose from stays what they saw."""
    if values.get("kind", block.kind) != block.kind:
        if block.state == Block.State.OPEN:
            raise Refused(_("This block is open on the board. Close it first."))
        if is_spoken_in(block):
            raise Refused(_("Something was said in this block already: its kind cannot change. Add another block."))
    if block.marks.exists() and _choices(block, {}) != _choices(block, values):
        raise Refused(_("Voices have already chosen here: what they choose from cannot change. Add what is missing on the page Board, or add another block."))


def _check_about(values: dict[str, Any]) -> None:
    about = values.get("about")
    if about and not Block.objects.filter(pk=about.pk).exists():
        raise Refused(_("The block whose cards were chosen was removed meanwhile. Choose another."))


def _choices(block: Block, values: dict[str, Any]) -> tuple[Any, ...]:
    """What decides what voices choose from, as it is or would be."""
    now = {name: values.get(name, getattr(block, name)) for name in ("settings", "about", "question", "title")}
    about, options = now["about"], now["settings"].get("options", [])
    is_asked_itself = block.kind == "consent" and not about and not options
    return (about.pk if about else None, now["settings"].get("of", "cards"), options, (now["question"] or now["title"]) if is_asked_itself else "")


def is_spoken_in(block: Block) -> bool:
    """Whether anybody wrote, marked or answered something in the block."""
    kind: object = KINDS.get(block.kind)
    return block.cards.exists() or block.marks.exists() or (isinstance(kind, KeepsAnswers) and kind.has_answers(block))


@action("meetings.block_moved", says=gettext_lazy("moved a part of an agenda"))
def move_block(*, by: Any, block: Block, to: int) -> Deed:
    """Puts a block at a place of the agenda, counted from 0; sent twice it stands there still."""
    held = locked(block.meeting)
    block = here(block)
    rows = list(held.blocks.all())
    before = rows.index(block)
    place = max(0, min(to, len(rows) - 1))
    rows.insert(place, rows.pop(before))
    for order, row in enumerate(rows):
        row.order = order
    Block.objects.bulk_update(rows, ["order"])
    return Deed(held, {"order": [before + 1, place + 1]} if place != before else {}, place=held.region.slug, value=block)


@action("meetings.block_removed", says=gettext_lazy("removed a part of an agenda"))
def remove_block(*, by: Any, block: Block) -> Deed:
    """Removes a block in which nothing was said; what was said is never thrown away."""
    held = locked(block.meeting)
    found = Block.objects.filter(pk=block.pk).first()
    if found is None:
        return Deed(held, {}, value=held)  # somebody else removed it: that is what was wanted
    block = found
    if block.state == Block.State.OPEN:
        raise Refused(_("This block is open on the board. Close it first."))
    if is_spoken_in(block) or block.state == Block.State.CLOSED:
        raise Refused(_("This block was used: what was said in it stays. Give it no minutes if it is not to be shown."))
    number = held.blocks.count()
    block.delete()
    raise_stage(held.pk)
    return Deed(held, {"agenda": [number, number - 1]}, place=held.region.slug, value=held)
