"""Starts the room: its kinds of background work are known to web server and worker alike."""

from importlib import import_module

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "osnowa.indicators"

    def ready(self) -> None:
        import_module("osnowa.indicators.tasks")
