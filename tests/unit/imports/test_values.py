"""Each row of a list becomes values of the register; what is wrong names its cell and how to mend it."""

from datetime import date, datetime

import pytest
from django.utils.translation import override

from osnowa.imports.columns import Header
from osnowa.imports.values import check_rows
from osnowa.imports.values.activities import read_activities
from osnowa.kit.reading import Sheet
from osnowa.register import codes


def checked(fields, *rows, country="PL", lenient=False, names=None, first_line=1):
    """The rows of a table of these fields, checked."""
    names = list(names or fields)
    sheet = Sheet("list", [names, *map(list, rows)], first_line)
    return list(check_rows(sheet, Header(0, names), dict(enumerate(fields)), country=country, lenient=lenient))


def one(fields, *cells, **options):
    return checked(fields, cells, **options)[0]


def values(fields, *cells, **options):
    return one(fields, *cells, **options).values


def told(row):
    return [(problem.cell, problem.grave, str(problem.said)) for problem in row.problems]


def test_a_whole_row_becomes_values_of_the_register():
    fields = ["legal_name", "short_name", "legal_form", "number:PL-NIP", "number:PL-KRS", "founded_on", "street", "house_number", "postal_code", "locality", "municipality", "county",
              "province", "activity", "website", "email", "phone", "about", "source_key", "lat", "lon", "sector", "visibility"]  # fmt: skip
    row = one(
        fields, " Spółdzielnia  Socjalna\n„Opoka” ", "Opoka", "spółdzielnia socjalna", "123-456-32-18", "0009999999", "31.3.2016 r.", "ul. Długa", "5", "80001", "Gdańsk", "Gdańsk", "m. Gdańsk",
        "pomorskie", "88.10.Z, 56.21.Z", "www.opoka.pl", "biuro@opoka.pl", "58 320 12 34", "Pomaga.\nKarmi.", "S-17", "54,35", "18,65", "Ekonomia społeczna", "public",
    )  # fmt: skip
    assert told(row) == []
    assert row.values == {
        "country": "PL", "legal_name": "Spółdzielnia Socjalna „Opoka”", "short_name": "Opoka", "legal_form": "PL-SPSOC",
        "identifiers": {"PL-NIP": "1234563218", "PL-KRS": "0009999999"}, "founded_on": "2016-03-31", "street": "ul. Długa 5", "postal_code": "80-001", "locality": "Gdańsk",
        "place": {"name": "Gdańsk", "county": "m. Gdańsk", "province": "pomorskie"}, "activities": ["88.10", "56.21"], "nace_version": "2.1",
        "links": [{"kind": "website", "url": "https://www.opoka.pl"}], "contacts": [{"email": "biuro@opoka.pl", "phone": "58 320 12 34"}], "about": "Pomaga.\nKarmi.", "source_key": "S-17",
        "lat": 54.35, "lon": 18.65, "sector": "social_economy", "visibility": "public",
    }  # fmt: skip


def test_a_missing_name_stops_even_where_the_reader_is_lenient():
    for lenient in (False, True):
        row = one(["legal_name", "locality", "phone"], "", "Gdańsk", "58 320 12 34", lenient=lenient)
        assert told(row) == [("A2", True, "The name is missing: write it in.")]


def test_a_list_of_numbers_and_news_needs_no_name():
    row = one(["number:PL-NIP", "phone"], "1234563218", "58 320 12 34")
    assert told(row) == []
    assert "legal_name" not in row.values


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("number:PL-NIP", "1234563219"), ("number:PL-NIP", "4.12E+10"), ("founded_on", "31.2.2015"), ("founded_on", "2030-01-01"), ("registered_on", "dawno"), ("postal_code", "Gdańsk"), ("lat", "north"),
        ("employees", "dużo"), ("employees", "-4"), ("surplus_reinvested_percent", "120"), ("year", "199"), ("about", "PESEL prezesa: 44051401359"),
    ],
)  # fmt: skip
def test_what_a_form_would_refuse_stops_the_row_and_is_left_empty_where_lenient(field, cell):
    fields = ["legal_name", "year" if field != "year" else "employees", field]
    strict, lenient = one(fields, "Fundacja", "2020", cell), one(fields, "Fundacja", "2020", cell, lenient=True)
    assert [problem.grave for problem in strict.problems if problem.cell == "C2"] == [True]
    assert [problem.grave for problem in lenient.problems if problem.cell == "C2"] == [False]
    assert field not in lenient.values
    assert lenient.values["legal_name"] == "Fundacja"


