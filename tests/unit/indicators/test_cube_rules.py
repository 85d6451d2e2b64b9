"""What the cube does with empty regions, unknown words, and regions of other countries."""

from datetime import date

from django.http import QueryDict

from osnowa.indicators.queries.asked import ChangesAsk, TableAsk
from osnowa.indicators.queries.dimensions import dimensions
from osnowa.register.models import Organisation
from osnowa.register.queries.frame import frame_of
from tests.world import World

TODAY = date(2026, 11, 20)


def test_an_empty_region_has_an_empty_table(world: World) -> None:
    Organisation.objects.filter(region=world.podravje).update(merged_into=world.chleb)
    table = TableAsk.of(world.podravje, QueryDict("rows=form&columns=sector"), TODAY).table(frame_of(world.podravje))
    assert (table.codes, table.total, table.is_right) == ((), 0, True)


def test_unknown_words_are_passed_over(world: World) -> None:
    ask = TableAsk.of(world.pomorskie, QueryDict("rows=x&columns=y&on=2024-13-45"), TODAY)
    assert (ask.rows.key, ask.time, ask.on) == ("form", "years", TODAY)
    assert "is no day" in ask.problem
    changes = ChangesAsk.of(world.pomorskie, QueryDict("by=x&from=2030-01-01&cause=z"), TODAY)
    assert (changes.dimension.key, changes.end, changes.cause) == ("form", TODAY, None)
    assert "not come yet" in changes.problem


def test_powiats_are_for_poland_and_areas_for_regions_that_have_some(world: World) -> None:
    assert {"powiat", "area"} <= set(dimensions(world.pomorskie))
    assert not {"powiat", "area"} & set(dimensions(world.podravje))
