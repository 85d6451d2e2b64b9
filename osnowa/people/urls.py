"""Addresses of the account, beside those of allauth; mounted at `account/`."""

from django.urls import path

from osnowa.people import views

app_name = "people"
urlpatterns = [
    path("me/", views.profile, name="profile"),
    path("me/export/", views.export, name="export"),
    path("me/erase/", views.erase, name="erase"),
    path("erased/", views.erased, name="erased"),
    path("invitation/<str:token>/", views.invitation, name="invitation"),
    path("sessions/<int:session>/end/", views.end_session, name="end_session"),
]
