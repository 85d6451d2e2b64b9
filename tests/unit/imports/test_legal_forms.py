"""Legal forms from the words of a column and from names; classes of activity; words for codes."""

import csv
from pathlib import Path

import pytest

from osnowa.imports.values.activities import is_code, read_activities, version_of
from osnowa.imports.values.legal_forms import form_in_name, read_form
from osnowa.imports.values.words import read_kind, read_sector, read_status
from osnowa.register import codes
from osnowa.register.forms.organisations import forms_of

TABLE = Path(__file__).resolve().parents[3] / "osnowa" / "imports" / "tables" / "legal_words.csv"


@pytest.mark.parametrize(
    ("name", "country", "form"),
    [
        ("Spółdzielnia Socjalna „Opoka”", "PL", "PL-SPSOC"), ("Fundacja Pomocy", "PL", "PL-FUN"), ("Fundacja Rozwoju sp. z o.o.", "PL", "PL-PRZEDS"), ("Dobre Jutro Spółka z o. o. non-profit", "PL", "PL-SPZOONP"),
        ("ZAZ Bonifraterskiej Fundacji Dobroczynnej", "PL", "PL-ZAZ"), ("Zakład Produkcyjny Stowarzyszenia „Piast” (ZAZ)", "PL", "PL-ZAZ"), ("OSP w Żukowie", "PL", "PL-OSP"),
        ("Koło Gospodyń Wiejskich w Baninie", "PL", "PL-KGW"), ("Warsztat Terapii Zajęciowej w Tczewie", "PL", "PL-WTZ"), ("Centrum Integracji Społecznej", "PL", "PL-CIS"), ("KIS Sopot", "PL", "PL-KIS"),
        ("Uczniowski Klub Sportowy Iskra", "PL", "PL-KS"), ("Stowarzyszenie Zwykłe Sąsiedzi", "PL", "PL-STOZW"),
        ("PARNAS Zavod za kulturo in turizem, Velike Lašče", "SI", "SI-ZAV"), ("KULTURNO UMETNIŠKO DRUŠTVO CERKNO", "SI", "SI-DRU"), ("Dobrina, zadruga z.o.o., so.p.", "SI", "SI-ZAD"), ("Mizarstvo d.o.o.", "SI", "SI-GD"),
        ("CARITAS KOOPERA S. COOP. ASTUR.", "ES", "ES-COOP"), ("BIOMANS EIL,SLU", "ES", "ES-EMP"), ("Asociación Raíña", "ES", "ES-ASO"), ("Taller S.L.L.", "ES", "ES-SL"),
        ("ASSOC ESPOIR", "FR", "FR-ASSO"), ("SCIC Le Fournil", "FR", "FR-SCIC"), ("SARL Dupont", "FR", "FR-SOC"), ("CCAS DE BELLEGARDE", "FR", "FR-COM"),
        ("Il Ponte soc. coop. soc.", "IT", "IT-COOP"), ("Amici APS", "IT", "IT-APS"), ("Volontari ODV", "IT", "IT-ODV"), ("Cooperativa sociale di tipo B Lavoro", "IT", "IT-CSB"),
        ("Nachbarn e.V.", "DE", "DE-EV"), ("Hof gemeinnützige GmbH", "DE", "DE-GGMBH"), ("Le Fournil SCIC à capital variable SARL", "FR", "FR-SCIC"), ("Želva, invalidsko podjetje, d.o.o.", "SI", "SI-INV"), ("Werkhof gGmbH", "DE", "DE-GGMBH"), ("Energie eG", "DE", "DE-EG"), ("Udruga Prijatelj", "HR", "HR-UDR"), ("Kockacsoki Nonprofit Kft.", "HU", "HU-NKFT"),
        ("Osuuskunta Jalavala", "FI", "FI-OSK"), ("Kylä ry", "FI", "FI-RY"), ("Jangling Space CIC", "GB", "GB-CIC"), ("Solent Credit Union Limited", "GB", "GB-SOC"), ("Les Amis ASBL", "BE", "BE-ASBL"),
    ],
)  # fmt: skip
def test_names_tell_legal_forms(name, country, form):
    assert form_in_name(name, country) == form


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("Społeczna Kaffka", "PL"),
        ("The Bowerchalke Village Shop Association Ltd", "GB"),
        ("Cafe", "SI"),
        ("Salsa", "ES"),
        ("Ryba", "FI"),
        ("X", "ZZ"),
        ("X", ""),
    ],
)
def test_names_that_tell_nothing_are_not_guessed(name, country):
    assert form_in_name(name, country) == ""


