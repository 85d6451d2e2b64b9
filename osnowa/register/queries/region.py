"""What the front page of a region says: how many, of what kind, where, how true."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from osnowa.places.models import Region, Subregion
from osnowa.register.models import Organisation


@dataclass(frozen=True)
class Portrait:
    """The figures of a region's page; each counts open organisations a reader may see."""

    total: int
    units: int
    confirmed: int
    municipalities: int
    forms: list[tuple[str, int]]
    sectors: list[tuple[str, int]]
    areas: list[tuple[Subregion, int]]
    places: dict[int | None, int]

    @property
    def confirmed_percent(self) -> int:
        return round(100 * self.confirmed / self.total) if self.total else 0


def portrait(region: Region, seen: QuerySet[Organisation]) -> Portrait:
    """The portrait of a region made of the organisations seen; five queries."""
    here = seen.exclude(activity_status=Organisation.Status.CLOSED).order_by()
    a_year_ago = timezone.localdate() - timedelta(days=365)
    totals: dict[str, Any] = here.aggregate(
        total=Count("pk"),
        units=Count("pk", filter=Q(kind=Organisation.Kind.UNIT)),
        confirmed=Count("pk", filter=Q(last_confirmed_on__gte=a_year_ago)),
    )
    places: dict[int | None, int] = dict(here.exclude(municipality=None).values_list("municipality").annotate(n=Count("pk")))
    return Portrait(
        **totals,
        municipalities=len(places),
        forms=_counted(here, "legal_form"),
        sectors=_counted(here, "sector"),
        areas=_areas(region, here),
        places=places,
    )


def _counted(here: QuerySet[Organisation], field: str) -> list[tuple[str, int]]:
    return list(here.values_list(field).annotate(n=Count("pk")).order_by("-n", field))


def _areas(region: Region, here: QuerySet[Organisation]) -> list[tuple[Subregion, int]]:
    """Organisations by support-centre area, in the order of the region, empty areas too."""
    areas = list(Subregion.objects.filter(region=region, kind=Subregion.Kind.SUPPORT_CENTRE))
    if not areas:
        return []
    counts = dict(
        here.filter(municipality__subregions__in=areas)
        .values_list("municipality__subregions")
        .annotate(n=Count("pk", distinct=True))
    )
    return [(area, counts.get(area.pk, 0)) for area in areas]
