"""The invented Europe is the same every time, looks like a register, and its numbers are right."""

from collections import Counter

import pytest

from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.places.queries import municipalities_in
from osnowa.register import codes
from osnowa.register.actions.rules import checked_identifier
from osnowa.register.models import Organisation
from osnowa.sample.europe import load_europe, names
from osnowa.sample.europe.making import European
from osnowa.sample.europe.places import countries
from tests.world import territory

NUMBER = 200


@pytest.fixture
def places(db):
    """A NUTS 3 region for every country, and a Polish municipality."""
    for country in countries():
        territory("NUTS", f"{country.nuts}111", f"{country.country} place", 3, nuts3=f"{country.nuts}111", lat=50.0, lon=15.0, kind="nuts3")
    territory("TERYT", "2261011", "Gdańsk", 3, kind="miejska", nuts3="PL111", lat=54.35, lon=18.65)


def drawn(number: int, seed: str = "") -> list[tuple]:
    return [(row.uid, {**row.values, "municipality": getattr(row.values.get("municipality"), "code", "")}, row.figures, row.recognitions) for row in European(seed).rows(number)]


def test_the_same_number_and_seed_give_the_same_rows(places):
    assert drawn(NUMBER) == drawn(NUMBER)
    assert drawn(NUMBER) != drawn(NUMBER, "another")


def test_the_first_rows_of_a_larger_europe_are_those_of_a_smaller(places):
    assert drawn(NUMBER)[:50] == drawn(50)


def test_every_country_has_words_forms_and_a_number(places):
    for country in countries():
        assert country.language in names.words()
        assert all(form in codes.LEGAL_FORMS for form in (country.association, country.cooperative, country.foundation))
        assert country.scheme in codes.IDENTIFIERS


def test_names_in_every_alphabet_can_be_put_into_order_and_addresses(places):
    assert all(fold(own["proper"][0]) for own in names.words().values())


def test_numbers_have_right_check_digits_and_are_given_once(places):
    numbers = [number for row in European().rows(2000) for number in row.values["identifiers"].items()]
    assert len(numbers) == len(set(numbers)) > 1500
    assert [(scheme, value) for scheme, value in numbers if checked_identifier(scheme, value) != value] == []


def test_the_skew_is_that_of_a_register(places):
    rows = list(European().rows(5000))
    by_country = Counter(row.values["country"] for row in rows)
    closed = sum(row.values.get("activity_status") == "closed" for row in rows) / len(rows)
    assert by_country["DE"] > 4 * by_country["CZ"] > 0
    assert len(by_country) == 27
    assert 0.08 < closed < 0.16
    assert 0.9 < sum("visibility" not in row.values for row in rows) / len(rows) < 0.97
    assert 0.1 < sum(bool(row.figures) for row in rows) / len(rows) < 0.18
    assert Counter(row.values["legal_name"] for row in rows).most_common(1)[0][1] > 2


def test_it_goes_into_the_register_with_hidden_places_hidden(places):
    told: list[tuple[int, int]] = []
    assert load_europe(3000, told=lambda done, total: told.append((done, total))) == 3000
    region = Region.objects.get(slug="europe")
    assert region.is_invented
    assert told == [(3000, 3000)]
    assert Organisation.objects.filter(region=region, is_invented=True).count() == 3000
    assert Organisation.objects.filter(is_location_hidden=True).exists()
    assert {one.code for one in municipalities_in(region)} == {f"{country.nuts}111" for country in countries() if country.nuts != "PL"} | {"2261011"}


def test_a_second_europe_is_refused(places):
    load_europe(10)
    with pytest.raises(Refused, match="there already"):
        load_europe(10)


def test_without_places_it_says_what_to_do(db):
    with pytest.raises(Refused, match="osnowa places load"):
        load_europe(10)
