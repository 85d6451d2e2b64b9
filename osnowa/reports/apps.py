"""Starts the room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "osnowa.reports"
