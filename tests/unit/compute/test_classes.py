"""Classes of values."""

from itertools import pairwise
from random import Random

import pytest

from osnowa.compute.classes import class_of, quantiles


def test_each_class_holds_about_as_many_places():
    assert [one.count for one in quantiles(range(100))] == [20, 20, 20, 20, 20]


def test_few_values_are_a_class_each():
    assert [(one.low, one.high, one.count) for one in quantiles([3, 1, 3])] == [(1, 1, 1), (3, 3, 2)]


def test_nothing_makes_no_class():
    assert quantiles([]) == ()


@pytest.mark.parametrize("seed", range(50))
def test_every_value_lies_in_its_class_and_equal_values_never_part(seed):
    dice = Random(seed)
    values = [dice.randint(-20, 20) for _ in range(dice.randint(1, 80))]
    classes = quantiles(values)
    assert len(classes) <= 5
    assert sum(one.count for one in classes) == len(values)
    for value in values:
        own = classes[class_of(value, classes)]
        assert own.low <= value <= own.high
    assert all(one.high < after.low for one, after in pairwise(classes))
