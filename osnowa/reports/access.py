"""Who may read documents and who writes them."""

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.reports.models import Edition, Report

find_region = places_access.find_region


def may_write(person: Anyone, thing: Region | Report) -> bool:
    """Begins documents, writes sections, freezes editions: coordinators and editors of the region."""
    return places_access.may_edit_register(person, thing if isinstance(thing, Region) else thing.region)


def may_read_drafts(person: Anyone, thing: Region | Report) -> bool:
    """Reads what is being written: who has a seat in the region."""
    region = thing if isinstance(thing, Region) else thing.region
    return places_access.may_look_inside(person, region) or may_write(person, region)


def visible(person: Anyone, region: Region) -> QuerySet[Report]:
    """The documents a person may see: those with a public edition; all for who has a seat in the region."""
    here = Report.objects.filter(region=region)
    return here if may_read_drafts(person, region) else here.filter(editions__is_public=True).distinct()


def find_report(person: Anyone, region: str, slug: str) -> Report:
    """The document at an address."""
    place = find_region(person, region)
    found = get_object_or_404(visible(person, place).select_related("cluster__coordinator", "cluster__series", "cluster__letter", "meeting"), slug=slug)
    found.region = place
    if found.cluster:
        found.cluster.region = place
    if found.cluster and found.cluster.letter:
        found.cluster.letter.region = place
    if found.meeting:
        found.meeting.region = place
    return found


def find_edition(person: Anyone, region: str, slug: str, number: int) -> Edition:
    """An edition of the document at an address."""
    report = find_report(person, region, slug)
    found = get_object_or_404(editions_of(person, report), number=number)
    found.report = report
    return found


def editions_of(person: Anyone, report: Report) -> QuerySet[Edition]:
    """The editions of a document a person may see."""
    editions = Edition.objects.filter(report=report)
    return editions if may_read_drafts(person, report) else editions.filter(is_public=True)


def find_edition_file(person: Anyone, region: str, slug: str, number: int, form: str) -> tuple[Edition, str]:
    """An edition as a file of a form."""
    if form not in ("pdf", "docx", "xlsx"):
        raise Http404
    return find_edition(person, region, slug, number), form


def may_publish(person: Anyone, edition: Edition) -> bool:
    """Makes an edition public, or takes it back: who writes documents."""
    return may_write(person, edition.report)
