"""What happened to the register of a sample region in 2026: moves, new forms, late entries, corrections, kept snapshots.

Only organisations no founding document counts are touched: no type of the sector table, no holder of a status.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time
from random import Random
from typing import Any

from osnowa.indicators.queries.sector_table import TYPES
from osnowa.journal.actions import through
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.actions import (
    NewOrganisation,
    add_organisations,
    change_organisation,
    close_organisation,
    take_snapshot,
)
from osnowa.register.models import Organisation
from osnowa.sample.making import LAST_DAY

#: Days on which the register was kept: as it was collected, at mid-year, on the last day.
COLLECTED_ON, MID_YEAR = date(2026, 1, 15), date(2026, 6, 30)
#: A form that organisations leave for another, by language.
_FORMS = {"pl": ("PL-STOZW", "PL-STO"), "sl": ("SI-DRU", "SI-ZAV"), "es": ("ES-ASO", "ES-FUN")}
#: Organisations that were forgotten when the register was collected: (form, name, began).
_FORGOTTEN: dict[str, tuple[tuple[str, str, date], ...]] = {
    "pl": (("PL-FUN", "Fundacja Niebieski Próg", date(2018, 5, 10)), ("PL-STO", "Stowarzyszenie Ciche Koło", date(2021, 3, 2)),
           ("PL-KGW", "Koło Gospodyń Wiejskich „Lniany Dzban”", date(2020, 9, 14))),
    "sl": (("SI-DRU", "Društvo Tihi mlin", date(2017, 4, 11)), ("SI-ZAV", "Zavod Lanena nit", date(2020, 10, 6))),
    "es": (("ES-ASO", "Asociación Umbral Azul", date(2019, 2, 20)),),
}  # fmt: skip
_PLACE = ("street", "postal_code", "locality", "municipality", "lat", "lon", "geo_precision")


def keep(region: Region, day: date, by: Any = None) -> None:
    """Keeps the register as it stands now, dated on a day."""
    at = datetime.combine(day, time(9), UTC)
    with through("sample", at):
        take_snapshot(by=by, region=region, keep=True, at=at)


def run(region: Region, language: str, by: Any) -> None:
    """The year between the first and the last kept snapshot; no clock is read."""
    free = _free(region)
    Random(f"osnowa course {region.slug}").shuffle(free)
    for day in (date(2026, 2, 12), date(2026, 3, 9), date(2026, 5, 21)):
        _move(free, day, by)
    _change_form(language, free, by)
    _correct(free, by)
    _enter_late(region, _FORGOTTEN[language][:-1], free, date(2026, 4, 15))
    keep(region, MID_YEAR)
    _move(free, date(2026, 8, 25), by)
    _enter_late(region, _FORGOTTEN[language][-1:], free, date(2026, 9, 3))


def _free(region: Region) -> list[Organisation]:
    """Open organisations no founding document counts; in an order no database decides."""
    there = Organisation.objects.filter(region=region, kind="legal_person", activity_status="active", is_location_hidden=False, visibility="public")
    kept = there.filter(recognitions=None, units=None, municipality__isnull=False, sector="civil_society").exclude(legal_form__in=TYPES.get(region.jurisdiction, ()))
    found = kept.filter(registered_on__lt=date(2025, 1, 1)).select_related("region", "municipality", "parent")
    return sorted(found, key=lambda one: one.slug)


def _through(day: date) -> Any:
    return through("sample", datetime.combine(day, time(10, 30), UTC))


def _move(free: list[Organisation], day: date, by: Any) -> None:
    """One organisation moves to where another one is."""
    if len(free) < 2:
        return
    one = free.pop()
    other = next((there for there in reversed(free) if there.municipality_id != one.municipality_id), None)
    if other:
        with _through(day):
            change_organisation(by=by, organisation=one, values={name: getattr(other, name) for name in _PLACE}, source="coordinator", on=day)


def _change_form(language: str, free: list[Organisation], by: Any) -> None:
    """Two organisations take another legal form."""
    old, new = _FORMS[language]
    for day, one in zip((date(2026, 3, 30), date(2026, 5, 6)), _taken(free, lambda one: one.legal_form == old), strict=False):
        with _through(day):
            values = {"legal_form": new, "sector": codes.LEGAL_FORMS[new]["sector"]}
            change_organisation(by=by, organisation=one, values=values, source="coordinator", on=day)


def _correct(free: list[Organisation], by: Any) -> None:
    """It becomes known that one organisation had ended before the register was collected."""
    day = date(2026, 6, 8)
    for one in list(_taken(free, lambda one: True))[:1]:
        with _through(day):
            close_organisation(by=by, organisation=one, ended_on=date(2025, 11, 30), end_reason="liquidation")


def _taken(free: list[Organisation], fits: Callable[[Organisation], bool]) -> Iterator[Organisation]:
    for one in [one for one in free if fits(one)][:2]:
        free.remove(one)
        yield one


def _enter_late(region: Region, forgotten: Sequence[tuple[str, str, date]], free: list[Organisation], day: date) -> None:
    """Organisations that had been there and were entered late; each sits where another one is."""
    rows = []
    for (form, name, began), there in zip(forgotten, free, strict=False):
        where = {key: getattr(there, key) for key in ("postal_code", "locality", "municipality")}
        state = {"registered_on": began, "activity_status": "active", "sector": codes.LEGAL_FORMS[form]["sector"]}
        rows.append(NewOrganisation({"legal_name": name, "legal_form": form, **state, **where}))
    at = datetime.combine(day, time(10, 30), UTC)
    with through("sample", at):
        add_organisations(by=None, region=region, rows=rows, source="sample", at=at, via="sample", is_invented=True)


def finish(region: Region) -> None:
    """The last kept snapshot."""
    keep(region, LAST_DAY)
