"""Headings and cells tell what a column is."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from osnowa.imports.columns import Header, find_header, subject_of, suggest
from osnowa.imports.columns.lexicon import meanings
from osnowa.imports.fields import FIELDS, FIGURES, GROUPS, MEND_HEADING, ROW_HEADING
from osnowa.kit.words import fold
from osnowa.register.queries.directory import COLUMNS

TABLE = Path(__file__).resolve().parents[3] / "osnowa" / "imports" / "tables" / "headings.csv"

#: Headings of real registers (as their files have them), with what each is.
REGISTERS = {
    "RUNTS": ("IT", {
        "codice fiscale steuernummer": "number:IT-CF", "denominazione bezeichnung": "legal_name", "repertorio repertoire": "source_key",
        "sezione (**) sektion": "legal_form", "comune sede legale gemeinsame rechtssitz": "municipality", "provincia sede legale provinz rechtssitz": "province",
    }),
    "Veneto": ("IT", {
        "DENOMINAZIONE SOCIALE": "legal_name", "C.F./P.IVA": "number", "SEDE LEGALE": "street", "COMUNE": "municipality", "PROV.": "province", "E-MAIL": "email",
        "PEC": "", "N. ISCRIZ. ALBO": "source_key", "SEZ.": "legal_form",
    }),
    "Emilia-Romagna": ("IT", {
        "denominazione": "legal_name", "codice_fiscale": "number:IT-CF", "comune": "municipality", "provincia": "province", "indirizzo": "street", "sezione": "legal_form",
    }),
    "Piemonte": ("IT", {"denominazione": "legal_name", "codice_fiscale": "number:IT-CF", "comune": "municipality", "indirizzo": "street", "tipologia": "legal_form"}),
    "Catalonia, co-operatives": ("ES", {
        "Nom": "legal_name", "CIF": "number:ES-NIF", "Municipi": "municipality", "Província": "province", "Adreça": "street", "Codi postal": "postal_code",
        "Número d'inscripció": "source_key", "Classe de cooperativa": "legal_form",
    }),
    "Catalonia, employment centres": ("ES", {
        "Denominació del CET": "legal_name", "NIF": "number:ES-NIF", "Número registre": "source_key", "Data alta al registre": "registered_on", "Productes i serveis": "about",
    }),
    "Valencia": ("ES", {
        "DS_RAZON_SOCIAL": "legal_name", "CD_NIF": "number:ES-NIF", "DS_MUNICIPIO": "municipality", "DS_PROVINCIA": "province", "DS_DOMICILIO": "street",
        "CD_CLAVE_REGISTRAL": "source_key", "DS_CLASE": "legal_form",
    }),
    "Andalusia": ("ES", {
        "DENOMINACIÓN": "legal_name", "CIF": "number:ES-NIF", "MUNICIPIO": "municipality", "PROVINCIA": "province", "DIRECCIÓN": "street", "Nº INSCRIPCIÓN": "source_key",
        "TIPO": "legal_form",
    }),
    "Castilla y León": ("ES", {
        "NOMBRE": "legal_name", "NIF": "number:ES-NIF", "DOMICILIO": "street", "COD_POSTAL": "postal_code", "MUNICIPIO": "municipality", "PROVINCIA": "province",
        "TELEFONO": "phone", "ACTIVIDAD": "about",
    }),
    "ESUS": ("FR", {
        "raison sociale": "legal_name", "siren": "number:FR-SIREN", "statut juridique de l'entreprise": "legal_form", "commune": "municipality", "code postal": "postal_code",
        "région": "province",
    }),
    "SIRENE": ("FR", {"siren": "number:FR-SIREN", "denominationunitelegale": "legal_name", "categoriejuridiqueunitelegale": "legal_form"}),
    "Flanders": ("BE", {
        "VESTIGING": "legal_name", "ZETEL_MAATSCHAPPELIJKE_NAAM": "parent_name", "VESTIGINGSNUMMER": "number:BE-UE", "VESTIGING_POSTCODE": "postal_code",
        "VESTIGING_GEMEENTE": "municipality", "TOEKENNINGNUMMER": "source_key",
    }),
    "ANBI": ("NL", {"naam": "legal_name", "aliasNaam": "other_name", "fiscaalNummer": "source_key", "vestigingsPlaats": "locality"}),
    "Galicia": ("ES", {
        "Número de rexistro": "source_key", "Data de resolución da cualificación": "registered_on", "Forma xurídica": "legal_form", "CIF": "number:ES-NIF", "Obxecto social": "about",
        "CNAE": "activity", "Enderezo social": "address", "Teléfono": "phone", "Enderezo electrónico": "email", "nome da entidade": "legal_name",
    }),
    "a Polish office": ("PL", {
        "Lp.": "", "* Nazwa podmiotu": "legal_name", "Forma prawna": "legal_form", "NIP": "number:PL-NIP", "REGON": "number:PL-REGON", "Nr KRS": "number:PL-KRS",
        "Ulica i numer": "street", "Kod pocztowy": "postal_code", "Miejscowość": "locality", "Gmina": "municipality", "Powiat": "county", "Województwo": "province",
        "Tel.": "phone", "Adres e-mail": "email", "Strona www": "website", "Data wpisu do KRS": "registered_on", "PKD": "activity", "PESEL prezesa": "",
        "Osoba do kontaktu": "contact_name", "Uwagi": "", "Zatrudnienie": "employees", "Przychody (tys. zł)": "revenue_total", "Rok": "year",
    }),
    "a Slovene office": ("SI", {
        "Zap. št.": "", "Naziv": "legal_name", "Matična številka": "number:SI-MAT", "Davčna številka": "number:SI-DDV", "Naslov": "street", "Poštna številka": "postal_code",
        "Pošta": "locality", "Občina": "municipality", "Pravna oblika": "legal_form", "Šifra dejavnosti (SKD 2008)": "activity", "E-pošta": "email", "Spletna stran": "website",
        "Datum vpisa": "registered_on", "EMŠO": "", "Zastopnik": "contact_name",
    }),
    "a Hungarian office": ("HU", {
        "Szervezet neve": "legal_name", "Adószám": "number:HU-ANUM", "Székhely": "street", "Irányítószám": "postal_code", "Település": "locality", "Megye": "county",
        "Alapítás éve": "founded_on", "Honlap": "website", "E-mail cím": "email", "Anyja neve": "",
    }),
    "a Croatian office": ("HR", {
        "Naziv udruge": "legal_name", "OIB udruge": "number:HR-OIB", "Sjedište": "address", "Županija": "county", "Datum upisa": "registered_on", "Broj članova": "members_natural",
        "Godina": "year",
    }),
    "a German office": ("DE", {
        "Name des Vereins": "legal_name", "Straße und Hausnummer": "street", "PLZ": "postal_code", "Ort": "locality", "Rechtsform": "legal_form", "Gründungsjahr": "founded_on",
        "Ansprechpartner": "contact_name", "Telefon": "phone", "Geburtsdatum": "",
    }),
    "a Finnish office": ("FI", {"Yhdistyksen nimi": "legal_name", "Y-tunnus": "number:FI-YT", "Postinumero": "postal_code", "Kunta": "municipality", "Kotisivu": "website"}),
}  # fmt: skip


def fields_of(headings, country="", rows=(), remembered=None):
    suggestions = suggest([list(headings), *map(list, rows)], Header(0, list(headings)), remembered, country)
    assert [one.heading for one in suggestions] == list(headings)
    return {one.heading: one.field for one in suggestions}


@pytest.mark.parametrize("register", REGISTERS)
def test_headings_of_official_registers_map_right(register):
    country, expected = REGISTERS[register]
    assert fields_of(expected, country) == expected


def test_a_spanish_list_read_in_a_polish_region_maps_the_same():
    _country, expected = REGISTERS["Valencia"]
    assert fields_of(expected, "PL") == expected


def test_the_table_has_headings_of_thirteen_languages_for_known_fields_only():
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len({(row["lang"], row["heading"]) for row in rows}) >= 400
    assert {row["lang"] for row in rows} == {"pl", "sl", "en", "it", "es", "ca", "fr", "de", "nl", "hr", "hu", "fi", "gl"}
    assert {row["field"] for row in rows} - set(FIELDS) == {"-", "-personal", "unit_name"}
    twice = [key for key, times in Counter((row["field"], row["lang"], row["heading"]) for row in rows).items() if times > 1]
    assert twice == []


def test_every_field_has_a_label_and_a_group():
    assert {field.group for field in FIELDS.values()} == set(GROUPS)
    with override("en"):
        assert all(str(field.label) for field in FIELDS.values())
    assert {"employees", "revenue_total", "surplus", "members_natural"} <= FIGURES


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_our_own_export_comes_back_as_it_went(language):
    with override(language):
        from django.utils.translation import gettext

        headings = [gettext("Name"), *(str(label) for label in COLUMNS.values()), gettext("Year")]
    back = {"form": "legal_form", "place": "locality", "status": "activity_status", "confirmed": "", "sector": "sector", "activity": "activity", "numbers": "number",
            "employees": "employees", "founded": "founded_on"}  # fmt: skip
    assert list(fields_of(headings, "PL").values()) == ["legal_name", *(back[column] for column in COLUMNS), "year"]


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_columns_of_our_error_file_are_left_out(language):
    with override(language):
        own = [str(ROW_HEADING), str(MEND_HEADING)]
    mapped = suggest([[*own, "Nazwa"]], Header(0, [*own, "Nazwa"]), None, "PL")
    assert [one.field for one in mapped] == ["", "", "legal_name"]
    assert mapped[0].confidence == 1


def test_personal_data_is_left_out_and_said_so():
    found = suggest([["Nazwa", "PESEL", "Data urodzenia"]], Header(0, ["Nazwa", "PESEL", "Data urodzenia"]), None, "PL")
    assert [one.field for one in found] == ["legal_name", "", ""]
    assert "personal" in str(found[1].why)
    assert "personal" in str(found[2].why)


def test_personal_numbers_are_known_by_their_digits_whatever_the_heading():
    rows = [["A", "44051401359"], ["B", "44051401458"], ["C", "92071314764"]]
    found = suggest([["Nazwa", "Kod"], *rows], Header(0, ["Nazwa", "Kod"]), None, "PL")
    assert found[1].field == ""
    assert "numbers of people" in str(found[1].why)


def test_cells_tell_what_headings_do_not():
    rows = [["Fundacja Ala", "1234563218", "80-001", "a@x.org", "www.x.org", "PL"], ["Stowarzyszenie Ela", "5260250274", "80-002", "b@x.org", "www.y.org", "PL"],
            ["Spółdzielnia Socjalna Ola", "5260250995", "81-003", "c@x.org", "http://z.org", "PL"], ["Fundacja Iza", "1234563218", "81-004", "d@x.org", "z.org", "PL"]]  # fmt: skip
    found = suggest(rows, Header(-1, [""] * 6), None, "PL")
    assert [one.field for one in found] == ["legal_name", "number:PL-NIP", "postal_code", "email", "website", "country"]
    assert all(one.confidence < 0.95 for one in found)


def test_cells_decide_between_two_meanings_of_one_heading():
    """`kraj` is a country in Polish and a place in Slovene."""
    places = [["Zavod A", "Maribor"], ["Zavod B", "Celje"], ["Zavod C", "Koper"]]
    lands = [["Fundacja A", "Polska"], ["Fundacja B", "Niemcy"], ["Fundacja C", "Polska"]]
    assert fields_of(["Naziv", "Kraj"], "SI", places)["Kraj"] == "locality"
    assert fields_of(["Nazwa", "Kraj"], "PL", lands)["Kraj"] == "country"


def test_a_heading_that_its_cells_contradict_is_not_believed():
    rows = [["Fundacja A", "ul. Długa 1"], ["Fundacja B", "ul. Krótka 2"], ["Fundacja C", "pl. Nowy 3"]]
    assert fields_of(["Nazwa", "E-mail"], "PL", rows)["E-mail"] == ""


def test_each_single_field_is_given_once_and_names_may_repeat():
    found = fields_of(["Nazwa", "Nazwa firmy", "Marka", "Nazwa handlowa"], "PL")
    assert list(found.values()).count("legal_name") == 1
    assert [found["Marka"], found["Nazwa handlowa"]] == ["other_name", "other_name"]


def test_what_was_chosen_before_wins():
    found = fields_of(
        ["Nazwa", "Kod", "Uwagi"], "PL", remembered={"kod": "source_key", "uwagi": "about", "nazwa": "short_name"}
    )
    assert found == {"Nazwa": "short_name", "Kod": "source_key", "Uwagi": "about"}
    assert fields_of(["Nazwa", "Telefon"], "PL", remembered={"telefon": ""})["Telefon"] == ""


def test_what_was_chosen_before_is_forgotten_where_no_such_field_exists_any_more():
    assert fields_of(["Nazwa"], "PL", remembered={"nazwa": "field_of_old"}) == {"Nazwa": "legal_name"}


def test_a_slip_of_the_keyboard_in_a_heading_is_understood_but_never_a_digit():
    assert fields_of(["Nazwa podmotu", "Miejscwość"], "PL") == {"Nazwa podmotu": "legal_name", "Miejscwość": "locality"}
    assert fields_of(["Nazwa", "address", "address2"], "PL")["address2"] == ""


def test_the_most_detailed_of_several_levels_of_one_classification_is_taken():
    rows = [
        [f"Co-op {n}", code, f"UKSIC07-{code[8:10]}", code]
        for n, code in enumerate(["UKSIC07-4711", "UKSIC07-64921", "UKSIC07-9499", "UKSIC07-0111", "UKSIC07-68201"])
    ]
    found = fields_of(["Name", "SIC code", "SIC code - level 2", "SIC code - level 4"], "GB", rows)
    assert list(found.values()).count("activity") == 1
    assert found["SIC code"] == "activity"


def test_a_second_activity_is_another_activity():
    rows = [["A", "88.10.Z", "94.99.Z"], ["B", "56.21.Z", "10.71.Z"], ["C", "81.21.Z", "96.01.Z"]]
    found = fields_of(["Nazwa", "Główne PKD", "PKD"], "PL", rows)
    assert [found["Główne PKD"], found["PKD"]] == ["activity", "activity"]


def test_figures_without_a_year_anywhere_are_left_out_and_said_so():
    found = suggest([["Nazwa", "Zatrudnienie"]], Header(0, ["Nazwa", "Zatrudnienie"]), None, "PL")
    assert found[1].field == ""
    assert "year" in str(found[1].why)
    assert fields_of(["Nazwa", "Zatrudnienie 2023", "Zatrudnienie 2024"], "PL") == {
        "Nazwa": "legal_name", "Zatrudnienie 2023": "employees", "Zatrudnienie 2024": "employees",
    }  # fmt: skip


def test_a_list_of_units_names_the_legal_person_beside_each():
    rows = [["R1", "Food Co-op Ltd", f"Shop {n}", "Leeds"] for n in range(9)]
    found = fields_of(["Organisation ID", "Registered Name", "Outlet Name", "City"], "GB", rows)
    assert found == {
        "Organisation ID": "parent",
        "Registered Name": "parent_name",
        "Outlet Name": "legal_name",
        "City": "locality",
    }
    assert subject_of(found) == "units"


def test_an_address_is_whole_only_where_it_holds_all():
    whole = [["A", "ul. Długa 1, 80-001 Gdańsk"], ["B", "ul. Nowa 2, 81-002 Gdynia"], ["C", "Rynek 3, 83-200 Starogard"]]
    parted = [
        ["A", "ul. Długa 1", "80-001", "Gdańsk"],
        ["B", "ul. Nowa 2", "81-002", "Gdynia"],
        ["C", "Rynek 3", "83-200", "Starogard"],
    ]
    assert fields_of(["Nazwa", "Adres"], "PL", whole)["Adres"] == "address"
    assert fields_of(["Nazwa", "Adres", "Kod", "Miasto"], "PL", parted) == {
        "Nazwa": "legal_name",
        "Adres": "street",
        "Kod": "postal_code",
        "Miasto": "locality",
    }
    assert fields_of(["Nazwa", "Ulica"], "PL", whole)["Ulica"] == "address"


@pytest.mark.parametrize(
    ("headings", "cells", "field"),
    [
        (["Naziv", "Pošta", "Kraj"], ["2000 Maribor", "Maribor"], "postal_code"), (["Naziv", "Pošta", "Kraj"], ["2000", "Maribor"], "postal_code"),
        (["Naziv", "Kraj", "Pošta"], ["Malečnik", "2000 Maribor"], "postal_code"), (["Naziv", "Pošta"], ["2000 Maribor"], "postal_code"),
        (["Naziv", "Poštna številka", "Pošta"], ["2000", "Maribor"], "locality"), (["Naziv", "Poštna številka", "Pošta"], ["2000", "2000 Maribor"], "locality"),
    ],
)  # fmt: skip
def test_a_slovene_post_is_the_code_where_its_cells_hold_it_and_the_town_where_not(headings, cells, field):
    found = fields_of(headings, "SI", [[f"Društvo {n}", *cells] for n in range(6)])
    assert found["Pošta"] == field
    assert found.get("Kraj", "locality") == "locality"
    assert found.get("Poštna številka", "postal_code") == "postal_code"


def test_a_column_of_another_body_does_not_take_the_name():
    found = fields_of(["Datos da entidade › Razón social", "Nome", "Datos da entidade › CIF", "CIF"], "ES")
    assert (found["Nome"], found["CIF"]) == ("legal_name", "number:ES-NIF")


@pytest.mark.parametrize(
    ("fields", "subject"),
    [
        (["legal_name", "street", "employees", "year"], "organisations"),
        (["legal_name", "locality", "number:PL-NIP", "year", "employees"], "organisations"),
        (["legal_name", "postal_code", "year", "employees"], "organisations"),
        (["number:PL-NIP", "locality", "year", "employees"], "figures"),
        (["source_key", "legal_name", "employees", "year"], "figures"),
        (["number:PL-NIP", "surplus", "as_of_on"], "figures"),
        (["legal_name", "employees"], "organisations"),
        (["legal_name", "parent_name"], "units"),
        (["legal_name", "legal_form", "parent_name"], "organisations"),
        (["", ""], "organisations"),
    ],
)
def test_the_mapping_tells_what_each_row_is(fields, subject):
    assert subject_of(dict(enumerate(fields))) == subject


# -- where the headings stand ------------------------------------------------------------------------------------------


def test_headings_are_found_below_a_title_and_notes():
    rows = [
        ["Wykaz przedsiębiorstw społecznych", None, None],
        ["stan na 31.12.2025", None, None],
        [None, None, None],
        ["Lp.", "Nazwa", "NIP"],
        [1, "Fundacja A", "1234563218"],
    ]
    assert find_header(rows) == Header(3, ["Lp.", "Nazwa", "NIP"])


def test_two_lines_of_headings_are_joined_under_their_group():
    rows = [
        ["Wykaz"] + [None] * 5,
        ["Lp.", "Nazwa", "Adres", None, None, "Telefon"],
        [None, None, "Ulica", "Kod", "Miejscowość", None],
        [1, "A", "Długa 1", "80-001", "Gdańsk", "58"],
    ]
    assert find_header(rows) == Header(2, ["Lp.", "Nazwa", "Adres › Ulica", "Adres › Kod", "Adres › Miejscowość", "Telefon"])
    assert list(fields_of(find_header(rows).names, "PL").values()) == [
        "",
        "legal_name",
        "street",
        "postal_code",
        "locality",
        "phone",
    ]


def test_the_group_of_a_heading_tells_whose_it_is():
    names = ["Nazwa", "Podmiot prowadzący › Nazwa", "Podmiot prowadzący › NIP", "Miejscowość"]
    assert list(fields_of(names, "PL").values()) == ["legal_name", "parent_name", "parent", "locality"]


def test_a_file_without_headings_has_none():
    rows = [
        ["Fundacja A", "1234563218", "Gdańsk"],
        ["Fundacja B", "5260250274", "Gdynia"],
        ["Fundacja C", "5260250995", "Sopot"],
    ]
    assert find_header(rows) == Header(-1, ["", "", ""])


def test_headings_nobody_knows_are_told_by_what_stands_below():
    rows = [["Alfa", "Beta", "Gama"], ["xx", 12, date(2020, 1, 1)], ["yy", 15, date(2021, 1, 1)], ["zz", 11, date(2022, 1, 1)]]
    assert find_header(rows) == Header(0, ["Alfa", "Beta", "Gama"])


def test_a_list_of_one_column_may_have_a_heading_or_not():
    assert find_header([["Nazwa"], ["Fundacja A"], ["Fundacja B"]]) == Header(0, ["Nazwa"])
    assert find_header([["Fundacja A"], ["Fundacja B"], ["Fundacja C"]]) == Header(-1, [""])


def test_an_empty_sheet_has_no_headings():
    assert find_header([]) == Header(-1, [])


@pytest.mark.parametrize("heading", ["Nazwa*", "* Nazwa", "NAZWA (1)", "nazwa", " Nazwa ", "1. Nazwa"])
def test_marks_of_footnotes_do_not_matter(heading):
    assert meanings(heading)[0].field == "legal_name"


def test_remembered_headings_are_folded_as_the_house_folds():
    assert fold("Nazwa Pełna (1)") == "nazwa pelna 1"
    assert fields_of(["Nazwa Pełna (1)"], "PL", remembered={"nazwa pelna 1": "about"}) == {"Nazwa Pełna (1)": "about"}
