"""Addresses for machines: no language in front."""

from django.urls import path

from osnowa.home import health

urlpatterns = [
    path("health/", health.health, name="health"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", health.favicon, name="favicon"),
]
