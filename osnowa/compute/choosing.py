"""What does a room choose, when each voice spreads dots over cards or puts cards in order?

Dots: every voice has an allowance. What a voice said of single cards may reach us in any order and, while some of it is
still on its way, add up to more than it may give. What was said last counts first, and what was said before counts as far as the
allowance reaches: so the outcome depends on what was said alone, never on the order of arrival.

Order: Borda's count. With n cards the first gets n − 1 points, the next n − 2, the last 0. Cards at the same place, and those that
were not placed at all (behind all others), share the points of the places they take together, so that every voice gives
n (n − 1) / 2 points. Equal totals are told as a tie, never broken.
Sources: J.-C. de Borda, Mémoire sur les élections au scrutin, Paris 1784; for ties and short lists D. Black, The Theory of
Committees and Elections, Cambridge 1958, and P. Emerson, Social Choice and Welfare 40 (2013) 353–358.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Generic, TypeVar

Card = TypeVar("Card", bound=Hashable)


@dataclass(frozen=True)
class Said(Generic[Card]):
    """So many dots for a card; `turn` grows with everything a voice says, `order` decides between equal turns."""

    card: Card
    dots: int
    turn: int
    order: int = 0


def within_allowance(said: Iterable[Said[Card]], allowance: int) -> dict[Card, int]:
    """The dots of one voice that count: the newest first, as far as the allowance reaches; cards without any are left out."""
    left, counted = allowance, dict[Card, int]()
    for one in sorted(said, key=lambda one: (one.turn, one.order), reverse=True):
        given = max(0, min(one.dots, left))
        left -= given
        if given:
            counted[one.card] = counted.get(one.card, 0) + given
    return counted


@dataclass(frozen=True)
class Standing(Generic[Card]):
    """A card with its points and its place; cards with equal points share a place (1, 2, 2, 4)."""

    card: Card
    points: Fraction
    place: int
    is_tied: bool


def borda(cards: Sequence[Card], ballots: Iterable[Mapping[Card, int]]) -> list[Standing[Card]]:
    """The cards by points, the most first; a ballot tells the place a voice gave to the cards it placed."""
    points = dict.fromkeys(cards, Fraction(0))
    for ballot in ballots:
        for card, given in _points(cards, ballot).items():
            points[card] += given
    ordered = sorted(cards, key=lambda card: -points[card])
    totals = [points[card] for card in ordered]
    return [Standing(card, points[card], totals.index(points[card]) + 1, totals.count(points[card]) > 1) for card in ordered]


def _points(cards: Sequence[Card], ballot: Mapping[Card, int]) -> dict[Card, Fraction]:
    """The points one ballot gives; nothing where it places no card."""
    placed = {card: ballot[card] for card in cards if card in ballot}
    if not placed:
        return {}
    last = max(placed.values()) + 1
    tiers: dict[int, list[Card]] = {}
    for card in cards:
        tiers.setdefault(placed.get(card, last), []).append(card)
    found, next_points = dict[Card, Fraction](), len(cards) - 1
    for place in sorted(tiers):
        many = len(tiers[place])
        share = Fraction(sum(range(next_points - many + 1, next_points + 1)), many)
        found |= dict.fromkeys(tiers[place], share)
        next_points -= many
    return found
