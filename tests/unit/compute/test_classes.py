"""Classes of values."""

from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute.classes import class_of, quantiles


def test_each_class_holds_about_as_many_places():
    assert [one.count for one in quantiles(range(100))] == [20, 20, 20, 20, 20]


def test_few_values_are_a_class_each():
    assert [(one.low, one.high, one.count) for one in quantiles([3, 1, 3])] == [(1, 1, 1), (3, 3, 2)]


def test_nothing_makes_no_class():
    assert quantiles([]) == ()


@given(st.lists(st.integers(-50, 50), min_size=1))
def test_every_value_lies_in_its_class_and_equal_values_never_part(values):
    classes = quantiles(values)
    assert len(classes) <= 5
    assert sum(one.count for one in classes) == len(values)
    for value in values:
        own = classes[class_of(value, classes)]
        assert own.low <= value <= own.high
    assert all(one.high < after.low for one, after in zip(classes, classes[1:], strict=False))
