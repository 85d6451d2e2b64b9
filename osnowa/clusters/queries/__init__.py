"""Reads of clusters. What the room keeps about a person is known from the start (`people.apps`)."""

from osnowa.clusters.queries.mandates import mandates_of_person

__all__ = ["mandates_of_person"]
