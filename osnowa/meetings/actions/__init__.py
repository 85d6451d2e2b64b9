"""Verbs of meetings. What is forgotten when a person is erased is known from the start (`people.apps`)."""

from osnowa.meetings.actions.keeping import erase_participants, remind_of_follow_ups, remind_of_meetings

__all__ = ["erase_participants", "remind_of_follow_ups", "remind_of_meetings"]