def test_a_problem_names_the_cell_a_spreadsheet_shows():
    rows = checked(
        ["source_key", "legal_name", "postal_code"],
        ["1", "Kawiarnia Ala", "80-001"],
        [None, None, None],
        ["2", "Kawiarnia Ola", "8"],
        first_line=5,
    )
    assert [(row.number, row.line, row.set_aside) for row in rows] == [(1, 6, ""), (2, 7, "blank"), (3, 8, "")]
    assert [problem.cell for problem in rows[2].problems] == ["C8"]
    assert "12-345" in str(rows[2].problems[0].said)
    assert rows[2].raw == ["2", "Kawiarnia Ola", "8"]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ('"Fundacja Ala"', "Fundacja Ala"), ("„Fundacja Ala”", "Fundacja Ala"), ('Fundacja "Ala"', 'Fundacja "Ala"'), ('"Ala" i "Ola"', '"Ala" i "Ola"'), ("FUNDACJA ALA", "FUNDACJA ALA"),
        ("Fundacja\r\nAla", "Fundacja Ala"), ("SpĂłĹ‚dzielnia Ala", "Spółdzielnia Ala"),
    ],
)  # fmt: skip
def test_names_lose_what_is_around_them_and_stay_as_registers_write_them(written, name):
    assert values(["legal_name", "locality"], written, "Gdańsk")["legal_name"] == name


def test_other_names_are_kept_once_and_never_the_name_itself():
    row = values(
        ["legal_name", "other_name", "other_name", "locality"],
        "Opoka Sp. z o.o.",
        "OPOKA sp. z o.o.; Kawiarnia Opoka",
        "Kawiarnia  Opoka\nBar u Oli",
        "Gdańsk",
    )
    assert row["other_names"] == ["Kawiarnia Opoka", "Bar u Oli"]


def test_numbers_of_any_kind_are_told_apart_and_a_second_one_is_told():
    row = one(["legal_name", "number", "number:PL-NIP"], "Fundacja", "NIP 1234563218, REGON 123456785", "5260250274")
    assert row.values["identifiers"] == {"PL-NIP": "1234563218", "PL-REGON": "123456785"}
    assert told(row)[-1][:2] == ("C2", False)
    assert "5260250274" in told(row)[-1][2]


def test_a_slovene_number_of_ten_digits_is_of_the_whole_or_of_a_part():
    whole = values(["legal_name", "number:SI-MAT"], "Zavod", "5921449000", country="SI")
    assert (whole["identifiers"], whole.get("kind")) == ({"SI-MAT": "5921449"}, None)
    part = one(["legal_name", "number:SI-MAT"], "Zavod, PE Celje", "5921449001", country="SI")
    assert (part.values["kind"], part.values["parent"]) == ("unit", {"number": "5921449"})
    assert part.problems


def test_a_legal_form_is_taken_from_the_name_where_the_column_lacks_it_and_told():
    rows = checked(
        ["legal_name", "legal_form", "locality"],
        ["Fundacja Ala", None, "Gdynia"],
        ["Stowarzyszenie Ola", "cokolwiek", "Gdynia"],
        ["Kawiarnia", "?", "Gdynia"],
    )
    assert [row.values.get("legal_form") for row in rows] == ["PL-FUN", "PL-STO", None]
    assert [[cell for cell, _grave, _said in told(row)] for row in rows] == [["A2"], ["B3"], []]


def test_units_name_the_legal_person_they_belong_to():
    fields = ["legal_name", "legal_form", "parent_name", "locality"]
    rows = checked(
        fields,
        ["ZAZ „Opoka”", "ZAZ", "Fundacja Opoka", "Chechło"],
        ["Fundacja Opoka", "fundacja", None, "Chechło"],
        ["Cafe Równik", None, "ul. Jedności Narodowej 47", "Wrocław"],
    )
    assert rows[0].values["kind"] == "unit"
    assert rows[0].values["parent"] == {"name": "Fundacja Opoka"}
    assert "kind" not in rows[1].values
    assert rows[2].values["street"] == "ul. Jedności Narodowej 47"
    assert "parent" not in rows[2].values
    assert told(rows[2])


