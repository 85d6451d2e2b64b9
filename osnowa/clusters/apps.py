"""Starts the room: the worker must know its kinds of work from the start."""

from importlib import import_module

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "osnowa.clusters"

    def ready(self) -> None:
        import_module("osnowa.clusters.tasks")
