"""Reads of the register."""

from osnowa.register.queries.facts import FIELDS, PARTS, facts, facts_after, plain, row_facts

__all__ = ["FIELDS", "PARTS", "facts", "facts_after", "plain", "row_facts"]
