"""Addresses of open data."""

from django.urls import path

from osnowa.opendata.api import page
from osnowa.opendata.views import keys, pages

app_name = "opendata"
urlpatterns = [
    path("data/", pages.everywhere, name="everywhere"),
    path("data/api/", page.api, name="api"),
    path("data/keys/", keys.keys, name="keys"),
    path("data/keys/<int:number>/end/", keys.end_key, name="end_key"),
    path("<slug:region>/data/", pages.region, name="region"),
]
