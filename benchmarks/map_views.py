"""Server time and bytes of windows of the map at every zoom, against the limits: 60 ms at p95, 300 kB.

    python -m benchmarks.map_views --region europe             12 windows a zoom, warm; exit code 1 when a limit is missed
    python -m benchmarks.map_views --region pomorskie --show organisations --json
"""

import argparse
import json
import os
import sys
import time
from dataclasses import asdict, dataclass
from random import Random
from typing import Any

from benchmarks.pages import percentile

LIMIT_MS, LIMIT_BYTES = 60.0, 300_000
ZOOMS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18)


@dataclass(frozen=True)
class Measure:
    """One zoom: the first window of all, median and p95 of the others in milliseconds, the largest answer."""

    zoom: int
    first_ms: float
    median_ms: float
    p95_ms: float
    bytes: int

    @property
    def is_within(self) -> bool:
        return self.p95_ms <= LIMIT_MS and self.bytes <= LIMIT_BYTES


def middles(slug: str, number: int) -> list[tuple[float, float]]:
    """Places of the region's public organisations, spread over it; the same every time."""
    from osnowa.places.models import Region
    from osnowa.register.queries.frame import frame_of

    region = Region.objects.filter(slug=slug).first()
    if region is None:
        sys.exit(f"There is no region {slug} here.")
    rows = frame_of(region).rows("SELECT lat, lon FROM register WHERE qk IS NOT NULL ORDER BY qk % 9973, id LIMIT 4000")
    if not rows:
        sys.exit(f"The region {slug} has no organisation with a place.")
    return Random(7).choices(rows, k=number)


def measure(slug: str, number: int, show: str) -> list[Measure]:
    from django.test import Client
    from django.urls import reverse

    client, address, measures = Client(), reverse("maps:map", args=[slug]), []
    places = middles(slug, number)

    def ask(zoom: int, place: tuple[float, float], count: int) -> tuple[float, int]:
        words: dict[str, Any] = {"z": zoom, "at": f"{place[0] + count * 1e-4:.5f},{place[1]:.5f}"} | ({"show": show} if show else {})
        began = time.perf_counter()
        answer = client.get(address, words, headers={"HX-Request": "true"})
        took = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200
        return took, len(answer.content)

    for zoom in ZOOMS:
        first, _size = ask(zoom, places[0], 1)
        for place in places:
            ask(zoom, place, 2)
        taken = [ask(zoom, place, 3) for place in places]
        times = [took for took, _size in taken]
        measures.append(
            Measure(zoom, round(first, 1), round(percentile(times, 0.5), 1), round(percentile(times, 0.95), 1), max(size for _took, size in taken))
        )
    return measures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--region", default="pomorskie")
    parser.add_argument("--windows", type=int, default=12)
    parser.add_argument("--show", default="", help="what colours the places, as in the address")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    os.environ.setdefault("LOG_LEVEL", "ERROR")
    import django

    django.setup()
    from django.conf import settings

    settings.ALLOWED_HOSTS = ["testserver"]
    measures = measure(asked.region, asked.windows, asked.show)
    if asked.json:
        print(json.dumps([asdict(one) for one in measures], indent=1))
    else:
        print(f"{'zoom':>4} {'first ms':>9} {'p50 ms':>7} {'p95 ms':>7} {'kB':>6}")
        for one in measures:
            print(f"{one.zoom:>4} {one.first_ms:>9} {one.median_ms:>7} {one.p95_ms:>7} {one.bytes / 1000:>6.0f}{'' if one.is_within else '  missed'}")
        print(f"limits: p95 {LIMIT_MS:.0f} ms, {LIMIT_BYTES // 1000} kB")
    return 0 if all(one.is_within for one in measures) else 1


if __name__ == "__main__":
    sys.exit(main())
