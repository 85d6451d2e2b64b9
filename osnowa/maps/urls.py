"""Addresses of the map."""

from django.urls.resolvers import URLPattern

app_name = "maps"
urlpatterns: list[URLPattern] = []
