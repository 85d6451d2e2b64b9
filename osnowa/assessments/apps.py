"""Starts the room: what other rooms and the worker must know of it is known from the start."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    name = "osnowa.assessments"
