"""Addresses of open data for machines: no language in front."""

from django.urls.resolvers import URLPattern

app_name = "data"
urlpatterns: list[URLPattern] = []
