"""Starts the room."""

from django.apps import AppConfig


class ClustersConfig(AppConfig):
    name = "osnowa.clusters"
