"""Verbs of assessments: instruments are loaded, imported and edited; rounds are made, opened and closed; voices answer."""

from osnowa.assessments.actions.instruments import import_instrument, load_shipped, save_definition
from osnowa.assessments.actions.rounds import (
    change_round,
    close_round,
    enter_sheet,
    make_round,
    note_agreed,
    open_round,
)

__all__ = [
    "change_round",
    "close_round",
    "enter_sheet",
    "import_instrument",
    "load_shipped",
    "make_round",
    "note_agreed",
    "open_round",
    "save_definition",
]
