"""Postal codes, addresses, points and countries as people write them."""

import re

import pytest

from osnowa.imports.values.countries import countries, find, read_country
from osnowa.imports.values.places import (
    Address,
    code_in_place,
    example_of,
    point,
    read_degrees,
    read_postal_code,
    split_address,
)
from osnowa.register.actions.rules import POSTAL_CODES


@pytest.mark.parametrize(
    ("written", "country", "code"),
    [
        ("80-001", "PL", "80-001"), ("80001", "PL", "80-001"), ("80 - 001", "PL", "80-001"), ("80–001", "PL", "80-001"), ("PL-80-001", "PL", "80-001"), (80001, "PL", "80-001"), (80001.0, "PL", "80-001"),
        ("2000", "SI", "2000"), ("SI-2000", "SI", "2000"), (2000, "SI", "2000"), ("D-10115", "DE", "10115"), ("cv346da", "GB", "CV34 6DA"), ("M60 0AG", "GB", "M60 0AG"), ("ec1a1bb", "GB", "EC1A 1BB"),
        ("1011 ab", "NL", "1011 AB"), ("11000", "CZ", "110 00"), ("D02X285", "IE", "D02 X285"), ("1000-001", "PT", "1000-001"), ("1000", "PT", "1000"), ("LV-1010", "LV", "LV-1010"),
    ],
)  # fmt: skip
def test_postal_codes_are_written_as_their_country_writes_them(written, country, code):
    assert read_postal_code(written, country) == (code, None, False)


@pytest.mark.parametrize(
    ("written", "country", "code"),
    [
        (8001, "ES", "08001"),
        ("1001", "PL", "01-001"),
        (100, "FI", "00100"),
        (1067, "DE", "01067"),
        (118, "IT", "00118"),
        ("TA7 ONZ", "GB", "TA7 0NZ"),
        ("S021 2NR", "GB", "SO21 2NR"),
        ("EH10\ufffd7DX", "GB", "EH10 7DX"),
    ],
)
def test_what_was_mended_in_a_postal_code_is_told(written, country, code):
    found = read_postal_code(written, country)
    assert (found.value, found.grave) == (code, False)
    assert code in str(found.said)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("ABC", "PL"),
        ("800", "PL"),
        ("8000101", "PL"),
        ("200", "SI"),
        ("12345", "SI"),
        ("CF44 6", "GB"), ("BS6 7LY T", "GB"),
        ("Linz", "AT"),
        ("1000", "HR"),
    ],
)
def test_what_is_no_postal_code_of_the_country_stops_and_shows_one(written, country):
    found = read_postal_code(written, country)
    assert (found.value, found.grave) == (None, True)
    assert example_of(country) in str(found.said)


def test_a_country_of_unknown_codes_takes_any():
    assert read_postal_code("ABC 12", "KE").value == "ABC 12"
    assert read_postal_code("A" * 20, "KE").grave


@pytest.mark.parametrize("country", POSTAL_CODES)
def test_what_is_read_as_a_code_the_register_takes(country):
    assert re.fullmatch(POSTAL_CODES[country], read_postal_code(example_of(country), country).value)


