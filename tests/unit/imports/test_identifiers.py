"""Official numbers: which scheme, which form, what a spreadsheet did to them."""

from types import SimpleNamespace

import pytest

from osnowa.imports.values.identifiers import compact, read_numbers
from osnowa.register import codes
from osnowa.register.queries.directory import cell as cell_of_the_directory


def exported(**numbers):
    """The cell of numbers which our own directory writes for an organisation with these, {scheme with _ for -: number}."""
    rows = [SimpleNamespace(scheme=scheme.replace("_", "-"), value=number) for scheme, number in numbers.items()]
    return cell_of_the_directory(SimpleNamespace(identifiers=SimpleNamespace(all=lambda: rows)), "numbers")


@pytest.mark.parametrize("row", list(codes.IDENTIFIERS), ids=lambda row: row.code)
def test_the_example_of_every_scheme_is_read_in_its_own_column(row):
    found = read_numbers(row["example"], row.code, row["country"])
    assert found.said is None
    assert list(found.value) == [row.code]


@pytest.mark.parametrize(
    ("cell", "scheme", "number"),
    [
        ("123-456-32-18", "PL-NIP", "1234563218"), ("PL 123 456 32 18", "PL-NIP", "1234563218"), ("NIP: 1234563218", "PL-NIP", "1234563218"), (1234563218, "PL-NIP", "1234563218"),
        (1234563218.0, "PL-NIP", "1234563218"), ("1234563218.0", "PL-NIP", "1234563218"), ("SI12345679", "SI-DDV", "12345679"), ("5921449000", "SI-MAT", "5921449"), (5921449000, "SI-MAT", "5921449"),
        ("ES G12345674", "ES-NIF", "G12345674"), ("123 456 782 00010", "FR-SIRET", "12345678200010"), ("0009999999", "PL-KRS", "0009999999"), ("IT12345670017", "IT-IVA", "12345670017"),
    ],
)  # fmt: skip
def test_numbers_are_read_whatever_stands_around_them(cell, scheme, number):
    found = read_numbers(cell, scheme, codes.IDENTIFIERS[scheme]["country"])
    assert (found.value, found.said) == ({scheme: number}, None)


@pytest.mark.parametrize(
    ("cell", "country", "value"),
    [
        ("1234563218", "PL", {"PL-NIP": "1234563218"}), ("123456785", "PL", {"PL-REGON": "123456785"}), ("0009999999", "PL", {"PL-KRS": "0009999999"}),
        ("9876545", "SI", {"SI-MAT": "9876545"}), ("12345679", "SI", {"SI-DDV": "12345679"}), ("98765430222", "IT", {"IT-CF": "98765430222"}), ("G12345674", "ES", {"ES-NIF": "G12345674"}),
        ("NIP 1234563218, REGON 123456785", "PL", {"PL-NIP": "1234563218", "PL-REGON": "123456785"}), ("KRS: 0009999999\nNIP: 123-456-32-18", "PL", {"PL-KRS": "0009999999", "PL-NIP": "1234563218"}),
        ("123456782", "FR", {"FR-SIREN": "123456782"}), ("12345678200010", "FR", {"FR-SIRET": "12345678200010"}),
    ],
)  # fmt: skip
def test_a_bare_number_is_known_by_its_check_digit_in_the_country_of_the_list(cell, country, value):
    assert read_numbers(cell, "", country) == (value, None, False)


def test_a_wrong_check_digit_stops_with_the_words_of_the_register():
    found = read_numbers("1234563219", "PL-NIP", "PL")
    assert (found.value, found.grave) == (None, True)
    assert "check digit" in str(found.said)
    assert read_numbers("1234563219", "", "PL").grave


def test_a_number_which_a_spreadsheet_has_shortened_stops_and_says_what_happened():
    for cell in ("4.12E+10", "4,12E+10", "1.23456E+9"):
        found = read_numbers(cell, "PL-NIP", "PL")
        assert (found.value, found.grave) == (None, True)
        assert "spreadsheet has shortened" in str(found.said)


def test_noughts_are_put_back_where_the_check_digit_proves_them():
    found = read_numbers(12345675, "FR-SIREN", "FR")
    assert found.grave, "012345675 has a wrong check digit: nothing proves the nought"
    lost = read_numbers(10016269, "PL-REGON", "PL")
    assert (lost.value, lost.grave) == ({"PL-REGON": "010016269"}, False)
    assert "noughts" in str(lost.said)


def test_noughts_of_krs_numbers_are_put_back_as_all_begin_with_them():
    found = read_numbers(9999999, "PL-KRS", "PL")
    assert found.value == {"PL-KRS": "0009999999"}
    assert found.said is not None
    assert read_numbers("99999999", "PL-KRS", "PL").grave, "no KRS number is so large"


@pytest.mark.parametrize(
    ("cell", "scheme", "country"),
    [("12345678Z", "ES-NIF", "ES"), ("X1234567L", "ES-NIF", "ES"), ("RCCMNL83S18D969H", "IT-CF", "IT")],
)
def test_numbers_of_people_are_left_out_and_told(cell, scheme, country):
    found = read_numbers(cell, scheme, country)
    assert (found.value, found.grave) == (None, False)
    assert "person" in str(found.said)


@pytest.mark.parametrize("cell", ["", "-", "brak", "b.d.", None, "n/d"])
def test_nothing_known_is_nothing_wrong(cell):
    assert read_numbers(cell, "PL-NIP", "PL") == (None, None, False)


def test_a_second_number_of_one_kind_is_told():
    found = read_numbers("1234563218, 5260250274", "PL-NIP", "PL")
    assert found.value == {"PL-NIP": "1234563218"}
    assert "5260250274" in str(found.said)


@pytest.mark.parametrize("row", list(codes.IDENTIFIERS), ids=lambda row: row.code)
def test_a_number_of_every_scheme_comes_back_from_our_own_directory(row):
    number = compact(row.code, row["example"])
    assert read_numbers(exported(**{row.code: number}), "", row["country"]) == ({row.code: number}, None, False)


@pytest.mark.parametrize("between", [", ", "; "])
def test_several_numbers_of_our_own_directory_come_back_from_one_cell(between):
    cell = exported(PL_OTHER="KGW/170012", PL_REGON="123456785", PL_NIP="1234563218").replace(", ", between)
    assert cell.startswith(f"OTHER KGW/170012{between}REGON ")
    value = {"PL-OTHER": "KGW/170012", "PL-REGON": "123456785", "PL-NIP": "1234563218"}
    assert read_numbers(cell, "", "PL") == (value, None, False)


def test_a_word_of_several_countries_is_of_the_country_of_the_list():
    assert read_numbers("VAT 123456788", "", "DE").value == {"DE-VAT": "123456788"}
    assert list(read_numbers("VAT " + compact("BE-VAT", codes.IDENTIFIERS["BE-VAT"]["example"]), "", "BE").value) == ["BE-VAT"]


def test_a_wrong_number_behind_a_word_of_ours_still_stops():
    assert read_numbers("OTHER KGW/170012, NIP 1234563219", "", "PL").grave