@pytest.mark.parametrize(
    ("cell", "countries", "form"),
    [
        ("spółdzielnia socjalna", ("PL",), "PL-SPSOC"), ("sp. z o.o.", ("PL",), "PL-PRZEDS"), ("OSP", ("PL",), "PL-OSP"), ("Social co-operative", ("PL",), "PL-SPSOC"), ("PL-FUN", ("PL",), "PL-FUN"),
        ("Društvo, zveza društev", ("SI",), "SI-DRU"), ("Zavod", ("SI",), "SI-ZAV"), ("Society", ("GB",), "GB-SOC"), ("Community Interest Company", ("GB",), "GB-CIC"), ("Company", ("GB",), "GB-LTD"),
        ("Unincorporated", ("GB",), "GB-UNI"), ("LLP", ("GB",), "GB-LLP"), ("Scottish Charitable Incorporated Organisation", ("GB",), "GB-CIO"), ("Sociedade limitada", ("ES",), "ES-EMP"), ("9220", ("FR",), "FR-ASSO"),
        ("ACI", ("FR",), "FR-ACI"), ("SARL", ("FR",), "FR-SOC"), ("b - Associazioni di promozione sociale", ("IT",), "IT-APS"), ("zadruga", ("PL", "SI"), "SI-ZAD"), ("Konsorcjum", ("PL",), "EU-CON"),
    ],
)  # fmt: skip
def test_words_of_a_column_are_codes(cell, countries, form):
    assert read_form(cell, countries) == (form, None, False)


def test_words_nobody_knows_are_told_and_do_not_stop():
    found = read_form("przedsiębiorstwo społeczne", ("PL",))
    assert (found.value, found.grave) == (None, False)
    assert "przedsiębiorstwo społeczne" in str(found.said)
    assert read_form("inne", ("PL",)) == (None, None, False)


def test_the_table_of_words_names_forms_that_exist():
    with TABLE.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["code"] for row in rows} <= set(codes.LEGAL_FORMS.rows)
    assert {row["place"] for row in rows} == {"sure", "any", "start", "end", "cell"}


@pytest.mark.parametrize("country", ["PL", "SI", "GB"])
def test_a_form_that_is_not_known_is_offered_last(country):
    assert [code for code, _label in forms_of(country)].index("UNKNOWN") == len(forms_of(country)) - 1


def test_british_forms_are_offered_in_a_british_register_only():
    assert "GB-SOC" in dict(forms_of("GB"))
    assert "GB-SOC" not in dict(forms_of("PL"))


@pytest.mark.parametrize(
    ("cell", "version", "found"),
    [
        ("88.10.Z", "2.1", ("88.10",)), ("88.10", "2", ("88.10",)), ("UKSIC07-64921", "2", ("64.92",)), ("UKSIC07-01", "2", ("01",)), ("UKSIC07-351", "2", ("35.1",)), ("85.310", "2", ("85.31",)), ("55.201", "2", ("55.20",)),
        ("0150", "2", ("01.50",)), (150, "2", ("01.50",)), ("5621Z", "2", ("56.21",)), ("8899B", "2", ("88.99",)), ("88.10.00", "2", ("88.10",)), ("ATECO 88.10.00 - Assistenza", "2", ("88.10",)), ("Q 88.10", "2", ("88.10",)),
        ("88.10 Social work activities without accommodation", "2.1", ("88.10",)), ("88.10.Z, 94.99.Z", "2.1", ("88.10", "94.99")), ("88.10.Z\n94.99.Z", "2", ("88.10", "94.99")), (88.1, "2", ("88.10",)), (None, "2", None),
    ],
)  # fmt: skip
def test_codes_of_all_countries_become_classes_of_nace(cell, version, found):
    assert read_activities(cell, version) == (found, None, False)


def test_a_class_the_version_does_not_know_becomes_its_group_and_is_told():
    found = read_activities("4677", "2.1")
    assert found.value == ("46.7",)
    assert "46.77" in str(found.said)
    assert read_activities("opieka", "2").value is None
    assert not read_activities("opieka", "2").grave


def test_the_version_is_told_by_the_heading_or_by_what_exists():
    assert version_of(["88.10"], "SKD 2008") == "2"
    assert version_of(["88.10"], "PKD 2025") == "2.1"
    assert version_of(["UKSIC07-4711"], "SIC Code") == "2"
    assert version_of(["90.030", "91.030"], "skd") == "2"
    assert version_of(["88.10"], "") == "2.1"


def test_years_and_prices_are_no_codes():
    assert [is_code(cell) for cell in ("88.10.Z", "UKSIC07-4711", "8899B", "text", "2019-05-06", "80-001")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def test_words_stand_for_codes_of_the_register():
    assert [read_status(word).value for word in ("Live", "Dead", "w likwidacji", "Deluje", "zawieszona", "de alta")] == [
        "active",
        "closed",
        "in_liquidation",
        "active",
        "suspended",
        "active",
    ]
    assert [read_kind(word).value for word in ("jednostka", "osoba prawna", "enota")] == ["unit", "legal_person", "unit"]
    assert [read_sector(word).value for word in ("Ekonomia społeczna", "public", "NGO")] == [
        "social_economy",
        "public",
        "civil_society",
    ]
    assert read_status("niebieski").value is None
    assert read_status("niebieski").said is not None
