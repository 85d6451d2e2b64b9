"""Starts the room: what other rooms and the worker must know of it is known from the start."""

from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "osnowa.meetings"

    def ready(self) -> None:
        import_module("osnowa.meetings.tasks")
        import_module("osnowa.meetings.queries.board").offer_kinds()
