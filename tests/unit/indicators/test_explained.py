"""Each cause of a change, made to happen, is told with what was before and what is now."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from osnowa.compute.explaining import Cause
from osnowa.indicators.queries.asked import ChangesAsk
from osnowa.indicators.queries.behind import Opened, behind
from osnowa.indicators.queries.explained import Changes, Comparison
from osnowa.places.models import Region
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    close_organisation,
    merge_organisations,
    take_snapshot,
)
from osnowa.register.models import Organisation
from osnowa.register.queries.frame import frame_of
from tests.world import World

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path


def _add(world: World, name: str, **more: Any) -> Organisation:
    values = {"legal_name": name, "legal_form": "PL-FUN", "sector": "civil_society", "municipality": world.slupsk, "registered_on": date(2020, 1, 1)}
    made: Organisation = add_organisation(by=world.bolek, region=world.pomorskie, values=values | more)
    return made


def _ask(region: Region, words: str = "") -> ChangesAsk:
    return ChangesAsk.of(region, QueryDict(f"from=2026-06-01&{words}"), TODAY)


def _compared(ask: ChangesAsk, who: Any = None) -> tuple[Changes, Opened]:
    start, end = ask.sides(frame_of(ask.region))
    comparison = Comparison(start, end, ask.dimension, ask.wish)
    opened = behind(who or AnonymousUser(), ask.region, comparison.crossed(ask.cell, ask.cause), ask.start, ask.end)
    return comparison.changes(), opened


def _keep(world: World) -> None:
    from datetime import UTC, datetime

    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True, at=datetime(2026, 6, 1, 9, tzinfo=UTC))


def _whys(opened: Opened) -> dict[str, tuple[str, str, str]]:
    return {one.organisation.legal_name: (one.sign, one.crossed.cause.value, one.why) for one in opened.seen}


def test_each_cause_is_named_with_before_and_after(world: World) -> None:
    moved, changed, gone, wrong = (_add(world, name) for name in ("Ruch", "Zmiana", "Koniec", "Dawno"))
    double = _add(world, "Sobowtór")
    _keep(world)
    change_organisation(by=world.bolek, organisation=moved, values={"municipality": world.gdansk})
    change_organisation(by=world.bolek, organisation=changed, values={"legal_form": "PL-STO"})
    close_organisation(by=world.bolek, organisation=gone, ended_on=date(2026, 9, 1), end_reason="liquidation")
    close_organisation(by=world.bolek, organisation=wrong, ended_on=date(2025, 9, 1), end_reason="liquidation")
    merge_organisations(by=world.bolek, kept=moved, gone=double)
    _add(world, "Nowa", registered_on=date(2026, 8, 1))
    _add(world, "Spóźniona")
    found, opened = _compared(_ask(world.pomorskie, "by=form&cell=PL-FUN"))
    assert found.adds_up
    assert _whys(opened) == {
        "Nowa": ("+1", "new", "began on 1 Aug 2026"),
        "Koniec": ("−1", "closed", "ended on 1 Sep 2026"),
        "Zmiana": ("−1", "type", "legal form: Foundation → Association (in the court register)"),
        "Spóźniona": ("+1", "corrected", "entered late: it had begun on 1 Jan 2020 already"),
        "Dawno": ("−1", "corrected", "its end became known late: it had ended on 1 Sep 2025"),
        "Sobowtór": ("−1", "corrected", "merged into Ruch: both records were one organisation"),
    }
    places, by_place = _compared(_ask(world.pomorskie, f"by=municipality&cell={world.gdansk.code}"))
    assert places.adds_up
    assert _whys(by_place)["Ruch"] == ("+1", "place", "municipality: Słupsk → Gdańsk")


def test_a_corrected_beginning_is_told(world: World) -> None:
    one = _add(world, "Później", registered_on=date(2026, 7, 1))
    _keep(world)
    change_organisation(by=world.bolek, organisation=one, values={"registered_on": date(2024, 7, 1)})
    _found, opened = _compared(_ask(world.pomorskie, "by=form&cell=PL-FUN"))
    assert _whys(opened) == {"Później": ("+1", "corrected", "date of beginning corrected: 1 Jul 2026 → 1 Jul 2024")}


def test_what_a_reader_may_not_see_is_only_a_number(world: World) -> None:
    _keep(world)
    _add(world, "Tajna", visibility="coordinator", registered_on=date(2026, 8, 1))
    found, opened = _compared(_ask(world.pomorskie, "by=form&cell=PL-FUN"))
    assert (len(opened.seen), opened.unseen) == (0, 1)
    assert found.total.net(Cause.NEW) == 1
    _found, for_bolek = _compared(_ask(world.pomorskie, "by=form&cell=PL-FUN"), world.bolek)
    assert [one.has_history for one in for_bolek.seen] == [True]


def test_what_it_was_while_it_was_not_public_is_not_told(world: World) -> None:
    one = _add(world, "Jawna", visibility="coordinator")
    _keep(world)
    change_organisation(by=world.bolek, organisation=one, values={"visibility": "public", "legal_form": "PL-STO"})
    ask = _ask(world.pomorskie, "by=form&cell=PL-STO")
    assert _whys(_compared(ask)[1])["Jawna"][2] == "what it was before is not public"
    assert "Foundation" in _whys(_compared(ask, world.bolek)[1])["Jawna"][2]


def test_without_a_snapshot_days_are_computed_from_the_dates_of_life(world: World) -> None:
    _add(world, "Nowa", registered_on=date(2026, 8, 1))
    ask = _ask(world.pomorskie)
    start, _end = ask.sides(frame_of(world.pomorskie))
    assert start.snapshot is None
    found, _opened = _compared(ask)
    assert (found.total.change, found.total.net(Cause.NEW)) == (1, 1)


def test_a_filter_by_place_tells_who_moved_in(world: World) -> None:
    one = _add(world, "Ruch")
    _keep(world)
    change_organisation(by=world.bolek, organisation=one, values={"municipality": world.gdansk})
    found, opened = _compared(_ask(world.pomorskie, "by=form&area=gdanski&cell=PL-FUN"))
    assert found.adds_up
    assert _whys(opened)["Ruch"][:2] == ("+1", "place")
