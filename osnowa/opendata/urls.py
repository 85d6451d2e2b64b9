"""Addresses of open data."""

from django.urls import path

from osnowa.opendata.views import pages

app_name = "opendata"
urlpatterns = [
    path("data/", pages.everywhere, name="everywhere"),
    path("<slug:region>/data/", pages.region, name="region"),
]
