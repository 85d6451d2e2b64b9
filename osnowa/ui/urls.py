"""Addresses of the ground floor."""

from django.urls import path

from osnowa.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/", views.gallery, name="gallery"),
    path("look/", views.look, name="look"),
]
