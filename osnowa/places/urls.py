"""Addresses of places."""

from django.urls import path

from osnowa.places.views import municipalities, outlines, regions, seats, subregions

app_name = "places"
urlpatterns = [
    path("regions/new/", regions.new, name="new"),
    path("regions/outlines/", outlines.boundaries, name="boundaries"),
    path("places/municipalities/", municipalities.municipalities, name="municipalities"),
    path("<slug:region>/settings/", regions.settings, name="settings"),
    path("<slug:region>/subregions/", subregions.subregions, name="subregions"),
    path("<slug:region>/subregions/new/", subregions.add_subregion, name="add_subregion"),
    path("<slug:region>/subregions/<slug:code>/", subregions.subregion, name="subregion"),
    path("<slug:region>/subregions/<slug:code>/remove/", subregions.remove, name="remove_subregion"),
    path("<slug:region>/people/", seats.seats, name="seats"),
    path("<slug:region>/people/<int:seat>/", seats.seat, name="seat"),
]
