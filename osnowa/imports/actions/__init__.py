"""The verbs of imports."""

from osnowa.imports.actions.applying import apply_import, start_applying, start_undoing, undo_import
from osnowa.imports.actions.arriving import discard_import, forget_old_files, take_file, take_text
from osnowa.imports.actions.checking import check_import, choose_columns, decide_rows, read_import

__all__ = [
    "apply_import",
    "check_import",
    "choose_columns",
    "decide_rows",
    "discard_import",
    "forget_old_files",
    "read_import",
    "start_applying",
    "start_undoing",
    "take_file",
    "take_text",
    "undo_import",
]
