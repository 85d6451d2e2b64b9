"""Verbs of places, open to the rooms above."""

from osnowa.places.actions.outlines import import_outlines
from osnowa.places.actions.regions import add_region, change_region
from osnowa.places.actions.seats import end_region_seat, give_region_seat, prolong_region_seat, remind_of_region_seats
from osnowa.places.actions.subregions import remove_subregion, save_subregion
from osnowa.places.actions.tables import load_tables

__all__ = [
    "add_region",
    "change_region",
    "end_region_seat",
    "give_region_seat",
    "import_outlines",
    "load_tables",
    "prolong_region_seat",
    "remind_of_region_seats",
    "remove_subregion",
    "save_subregion",
]
