"""Codes and names of territories, and a region's own words."""

import pytest
from django.utils import translation

from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.places.queries import territory_by_code
from tests.world import territory


def test_a_code_of_two_lists_must_say_which(world):
    territory("LAU", "SI032", "Grosuplje", 4)
    with pytest.raises(Refused, match=r"LAU SI032 .Grosuplje., NUTS SI032 .Podravska."):
        territory_by_code("SI032")
    assert territory_by_code("lau si032").name == "Grosuplje"
    assert territory_by_code("NUTS:SI032").name == "Podravska"


def test_a_region_uses_its_own_words_in_the_language_of_the_reader():
    region = Region(vocabulary={"cluster": {"pl": "hub"}, "clusters": {"pl": "huby"}})
    with translation.override("pl"):
        assert (region.term("cluster"), region.term("clusters")) == ("hub", "huby")
    with translation.override("en"):
        assert (region.term("cluster"), region.term("clusters", "groups")) == ("cluster", "groups")