@pytest.mark.parametrize(
    ("written", "country", "street", "code", "locality", "province"),
    [
        ("ul. Długa 5, 80-001 Gdańsk", "PL", "ul. Długa 5", "80-001", "Gdańsk", ""),
        ("80-001 Gdańsk, ul. Długa 5", "PL", "ul. Długa 5", "80-001", "Gdańsk", ""),
        ("80-001 Gdańsk ul. Długa 5/3", "PL", "ul. Długa 5/3", "80-001", "Gdańsk", ""),
        ("ul. Długa 5\n80-001 Gdańsk", "PL", "ul. Długa 5", "80-001", "Gdańsk", ""),
        ("ul. Polna 3, 80-001 Gdańsk, pomorskie", "PL", "ul. Polna 3", "80-001", "Gdańsk", "pomorskie"),
        ("ul. Polna 3, 80-001 Gdańsk, Polska", "PL", "ul. Polna 3", "80-001", "Gdańsk", ""),
        ("Vrbanska cesta 30, 2000 Maribor", "SI", "Vrbanska cesta 30", "2000", "Maribor", ""),
        ("Videm 2 A, 1380 Cerknica", "SI", "Videm 2 A", "1380", "Cerknica", ""),
        ("r/García Barbón, 36-3º, Oficina 1 – 36201 Vigo", "ES", "r/García Barbón, 36-3º, Oficina 1", "36201", "Vigo", ""),
        ("González del Valle, 5 bajo. 33003 OVIEDO", "ES", "González del Valle, 5 bajo", "33003", "OVIEDO", ""),
        ("Lg. Raíña s/n, Cabrui, 15685 Mesía (A Coruña)", "ES", "Lg. Raíña s/n, Cabrui", "15685", "Mesía", "A Coruña"),
        ("12 rue de la Paix 33000 Bordeaux", "FR", "12 rue de la Paix", "33000", "Bordeaux", ""),
        ("Via Roma 12 - 38100 Trento (TN)", "IT", "Via Roma 12", "38100", "Trento", "TN"),
        ("Hauptstr. 5, 10115 Berlin", "DE", "Hauptstr. 5", "10115", "Berlin", ""),
        ("12 High Street, Leeds LS1 4AB", "GB", "12 High Street", "LS1 4AB", "Leeds", ""),
        ("Unit 7, Old Road\nLeeds\nLS1 4AB", "GB", "Unit 7, Old Road", "LS1 4AB", "Leeds", ""),
    ],
)  # fmt: skip
def test_addresses_of_usual_forms_are_taken_apart(written, country, street, code, locality, province):
    assert split_address(written, country) == Address(street, code, locality, province)


@pytest.mark.parametrize(
    ("written", "country"),
    [
        ("Lugar de Gándara, 44 – Oleiros - Ribeira", "ES"),
        ("Dunajska cesta 1000", "SI"),
        ("ul. Długa 5, Gdańsk", "PL"),
        ("Polígono 12345", "ES"),
        ("somewhere", ""),
        ("Gdańsk 80-001, ul. Polna 3 lok. 4", "PL"),
    ],
)
def test_an_address_of_no_usual_form_stays_whole_in_the_street(written, country):
    assert split_address(written, country) == Address(street=written)


def test_a_postal_code_is_found_in_the_cell_of_the_place():
    assert code_in_place("80-001 Gdańsk", "PL") == ("80-001", "Gdańsk")
    assert code_in_place("Gdańsk 80-001", "PL") == ("80-001", "Gdańsk")
    assert code_in_place("36201 Vigo", "ES") == ("36201", "Vigo")
    assert code_in_place("2000 Maribor", "SI") == ("2000", "Maribor")
    assert code_in_place("Gdańsk", "PL") == ("", "Gdańsk")
    assert code_in_place("Osiedle 1000-lecia", "SI") == ("", "Osiedle 1000-lecia")


@pytest.mark.parametrize(
    ("written", "degrees"),
    [
        ("54.35", 54.35),
        ("54,35", 54.35),
        (54.35, 54.35),
        ("-3,5", -3.5),
        ("54°21'00\"N", 54.35),
        ("18° 39' E", 18.65),
        ("3°30'W", -3.5),
        ("", None),
        ("-", None),
    ],
)
def test_degrees_are_read_as_numbers_or_minutes(written, degrees):
    assert read_degrees(written) == (degrees, None, False)


def test_what_is_not_in_degrees_stops():
    assert read_degrees("north").grave


