"""The phone: joining by a code, the panel of what is open, and what a voice says."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from osnowa.kit.doors import public
from osnowa.kit.errors import Refused
from osnowa.kit.limits import not_more_than
from osnowa.kit.tongues import preferred
from osnowa.meetings import access
from osnowa.meetings.actions import voices
from osnowa.meetings.forms.joining import JoinForm
from osnowa.meetings.models import Meeting, Voice
from osnowa.meetings.queries.board.state import open_block_of, stage_of
from osnowa.meetings.queries.kinds import Message, kind_of
from osnowa.ui.forms import refusals, status_of

_TWO_MONTHS = 60 * 60 * 24 * 60
#: A room of people comes from one network address.
_JOINS_AN_HOUR = 600
_MOST_BYTES = 512 * 1024
#: How a meeting says itself that it was cancelled: a proxy or a lost cookie has other answers, and phones ask on.
CANCELLED = {"Osnowa-Meeting": "cancelled"}


def _is_cancelled(meeting: Meeting) -> bool:
    return meeting.state == Meeting.State.CANCELLED


def _cookie(meeting: Meeting) -> tuple[str, str]:
    """The name of the cookie that holds a voice's key, and the salt of its signature: both of one meeting only."""
    return f"voice-{meeting.code}", f"osnowa.voice.{meeting.uid}"


def key_of(request: HttpRequest, meeting: Meeting) -> str:
    """The key of the voice that holds this phone; empty before it joined."""
    name, salt = _cookie(meeting)
    return str(request.get_signed_cookie(name, default="", salt=salt))


def voice_of(request: HttpRequest, meeting: Meeting) -> Voice | None:
    """The voice that holds this phone."""
    key = key_of(request, meeting)
    found = Voice.objects.filter(meeting=meeting, key=key).first() if key else None
    if found:
        found.meeting = meeting
    return found


