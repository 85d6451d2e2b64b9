"""Who may see instruments and rounds, who may lead a round, and how a link becomes the round it stands for."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from osnowa.assessments.models import Instrument, Round
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import Block
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region

find_region = places_access.find_region


def may_lead(person: Anyone, thing: Region | Round | Instrument) -> bool:
    """Prepares instruments and rounds, notes what was agreed, enters paper sheets: coordinators and editors of the region."""
    region = thing if isinstance(thing, Region) else thing.region
    return region is not None and places_access.may_edit_register(person, region)


def may_see_results(person: Anyone, round_: Round) -> bool:
    """Results are for who leads and for those with a seat in the region; for everybody once they are public."""
    return round_.is_public or places_access.may_look_inside(person, round_.region) or may_lead(person, round_)


def visible(person: Anyone, region: Region) -> QuerySet[Round]:
    """The rounds whose results a person may see."""
    here = Round.objects.filter(region=region)
    return here if places_access.may_look_inside(person, region) else here.filter(is_public=True)


def find_round(person: Anyone, region: str, slug: str) -> Round:
    """The round at an address."""
    place = find_region(person, region)
    found = get_object_or_404(visible(person, place).select_related("instrument", "block__meeting", "before"), slug=slug)
    found.region = place
    return found


def find_by_token(person: Anyone, token: str) -> Round:
    """The round a link stands for; whoever holds the link may answer."""
    return get_object_or_404(Round.objects.select_related("region", "instrument", "block__meeting"), token=token)


def instruments(region: Region | None) -> QuerySet[Instrument]:
    """The shipped instruments, and those of a region."""
    return Instrument.objects.filter(Q(region__isnull=True) | Q(region=region)) if region else Instrument.objects.filter(region=None)


@dataclass(frozen=True)
class Here:
    """An instrument as it is used in a region; a dimension of it where the address names one."""

    region: Region
    instrument: Instrument
    code: str = ""


def find_instrument(person: Anyone, region: str, instrument: int, code: str = "") -> Here:
    """A version of an instrument that is used in a region; instruments are public."""
    place = find_region(person, region)
    found = get_object_or_404(instruments(place), pk=instrument)
    if code and all(one["code"] != code for one in found.definition["dimensions"]):
        raise Http404
    return Here(place, found, code)


def find_file(person: Anyone, region: str, instrument: int, form: str) -> tuple[Instrument, str]:
    """A version of an instrument as a file of a form."""
    if form not in ("xlsx", "json"):
        raise Http404
    return find_instrument(person, region, instrument).instrument, form


def may_edit(person: Anyone, here: Here) -> bool:
    """Who leads in the region edits instruments for it."""
    return may_lead(person, here.region)


@dataclass(frozen=True)
class Part:
    """A dimension of a round."""

    round: Round
    code: str


def find_part(person: Anyone, region: str, slug: str, code: str) -> Part:
    """A dimension of the round at an address."""
    found = find_round(person, region, slug)
    if all(one["code"] != code for one in found.instrument.definition["dimensions"]):
        raise Http404
    return Part(found, code)


def may_note(person: Anyone, part: Part) -> bool:
    """Who leads the round notes what was agreed."""
    return may_lead(person, part.round)


def find_block(person: Anyone, region: str, block: int) -> Block:
    """A part of a meeting in which may be scored."""
    place = find_region(person, region)
    found = get_object_or_404(Block.objects.select_related("meeting"), pk=block, kind="score", meeting__in=meetings_access.visible(person, place))
    found.meeting.region = place
    return found


def may_lead_block(person: Anyone, block: Block) -> bool:
    """Who leads the meeting leads its rounds."""
    return meetings_access.may_lead(person, block)
