"""Addresses of meetings that carry the language in front; those without one are in `short_urls`."""

from django.urls import URLPattern, path

from osnowa.meetings.views import board, board_lead, board_wall, listing

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
_board: list[URLPattern] = [
    path("m/<str:code>/", board.join, name="join"),
    path("m/<str:code>/phone/", board.phone, name="phone"),
    path("m/<str:code>/now/", board.now, name="now"),
    path("m/<str:code>/say/", board.say, name="say"),
    path("<slug:region>/meetings/<slug:slug>/wall/", board_wall.wall, name="wall"),
    path("<slug:region>/meetings/<slug:slug>/wall/now/", board_wall.wall_now, name="wall_now"),
    path("<slug:region>/meetings/<slug:slug>/lead/", board_lead.lead, name="lead"),
    path("<slug:region>/meetings/<slug:slug>/lead/now/", board_lead.lead_now, name="lead_now"),
    path("<slug:region>/meetings/<slug:slug>/lead/<int:block>/open/", board_lead.open_block, name="open_block"),
    path("<slug:region>/meetings/<slug:slug>/lead/<int:block>/close/", board_lead.close_block, name="close_block"),
    path("<slug:region>/meetings/<slug:slug>/lead/<int:block>/names/", board_lead.names, name="names"),
    path("<slug:region>/meetings/<slug:slug>/lead/<int:block>/cards/", board_lead.arrange, name="arrange"),
]

urlpatterns = [*_coming, *_agenda, *_board, *_planning]
