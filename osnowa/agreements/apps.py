"""Starts the room."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "osnowa.agreements"