def test_the_number_of_a_legal_person_is_told_from_a_key_of_the_list():
    assert values(["legal_name", "parent"], "Sklep", "1234563218")["parent"] == {"number": "1234563218"}
    assert values(["legal_name", "parent"], "Sklep", "R000019")["parent"] == {"key": "R000019"}
    own = values(["legal_name", "source_key", "parent"], "Spółdzielnia", "R1", "R1")
    assert "parent" not in own, "nobody is a unit of itself"


def test_days_are_read_in_the_order_the_column_has():
    rows = checked(
        ["legal_name", "founded_on"],
        ["A", "1/2/2015"],
        ["B", "12/25/2015"],
        ["C", datetime(2016, 3, 31)],
        ["D", date(1863, 8, 11)],
        ["E", 42460],
    )
    assert [row.values["founded_on"] for row in rows] == ["2015-01-02", "2015-12-25", "2016-03-31", "1863-08-11", "2016-03-31"]


def test_days_that_contradict_one_another_stop():
    early = one(["legal_name", "founded_on", "registered_on"], "Kawiarnia", "2015-01-01", "2014-01-01")
    assert told(early)[0][:2] == ("C2", True)
    ended = one(["legal_name", "founded_on", "ended_on"], "Kawiarnia", "2015-01-01", "2014-01-01")
    assert told(ended)[0][:2] == ("C2", True)


def test_a_day_of_closing_closes_unless_the_status_says_otherwise():
    assert values(["legal_name", "ended_on"], "Fundacja", "2020-01-01")["activity_status"] == "closed"
    row = one(["legal_name", "ended_on", "activity_status"], "Fundacja", "2020-01-01", "Live")
    assert row.values["activity_status"] == "active"
    assert "ended_on" not in row.values
    assert told(row)


def test_the_country_decides_how_codes_and_addresses_are_read():
    fields = ["legal_name", "country", "postal_code"]
    rows = checked(
        fields,
        ["A", "Wales", "cf101aa"],
        ["B", "Österreich", "1010"],
        ["C", None, "80001"],
        ["D", "Frace", "75001"],
        ["E", "Atlantyda", "80-001"],
    )
    assert [(row.values["country"], row.values["postal_code"]) for row in rows] == [
        ("GB", "CF10 1AA"),
        ("AT", "1010"),
        ("PL", "80-001"),
        ("FR", "75001"),
        ("PL", "80-001"),
    ]
    assert [bool(row.problems) for row in rows] == [False, False, False, True, True]


def test_a_list_from_elsewhere_is_known_by_its_codes_and_numbers():
    british = checked(["legal_name", "postal_code"], *[[f"Co-op {n} Limited", f"LS{n} 4AB"] for n in range(1, 9)])
    assert {row.values["country"] for row in british} == {"GB"}
    french = checked(
        ["legal_name", "number:FR-SIREN", "postal_code"], ["SCOP A", "123456782", 33000], ["SCOP B", "552081317", 1000]
    )
    assert [(row.values["country"], row.values["postal_code"]) for row in french] == [("FR", "33000"), ("FR", "01000")]


def test_a_list_from_elsewhere_is_known_by_its_points():
    rows = checked(["legal_name", "lat", "lon", "postal_code"], *[[f"Mission {n}", 44.5 + n / 5, 1.5, 31000 + n] for n in range(8)])
    assert {row.values["country"] for row in rows} == {"FR"}
    assert not any(row.problems for row in rows)


def test_a_row_without_a_country_takes_it_from_what_only_one_country_has():
    rows = checked(
        ["legal_name", "country", "postal_code", "lat", "lon"],
        ["A", "PL", "80-001", 54.3, 18.6],
        ["B", None, "EH1 1AA", None, None],
        ["C", None, None, 37.98, 23.73],
        ["D", None, None, 47.05, 15.4],
    )
    assert [row.values.get("country") for row in rows[:3]] == ["PL", "GB", "GR"]
    assert all(row.problems for row in rows[1:])


