"""Starts the room: what other rooms and the worker must know of it is known from the start."""

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "osnowa.meetings"
