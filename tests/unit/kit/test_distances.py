"""How far two points are apart."""

import pytest

from osnowa.kit.distances import kilometres


def test_a_degree_of_latitude_is_111_km_and_one_of_longitude_shrinks_to_the_pole():
    assert kilometres(54, 18, 53, 18) == pytest.approx(111.2)
    assert kilometres(60, 19, 60, 18) == pytest.approx(55.6)


def test_gdansk_and_slupsk_are_a_hundred_kilometres_apart():
    assert kilometres(54.352, 18.646, 54.464, 17.029) == pytest.approx(105, abs=1)
