"""Addresses of meetings that carry the language in front; those without one are in `short_urls`."""

from django.urls import URLPattern, path

from osnowa.meetings.views import listing

app_name = "meetings"

#: What is planned: the list, series, one meeting and its files.
_planning = [
    path("<slug:region>/meetings/", listing.meetings, name="meetings"),
]

#: Who comes: registration without an account, the letter's link, invitations, the door, attendance.
_coming: list[URLPattern] = []

#: What happens: agenda, follow-ups.
_agenda: list[URLPattern] = []

#: The board: joining, phone, wall, lead, minutes, paper.
_board: list[URLPattern] = []

urlpatterns = [*_coming, *_agenda, *_board, *_planning]
