"""Addresses of the map."""

from django.urls import path

from osnowa.maps.views import maps

app_name = "maps"
urlpatterns = [
    path("<slug:region>/map/", maps.map_of, name="map"),
    path("<slug:region>/map/embed/", maps.embed, name="embed"),
    path("<slug:region>/map/map.<str:form>", maps.export, name="export"),
]
