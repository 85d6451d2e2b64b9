"""Sums on the map and in statistics are read together: they hide and print the same."""

import pytest

from osnowa.indicators.queries.yearly import hidden_by_division
from osnowa.maps.queries import amounts
from osnowa.maps.queries.atlas import atlas_of, divisions_of
from osnowa.maps.queries.keeping import question_of
from osnowa.places.models import Region
from osnowa.register.queries.directory import Wish
from tests.samples import _sample_pomorskie, pomorskie

__all__ = ["_sample_pomorskie", "pomorskie"]


@pytest.mark.parametrize("column", ["employees", "employees_fte", "jobs_in_status", "volunteers", "beneficiaries", "revenue_total"])
def test_the_map_hides_and_prints_what_statistics_do(pomorskie: Region, column: str) -> None:
    everything = question_of(pomorskie, None, Wish()).of_all()
    atlas, divisions = atlas_of(pomorskie), divisions_of(pomorskie)
    compared = 0
    for division, level in (("area", "subregion"), ("powiat", "powiat"), ("nuts3", "nuts3")):
        shown = amounts.figures(everything, column, level, divisions, atlas)
        told = hidden_by_division(everything.frame, column, int(shown.period))
        for (of, code), is_hidden in told.items():
            if of == division and code:
                compared += 1
                assert (code in shown.hidden) == is_hidden, (level, code)
                assert (code in shown.of) != is_hidden, (level, code)
    assert compared >= 5
