"""Addresses of meetings without a language: short ones for walls and calendars."""

from django.urls import URLPattern, path

from osnowa.meetings.views import board, listing, registration

app_name = "short"
urlpatterns: list[URLPattern] = [
    path("m/<str:code>", board.short, name="join"),
    path("m/<str:code>/here", registration.short_here, name="here"),
    path("<slug:region>/meetings.ics", listing.feed, name="feed"),
]
