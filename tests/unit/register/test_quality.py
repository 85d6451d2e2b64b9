"""The completeness of a line."""

from osnowa.register.queries.quality import CHECKS, Line, percent


def test_a_hundred_percent_means_all() -> None:
    assert percent(999, 1000) == 99
    assert percent(1000, 1000) == 100


def test_nothing_of_nothing_has_no_share() -> None:
    assert Line("empty").completeness is None


def test_completeness_is_the_average_of_the_checks() -> None:
    line = Line("two")
    half = {f"n_{check}": 1 for check in CHECKS}
    line.add({"n": 2} | half)
    assert line.completeness == 50
    line.add({"n": 2} | {f"n_{check}": 2 for check in CHECKS})
    assert (line.n, line.completeness) == (4, 75)
