"""Server time and queries of every page of the sample, against the limits: 150 ms at p95, 12 queries.

    osnowa migrate && OSNOWA_DEMO=1 osnowa sample load        once, into the database that is measured
    python -m benchmarks.pages                                50 warm requests a page; exit code 1 when a limit is missed
    python -m benchmarks.pages --requests 20 --json
"""

import argparse
import json
import math
import os
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

LIMIT_MS = 150.0
LIMIT_QUERIES = 12


@dataclass(frozen=True)
class Measure:
    """One page: its median and p95 in milliseconds, its queries, its answer."""

    page: str
    path: str
    status: int
    median_ms: float
    p95_ms: float
    queries: int

    @property
    def is_within(self) -> bool:
        return self.status == 200 and self.p95_ms <= LIMIT_MS and self.queries <= LIMIT_QUERIES


def percentile(times: list[float], share: float) -> float:
    """The smallest time that is not beaten by more than this share of the others (nearest rank)."""
    ordered = sorted(times)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def pages() -> Iterator[tuple[str, str, Any]]:
    """(name, path, who) of the pages of the largest region: as a stranger, and as its coordinator."""
    from django.urls import reverse

    from osnowa.people.models import Person
    from osnowa.places.models import RegionSeat
    from osnowa.register.models import Organisation, Proposal

    region = RegionSeat.objects.filter(role="coordinator", region__slug="pomorskie").select_related("region", "person").first()
    if region is None:
        sys.exit("There is no sample here: run `osnowa migrate` and `OSNOWA_DEMO=1 osnowa sample load` first.")
    boss: Person = region.person
    place = {"region": "pomorskie"}
    full = Organisation.objects.filter(region=region.region, visibility="public", figures__isnull=False).order_by("pk").first()
    assert full is not None
    one = place | {"slug": full.slug}
    for name in ("home:front", "home:about", "home:privacy", "home:accessibility", "ui:gallery", "account_login"):
        yield name, reverse(name), None
    yield "home:search", reverse("home:search") + "?q=spoldzielnia", None
    for name in ("home:region", "register:directory", "register:quality", "indicators:sector_table", "places:subregions", "register:propose_new"):
        yield name, reverse(name, kwargs=place), None
    directory = reverse("register:directory", kwargs=place)
    yield "register:directory, searched", directory + "?q=spoldzielnia", None
    yield "register:directory, last page", directory + "?page=5", None
    for name in ("register:organisation", "register:propose", "register:claim"):
        yield name, reverse(name, kwargs=one), None
    for name in ("people:profile", "people:export"):
        yield name, reverse(name), boss
    for name in ("home:region", "register:directory", "register:add", "register:moderation", "register:quality",
                 "places:settings", "places:seats", "places:subregions", "journal:lately", "indicators:sector_table"):  # fmt: skip
        yield f"{name}, coordinator", reverse(name, kwargs=place), boss
    for name in ("register:organisation", "register:edit", "register:history", "register:contacts", "register:figures",
                 "register:recognitions", "register:listings", "register:seats", "register:close"):  # fmt: skip
        yield f"{name}, coordinator", reverse(name, kwargs=one), boss
    proposal = Proposal.objects.filter(region=region.region).order_by("pk").first()
    if proposal:
        yield "register:proposal, coordinator", reverse("register:proposal", kwargs=place | {"number": proposal.pk}), boss


def measure(name: str, path: str, who: Any, requests: int) -> Measure:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    if who:
        client.force_login(who, backend="allauth.account.auth_backends.AuthenticationBackend")
    status = client.get(path).status_code
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    queries = len(asked)
    times = []
    for _ in range(requests):
        began = time.perf_counter()
        response = client.get(path)
        b"".join(response) if response.streaming else response.content
        times.append((time.perf_counter() - began) * 1000)
    return Measure(name, path, status, round(percentile(times, 0.5), 1), round(percentile(times, 0.95), 1), queries)


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.pages", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--requests", type=int, default=50, help="warm requests a page (default 50)")
    parser.add_argument("--json", action="store_true", help="print JSON")
    chosen = parser.parse_args()
    os.environ |= {"DJANGO_SETTINGS_MODULE": "osnowa.settings", "LOG_LEVEL": "ERROR"}
    import django

    django.setup()
    from django.conf import settings

    from osnowa.home.preparation import collect_static, compile_words

    settings.ALLOWED_HOSTS = ["testserver"]
    compile_words()
    collect_static()
    found = [measure(name, path, who, chosen.requests) for name, path, who in pages()]
    missed = [one for one in found if not one.is_within]
    if chosen.json:
        print(json.dumps([asdict(one) for one in found], indent=1))
    else:
        print(f"{'page':42} {'median':>8} {'p95':>8} {'queries':>8}")
        for one in found:
            mark = "" if one.is_within else f"  missed (answer {one.status})"
            print(f"{one.page:42} {one.median_ms:8.1f} {one.p95_ms:8.1f} {one.queries:8}{mark}")
        print(f"{len(found)} pages, {len(missed)} miss the limits of {LIMIT_MS:.0f} ms and {LIMIT_QUERIES} queries")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
