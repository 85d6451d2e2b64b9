"""Verbs of places, open to the rooms above."""

from osnowa.places.actions.outlines import import_outlines
from osnowa.places.actions.regions import add_region, change_region
from osnowa.places.actions.subregions import remove_subregion, save_subregion
from osnowa.places.actions.tables import load_tables

__all__ = ["add_region", "change_region", "import_outlines", "load_tables", "remove_subregion", "save_subregion"]
