"""The verbs of the register."""

from osnowa.register.actions.organisations import (
    add_organisation,
    change_organisation,
    checked_identifier,
    close_organisation,
    confirm_organisation,
    municipality_by_code,
    remove_part,
    reopen_organisation,
    restore_organisation,
    save_part,
)

__all__ = [
    "add_organisation",
    "change_organisation",
    "checked_identifier",
    "close_organisation",
    "confirm_organisation",
    "municipality_by_code",
    "remove_part",
    "reopen_organisation",
    "restore_organisation",
    "save_part",
]
