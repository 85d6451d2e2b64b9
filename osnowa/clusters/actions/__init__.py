"""Verbs of clusters."""

from osnowa.clusters.actions.mandates import erase_ended_names
from osnowa.clusters.actions.members_reminders import remind_of_mandates

__all__ = ["erase_ended_names", "remind_of_mandates"]
