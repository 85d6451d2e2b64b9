"""Cards as they are shown: those merged into one count as one, groups have a heading, hidden and withdrawn ones are left out."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from osnowa.meetings.models import Block, Card, Group
from osnowa.meetings.queries.board.state import who_says

#: Root of the keys of cards that a block makes itself, so that opening it twice makes none twice.
_OWN = uuid.UUID("6f3c1c58-02a5-4b0c-9d0c-4f2d6d2f5a11")


@dataclass(frozen=True)
class Heap:
    """Cards that say the same: the first is shown, the others stand below it. `root` names the heap for ever."""

    root: int
    cards: tuple[Card, ...]
    is_hidden: bool
    group: int | None

    @property
    def card(self) -> Card:
        return self.cards[0]

    @property
    def text(self) -> str:
        return self.cards[0].text

    @property
    def numbers(self) -> list[int]:
        """The cards of the heap, its root first."""
        return [self.root, *(card.pk for card in self.cards if card.pk != self.root)]

    @property
    def alike(self) -> tuple[Card, ...]:
        return self.cards[1:]


@dataclass(frozen=True)
class Pile:
    """The heaps under one heading; without a group those that stand alone."""

    group: Group | None
    heaps: tuple[Heap, ...]

    @property
    def title(self) -> str:
        return self.group.title if self.group else ""


def heaps(cards: Iterable[Card]) -> list[Heap]:
    """The heaps of cards in their order. Where the shown card is withdrawn the next one is shown."""
    rows: dict[int, list[Card]] = {}
    hidden: set[int] = set()
    for card in cards:
        root = card.merged_into_id or card.pk
        if card.is_hidden and root == card.pk:
            hidden.add(root)
        rows.setdefault(root, []).append(card)
    found = []
    for root, row in rows.items():
        shown = sorted((card for card in row if not card.is_withdrawn and (card.pk == root or not card.is_hidden)), key=lambda card: card.pk != root)
        if shown:
            first = next((card for card in row if card.pk == root), shown[0])
            found.append(Heap(root, tuple(shown), root in hidden, first.group_id))
    return found


def _cards(blocks: Sequence[int]) -> QuerySet[Card]:
    return Card.objects.filter(block__in=blocks).select_related("voice__organisation").order_by("order", "id")


def piles(block: Block, *, with_hidden: bool = False) -> list[Pile]:
    """The board of a block of cards: groups in their order (empty ones too), then what stands alone."""
    found = [heap for heap in heaps(_cards([block.pk])) if with_hidden or not heap.is_hidden]
    groups = list(Group.objects.filter(block=block))
    known = {group.pk for group in groups}
    grouped = [Pile(group, tuple(heap for heap in found if heap.group == group.pk)) for group in groups]
    return [*grouped, Pile(None, tuple(heap for heap in found if heap.group not in known))]


def choices(block: Block) -> list[Heap]:
    """What a block lets the voices choose from: its own cards, and those of the block it is about."""
    blocks = [block.pk] if is_of_groups(block) or not block.about_id else [block.pk, block.about_id]
    return [heap for heap in heaps(_cards(blocks)) if not heap.is_hidden]


def is_of_groups(block: Block) -> bool:
    """Whether the headings of groups are chosen from, instead of cards."""
    return block.settings.get("of") == "groups" and block.about_id is not None


def make_own_cards(block: Block, texts: dict[str, str]) -> None:
    """Puts the cards a block brings along on it, {what they stand for: text}; those that are there get the newest text."""
    for number, (word, text) in enumerate(texts.items()):
        key = uuid.uuid5(_OWN, f"{block.pk}-{word}")
        Card.objects.update_or_create(key=key, defaults={"text": text[:280], "order": number}, create_defaults={"block": block, "text": text[:280], "order": number})


def own_texts(block: Block) -> dict[str, str]:
    """What a block brings along: the headings of the groups it is about, and the options written down beforehand."""
    texts = {f"option-{number}": str(text) for number, text in enumerate(block.settings.get("options", [])) if str(text).strip()}
    if is_of_groups(block):
        texts |= {f"group-{group.pk}": group.title for group in Group.objects.filter(block=block.about_id)}
    return texts


def named(card: Card, block: Block) -> str:
    """Who wrote a card, where names are shown; else nothing."""
    return "" if block.are_names_hidden else who_says(card.voice)
