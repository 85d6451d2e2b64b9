"""The invented indicators of the sample say that they are invented."""

from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.queries.profiles import profile
from osnowa.sample.indicators import INDICATORS, PLACES, YEARS, load_indicators
from tests.world import World


def test_every_invented_number_says_so(world: World):
    assert load_indicators(by=None) == len(INDICATORS) * len(PLACES) * len(YEARS)
    assert "invented" in Release.objects.get().source
    assert all("invented" in it.name and "zmyślon" in it.names["pl"] and "izmišljeno" in it.names["sl"] for it in Indicator.objects.all())
    assert {it.standing.of for it in profile("PL63").stands} == {len(PLACES)}


def test_invented_numbers_come_only_where_there_are_no_others(world: World):
    Indicator.objects.create(code="real", name="Real")
    assert load_indicators(by=None) == 0
    assert not Value.objects.exists()


def test_invented_numbers_are_the_same_every_time(world: World):
    load_indicators(by=None)
    before = sorted(Value.objects.values_list("geo", "period", "value"))
    Indicator.objects.all().delete()
    Release.objects.all().delete()
    load_indicators(by=None)
    assert sorted(Value.objects.values_list("geo", "period", "value")) == before
