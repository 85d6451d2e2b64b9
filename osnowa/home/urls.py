"""Addresses of the first floor one enters: front, about, accessibility, privacy, search; and the front of every region."""

from django.urls import path

from osnowa.home.views import front, regions, search

app_name = "home"
urlpatterns = [
    path("", front.front, name="front"),
    path("about/", front.about, name="about"),
    path("accessibility/", front.accessibility, name="accessibility"),
    path("privacy/", front.privacy, name="privacy"),
    path("search/", search.search, name="search"),
    path("<slug:region>/", regions.region, name="region"),
]
