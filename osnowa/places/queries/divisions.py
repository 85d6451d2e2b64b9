"""The region's own divisions as its page shows them, and which outlines have been imported."""

from dataclasses import dataclass, field

from django.db.models import Count, Max

from osnowa.places.drawing import tone_of
from osnowa.places.models import Outline, Region, Subregion, Territory
from osnowa.places.queries.municipalities import Group, by_parent, municipalities_in


@dataclass(frozen=True)
class Division:
    """A subregion with its municipalities and the tone it has on the map."""

    subregion: Subregion
    tone: int
    municipalities: list[Territory]
    #: Municipalities that no longer lie in the region's territory.
    outside: list[Territory]


@dataclass(frozen=True)
class Kind:
    """All divisions of one kind, and the municipalities that belong to none of them."""

    code: str
    label: str
    divisions: list[Division] = field(default_factory=list)
    left_over: list[Group] = field(default_factory=list)

    @property
    def left_over_count(self) -> int:
        return sum(len(group.municipalities) for group in self.left_over)


def divisions_of(region: Region) -> list[Kind]:
    """The region's divisions by kind; three queries."""
    rows = list(Subregion.objects.filter(region=region).order_by("kind", "order", "name", "pk").prefetch_related("municipalities"))
    inside = {one.pk: one for one in municipalities_in(region).select_related("parent")} if rows else {}
    kinds: dict[str, Kind] = {}
    placed: dict[str, set[int]] = {}
    for one in rows:
        kind = kinds.setdefault(one.kind, Kind(one.kind, one.get_kind_display()))
        own = sorted(one.municipalities.all(), key=lambda place: (place.name_fold, place.code))
        placed.setdefault(one.kind, set()).update(place.pk for place in own)
        within = [place for place in own if place.pk in inside]
        kind.divisions.append(
            Division(one, tone_of(len(kind.divisions) + 1), within, [place for place in own if place.pk not in inside])
        )
    for code, kind in kinds.items():
        kind.left_over.extend(by_parent(place for pk, place in inside.items() if pk not in placed[code]))
    first = Subregion.Kind.SUPPORT_CENTRE
    return sorted(kinds.values(), key=lambda kind: (kind.code != first, kind.label))


@dataclass(frozen=True)
class Imported:
    """How many outlines of one level of a code list came from one source, and when last."""

    scheme: str
    kind: str
    source: str
    count: int
    on: object


def imported_outlines() -> list[Imported]:
    """The outlines the instance has, by code list, kind and source; one query."""
    rows = (
        Outline.objects.values_list("territory__scheme", "territory__kind", "source")
        .annotate(count=Count("pk"), last=Max("imported_on"))
        .order_by("territory__scheme", "territory__kind", "source")
    )
    return [Imported(scheme, Territory(kind=kind).kind_label, source, count, on) for scheme, kind, source, count, on in rows]
