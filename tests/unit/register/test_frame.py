"""The frame tells what the database tells: from a snapshot, from a snapshot and what changed since, without any."""

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from osnowa.compute.grid import FINEST, number, squares
from osnowa.journal.models import Entry
from osnowa.register import access
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    close_organisation,
    keep_monthly_snapshots,
    merge_organisations,
    queue_refreshing,
    refresh_snapshot,
    save_part,
    take_snapshot,
)
from osnowa.register.actions.snapshots import sweep
from osnowa.register.models import Organisation, Snapshot, YearlyFigures
from osnowa.register.queries.frame import Frame, folder, frame_of, lists_file
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path


def _forms(frame: Frame) -> dict[str, int]:
    return dict(frame.rows("SELECT legal_form, count(*) FROM register GROUP BY legal_form"))


def _counted(world: World) -> dict[str, int]:
    forms: dict[str, int] = {}
    for form in Organisation.objects.filter(region=world.pomorskie).values_list("legal_form", flat=True):
        forms[form] = forms.get(form, 0) + 1
    return forms


def _add(world: World, name: str, **more: Any) -> Organisation:
    made: Organisation = add_organisation(
        by=world.bolek, region=world.pomorskie, values={"legal_name": name, "legal_form": "PL-FUND", "sector": "civil_society", "municipality": world.slupsk} | more
    )
    return made


def test_without_a_snapshot_everything_is_read_live(world: World) -> None:
    assert _forms(frame_of(world.pomorskie)) == _counted(world)


def test_after_a_snapshot_the_rows_are_the_same(world: World) -> None:
    before = sorted(frame_of(world.pomorskie).rows("SELECT * FROM register ORDER BY id"))
    made = take_snapshot(by=world.bolek, region=world.pomorskie)
    assert sorted(frame_of(world.pomorskie).rows("SELECT * FROM register ORDER BY id")) == before
    assert made.organisations == len(before)


def test_what_changes_after_a_snapshot_is_seen_at_once(world: World) -> None:
    take_snapshot(by=world.bolek, region=world.pomorskie)
    added = _add(world, "Fundacja Nowa")
    change_organisation(by=world.bolek, organisation=world.wtz, values={"municipality": world.slupsk})
    close_organisation(by=world.bolek, organisation=world.chleb, ended_on=date(2026, 11, 1), end_reason="liquidation")
    save_part(by=world.bolek, organisation=added, row=YearlyFigures(organisation=added, year=2025, as_of_on=date(2025, 12, 31), employees=7))
    frame = frame_of(world.pomorskie)
    assert _forms(frame) == _counted(world)
    assert frame.rows("SELECT municipality_code FROM register WHERE id = $one", one=world.wtz.pk) == [("2263011",)]
    assert frame.rows("SELECT ended_on FROM register WHERE id = $one", one=world.chleb.pk) == [(date(2026, 11, 1),)]
    assert frame.rows("SELECT employees FROM figures WHERE organisation = $one", one=added.pk) == [(7,)]


def test_a_merged_record_is_gone_from_the_frame(world: World) -> None:
    twin = _add(world, "Dobry Chleb")
    take_snapshot(by=world.bolek, region=world.pomorskie)
    merge_organisations(by=world.bolek, kept=world.chleb, gone=twin)
    assert frame_of(world.pomorskie).rows("SELECT count(*) FROM register WHERE id = $one", one=twin.pk) == [(0,)]


def test_a_hidden_place_is_its_municipality(world: World) -> None:
    shelter = _add(world, "Dom", lat=54.40001, lon=17.10001, geo_precision="address", is_location_hidden=True)
    known = frame_of(world.pomorskie).rows("SELECT lat, lon, qk FROM register WHERE id = $one", one=shelter.pk)
    assert known == [(world.slupsk.lat, world.slupsk.lon, int(number(*squares([world.slupsk.lat], [world.slupsk.lon], FINEST))[0]))]


def test_a_person_counts_what_she_may_see(world: World) -> None:
    take_snapshot(by=None, region=world.pomorskie)
    for person in (world.celina, world.ala, world.olga, world.bolek):
        seen = access.visible(person, world.pomorskie).count()
        assert frame_of(world.pomorskie, person).rows("SELECT count(*) FROM register") == [(seen,)]


def test_an_old_snapshot_tells_what_was_known_then(world: World) -> None:
    kept = take_snapshot(by=world.bolek, region=world.pomorskie, keep=True)
    before = _counted(world)
    _add(world, "Fundacja Nowa")
    assert _forms(frame_of(world.pomorskie, snapshot=kept)) == before


