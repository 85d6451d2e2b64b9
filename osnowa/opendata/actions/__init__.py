"""The verbs of open data."""

from osnowa.opendata.actions.keys import end_key, make_key

__all__ = ["end_key", "make_key"]