def test_a_point_that_only_fits_its_country_changed_over_is_changed_over():
    assert point(18.65, 54.35, "PL")[:2] == (54.35, 18.65)
    assert point(18.65, 54.35, "PL")[2] is not None
    assert point(54.35, 18.65, "PL") == (54.35, 18.65, None, False)
    assert point(50.0, 50.0, "PL")[:2] == (50.0, 50.0), "changing these over changes nothing"
    assert point(14.6, -61.0, "FR")[:2] == (14.6, -61.0), "Martinique is France outside of its box"


def test_points_that_cannot_be_are_told():
    assert point(120.0, 10.0, "KE")[3]
    assert point(0.0, 0.0, "PL")[0] is None
    assert point(54.0, None, "PL")[0] is None


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("PL", "PL"), ("pol", "PL"), ("Polska", "PL"), ("POLAND", "PL"), ("Pologne", "PL"), ("Poljska", "PL"), ("Lengyelország", "PL"), ("Slovenija", "SI"), ("Słowenia", "SI"), ("Österreich", "AT"),
        ("ÖSterreich", "AT"), ("Austria", "AT"), ("Avstrija", "AT"), ("Rakousko", "AT"), ("Deutschland", "DE"), ("Niemcy", "DE"), ("Vācija", "DE"), ("Saksa", "DE"), ("uk", "GB"), ("UK", "GB"), ("GB", "GB"),
        ("England", "GB"), ("SCOTLAND", "GB"), ("Wales", "GB"), ("Northern Ireland", "GB"), ("Wielka Brytania", "GB"), ("Ελλάδα", "GR"), ("Greece", "GR"), ("EL", "GR"), ("България", "BG"),
        ("Italia", "IT"), ("Portogallo", "PT"), ("Belgique", "BE"), ("België", "BE"), ("Česká republika", "CZ"), ("Czechia", "CZ"), ("Magyarország", "HU"), ("Hrvatska", "HR"),
        ("România", "RO"), ("Latvija", "LV"), ("Eesti", "EE"), ("Suomi", "FI"), ("Éire", "IE"), ("Malta", "MT"), ("Κύπρος", "CY"), ("Nederland", "NL"), ("Holland", "NL"), ("Isle of Man", "IM"), ("Jersey", "JE"),
        ("Ghana", "GH"), ("USA", "US"), ("Slovakia (Slovak Republic)", "SK"), ("España", "ES"), ("Espanya", "ES"), ("Francja", "FR"), ("Sverige", "SE"), ("Danmark", "DK"), ("Lietuva", "LT"), ("Lëtzebuerg", "LU"),
    ],
)  # fmt: skip
def test_countries_are_known_by_their_names_in_the_languages_of_europe(written, code):
    assert read_country(written, "PL").value == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Frace", "FR"),
        ("Italu", "IT"),
        ("Cypres", "CY"),
        ("Polsak", "PL"),
        ("Solvenia", "SI"),
        ("United Kingdon", "GB"),
        ("Deutchland", "DE"),
    ],
)
def test_a_slip_in_a_country_is_mended_and_told(written, code):
    found = read_country(written, "PL")
    assert (found.value, found.grave) == (code, False)
    assert code in str(found.said)


@pytest.mark.parametrize("written", ["ABERDEEN", "Xyz", "Europe", "Oz"])
def test_what_is_no_country_is_left_out_and_told(written):
    found = read_country(written, "PL")
    assert (found.value, found.grave) == (None, False)
    assert found.said is not None


def test_a_doubtful_country_is_decided_by_the_map_or_left_out():
    assert find("SR") == ("SK", "RS", "SR")
    assert read_country("SR", "PL").value is None
    assert read_country("SR", "PL", 48.15, 17.11).value == "SK"
    assert read_country("RS", "SI").value == "SI"
    assert read_country("RS", "PL").value == "RS"


def test_no_name_is_of_two_countries_and_the_union_is_there():
    assert len(countries()) > 230
    union = {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    }
    assert all(countries()[code].box and countries()[code].postal and countries()[code].alpha3 for code in union)
    names = [(name.casefold(), code) for code, it in countries().items() for name in it.names]
    assert len({name for name, _code in names}) == len(names)
