"""Who may see a meeting, who may lead it, and how a token or a code of an address becomes what it stands for."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from osnowa.meetings.models import Block, FollowUp, Meeting, Minutes, Participation, Series
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access as register_access

find_region = places_access.find_region


def may_lead(person: Anyone, thing: Region | Series | Meeting | Block | Participation | FollowUp) -> bool:
    """Plans and leads meetings, sees who comes: coordinators and editors of the region."""
    return places_access.may_edit_register(person, region_of(thing))


def region_of(thing: Region | Series | Meeting | Block | Participation | FollowUp) -> Region:
    """The region of a meeting or of a part of it."""
    if isinstance(thing, Region):
        return thing
    return thing.region if isinstance(thing, Series | Meeting) else thing.meeting.region


def visible(person: Anyone, region: Region) -> QuerySet[Meeting]:
    """The meetings a person may see: those of her visibilities that are announced; all for who leads."""
    here = Meeting.objects.filter(region=region)
    if may_lead(person, region):
        return here
    return here.filter(visibility__in=register_access.levels(person, region)).exclude(state=Meeting.State.DRAFT)


def find_meeting(person: Anyone, region: str, slug: str) -> Meeting:
    """The meeting at an address."""
    place = find_region(person, region)
    found = get_object_or_404(visible(person, place).select_related("series", "municipality"), slug=slug)
    found.region = place
    return found


def find_series(person: Anyone, region: str, slug: str) -> Series:
    """The series at an address; series are public."""
    place = find_region(person, region)
    found = get_object_or_404(Series, region=place, slug=slug)
    found.region = place
    return found


def find_by_code(person: Anyone, code: str) -> Meeting:
    """The meeting whose code stands on the wall; it is enough to know the code."""
    found = find_board(person, code)
    if found.state == Meeting.State.CANCELLED:
        raise Http404
    return found


def find_board(person: Anyone, code: str) -> Meeting:
    """The same for phones that have joined, cancelled meetings too: they must hear it from the meeting itself."""
    return get_object_or_404(Meeting.objects.select_related("region"), code=code.upper())


def find_participation(person: Anyone, token: str) -> Participation:
    """The participation a letter's link stands for; whoever holds the link may read and change it, until names are erased."""
    return get_object_or_404(Participation.objects.select_related("meeting__region", "organisation"), token=token, erased_on=None)


def find_block(person: Anyone, region: str, slug: str, block: int) -> Block:
    """A block of the meeting at an address."""
    meeting = find_meeting(person, region, slug)
    found = get_object_or_404(Block, meeting=meeting, pk=block)
    found.meeting = meeting
    return found


def find_guest(person: Anyone, region: str, slug: str, guest: int) -> Participation:
    """A row of the list of the meeting at an address."""
    meeting = find_meeting(person, region, slug)
    found = get_object_or_404(Participation.objects.select_related("organisation"), meeting=meeting, pk=guest)
    found.meeting = meeting
    return found


def find_follow_up(person: Anyone, region: str, slug: str, number: int) -> FollowUp:
    """Something that follows from the meeting at an address."""
    meeting = find_meeting(person, region, slug)
    found = get_object_or_404(FollowUp.objects.select_related("owner", "organisation"), meeting=meeting, pk=number)
    found.meeting = meeting
    return found


def may_read_minutes(person: Anyone, thing: Meeting | Minutes) -> bool:
    """Minutes are for those with a seat in the region, whoever else may see the meeting."""
    meeting = thing if isinstance(thing, Meeting) else thing.meeting
    return places_access.may_look_inside(person, meeting.region) or may_lead(person, meeting)


def find_edition(person: Anyone, region: str, slug: str, number: int) -> Minutes:
    """An edition of the minutes of the meeting at an address."""
    meeting = find_meeting(person, region, slug)
    found = get_object_or_404(Minutes, meeting=meeting, number=number)
    found.meeting = meeting
    return found
