"""What an address of open data names; what not everybody may see looks as if it did not exist."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse

from osnowa.opendata import dumps
from osnowa.opendata.formats import murmurations
from osnowa.opendata.formats.org_id import read
from osnowa.opendata.formats.tables import TABLES
from osnowa.opendata.queries.public import public_facts, public_organisations
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access as register_access
from osnowa.register import codes
from osnowa.register.models import Identifier, Organisation

Facts = dict[str, Any]
_FORMS = ("jsonld", "json")


@dataclass(frozen=True)
class Thing:
    """An organisation, the form it is asked for in ("" for any), and whether it was asked for by another name."""

    organisation: Organisation
    form: str
    moved: bool

    @property
    def suffix(self) -> str:
        return f".{self.form}" if self.form else ""


def region(person: Anyone, region: str) -> Region:
    return places_access.find_region(person, region)


def region_and_number(person: Anyone, region: str, number: int) -> tuple[Region, int]:
    if number < 1:
        raise Http404
    return places_access.find_region(person, region), number


def thing(person: Anyone, word: str) -> Thing:
    """The organisation that a uid or an identifier of org-id.guide means; merged records lead to the one that stands."""
    name, form = _split(word)
    asked = _by_uid(name) or _by_number(name)
    now = asked
    while now and now.merged_into:
        now = now.merged_into
    if now is None or asked is None:
        raise Http404
    if not register_access.visible(person, now.region).filter(pk=now.pk).exists():
        raise Http404
    return Thing(now, form, moved=str(now.uid) != name)


def _split(word: str) -> tuple[str, str]:
    for form in _FORMS:
        if word.endswith(f".{form}"):
            return word.removesuffix(f".{form}"), form
    return word, ""


_KNOWN = ("region__territory", "municipality", "parent", "successor", "merged_into__region")


def _by_uid(name: str) -> Organisation | None:
    try:
        uid = uuid.UUID(name)
    except ValueError:
        return None
    return Organisation.every_record.select_related(*_KNOWN).filter(uid=uid).first()


def _by_number(name: str) -> Organisation | None:
    number = read(name, [row.code for row in codes.IDENTIFIERS])
    if number is None:
        return None
    found = Identifier.objects.filter(scheme=number[0], value=number[1]).values_list("organisation_id", flat=True).first()
    return Organisation.every_record.select_related(*_KNOWN).filter(pk=found).first() if found else None


def dump(person: Anyone, region: str, table: str, form: str) -> dumps.Wanted:
    """A table that is there, in a form it has."""
    if table not in TABLES or form not in TABLES[table].forms:
        raise Http404
    return dumps.Wanted(places_access.find_region(person, region), table, form)


def public_organisation(person: Anyone, region: str, slug: str) -> Facts:
    """The public facts of an organisation."""
    place = places_access.find_region(person, region)
    found = public_facts(public_organisations(place).select_related("region").filter(slug=slug)[:1])
    if not found:
        raise Http404
    return found[0]


def public_listing(person: Anyone, region: str, slug: str, number: int) -> tuple[Facts, Facts]:
    """A public offer, need or resource, and the organisation it is of."""
    facts = public_organisation(person, region, slug)
    one = next((one for one in facts["listings"] if one["number"] == number), None)
    if one is None:
        raise Http404
    return one, facts


def listings_of(region: Region) -> Iterator[Facts]:
    """The entries of the Murmurations index about offers and wants of a region."""
    for facts in dumps.facts_of(region, "offers"):
        for one in facts["listings"]:
            address = reverse("data:listing", args=[region.slug, facts["slug"], one["number"]])
            told = {
                "profile_url": settings.ADDRESS + address, "linked_schemas": [murmurations.OFFER], "name": one["name"],
                "last_updated": facts["changed_at"], "geolocation": murmurations.geolocation(facts["place"]),
                "status": "posted", "is_invented": facts["is_invented"],
            }  # fmt: skip
            yield {name: value for name, value in told.items() if value is not None}
