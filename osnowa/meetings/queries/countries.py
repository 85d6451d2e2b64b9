"""Countries that people come from, with the time zone of their capital (ISO 3166-1 alpha-2, IANA)."""

from pathlib import Path

from osnowa.kit.codes import CodeList
from osnowa.places.models import Region

COUNTRIES = CodeList(Path(__file__).resolve().parent.parent / "tables" / "countries.csv")
_OTHERWISE = "Europe/Brussels"


def zone_of(region: Region) -> str:
    """The time zone in which a region meets unless somebody says otherwise."""
    row = COUNTRIES.get(region.jurisdiction)
    return row["zone"] if row else _OTHERWISE


def zones() -> list[str]:
    """The time zones a meeting may stand in."""
    return sorted({row["zone"] for row in COUNTRIES})