@pytest.mark.parametrize(
    ("fields", "cells", "expected"),
    [
        (["address"], ["ul. Długa 5, 80-001 Gdańsk"], ("ul. Długa 5", "80-001", "Gdańsk")),
        (["street"], ["ul. Długa 5, 80-001 Gdańsk"], ("ul. Długa 5", "80-001", "Gdańsk")),
        (["street", "locality"], ["ul. Długa 5", "80-001 Gdańsk"], ("ul. Długa 5", "80-001", "Gdańsk")),
        (["street", "postal_code"], ["ul. Długa 5", "80-001 Gdańsk"], ("ul. Długa 5", "80-001", "Gdańsk")),
        (["street", "house_number", "postal_code", "locality"], ["ul. Długa", 5.0, "80-001", "Gdańsk"], ("ul. Długa 5", "80-001", "Gdańsk")),
        (["street", "postal_code", "locality"], ["Manor House\n71 The Green", "80-001", "Gdańsk"], ("Manor House, 71 The Green", "80-001", "Gdańsk")),
        (["address", "locality"], ["ul. Długa 5", "Gdańsk"], ("ul. Długa 5", "", "Gdańsk")),
    ],
)  # fmt: skip
def test_addresses_come_together_from_whatever_columns_there_are(fields, cells, expected):
    row = values(["legal_name", *fields], "Fundacja", *cells)
    assert (row.get("street", ""), row.get("postal_code", ""), row.get("locality", "")) == expected


def test_the_municipality_is_the_place_where_addresses_are_written_so():
    assert (
        values(["legal_name", "municipality", "number:IT-CF"], "Ente", "Trento", "98765430222", country="IT")["locality"]
        == "Trento"
    )
    polish = values(["legal_name", "municipality"], "Fundacja", "Żukowo")
    assert "locality" not in polish
    assert polish["place"] == {"name": "Żukowo"}


def test_a_point_changed_over_is_put_right_and_told():
    row = one(["legal_name", "lat", "lon"], "Fundacja", 18.65, 54.35)
    assert (row.values["lat"], row.values["lon"]) == (54.35, 18.65)
    assert told(row)


def test_a_contact_needs_an_address_or_a_number():
    assert values(["legal_name", "contact_name", "email"], "Fundacja", "Ala Nowak", "ala@x.pl")["contacts"] == [
        {"person_name": "Ala Nowak", "email": "ala@x.pl"}
    ]
    row = one(["legal_name", "contact_name"], "Fundacja", "Ala Nowak")
    assert "contacts" not in row.values
    assert told(row)


def test_texts_longer_than_the_register_takes_are_cut_and_told():
    row = one(["legal_name", "street", "locality"], "F" * 400, "u" * 200, "Gdańsk")
    assert (len(row.values["legal_name"]), len(row.values["street"])) == (300, 160)
    assert [cell for cell, _grave, _said in told(row)] == ["A2", "B2"]


def test_repairs_are_told_and_do_not_stop():
    row = one(["legal_name", "website", "email"], "Fish &amp; Chips", "update6", "a@b.pl, c@d.pl")
    assert [(cell, grave) for cell, grave, _said in told(row)] == [("A2", False), ("B2", False), ("C2", False)]
    assert row.values["legal_name"] == "Fish & Chips"


def test_a_cell_the_spreadsheet_could_not_compute_is_empty_and_told():
    row = one(["legal_name", "short_name", "employees", "year"], "Kawiarnia", "#REF!", "#DIV/0!", 2020)
    assert "short_name" not in row.values
    assert [(cell, grave) for cell, grave, _said in told(row)] == [("B2", False), ("C2", False)]


# -- figures -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "day", "expected"),
    [
        ("2016", None, (2016, "2016-12-31")),
        (None, "2016-03-31", (2016, "2016-03-31")),
        ("2017", "2016-03-31", (2016, "2016-03-31")),
        (2026, None, (2026, "2026-11-20")),
    ],
)
def test_figures_are_of_the_last_day_of_their_year_or_of_the_day_given(year, day, expected):
    row = values(["legal_name", "year", "as_of_on", "employees"], "Fundacja", year, day, 7)
    assert row["figures"] == [{"year": expected[0], "as_of_on": expected[1], "employees": 7}]


def test_a_year_far_from_its_day_is_told():
    row = one(["legal_name", "year", "as_of_on", "employees"], "Fundacja", 2016, "2012-03-31", 7)
    assert row.values["figures"][0]["year"] == 2012
    assert told(row)


