"""The indicators of the instance with their places, periods and sources."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min

from osnowa.indicators.models import Indicator, Release, Value


@dataclass(frozen=True)
class Listed:
    """An indicator as the catalogue shows it."""

    indicator: Indicator
    places: int
    values: int
    first: str
    last: str
    release: Release

    @property
    def on(self) -> date:
        """The day of publication, else the day it came in."""
        return self.release.published_on or self.release.taken_at.date()


def catalogue() -> list[Listed]:
    """Every indicator that has a value, by theme and code; the release is the newest that gave it one."""
    counted = Value.objects.filter(is_newest=True).values("indicator").annotate(
        places=Count("geo", distinct=True), values_of=Count("pk"), first=Min("period"), last=Max("period"), newest=Max("release"),
    )  # fmt: skip
    rows = {row["indicator"]: row for row in counted}
    releases = Release.objects.in_bulk({row["newest"] for row in rows.values()})
    return [
        Listed(one, row["places"], row["values_of"], row["first"], row["last"], releases[row["newest"]])
        for one in Indicator.objects.filter(pk__in=list(rows)).order_by("theme", "code")
        if (row := rows[one.pk])
    ]


def row_facts(row: Listed) -> dict[str, Any]:
    """A row of the catalogue for machines."""
    it = row.indicator
    return {
        "code": it.code, "name": str(it), "theme": it.theme_said, "is_invented": it.is_invented, "unit": it.unit, "polarity": it.polarity, "places": row.places, "values": row.values,
        "first": row.first, "last": row.last, "source": row.release.source, "licence": row.release.licence, "on": str(row.on),
    }  # fmt: skip


def by_theme(found: list[Listed]) -> list[tuple[str, bool, list[Listed]]]:
    """(theme, whether its values are invented, rows): those without a theme after the others, all invented ones last."""
    themes: dict[tuple[bool, str], list[Listed]] = {}
    for row in found:
        themes.setdefault((row.indicator.is_invented, row.indicator.theme_said), []).append(row)
    order = sorted(themes, key=lambda key: (key[0], not key[1], key[1]))
    return [(theme, is_invented, themes[is_invented, theme]) for is_invented, theme in order]
