"""What respondents say. No deeds of persons: rows of their own without an entry, fit to be repeated in any order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.assessments.models import Answer, Respondent, Round
from osnowa.assessments.queries.instruments import NUMBERED, Definition, Item, definition_in
from osnowa.compute.spider import FEWEST, next_view
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Voice
from osnowa.register.codes import SECTORS
from osnowa.ui.forms import personal_numbers

#: Respondents of one round.
_MOST = 5_000
_LONGEST = 2_000
_IMPORTANCE = range(1, 4)
#: Words that mean "no answer".
_SILENT = (None, "", "none")


@dataclass(frozen=True)
class Said:
    """What was said to one item, checked."""

    value: int | None = None
    importance: int | None = None
    target: int | None = None
    words: Any = None


def _number(text: Any, steps: range) -> int | None:
    """A step of a scale, or no answer; refused where it is neither."""
    if text in _SILENT:
        return None
    try:
        number = int(str(text))
    except ValueError:
        number = None
    if number is None or number not in steps:
        raise Refused(_("Answer with a number from %(least)s to %(most)s, or with “no answer”.") % {"least": steps[0], "most": steps[-1]})
    return number


def _words(item: Item, text: Any) -> Any:
    """A text or codes of choices, or no answer."""
    known = {choice.code for choice in item.choices}
    if item.kind == "several":
        chosen = [code for code in ([text] if isinstance(text, str) else list(text or ())) if code not in _SILENT]
        if set(chosen) - known or (item.most and len(chosen) > item.most):
            raise Refused(_("Choose among the answers that are offered, at most %(most)s.") % {"most": item.most or len(known)})
        return list(dict.fromkeys(chosen)) or None
    if text in _SILENT:
        return None
    if item.kind == "choice" and text not in known:
        raise Refused(_("Choose among the answers that are offered, at most %(most)s.") % {"most": 1})
    if not isinstance(text, str) or len(text) > _LONGEST:
        raise Refused(_("Write at most %(most)s signs.") % {"most": _LONGEST})
    if personal_numbers(text):
        raise Refused(_("This looks like the personal number of somebody (PESEL, EMŠO). Take it out: the register keeps none."))
    return text.strip() or None


def checked(definition: Definition, item: Item, words: Mapping[str, Any]) -> Said:
    """What words of a phone or a form say to an item; refused where they are no answer to it."""
    if item.kind in NUMBERED:
        value = _number(words.get("value"), definition.steps_of(item))
        if item.kind != "level":
            return Said(value)
        importance = _number(words.get("importance"), _IMPORTANCE) if definition.asks.importance else None
        return Said(value, importance, _number(words.get("target"), definition.scale.steps) if definition.asks.target else None)
    if item.kind == "number":
        return Said(_number(words.get("value"), range(32_000)))
    return Said(words=_words(item, words.get("value")))


def begin(*, round_: Round, sector: str, via: str, language: str = "en", voice: Voice | None = None, entered_by: Any = None) -> Respondent:
    """A new respondent of a round that is open; the row of the round is held, so that no two get one number."""
    with transaction.atomic():
        held = Round.objects.select_for_update().get(pk=round_.pk)
        refuse_closed(held)
        if sector and sector not in SECTORS:
            raise Refused(_("Choose a sector from the list."))
        if voice and (there := Respondent.objects.filter(round=held, voice=voice).first()):
            return there
        last = Respondent.objects.filter(round=held).aggregate(last=Max("number"))["last"] or 0
        if last >= _MOST:
            raise Refused(_("Nobody else can answer in this round."))
        about = {"sector": sector, "via": via, "language": language[:2], "voice": voice, "entered_by": entered_by}
        return Respondent.objects.create(round=held, number=last + 1, organisation=voice.organisation if voice else None, **about)


def refuse_closed(round_: Round) -> None:
    """Refused unless the round takes answers."""
    if round_.state == Round.State.PLANNED:
        raise Refused(_("This round has not begun yet."))
    if round_.state == Round.State.CLOSED:
        raise Refused(_("This round is closed. What was said is counted; nothing can be added any more."))


_VIA = {Voice.Via.PHONE: Respondent.Via.PHONE, Voice.Via.REMOTE: Respondent.Via.LINK, Voice.Via.PAPER: Respondent.Via.PAPER}


def of_voice(round_: Round, voice: Voice) -> Respondent:
    """The respondent a voice of a meeting is; made when it speaks first, with the sector it has now."""
    found = Respondent.objects.filter(round=round_, voice=voice).first()
    if found is None:
        return begin(round_=round_, sector=voice.sector, via=_VIA[Voice.Via(voice.via)], language=voice.language, voice=voice)
    if found.sector != voice.sector:
        found.sector = voice.sector
        found.save(update_fields=["sector"])
    return found


def hear(*, round_: Round, respondent: Respondent, code: str, words: Mapping[str, Any], turn: int) -> None:
    """Keeps what a respondent says to an item; the same once more, or something older, changes nothing. The view moves on when it may."""
    refuse_closed(round_)
    definition = definition_in(round_.instrument)
    item = definition.items.get(code)
    if item is None:
        raise Refused(_("This is not asked here."))
    said = checked(definition, item, words)
    with transaction.atomic():
        # An answer and the closing of the round wait for one another, so that none comes in unseen after it.
        refuse_closed(Round.objects.select_for_update().only("state").get(pk=round_.pk))
        _keep(respondent, code, said, turn)
        if item.kind in NUMBERED:
            _move_view(round_, code)


def _keep(respondent: Respondent, code: str, said: Said, turn: int) -> None:
    fresh = {"value": said.value, "importance": said.importance, "target": said.target, "words": said.words, "turn": turn, "said_at": timezone.now()}
    kept, is_new = Answer.objects.get_or_create(respondent=respondent, item=code, defaults=fresh)
    if not is_new and kept.turn < turn:
        Answer.objects.filter(pk=kept.pk, turn__lt=turn).update(**fresh)


def _move_view(round_: Round, code: str) -> None:
    """Lets the view of an item take over whole batches of what was said anew; the round's row is held."""
    held = Round.objects.only("shown").get(pk=round_.pk)
    rows = Answer.objects.filter(respondent__round=round_.pk, item=code).order_by("said_at", "pk")
    said = {str(row[0]): list(row[1:]) for row in rows.values_list("respondent", "turn", "value", "importance", "target")}
    shown = held.shown.get(code, {})
    if len(said) < 2 * FEWEST:
        return
    after = next_view(shown, said)
    if after != shown:
        held.shown[code] = after
        held.save(update_fields=["shown"])
