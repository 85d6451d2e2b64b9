"""What a region gives away: for the page for people, the description of the dumps and the catalogue."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Max, OuterRef, Subquery
from django.utils import timezone

from osnowa.opendata import dumps
from osnowa.opendata.formats.dcat import File, Place
from osnowa.opendata.formats.tables import TABLES
from osnowa.places.models import Region
from osnowa.register.models import Organisation, Visibility
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept

Facts = dict[str, Any]
#: In a region that froze as many organisations they are counted in the frame, not in the database.
_MANY = 20_000


def regions(**only: Any) -> Sequence[Region]:
    """All regions with how many public organisations they have, since when, and when one last changed.

    Two queries, and a few more for each very large region.
    """
    own = Organisation.objects.filter(region=OuterRef("pk"), visibility=Visibility.PUBLIC)
    moments = {
        "first_at": Subquery(own.order_by("pk").values("created_at")[:1]), "last_at": Subquery(own.order_by("-changed_at").values("changed_at")[:1]),
    }  # fmt: skip
    counted_by = Region.objects.filter(**only).select_related("territory").annotate(**moments, frozen=Max("snapshots__organisations"))
    found: list[Any] = list(counted_by.order_by("name"))
    large = {it.pk for it in found if (it.frozen or 0) >= _MANY}
    public = Organisation.objects.filter(visibility=Visibility.PUBLIC, region__in=[it for it in found if it.pk not in large])
    counted = dict(public.order_by().values_list("region").annotate(Count("pk")))
    for it in found:
        it.public_count = _in_frame(it) if it.pk in large else counted.get(it.pk, 0)
    return found


def _in_frame(region: Region) -> int:
    ((count,),) = Kept(frame_of(region, AnonymousUser())).counts("SELECT count(*) FROM register", 0)
    return int(count)


def one(region: Region) -> Region:
    """The region with the same counts."""
    return regions(pk=region.pk)[0]


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
