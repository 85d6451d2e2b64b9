"""Starts the room: the worker must know its work from the start."""

from importlib import import_module

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "osnowa.reports"

    def ready(self) -> None:
        import_module("osnowa.reports.tasks")
