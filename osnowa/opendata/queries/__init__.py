"""Reads of open data."""

from osnowa.opendata.queries import keys as _keys  # noqa: F401  (tells people which keys they have)
from osnowa.opendata.queries.public import PARTS, identity, page, public_facts, public_organisations

__all__ = ["PARTS", "identity", "page", "public_facts", "public_organisations"]
