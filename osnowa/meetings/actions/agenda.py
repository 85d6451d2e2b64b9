"""Verbs of the agenda: add, change, move and remove blocks."""

from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.meetings.actions.participations import locked
from osnowa.meetings.models import Block, Meeting

#: What people say of a block.
FIELDS = ("kind", "title", "question", "minutes", "notes", "settings", "about", "are_names_hidden")


def _facts(block: Block) -> dict[str, Any]:
    return {name: block.about_id if name == "about" else getattr(block, name) for name in FIELDS}


def _pulse(meeting: Meeting) -> None:
    """Phones and walls look again."""
    Meeting.objects.filter(pk=meeting.pk).update(pulse=F("pulse") + 1)


@action("meetings.block_added", says=gettext_lazy("added a part to an agenda"))
def add_block(*, by: Any, meeting: Meeting, values: dict[str, Any], behind: int | None = None) -> Deed:
    """Adds a block at the end. `behind` is how many blocks the author saw: the same one sent twice is one."""
    held = locked(meeting)
    blocks = list(held.blocks.all())
    if behind is not None and len(blocks) > behind:
        there = blocks[behind]
        if all(getattr(there, name) == values.get(name, getattr(there, name)) for name in ("kind", "title", "minutes", "question")):
            return Deed(held, {}, value=there)
    last = held.blocks.aggregate(last=Max("order"))["last"]
    made = Block.objects.create(meeting=held, order=0 if last is None else last + 1, **values)
    _pulse(held)
    return Deed(held, {"agenda": [len(blocks), len(blocks) + 1]}, place=held.region.slug, value=made)


@action("meetings.block_changed", says=gettext_lazy("changed a part of an agenda"))
def change_block(*, by: Any, block: Block, values: dict[str, Any]) -> Deed:
    """Changes a block; its kind stands once something was said in it."""
    if values.get("kind", block.kind) != block.kind and is_spoken_in(block):
        raise Refused(_("Something was said in this block already: its kind cannot change. Add another block."))
    before = _facts(block)
    for name, value in values.items():
        setattr(block, name, value)
    block.save()
    _pulse(block.meeting)
    changed = differences(before, _facts(block))
    return Deed(block.meeting, {"block": [block.pk, sorted(changed)]} if changed else {}, place=block.meeting.region.slug, value=block)


def is_spoken_in(block: Block) -> bool:
    """Whether anybody wrote or marked something in the block."""
    return block.cards.exists() or block.marks.exists()


@action("meetings.block_moved", says=gettext_lazy("moved a part of an agenda"))
def move_block(*, by: Any, block: Block, to: int) -> Deed:
    """Puts a block at a place of the agenda, counted from 0; sent twice it stands there still."""
    held = locked(block.meeting)
    rows = list(held.blocks.all())
    before = rows.index(block)
    place = max(0, min(to, len(rows) - 1))
    rows.insert(place, rows.pop(before))
    for order, row in enumerate(rows):
        row.order = order
    Block.objects.bulk_update(rows, ["order"])
    _pulse(held)
    return Deed(held, {"order": [before + 1, place + 1]} if place != before else {}, place=held.region.slug, value=block)


@action("meetings.block_removed", says=gettext_lazy("removed a part of an agenda"))
def remove_block(*, by: Any, block: Block) -> Deed:
    """Removes a block in which nothing was said; what was said is never thrown away."""
    held = locked(block.meeting)
    if block.state == Block.State.OPEN:
        raise Refused(_("This block is open on the board. Close it first."))
    if is_spoken_in(block) or block.state == Block.State.CLOSED:
        raise Refused(_("This block was used: what was said in it stays. Give it no minutes if it is not to be shown."))
    number = held.blocks.count()
    block.delete()
    _pulse(held)
    return Deed(held, {"agenda": [number, number - 1]}, place=held.region.slug, value=held)