def test_keeping_a_snapshot_is_a_deed_and_one_a_day_stays(world: World) -> None:
    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True)
    _add(world, "Fundacja Nowa")
    kept = take_snapshot(by=world.bolek, region=world.pomorskie, keep=True)
    assert Snapshot.objects.filter(region=world.pomorskie, is_kept=True).get() == kept
    assert Entry.objects.filter(deed="register.snapshot_kept").count() == 2


def test_the_same_register_gives_the_same_files(world: World) -> None:
    first = take_snapshot(by=None, region=world.pomorskie)
    assert take_snapshot(by=None, region=world.pomorskie).sha256 == first.sha256
    files = {path.name for path in folder(first.sha256).iterdir() if path.is_file()}
    assert files == {"register.parquet", "figures.parquet", "kinds.parquet", f"lists-{first.entry}.parquet"}


def test_refreshing_does_nothing_when_nothing_changed(world: World) -> None:
    assert refresh_snapshot(world.pomorskie) is not None
    assert refresh_snapshot(world.pomorskie) is None
    _add(world, "Fundacja Nowa")
    assert refresh_snapshot(world.pomorskie) is not None


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    take_snapshot(by=None, region=world.pomorskie)
    with CaptureQueriesContext(connection) as few:
        _forms(frame_of(world.pomorskie))
    for name in ("Jeden", "Dwa", "Trzy"):
        _add(world, name)
    with CaptureQueriesContext(connection) as more:
        _forms(frame_of(world.pomorskie))
    assert len(few) <= 4
    assert len(more) <= 9


def test_the_worker_freezes_what_changed_and_rests(world: World, django_capture_on_commit_callbacks: Any) -> None:
    Entry.objects.update(at=timezone.now() - timedelta(minutes=5))
    with django_capture_on_commit_callbacks(execute=True):
        queue_refreshing()
    assert Snapshot.objects.filter(region=world.pomorskie).exists()
    assert queue_refreshing() == 0
    _add(world, "Fundacja Nowa")
    assert queue_refreshing() == 0, "somebody is still at work"


def test_once_a_month_a_snapshot_is_kept(world: World) -> None:
    assert keep_monthly_snapshots() == 2
    assert keep_monthly_snapshots() == 0


def _kinds(frame: Frame) -> list[tuple[Any, ...]]:
    return sorted((*key, int(n)) for *key, n in frame.rows("SELECT visibility, legal_form, sum(n) FROM kinds GROUP BY visibility, legal_form") if n)


def _counted_by_kind(frame: Frame) -> list[tuple[Any, ...]]:
    return sorted(frame.rows("SELECT visibility, legal_form, count(*) FROM register GROUP BY visibility, legal_form"))


def test_kinds_counted_with_the_snapshot_follow_what_changed_since(world: World) -> None:
    take_snapshot(by=None, region=world.pomorskie)
    for _deed in (
        lambda: _add(world, "Nowa"),
        lambda: change_organisation(by=world.bolek, organisation=_add(world, "Inna"), values={"legal_form": "PL-STO", "visibility": "members"}),
    ):
        _deed()
        for person in (None, world.bolek, world.celina, world.ala):
            frame = frame_of(world.pomorskie, person)
            assert "kinds" in frame.sources
            assert _kinds(frame) == _counted_by_kind(frame)


def test_a_snapshot_without_kinds_and_orders_counts_the_same_and_gets_them(world: World) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    beside = (folder(made.sha256) / "kinds.parquet", lists_file(made.sha256, made.entry))
    before = _kinds(frame_of(world.pomorskie))
    for path in beside:
        path.unlink()
        frame = frame_of(world.pomorskie)
        assert (_kinds(frame), frame.lists != "") == (before, path.name == "kinds.parquet")
        assert refresh_snapshot(world.pomorskie) == made
        assert all(path.exists() for path in beside)


def test_the_orders_of_another_entry_are_not_those_of_the_snapshot(world: World) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_name": "Zupełnie Inna Nazwa"})
    other = take_snapshot(by=None, region=world.pomorskie)
    assert (other.sha256, other.entry > made.entry) == (made.sha256, True), "names are no part of what is hashed"
    orders = [lists_file(it.sha256, it.entry) for it in (made, other)]
    assert frame_of(world.pomorskie).sources["lists"] == orders[1]
    for path in orders:
        os.utime(path, (0, 0))
    assert sweep() == 1
    assert [path.exists() for path in orders] == [False, True]


def test_what_changed_is_read_only_when_it_is_asked_for(world: World) -> None:
    take_snapshot(by=None, region=world.pomorskie)
    _add(world, "Nowa")
    with CaptureQueriesContext(connection) as queries:
        frame = frame_of(world.pomorskie)
    assert len(queries) == 2
    assert frame.gone
    assert frame.newest == Entry.objects.filter(place="pomorskie").latest("pk").pk
