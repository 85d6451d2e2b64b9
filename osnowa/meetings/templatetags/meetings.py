"""Template words of meetings: when one is, its tone, the ways of who leads it."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from osnowa.meetings import access
from osnowa.meetings.actions.arrivals import is_time_to_arrive
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries import meetings as queries
from osnowa.meetings.queries.countries import COUNTRIES
from osnowa.meetings.queries.kinds import styles
from osnowa.register import codes

register = template.Library()

#: (URL name, words, names of pages that lie under it)
WAYS = (
    ("meetings:meeting", _("Meeting"), ("meetings:edit", "meetings:cancel")),
    ("meetings:agenda", _("Agenda"), ("meetings:block",)),
    ("meetings:invite", _("Invitations"), ()),
    ("meetings:guests", _("Guests"), ("meetings:add_guest",)),
    ("meetings:paper", _("Paper"), ()),
    ("meetings:lead", _("Board"), ()),
    ("meetings:attendance", _("Attendance"), ()),
    ("meetings:follow_ups", _("What follows"), ("meetings:follow_up",)),
    ("meetings:minutes", _("Minutes"), ()),
)
_TONES = {"draft": "plain", "announced": "good", "held": "plain", "cancelled": "bad", "registered": "good", "waiting": "warn", "invited": "plain", "declined": "bad"}


@register.filter
def when(meeting: Meeting) -> str:
    """Day and hours of a meeting in its own time zone."""
    return queries.when(meeting)


@register.filter
def tone(thing: Meeting | Participation) -> str:
    """The tone of a badge that tells the state of a meeting or of somebody's coming."""
    return _TONES.get(thing.state, "plain")


@register.filter
def sector(code: str) -> str:
    """What a sector is called; nothing where none is known."""
    return codes.SECTORS.label(code) if code else ""


@register.filter
def country(code: str) -> str:
    """What a country is called; nothing where none is known."""
    return COUNTRIES.label(code) if code else ""


@register.filter
def clock_of(moment: Any, meeting: Meeting) -> str:
    """The hour of a moment where the meeting is."""
    return queries.clock(queries.local(meeting, moment)) if moment else ""


@register.filter
def takes_arrivals(meeting: Meeting) -> bool:
    """Whether people may say now that they are there."""
    return is_time_to_arrive(meeting)


@register.simple_tag
def kind_styles() -> list[str]:
    """The sheets of style that kinds of blocks bring along, for the head of phone, wall and lead page."""
    return styles()


@register.simple_tag(takes_context=True)
def meeting_ways(context: template.Context) -> list[dict[str, Any]]:
    """The ways of the meeting in the context, for who leads it: address, words, aria-current."""
    meeting, request = context["meeting"], context.get("request")
    if not isinstance(request, HttpRequest) or not access.may_lead(request.user, meeting):
        return []
    view = request.resolver_match.view_name if request.resolver_match else ""
    ways = []
    for name, words, under in WAYS:
        try:
            url = reverse(name, args=[meeting.region.slug, meeting.slug])
        except NoReverseMatch:
            continue
        ways.append({"url": url, "words": words, "current": "page" if view == name else "true" if view in under else ""})
    return ways