@require_GET
@public(find=access.find_by_code)
def short(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The short address on the wall: on to the page in the phone's language."""
    with translation.override(preferred(request, meeting.region.languages)):
        response = redirect("meetings:join", code=meeting.code)
    response["Vary"] = "Accept-Language, Cookie"
    return response


@never_cache
@public(find=access.find_by_code)
def join(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who has joined goes on to the phone page; `?again` changes what a voice says about itself."""
    voice = voice_of(request, meeting)
    if voice and request.method != "POST" and "again" not in request.GET:
        return redirect("meetings:phone", code=meeting.code)
    form = JoinForm(request.POST or None, voice=voice)
    if request.method == "POST" and form.is_valid():
        not_more_than(_JOINS_AN_HOUR, an_hour_of="joining", by=request)
        with refusals(form):
            joined = voices.join(meeting=meeting, language=translation.get_language() or "en", **form.words)
            response = redirect("meetings:phone", code=meeting.code)
            name, salt = _cookie(meeting)
            response.set_signed_cookie(name, joined.key, salt=salt, max_age=_TWO_MONTHS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
            return response
    return render(request, "meetings/board/join.html", {"meeting": meeting, "form": form, "voice": voice}, status=status_of(form))


def panel(request: HttpRequest, meeting: Meeting, voice: Voice) -> tuple[str, dict[str, Any]]:
    """The markup of what is open for a voice, and what it says to screen readers when it changes."""
    block = open_block_of(meeting)
    around = {"meeting": meeting, "voice": voice, "block": block, "say_url": reverse("meetings:say", kwargs={"code": meeting.code})}
    if block is None:
        return render_to_string("meetings/board/phone_waiting.html", around, request), around
    block.meeting = meeting
    template, words = kind_of(block).on_phone(block, voice)
    return render_to_string(template, around | words, request), around


@never_cache
@require_GET
@public(find=access.find_board)
def phone(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page a voice keeps open during the meeting. Of a cancelled one it shows what was not sent, to be copied."""
    if _is_cancelled(meeting):
        return _cancelled(request, meeting)
    voice = voice_of(request, meeting)
    if voice is None:
        return redirect("meetings:join", code=meeting.code)
    return _phone(request, meeting, voice)


def _phone(request: HttpRequest, meeting: Meeting, voice: Voice, refused: tuple[tuple[str, str], ...] = (), text: str = "") -> HttpResponse:
    markup, around = panel(request, meeting, voice)
    context = around | {"panel": markup, "refused": refused, "text": text}
    return render(request, "meetings/board/phone.html", context, status=409 if refused else 200)


def _cancelled(request: HttpRequest, meeting: Meeting, text: str = "") -> HttpResponse:
    """The page of a phone whose meeting was cancelled, with what was written and never sent."""
    refused = [("", _("This meeting was cancelled before your words arrived. Copy them and give them to who leads the meeting."))] if text else []
    context = {"meeting": meeting, "panel": render_to_string("meetings/board/phone_cancelled.html"), "refused": refused, "text": text, "is_cancelled": True}
    page = render(request, "meetings/board/phone.html", context, status=410)
    page["Osnowa-Meeting"] = CANCELLED["Osnowa-Meeting"]
    return page


@never_cache
@require_GET
@public(find=access.find_board)
def now(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """204 as long as nothing is new for phones; else the panel. Nothing new costs one query."""
    if _is_cancelled(meeting):
        return HttpResponse(status=410, headers=CANCELLED)
    seen = request.GET.get("seen", "")
    if not key_of(request, meeting):
        return HttpResponse(status=409)
    if seen.isdecimal() and stage_of(int(seen)) == stage_of(meeting.pulse):
        return HttpResponse(status=204)
    voice = voice_of(request, meeting)
    if voice is None:
        return HttpResponse(status=409)
    markup, _around = panel(request, meeting, voice)
    return HttpResponse(markup, headers={"Osnowa-Pulse": str(meeting.pulse)})


@require_POST
@public(find=access.find_board)
def say(request: HttpRequest, meeting: Meeting) -> HttpResponseBase:
    """Takes the messages of a phone as JSON, or one message as a plain form."""
    if _is_cancelled(meeting):
        is_plain = request.content_type != "application/json"
        return _cancelled(request, meeting, _text(request.POST)) if is_plain else HttpResponse(status=410, headers=CANCELLED)
    voice = voice_of(request, meeting)
    if request.content_type != "application/json":
        return _said_plainly(request, meeting, voice)
    if voice is None:
        return JsonResponse({"join": reverse("meetings:join", kwargs={"code": meeting.code})}, status=409)
    try:
        messages = voices.read(_json(request))
    except Refused as no:
        return JsonResponse({"why": no.message}, status=no.status)
    heard = voices.say(voice=voice, messages=messages)
    meeting.refresh_from_db(fields=["pulse"])
    refused = [{"key": key, "why": why} for key, why in heard.refused]
    return JsonResponse({"taken": heard.taken, "refused": refused, "pulse": meeting.pulse})


def _json(request: HttpRequest) -> Any:
    if int(request.headers.get("Content-Length") or 0) > _MOST_BYTES:
        raise Refused(_("This message is not one that a phone sends."), status=400)
    try:
        return json.loads(request.body)
    except ValueError:
        raise Refused(_("This message is not one that a phone sends."), status=400) from None


def _said_plainly(request: HttpRequest, meeting: Meeting, voice: Voice | None) -> HttpResponse:
    """One message of a phone without scripts; what is refused comes back with its text."""
    if voice is None:
        return redirect("meetings:join", code=meeting.code)
    said = {name: values if len(values) > 1 else values[0] for name, values in request.POST.lists() if values and name != "csrfmiddlewaretoken"}
    number = str(said.pop("block", ""))
    message = Message(what=str(said.pop("what", "")), key=str(said.pop("key", ""))[:80], turn=voices.plain_turn(), words=said)
    heard = voices.say(voice=voice, messages=[(int(number) if number.isdecimal() and len(number) < 12 else 0, message)])
    if heard.refused:
        return _phone(request, meeting, voice, heard.refused, _text(said))
    return redirect("meetings:phone", code=meeting.code)


def _text(said: Any) -> str:
    """What somebody wrote in a message, to be given back."""
    return str(said.get("text") or said.get("reason") or "")
