"""Reads of the register."""

from osnowa.register.queries import lately as _lately  # noqa: F401  (tells the journal how to show its things)
from osnowa.register.queries.confirmation import asked_lately, mailboxes, to_ask
from osnowa.register.queries.facts import FIELDS, PARTS, facts, facts_after, facts_of, plain, row_facts
from osnowa.register.queries.people import saved_views_of, seats_in
from osnowa.register.queries.proposals import proposals_of
from osnowa.register.queries.records import records_of

__all__ = ["FIELDS", "PARTS", "asked_lately", "facts", "facts_after", "facts_of", "mailboxes", "plain", "proposals_of", "records_of", "row_facts", "saved_views_of", "seats_in", "to_ask"]
