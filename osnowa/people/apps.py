"""Starts the room: reads the drawers of the rooms above that have something to say about a person."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class PeopleConfig(AppConfig):
    name = "osnowa.people"

    def ready(self) -> None:
        """Imports every room's queries and actions, so that what they contribute to export and erasure is known."""
        for room in apps.get_app_configs():
            for drawer in ("queries", "actions"):
                if room.name.startswith("osnowa.") and find_spec(f"{room.name}.{drawer}"):
                    import_module(f"{room.name}.{drawer}")
