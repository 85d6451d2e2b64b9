"""Starts the room: the worker knows its work from the start."""

from importlib import import_module

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "osnowa.agreements"

    def ready(self) -> None:
        import_module("osnowa.agreements.tasks")
