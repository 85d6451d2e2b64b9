"""Deeds of who leads a block of cards: written, grouped, merged, hidden, under headings. Entries hold counts, never a text."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.meetings.actions.board import here
from osnowa.meetings.models import Block, Card, Group
from osnowa.meetings.queries.board.cards import LONGEST

_TITLE = 120


def _deed(block: Block, what: str, count: int) -> Deed:
    return Deed(block, {what: [None, count]} if count else {}, place=block.meeting.region.slug)


def _roots(block: Block, cards: Sequence[int]) -> list[Card]:
    """The chosen cards of a block in the order of the board; refused where none is chosen or one is elsewhere."""
    found = list(Card.objects.select_for_update(of=("self",)).filter(block=block, pk__in=cards).order_by("order", "id"))
    if not cards:
        raise Refused(_("Choose cards first: tick them, then say what is to be done with them."))
    if len(found) != len(set(cards)):
        raise Refused(_("One of these cards is not there any more. Please look again."))
    return found


def _line(text: str, longest: int, empty: str) -> str:
    text = " ".join(text.replace("\x00", " ").split())
    if not text:
        raise Refused(empty)
    if len(text) > longest:
        raise Refused(_("This may have %(most)s signs; it has %(n)s.") % {"most": longest, "n": len(text)})
    return text


@action("meetings.card_written", says=gettext_lazy("wrote a card"))
def write_card(*, by: Any, block: Block, text: str) -> Deed:
    """Who leads puts a card on the board, as what was called out in the room."""
    block = here(block)
    Card.objects.create(block=block, text=_line(text, LONGEST, _("Please write something on the card.")))
    return _deed(block, "cards", 1)


@action("meetings.group_added", says=gettext_lazy("added a group of cards"))
def add_group(*, by: Any, block: Block, title: str, cards: Sequence[int] = ()) -> Deed:
    """A heading, with the chosen cards under it."""
    block = here(block)
    order = Group.objects.filter(block=block).count()
    group = Group.objects.create(block=block, title=_line(title, _TITLE, _("Please give the group a heading.")), order=order)
    if cards:
        _move(block, cards, group)
    return _deed(block, "groups", 1)


@action("meetings.group_renamed", says=gettext_lazy("renamed a group of cards"))
def rename_group(*, by: Any, block: Block, group: int, title: str) -> Deed:
    """The heading of a group."""
    block = here(block)
    title = _line(title, _TITLE, _("Please give the group a heading."))
    changed = Group.objects.filter(block=block, pk=group).exclude(title=title).update(title=title)
    return _deed(block, "groups", changed)


@action("meetings.group_removed", says=gettext_lazy("took a group of cards apart"))
def remove_group(*, by: Any, block: Block, group: int) -> Deed:
    """The heading goes, its cards stand alone again."""
    block = here(block)
    removed, _rows = Group.objects.filter(block=block, pk=group).delete()
    return _deed(block, "groups", removed)


@action("meetings.cards_grouped", says=gettext_lazy("grouped cards"))
def group_cards(*, by: Any, block: Block, cards: Sequence[int], group: int | None) -> Deed:
    """Puts cards into a group, or out of every group."""
    block = here(block)
    found = Group.objects.filter(block=block, pk=group).first() if group else None
    if group and found is None:
        raise Refused(_("This group is not there any more. Please look again."))
    return _deed(block, "cards", _move(block, cards, found))


def _move(block: Block, cards: Sequence[int], group: Group | None) -> int:
    chosen = _roots(block, cards)
    return Card.objects.filter(pk__in=[card.merged_into_id or card.pk for card in chosen]).update(group=group)


@action("meetings.cards_merged", says=gettext_lazy("merged cards"))
def merge_cards(*, by: Any, block: Block, cards: Sequence[int]) -> Deed:
    """The first of the chosen cards is kept, the others stand below it; nothing of them is lost."""
    block = here(block)
    chosen = _roots(block, cards)
    roots = list(dict.fromkeys(card.merged_into_id or card.pk for card in chosen))
    if len(roots) < 2:
        raise Refused(_("Choose two cards or more that say the same."))
    kept = roots[0]
    Card.objects.filter(block=block, merged_into__in=roots[1:]).update(merged_into=kept)
    return _deed(block, "cards", Card.objects.filter(block=block, pk__in=roots[1:]).update(merged_into=kept))


@action("meetings.cards_taken_apart", says=gettext_lazy("took merged cards apart"))
def take_apart(*, by: Any, block: Block, cards: Sequence[int]) -> Deed:
    """What was merged into the chosen cards stands for itself again, in the same group."""
    block = here(block)
    chosen = _roots(block, cards)
    count = 0
    for card in chosen:
        count += Card.objects.filter(merged_into=card).update(merged_into=None, group=card.group)
    return _deed(block, "cards", count)


@action("meetings.cards_hidden", says=gettext_lazy("hid or showed cards"))
def hide_cards(*, by: Any, block: Block, cards: Sequence[int], are_hidden: bool) -> Deed:
    """Hidden cards are on no wall, in no vote and in no minutes; they can be shown again."""
    block = here(block)
    chosen = [card.pk for card in _roots(block, cards)]
    return _deed(block, "cards", Card.objects.filter(pk__in=chosen).exclude(is_hidden=are_hidden).update(is_hidden=are_hidden))
