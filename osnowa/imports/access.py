"""Who may import into a region: those who may edit every organisation of its register."""

from django.http import Http404

from osnowa.imports.models import Import
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region

find_region = places_access.find_region


def may_import(person: Anyone, region: Region) -> bool:
    return places_access.may_edit_register(person, region)


def find_import(person: Anyone, region: str, number: int) -> Import:
    """One import of a region; its rows are shown only to those who may work on it."""
    known = ("region__territory", "source", "job", "by", "applied_by", "undone_by", "mends")
    found = Import.objects.filter(region__slug=region, pk=number).select_related(*known).first()
    if found is None:
        raise Http404
    return found


def may_work_on(person: Anyone, it: Import) -> bool:
    return may_import(person, it.region)
