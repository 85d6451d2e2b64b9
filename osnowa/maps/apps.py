"""Starts the room: what its pages usually ask is known to web server and worker alike."""

from importlib import import_module

from django.apps import AppConfig


class MapsConfig(AppConfig):
    name = "osnowa.maps"

    def ready(self) -> None:
        import_module("osnowa.maps.tasks")
