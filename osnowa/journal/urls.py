"""Addresses of the journal."""

from django.urls import path

from osnowa.journal import views

app_name = "journal"
urlpatterns = [
    path("jobs/<uuid:job>/", views.job, name="job"),
    path("<slug:region>/journal/", views.lately, name="lately"),
]