def test_figures_are_whole_units_of_money_and_may_be_a_loss():
    row = values(
        ["legal_name", "year", "revenue_total", "surplus", "employees_fte", "is_one_member_one_vote"],
        "Fundacja",
        2016,
        "1 234 567,80 zł",
        "-1200",
        "12,25",
        "tak",
    )
    assert row["figures"] == [
        {
            "year": 2016,
            "as_of_on": "2016-12-31",
            "revenue_total": 1_234_568,
            "surplus": -1200,
            "employees_fte": 12.25,
            "is_one_member_one_vote": True,
        }
    ]


def test_figures_in_thousands_are_multiplied():
    row = values(
        ["legal_name", "year", "revenue_total", "employees"],
        "Fundacja",
        2016,
        "12,5",
        "7",
        names=["Nazwa", "Rok", "Przychody (tys. zł)", "Zatrudnienie (tys. zł)"],
    )
    assert (row["figures"][0]["revenue_total"], row["figures"][0]["employees"]) == (12_500, 7)


def test_several_years_may_stand_side_by_side():
    row = values(
        ["legal_name", "employees", "employees", "surplus"],
        "Fundacja",
        7,
        9,
        100,
        names=["Nazwa", "Zatrudnienie 2023", "Zatrudnienie 2024", "Zysk 2024"],
    )
    assert row["figures"] == [
        {"year": 2023, "as_of_on": "2023-12-31", "employees": 7},
        {"year": 2024, "as_of_on": "2024-12-31", "employees": 9, "surplus": 100},
    ]


def test_figures_without_any_year_are_left_out_and_told():
    row = one(["legal_name", "employees"], "Kawiarnia", 7)
    assert "figures" not in row.values
    assert told(row)[0][:2] == ("B2", False)


def test_an_empty_figure_is_not_nought():
    row = values(["legal_name", "year", "employees", "volunteers", "surplus"], "Fundacja", 2016, None, "b.d.", "0")
    assert row["figures"] == [{"year": 2016, "as_of_on": "2016-12-31", "surplus": 0}]


# -- rows beside the list ----------------------------------------------------------------------------------------------

LIST = (
    ["1", "Fundacja Ala", "Gdańsk", "58 320 12 34"],
    ["2", "Fundacja Ola", "Gdynia", "58 320 12 35"],
    ["3", "Fundacja Ela", "Sopot", "58 320 12 36"],
)


def kinds(*rows):
    fields = ["source_key", "legal_name", "locality", "phone"]
    return [row.set_aside for row in checked(fields, *LIST, *rows, names=["Lp.", "Nazwa", "Miejscowość", "Telefon"])][
        len(LIST) :
    ]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ([None, None, None, None], "blank"), ([" ", "", None, "\n"], "blank"), (["Powiat gdański", None, None, None], "section"), ([None, "Powiat gdański", None, None], "section"),
        ([None, "A. Spółdzielnie", None, None], "section"), (["A.", "Spółdzielnie socjalne", None, None], "section"), ([None, "Stowarzyszenia i fundacje:", None, None], "section"),
        (["Powiat tczewski"] * 4, "section"), (["Razem", "3", None, None], "total"), ([None, "Ogółem:", None, "3"], "total"), (["Suma", None, None, None], "total"), ([None, "Skupaj", "12", None], "total"),
        (["Total", "", "", "3"], "total"), (["Lp.", "Nazwa", "Miejscowość", "Telefon"], "heading"), (["lp.", "NAZWA", "Miejscowość", "Telefon"], "heading"), (["1", "2", "3", "4"], "heading"),
        (["(1)", "(2)", "(3)", "(4)"], "heading"), (["Źródło: urząd", None, None, None], "section"), ([None, "* dane z 2025 r.", None, None], "section"), (["Stan na 31.12.2025", None, None, None], "section"),
        (["4", "Razem dla Gdyni", "Gdynia", "58 320 12 37"], ""), ([None, "Fundacja Iza", None, None], ""), (["5", "Stowarzyszenie Suma", "Gdynia", None], ""), (["6", None, "Gdynia", None], ""),
        (["7", "Nazwa Własna", "Gdynia", "58 320 12 38"], ""), (["Razem", "Stowarzyszenie", "Gdynia", "58 320 12 38"], ""),
    ],
)  # fmt: skip
def test_rows_beside_the_list_are_set_aside_and_real_ones_are_not(row, kind):
    assert kinds(row) == [kind]


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        (["L.p.", "Nazwa", "Miejscowość", "Telefon"], "heading"), (["Nr", "Nazwa", "MIEJSCOWOŚĆ", "Telefon:"], "heading"), ([None, "Nazwa", "Miejscowość", "Telefon"], "heading"),
        (["Lp.", "Nazwa", "Gdynia", "58 320 12 38"], ""), (["8", "Telefon", "Gdynia", "58 320 12 38"], ""),
    ],
)  # fmt: skip
def test_headings_repeated_with_other_marks_are_set_aside_and_a_name_like_a_heading_is_not(row, kind):
    assert kinds(row) == [kind]


