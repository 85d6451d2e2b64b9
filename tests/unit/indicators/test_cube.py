"""The cube counts what the register holds, by any dimension, and says when its parts do not add up."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.http import QueryDict

from osnowa.compute.explaining import Cause
from osnowa.indicators.queries.asked import ChangesAsk, TableAsk
from osnowa.indicators.queries.cube import Table
from osnowa.indicators.queries.explained import Comparison
from osnowa.places.models import Region
from osnowa.register.actions import change_organisation, take_snapshot
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import existing_on
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept

TODAY = date(2026, 11, 20)


def _table(region: Region, words: str) -> Table:
    return TableAsk.of(region, QueryDict(words), TODAY).table(frame_of(region))


def test_types_over_the_years_are_those_of_founding_document_004(pomorskie: Region) -> None:
    table = _table(pomorskie, "rows=form&columns=years&on=2024-06-30")
    counts = dict(zip(table.codes, table.counts, strict=True))
    assert [counts[form][-2:] for form in ("PL-SPSOC", "PL-WTZ", "PL-CIS", "PL-KIS", "PL-ZAZ")] == [
        (72, 95), (48, 50), (22, 24), (13, 14), (2, 2),
    ]  # fmt: skip
    assert table.is_right


def test_every_cell_is_what_the_database_counts(pomorskie: Region) -> None:
    table = _table(pomorskie, "rows=form&columns=area&on=2025-03-31")
    there = Organisation.objects.filter(existing_on(date(2025, 3, 31)), region=pomorskie)
    for code, counts in zip(table.codes, table.counts, strict=True):
        for head, n in zip(table.heads, counts, strict=True):
            places = {"municipality__subregions__code": head.code} if head.code else {"municipality__subregions": None}
            assert n == there.filter(legal_form=code, **places).count()
    assert table.total == there.count()


@pytest.mark.parametrize("key", ["form", "sector", "section", "nace2", "nace", "area", "municipality", "powiat", "nuts3", "nuts2"])
def test_parts_add_up_to_the_total_counted_apart(pomorskie: Region, key: str) -> None:
    table = _table(pomorskie, f"rows={key}&columns={'form' if key == 'sector' else 'sector'}")
    assert table.is_right
    assert not table.overlaps
    assert table.addition.endswith(f"= {table.total}")
    assert all(table.names)


@pytest.mark.parametrize("key", ["service", "recognition"])
def test_parts_that_overlap_say_so(pomorskie: Region, key: str) -> None:
    table = _table(pomorskie, f"rows={key}&columns=sector")
    assert table.overlaps
    there = Organisation.objects.filter(existing_on(TODAY), region=pomorskie)
    path = {"service": {"service_areas__code": "catering"}, "recognition": {"recognitions__code": "PL-PS", "recognitions__state": "granted"}}[key]
    code = "catering" if key == "service" else "PL-PS"
    assert dict(zip(table.codes, table.row_totals, strict=True))[code] == there.filter(**path).distinct().count()


def test_filters_of_the_directory_work_here(pomorskie: Region) -> None:
    table = _table(pomorskie, "rows=area&columns=sector&form=PL-SPSOC&form=PL-WTZ&on=2024-06-30")
    assert table.total == 95 + 50
    assert [head.code for head in table.heads] == ["social_economy"]


def test_columns_of_kept_snapshots_tell_the_register_as_it_was(pomorskie: Region) -> None:
    table = _table(pomorskie, "rows=form&columns=snapshots")
    assert [head.code for head in table.heads] == ["2026-01-15", "2026-06-30", "2026-10-31", "now"]
    counts = dict(zip(table.codes, table.counts, strict=True))
    assert counts["PL-STOZW"] == (4, 2, 2, 2)
    assert table.is_right


def test_the_sample_shows_every_cause(pomorskie: Region) -> None:
    causes = set()
    for by in ("form", "area"):
        ask = ChangesAsk.of(pomorskie, QueryDict(f"by={by}"), TODAY)
        start, end = ask.sides(frame_of(pomorskie))
        assert start.snapshot is not None
        found = Comparison(start, end, ask.dimension, ask.wish).changes()
        assert found.adds_up
        causes |= {cause for line in found.lines for cause in Cause if line.change.moves(cause)}
    assert causes == set(Cause)


@pytest.mark.parametrize("words", ["rows=form&columns=sector", "rows=service&columns=section", "rows=form&columns=years", "rows=area&columns=sector", "rows=nuts3&columns=years"])
def test_tables_after_deeds_are_those_counted_afresh(pomorskie: Region, settings: Any, tmp_path: Path, words: str) -> None:
    settings.SNAPSHOTS = tmp_path
    take_snapshot(by=None, region=pomorskie)
    ask = TableAsk.of(pomorskie, QueryDict(words), TODAY)
    assert ask.table(Kept(frame_of(pomorskie))) == ask.table(frame_of(pomorskie))
    for one in Organisation.objects.filter(region=pomorskie).order_by("pk")[:3]:
        change_organisation(by=None, organisation=one, values={"sector": "civil_society" if one.sector != "civil_society" else "social_economy"})
        assert ask.table(Kept(frame_of(pomorskie))) == ask.table(frame_of(pomorskie))
