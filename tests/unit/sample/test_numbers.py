from random import Random

import pytest

from osnowa.register.actions import checked_identifier
from osnowa.sample.numbers import Numbers


@pytest.mark.parametrize("form", ["PL-SPSOC", "PL-KGW", "PL-GMINA", "SI-ZAD", "ES-COOP", "ES-AYT", "ES-UNI", "ES-FUN"])
def test_a_hundred_numbers_are_valid_and_different(form: str) -> None:
    numbers = Numbers(Random(1), "7")
    given = [(s, v) for _ in range(100) for s, v in numbers.of(form, is_unit=False).items()]
    assert len(set(given)) == len(given) >= 100
    for scheme, value in given:
        assert checked_identifier(scheme, value) == value


def test_two_regions_never_share_a_number() -> None:
    one, other = (Numbers(Random(1), series) for series in ("1", "2"))
    first, second = ({v for _ in range(50) for v in n.of("PL-FUN", is_unit=False).values()} for n in (one, other))
    assert not first & second


def test_a_unit_bears_no_number_of_a_legal_person() -> None:
    numbers = Numbers(Random(1), "1")
    assert {scheme for _ in range(50) for scheme in numbers.of("PL-WTZ", is_unit=True)} == {"PL-REGON"}
