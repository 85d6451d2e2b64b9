"""Addresses of meetings without a language: short ones for walls and calendars."""

from django.urls import URLPattern

app_name = "short"
urlpatterns: list[URLPattern] = []
