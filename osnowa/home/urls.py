"""Addresses of the first floor one enters: front, about, accessibility, privacy, search."""

from django.urls import path

from osnowa.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("about/", views.about, name="about"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("search/", views.search, name="search"),
]
