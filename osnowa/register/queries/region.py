"""What the front page of a region says: how many, of what kind, where, how true."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

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
    forms: list[tuple[str, int]]
    sectors: list[tuple[str, int]]
    areas: list[tuple[Subregion, int]]
    places: dict[int | None, int]

    @property
    def confirmed_percent(self) -> int:
        return round(100 * self.confirmed / self.total) if self.total else 0

    @property
    def municipalities(self) -> int:
        return len(self.places)


def portrait(region: Region, seen: QuerySet[Organisation]) -> Portrait:
    """The portrait of a region made of the organisations seen; three queries."""
    a_year_ago = timezone.localdate() - timedelta(days=365)
    rows = (
        seen.exclude(activity_status=Organisation.Status.CLOSED)
        .order_by()
        .values_list("kind", "legal_form", "sector", "municipality")
        .annotate(n=Count("pk"), fresh=Count("pk", filter=Q(last_confirmed_on__gte=a_year_ago)))
    )
    kinds, forms, sectors, places = Counter[str](), Counter[str](), Counter[str](), Counter[int | None]()
    confirmed = 0
    for kind, form, sector, municipality, n, fresh in rows:
        kinds[kind] += n
        forms[form] += n
        sectors[sector] += n
        places[municipality] += n
        confirmed += fresh
    places.pop(None, None)
    return Portrait(
        total=kinds.total(),
        units=kinds[Organisation.Kind.UNIT],
        confirmed=confirmed,
        forms=_most_first(forms),
        sectors=_most_first(sectors),
        areas=_areas(region, places),
        places=dict(places),
    )


def _most_first(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _areas(region: Region, places: Counter[int | None]) -> list[tuple[Subregion, int]]:
    """Organisations by support-centre area, in the order of the region, empty areas too."""
    areas = {area.pk: area for area in Subregion.objects.filter(region=region, kind=Subregion.Kind.SUPPORT_CENTRE)}
    counts = Counter[int]()
    members = Subregion.municipalities.through.objects.filter(subregion_id__in=areas)
    for area, municipality in members.values_list("subregion_id", "territory_id"):
        counts[area] += places[municipality]
    return [(area, counts[pk]) for pk, area in areas.items()]
