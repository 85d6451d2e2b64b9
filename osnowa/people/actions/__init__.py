"""The verbs of people. Entries of the journal name persons by number only."""

from osnowa.people.actions.accounts import (
    accept_invitation,
    at_erasure,
    change_profile,
    end_session,
    erase,
    invite,
    resend_invitation,
)
from osnowa.people.actions.seats import ended, opened, prolonged, reminded
from osnowa.people.letters import write_to

__all__ = [
    "accept_invitation",
    "at_erasure",
    "change_profile",
    "end_session",
    "ended",
    "erase",
    "invite",
    "opened",
    "prolonged",
    "reminded",
    "resend_invitation",
    "write_to",
]
