"""Verbs of documents."""

from osnowa.reports.actions.editions import (
    FREEZE,
    freeze_edition,
    freeze_now,
    publish_edition,
    start_freezing,
    withdraw_edition,
)
from osnowa.reports.actions.writing import begin_report, change_report, shelve_report, write_section

__all__ = [
    "FREEZE", "begin_report", "change_report", "freeze_edition", "freeze_now", "publish_edition", "shelve_report", "start_freezing", "withdraw_edition", "write_section",
]  # fmt: skip
