"""Reads of imports."""

from osnowa.imports.queries.mending import mend_sheet

__all__ = ["mend_sheet"]
