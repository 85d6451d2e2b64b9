"""Cards for the canvas: what the voices wrote at the meetings of the cluster's series, as far as the reader may see it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from osnowa.clusters.models import Cluster, Wording
from osnowa.kit.words import fold
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import Card
from osnowa.meetings.queries.board.heaps import heaps
from osnowa.places import access as places_access
from osnowa.places.access import Anyone

#: How many cards are offered at once; a search finds the others.
MOST = 60


@dataclass(frozen=True)
class Offer:
    """Cards to pick from: those picked first, then what was found; `left` could not be shown."""

    cards: tuple[Card, ...]
    left: int = 0


def choosable(person: Anyone, cluster: Cluster) -> list[Card]:
    """The cards of the cluster's series: of meetings the person may see, neither hidden nor withdrawn; alike ones once."""
    if cluster.series_id is None:
        return []
    seen = meetings_access.visible(person, cluster.region).filter(series=cluster.series_id)
    rows = Card.objects.filter(block__meeting__in=seen).select_related("block__meeting")
    return [heap.card for heap in heaps(rows.order_by("-block__meeting__starts_at", "block__order", "order", "pk")) if not heap.is_hidden]


def offer(cards: Iterable[Card], picked: Collection[int], words: str) -> Offer:
    """The picked cards, then those with all words of the search in text, block or meeting."""
    wanted = fold(words).split()
    chosen, found = [], []
    for card in cards:
        if card.pk in picked:
            chosen.append(card)
        elif all(word in fold(f"{card.text} {card.block} {card.block.meeting}") for word in wanted):
            found.append(card)
    return Offer((*chosen, *found[:MOST]), max(0, len(found) - MOST))


def may_read(person: Anyone, cluster: Cluster) -> bool:
    """What voices wrote is for those with a seat in the region, as minutes are; others read how many cards there were."""
    return places_access.may_look_inside(person, cluster.region) or places_access.may_edit_register(person, cluster.region)


def cards_of(person: Anyone, cluster: Cluster, wording: Wording | None) -> list[Card]:
    """The cards a text came from that the person may read."""
    if wording is None or not may_read(person, cluster):
        return []
    return list(wording.cards.filter(is_hidden=False, is_withdrawn=False).select_related("block__meeting").order_by("block__meeting__starts_at", "order", "pk"))
