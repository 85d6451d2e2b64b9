"""The cells of a register that changed since its snapshot are those counted anew, at every zoom."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from osnowa.compute.mercator import View
from osnowa.maps.queries import cells
from osnowa.maps.queries.keeping import question_of
from osnowa.register.actions import add_organisation, change_organisation, close_organisation, take_snapshot
from osnowa.register.models import Organisation, Snapshot
from osnowa.register.queries.directory import Wish
from tests.world import World

pytestmark = pytest.mark.django_db


def _add(world: World, number: int, lat: float, lon: float) -> Organisation:
    values = {"legal_name": f"Fundacja {number}", "legal_form": "PL-FUN", "sector": "civil_society", "municipality": world.gdansk, "lat": lat, "lon": lon,
              "geo_precision": "address"}  # fmt: skip
    made: Organisation = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
    return made


@pytest.fixture
def scattered(world: World, settings: Any, tmp_path: Path) -> World:
    """Thirty organisations around Gdańsk, frozen; then two closed, one moved, one new beside an old one."""
    settings.SNAPSHOTS = tmp_path
    dice = np.random.default_rng(7)
    made = [_add(world, n, lat, lon) for n, (lat, lon) in enumerate(dice.uniform((54.0, 18.0), (54.6, 18.9), (30, 2)).round(5).tolist())]
    take_snapshot(by=None, region=world.pomorskie)
    for one in made[:2]:
        close_organisation(by=world.bolek, organisation=one, ended_on=date(2026, 11, 1), end_reason="liquidation")
    change_organisation(by=world.bolek, organisation=made[2], values={"lat": 54.31, "lon": 18.3})
    _add(world, 31, float(made[3].lat or 0), float(made[3].lon or 0))
    return world


@pytest.mark.parametrize("zoom", [2, 5, 8, 9, 10, 13, 18])
def test_mended_cells_are_those_counted_anew(scattered: World, zoom: int) -> None:
    beside = question_of(scattered.pomorskie, scattered.bolek, Wish())
    assert len(beside.frame.gone) == 4
    Snapshot.objects.all().delete()
    live = question_of(scattered.pomorskie, scattered.bolek, Wish())
    for lat, lon in ((54.3, 18.4), (54.31, 18.3)):
        view = View(zoom, lat, lon)
        here = zoom, int(cells.points(live)["qk"][0]) >> 2 * (24 - zoom)
        assert [one.count for one in cells.cells(beside, view)] == [one.count for one in cells.cells(live, view)]
        assert [(one.one, one.first, one.last) for one in cells.cells(beside, view)] == [(one.one, one.first, one.last) for one in cells.cells(live, view)]
        assert cells.here(beside, *here) == cells.here(live, *here)
    assert cells.total(beside) == cells.total(live)
