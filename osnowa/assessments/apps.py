"""Starts the room: what other rooms and the worker must know of it is known from the start."""

from importlib import import_module

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "osnowa.assessments"

    def ready(self) -> None:
        import_module("osnowa.assessments.actions.scoring").offer_kind()
