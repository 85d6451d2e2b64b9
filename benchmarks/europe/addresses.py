"""The many distinct addresses that are asked, drawn from the register itself so that every answer has something to say."""

from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.urls import NoReverseMatch, reverse

PLACE = {"region": "europe"}
SORTS = ("name", "confirmed", "form", "place", "changed")


def address(name: str, **more: Any) -> str:
    """The address of a page; empty where the house has no such page."""
    try:
        return reverse(name, kwargs=PLACE | more)
    except NoReverseMatch:
        try:
            return reverse(name, kwargs=more)
        except NoReverseMatch:
            return ""


def drawn(dice: Random, number: int) -> list[Any]:
    """Public organisations from all over the register."""
    from osnowa.register.models import Organisation

    highest = Organisation.objects.order_by("-pk").values_list("pk", flat=True)[0]
    keys = [dice.randrange(1, highest + 1) for _ in range(2 * number)]
    found = Organisation.objects.filter(pk__in=keys, visibility="public").order_by("uid")
    return list(found.select_related("municipality").prefetch_related("identifiers"))[:number]


def searches(dice: Random, number: int) -> Iterator[str]:
    """What people would type: whole names, two words, a word begun, a word misspelt, town and word, a number."""
    for count, it in enumerate(drawn(dice, number)):
        words = [word for word in it.legal_name.split() if len(word) > 3] or [it.legal_name]
        longest = max(words, key=len)
        at = len(longest) // 2
        yield (
            it.legal_name,
            " ".join(words[-2:]),
            words[-1][:5],
            longest[:at] + longest[at + 1 :],
            f"{it.locality or words[0]} {words[0]}",
            next((number.value for number in it.identifiers.all()), it.legal_name),
        )[count % 6]


def lists() -> Iterator[str]:
    """The directory with each of its filters, with several values, in each of its orders, first and second page."""
    from osnowa.kit.warehouse import literal
    from osnowa.places.models import Region
    from osnowa.register.queries.frame import frame_of

    frame = frame_of(Region.objects.get(slug="europe"))

    def several(column: str, source: str = "register") -> list[str]:
        rows = frame.rows(f"SELECT {column} AS code, count(*) AS n FROM {source} WHERE status <> {literal('closed')} GROUP BY 1 ORDER BY 2 DESC, 1")
        codes = [code for code, _n in rows if code]
        return [codes[place] for place in sorted({0, len(codes) // 4, len(codes) // 2, len(codes) - 1})] if codes else []

    values = {
        "form": several("legal_form"), "status": several("status"), "sector": several("sector"),
        "municipality": several("municipality_code"),
        "service": several("code", "(SELECT unnest(services) AS code, status FROM register) AS one"),
        "recognition": several("code", "(SELECT unnest(recognitions) AS code, status FROM register) AS one"),
    }  # fmt: skip
    for sort in SORTS:
        for page in (1, 2):
            yield address("register:directory") + "?" + urlencode({"sort": sort, "page": page})
        for name, codes in values.items():
            for code in codes:
                yield address("register:directory") + "?" + urlencode({name: code, "sort": sort})
        for form in values["form"][:2]:
            for sector in values["sector"][:2]:
                yield address("register:directory") + "?" + urlencode({"form": form, "sector": sector, "sort": sort})


def maps(dice: Random, number: int) -> Iterator[str]:
    """Windows of the map at every zoom, around organisations."""
    way = address("maps:map")
    if not way:
        return
    yield way
    placed = [it for it in drawn(dice, number) if it.lat is not None]
    for count, it in enumerate(placed):
        yield way + "?" + urlencode({"z": 3 + count % 16, "at": f"{it.lat:.5f},{it.lon:.5f}"})


def statistics() -> Iterator[str]:
    """The pages that count."""
    for name in ("indicators:statistics", "indicators:tables", "indicators:changes", "indicators:figures", "indicators:sector_table", "indicators:strengths"):
        if way := address(name):
            yield way
    if way := address("indicators:sector_table"):
        yield way + "?on=2024-06-30&before=2023-06-30"


def others() -> dict[str, str]:
    """{name: address} of the other public pages."""
    names = ("home:front", "home:region", "home:about", "home:search", "register:quality", "register:propose_new", "places:subregions",
             "opendata:everywhere", "opendata:region", "indicators:indicators", "indicators:profile")  # fmt: skip
    found = {name: address(name) for name in names}
    found["home:search, found"] = address("home:search") + "?q=fondation"
    return {name: way for name, way in found.items() if way}


def inside() -> dict[str, str]:
    """{name: address} of the pages of a coordinator."""
    names = ("home:region", "register:directory", "register:moderation", "register:quality", "register:duplicates", "register:add",
             "places:settings", "places:seats", "places:subregions", "journal:lately", "imports:imports", "indicators:snapshots")  # fmt: skip
    return {name: way for name in names if (way := address(name))}
