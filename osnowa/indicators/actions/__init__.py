"""Verbs of indicators: importing values, taking a release back."""

from osnowa.indicators.actions.values import import_values, take_back_release

__all__ = ["import_values", "take_back_release"]