def test_a_list_of_names_alone_loses_none_of_them():
    rows = [
        row.set_aside for row in checked(["legal_name"], ["Kawiarnia"], ["Powiat Cafe"], ["Spółdzielnie"], [None], ["Razem"])
    ]
    assert rows == ["", "", "", "blank", ""]


def test_rows_set_aside_say_nothing_else():
    row = checked(["source_key", "legal_name", "locality", "phone"], *LIST, ["Powiat gdański", None, None, None])[-1]
    assert (row.values, row.problems, row.raw[0]) == ({}, [], "Powiat gdański")


def test_a_sheet_without_headings_begins_with_its_first_row():
    sheet = Sheet("list", [["Fundacja Ala", "1234563218"], ["Fundacja Ola", "5260250274"]])
    rows = list(check_rows(sheet, Header(-1, ["", ""]), {0: "legal_name", 1: "number:PL-NIP"}, country="PL"))
    assert [(row.number, row.line, row.values["legal_name"]) for row in rows] == [
        (1, 1, "Fundacja Ala"),
        (2, 2, "Fundacja Ola"),
    ]


def test_short_rows_and_unknown_fields_do_not_break():
    sheet = Sheet("list", [["Nazwa", "Kod"], ["Fundacja Ala"]])
    rows = list(
        check_rows(
            sheet,
            Header(0, ["Nazwa", "Kod"]),
            {0: "legal_name", 1: "postal_code", 9: "phone", 3: "no_such_field"},
            country="PL",
        )
    )
    assert rows[0].values == {"country": "PL", "legal_name": "Fundacja Ala", "legal_form": "PL-FUN"}


def test_a_list_of_no_country_is_read_without_guessing_one():
    row = one(["legal_name", "postal_code", "locality"], "Ala", "12345", "Town", country="")
    assert row.values == {"legal_name": "Ala", "postal_code": "12345", "locality": "Town"}


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
@pytest.mark.parametrize("version", ["2", "2.1"])
def test_every_code_with_its_label_is_read_as_the_code_alone(version, language):
    with override(language):
        cells = {row.code: f"{row.code} {codes.nace_label(version, row.code)}" for row in codes.NACE[version] if row.code[0].isdecimal()}
    assert any(";" in cell for cell in cells.values())
    assert {code: read_activities(cell, version) for code, cell in cells.items()} == {code: ((code,), None, False) for code in cells}


def test_text_that_is_no_code_is_told_where_no_code_stands_before_it():
    found = values(["legal_name", "activity"], "Fundacja", "69.20 rachunkowość; doradztwo podatkowe; 88.10 pomoc")
    assert found["activities"] == ["69.20", "88.10"]
    assert "not a code" in told(one(["legal_name", "activity"], "Fundacja", "doradztwo podatkowe; 88.10"))[-1][2]
    assert "99.99" in told(one(["legal_name", "activity"], "Fundacja", "69.20; 99.99"))[-1][2]


@pytest.mark.parametrize(("cell", "code", "town"), [("2000 Maribor", "2000", "Malečnik"), ("2000", "2000", "Malečnik")])
def test_a_slovene_post_gives_its_code_and_the_town_stays_the_town(cell, code, town):
    found = values(["legal_name", "postal_code", "locality"], "Društvo", cell, town, country="SI")
    assert (found["postal_code"], found["locality"]) == (code, town)
