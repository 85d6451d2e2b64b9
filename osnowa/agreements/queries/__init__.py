"""Reads of agreements. What the room keeps about a person is known from the start (`people.apps`)."""

from osnowa.agreements.queries.signing_people import signatures_of

__all__ = ["signatures_of"]
