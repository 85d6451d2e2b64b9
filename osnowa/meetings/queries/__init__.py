"""Reads of meetings. What the room keeps about a person is known from the start (`people.apps`)."""

from osnowa.meetings.queries.people import participations_of

__all__ = ["participations_of"]
