"""Finding what an address names, as everybody sees it."""

from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from osnowa.opendata.api.problems import Problem
from osnowa.places.access import find_region
from osnowa.places.models import Region
from osnowa.register.models import Organisation, Visibility

_KNOWN = {
    "region": ("slug", "languages"),
    "municipality": ("scheme", "code", "name", "nuts3", "lat", "lon"),
    "parent": ("uid", "slug", "legal_name", "visibility"),
    "successor": ("uid", "slug", "legal_name", "visibility"),
}


def known(rows: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """The rows with what public facts say of the things they name and no more, so that no organisation costs a query."""
    own = [field.name for field in Organisation._meta.concrete_fields]
    others = [f"{name}__{field}" for name, fields in _KNOWN.items() for field in fields]
    return rows.select_related(*_KNOWN).only(*own, *others)


def region_of(slug: str) -> Region:
    try:
        return find_region(AnonymousUser(), slug)
    except Http404:
        raise Problem(404) from None


def public_records() -> QuerySet[Organisation]:
    """Every record everybody may see, those merged into others too."""
    return known(Organisation.every_record.filter(visibility=Visibility.PUBLIC))


def standing(record: Organisation | None) -> Organisation:
    """The record itself, or the one that stands for it now; a problem where everybody may see neither."""
    while record and record.merged_into_id:
        record = public_records().filter(pk=record.merged_into_id).first()
    if record is None:
        raise Problem(404)
    return record


def by_uid(uid: UUID) -> Organisation:
    return standing(public_records().filter(uid=uid).first())


def by_slug(region: Region, slug: str) -> Organisation:
    return standing(public_records().filter(region=region, slug=slug).first())
