"""Addresses of meetings that carry the language in front; those without one are in `short_urls`."""

from django.urls import URLPattern, path

from osnowa.meetings.views import (
    agenda,
    board,
    board_lead,
    board_wall,
    guests,
    listing,
    minutes,
    planning,
    registration,
    series,
)

app_name = "meetings"

#: What is planned: the list, series, one meeting and its files.
_planning = [
    path("<slug:region>/meetings/", listing.meetings, name="meetings"),
    path("<slug:region>/meetings/new/", planning.new, name="new"),
    path("<slug:region>/meetings/series/new/", series.new_series, name="new_series"),
    path("<slug:region>/meetings/series/<slug:slug>/", series.series, name="series"),
    path("<slug:region>/meetings/series/<slug:slug>/edit/", series.edit_series, name="edit_series"),
    path("<slug:region>/meetings/series/<slug:slug>/fill/", series.fill_series, name="fill_series"),
    path("<slug:region>/meetings/series/<slug:slug>/attendance.<str:form>", guests.series_attendance_file, name="series_attendance_file"),
    path("<slug:region>/meetings/<slug:slug>/", listing.meeting, name="meeting"),
    path("<slug:region>/meetings/<slug:slug>/meeting.<str:form>", listing.meeting_file, name="meeting_file"),
    path("<slug:region>/meetings/<slug:slug>/edit/", planning.edit, name="edit"),
    path("<slug:region>/meetings/<slug:slug>/announce/", planning.announce, name="announce"),
    path("<slug:region>/meetings/<slug:slug>/hold/", planning.hold, name="hold"),
    path("<slug:region>/meetings/<slug:slug>/cancel/", planning.cancel, name="cancel"),
]

#: Who comes: registration without an account, the letter's link, invitations, the door, attendance.
_coming: list[URLPattern] = [
    path("meetings/mine/<str:token>/", registration.mine, name="mine"),
    path("meetings/mine/<str:token>/answer/", registration.answer, name="answer"),
    path("meetings/mine/<str:token>/meeting.ics", registration.mine_ics, name="mine_ics"),
    path("meetings/mine/<str:token>/check-in/", guests.check_in, name="check_in"),
    path("m/<str:code>/here/", registration.here, name="here"),
    path("<slug:region>/meetings/organisations/suggested/", registration.organisations, name="organisations"),
    path("<slug:region>/meetings/<slug:slug>/register/", registration.register, name="register"),
    path("<slug:region>/meetings/<slug:slug>/guests/", guests.guests, name="guests"),
    path("<slug:region>/meetings/<slug:slug>/guests/add/", guests.add_guest, name="add_guest"),
    path("<slug:region>/meetings/<slug:slug>/guests/<int:guest>/", guests.at_the_door, name="at_the_door"),
    path("<slug:region>/meetings/<slug:slug>/invite/", guests.invite, name="invite"),
    path("<slug:region>/meetings/<slug:slug>/attendance/", guests.attendance_page, name="attendance"),
    path("<slug:region>/meetings/<slug:slug>/attendance.<str:form>", guests.attendance_file, name="attendance_file"),
]

#: What happens: agenda, follow-ups.
_agenda: list[URLPattern] = [
    path("<slug:region>/meetings/<slug:slug>/agenda/", agenda.agenda, name="agenda"),
    path("<slug:region>/meetings/<slug:slug>/agenda/<int:block>/", agenda.block, name="block"),
    path("<slug:region>/meetings/<slug:slug>/agenda/<int:block>/move/", agenda.move_block, name="move_block"),
    path("<slug:region>/meetings/<slug:slug>/follow-ups/", agenda.follow_ups, name="follow_ups"),
    path("<slug:region>/meetings/<slug:slug>/follow-ups/<int:number>/", agenda.follow_up, name="follow_up"),
]

#: The board: joining, phone, wall, lead.
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

#: What stays on paper: minutes and sheets.
_paper: list[URLPattern] = [
    path("<slug:region>/meetings/<slug:slug>/minutes/", minutes.minutes, name="minutes"),
    path("<slug:region>/meetings/<slug:slug>/minutes/freeze/", minutes.freeze, name="freeze"),
    path("<slug:region>/meetings/<slug:slug>/minutes/<int:number>/", minutes.minutes_file, name="minutes_file"),
    path("<slug:region>/meetings/<slug:slug>/paper/", minutes.paper, name="paper"),
]

urlpatterns = [*_planning, *_paper, *_coming, *_agenda, *_board]
