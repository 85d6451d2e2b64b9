"""The board of a meeting: what the kinds of blocks know to do, and what stands on wall, phones and lead page."""

from osnowa.meetings.queries.board.cards import Cards
from osnowa.meetings.queries.board.consent import Consent
from osnowa.meetings.queries.board.quiet import Break, Talk
from osnowa.meetings.queries.board.rank import Rank
from osnowa.meetings.queries.board.vote import Vote
from osnowa.meetings.queries.kinds import offer


def offer_kinds() -> None:
    """Offers the kinds of blocks of this room, in the order in which an agenda form shows them."""
    offer("talk", Talk())
    offer("cards", Cards())
    offer("vote", Vote())
    offer("rank", Rank())
    offer("consent", Consent())
    offer("break", Break())
