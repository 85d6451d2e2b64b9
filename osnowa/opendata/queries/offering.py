"""What a region gives away: for the page for people, the description of the dumps and the catalogue."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from osnowa.opendata import dumps
from osnowa.opendata.formats.dcat import File, Place
from osnowa.opendata.formats.tables import TABLES
from osnowa.places.models import Region
from osnowa.register.models import Organisation, Visibility

Facts = dict[str, Any]
_PUBLIC = Q(organisations__visibility=Visibility.PUBLIC, organisations__merged_into=None)


def regions() -> Sequence[Region]:
    """All regions with how many public organisations they have, since when, and when one last changed."""
    counted = Region.objects.select_related("territory").annotate(
        public_count=Count("organisations", filter=_PUBLIC),
        first_at=Min("organisations__created_at", filter=_PUBLIC),
        last_at=Max("organisations__changed_at", filter=_PUBLIC),
    )
    return list(counted.order_by("name"))


def one(region: Region) -> Region:
    """The region with the same counts."""
    public = Organisation.objects.filter(region=region, visibility=Visibility.PUBLIC)
    found = public.aggregate(public_count=Count("pk"), first_at=Min("created_at"), last_at=Max("changed_at"))
    for name, value in found.items():
        setattr(region, name, value)
    return region


def language_of(region: Region) -> str:
    """The first language of a region that Osnowa speaks."""
    spoken = dict(settings.LANGUAGES)
    return next((code for code in region.languages if code in spoken), settings.LANGUAGE_CODE)


def described(region: Region) -> Facts:
    """The region as the description of its dumps needs it."""
    it: Any = one(region)
    return {
        "slug": region.slug, "name": region.name, "address": settings.ADDRESS, "language": language_of(region),
        "version": dumps.version(region), "changed_at": (it.last_at or timezone.now()).isoformat(timespec="seconds"),
        "coordinator": region.coordinator_name, "is_invented": region.is_invented, "nuts": nuts_of(region),
        "country": region.jurisdiction,
    }  # fmt: skip


def nuts_of(region: Region) -> str:
    territory = region.territory
    return territory.code if territory.scheme == "NUTS" else territory.nuts3


def places() -> list[Place]:
    """All regions as the catalogue needs them."""
    return [_place(region) for region in regions()]


def _place(region: Any) -> Place:
    names = {code: region.names.get(code) or region.name for code, _name in settings.LANGUAGES}
    made = dumps.made(region)
    return Place(
        slug=region.slug, names=names, nuts=nuts_of(region), country=region.jurisdiction, coordinator=region.coordinator_name,
        email=region.coordinator_email, is_invented=region.is_invented, languages=tuple(region.languages),
        began_on=timezone.localdate(region.first_at or timezone.now()).isoformat(),
        changed_at=(region.last_at or timezone.now()).isoformat(timespec="seconds"),
        files=tuple(File(table, form, told["bytes"], told["sha256"]) for (table, form), told in made.items()),
    )  # fmt: skip


def tables(region: Region) -> list[Facts]:
    """Every table with its files: (form, address, size where it is made), for the page for people."""
    made = dumps.made(region)
    return [
        {"name": table.name, "files": [
            {"form": form, "bytes": made.get((table.name, form), {}).get("bytes"), "table": table.name} for form in table.forms]}
        for table in TABLES.values()
    ]  # fmt: skip
