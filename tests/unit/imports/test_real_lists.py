"""Real lists of organisations, from ../shared/data/registers: what becomes of them stands in docs/guide/import-columns.md."""

import csv
from pathlib import Path

import pytest

from osnowa.imports.columns import find_header, subject_of, suggest
from osnowa.imports.values import check_rows
from osnowa.kit.reading import Sheet, read_file

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "registers"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real lists of ../shared/data/registers are not here")

UK = {"CUK Organisation ID": "source_key", "Registered Name": "legal_name", "Trading Name": "other_name", "Legal Form": "legal_form", "Registered Street": "street",
      "Registered City": "locality", "Registered State/Province": "province", "Registered Postcode": "postal_code", "UK Nation": "country", "SIC Code": "activity",
      "Registered Status": "activity_status", "Incorporation Date": "founded_on", "Dissolved Date": "ended_on"}  # fmt: skip
OUTLETS = {"CUK Organisation ID": "parent", "Registered Name": "parent_name", "Outlet Name": "legal_name", "Street": "street", "City": "locality", "State/Province": "province",
           "Postcode": "postal_code", "Description": "about", "Phone": "phone", "Website": "website"}  # fmt: skip
LINKAGE = {"row_id": "source_key", "name": "legal_name", "trading_name": "other_name", "legal_form": "legal_form", "street": "street", "city": "locality", "county": "county",
           "postcode": "postal_code", "sic": "activity", "incorporated": "founded_on"}  # fmt: skip
#: What the columns of each file are (those not named are left out), and what its rows are.
FILES = {
    "uk-coops/organisations_2016.csv": ("organisations", UK),
    "uk-coops/organisations_2017.csv": ("organisations", UK),
    "uk-coops/outlets_2017.csv": ("units", OUTLETS),
    "uk-coops/outlets_2019q1.csv": ("units", OUTLETS),
    "uk-coops/economic_2016.csv": ("figures", {
        "CUK Organisation ID": "source_key", "Registered Name": "legal_name", "Turnover": "revenue_total", "Profit before tax": "surplus", "Memberships": "members_natural",
        "Employees": "employees", "Year End Date": "as_of_on", "Economic Year": "year",
    }),
    "uk-coops/linkage_dev_2016_2017_list_a.csv": ("organisations", LINKAGE),
    "uk-coops/linkage_dev_2016_2017_list_b.csv": ("organisations", LINKAGE),
    "fr-siae/siae_fixture_fr.csv": ("organisations", {
        "pk": "source_key", "siret": "number:FR-SIRET", "name": "legal_name", "brand": "other_name", "legal_form": "legal_form", "naf": "activity", "address": "street",
        "post_code": "postal_code", "city": "locality", "lon": "lon", "lat": "lat", "website": "website", "description": "about",
    }),
    "fr-siae/prescriber_organizations_fr.csv": ("organisations", {
        "siret": "number:FR-SIRET", "name": "legal_name", "address": "street", "post_code": "postal_code", "city": "locality", "lon": "lon", "lat": "lat", "website": "website",
    }),
    "pl-mini/pl_social_enterprises_zaz.csv": ("organisations", {
        "nazwa": "legal_name", "typ": "legal_form", "miejscowosc": "locality", "wojewodztwo": "province", "powiat": "county", "prowadzacy_lub_adres": "parent_name",
    }),
    "si-mini/slovenian_ngo_rows.csv": ("organisations", {
        "maticna": "number:SI-MAT", "naziv": "legal_name", "kraj": "locality", "oblika": "legal_form", "skd": "activity", "dejavnost": "about", "naslov": "address",
    }),
    "es-insertion/galicia.html": ("organisations", {
        "name": "legal_name", "Número de rexistro": "source_key", "Data de resolución da cualificación": "registered_on", "Forma xurídica": "legal_form", "CIF": "number:ES-NIF",
        "Obxecto social": "about", "CNAE": "activity", "Enderezo social": "address", "Teléfono": "phone", "Enderezo electrónico": "email",
    }),
    "es-insertion/asturias.html": ("organisations", {
        "name": "legal_name", "number": "number:ES-NIF", "line 1": "address", "Contacto": "phone", "Correo electrónico": "email",
    }),
    "susy/susy_initiatives.geojson": ("organisations", {
        "name": "legal_name", "addr:country": "country", "addr:city": "locality", "addr:postcode": "postal_code", "addr:street": "street", "addr:housenumber": "house_number",
        "contact:website": "website", "website": "website", "contact:email": "email", "contact:phone": "phone", "description": "about", "_id": "source_key", "lat": "lat", "lon": "lon",
    }),
}  # fmt: skip


def read(name):
    """(sheet, header, mapping) of a file as an import in a Polish region understands it."""
    path = REAL / name
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            sheet = Sheet(path.stem, [[cell or None for cell in row] for row in csv.reader(file)])
    else:
        book = read_file(path)
        sheet = book.sheets[book.likeliest]
    header = find_header(sheet.rows)
    return sheet, header, {one.column: one.field for one in suggest(sheet.rows, header, None, "PL") if one.field}


def rows_of(name):
    sheet, header, mapping = read(name)
    return list(check_rows(sheet, header, mapping, country="PL"))


@pytest.mark.parametrize("name", FILES)
def test_columns_of_real_files_map_right(name):
    subject, expected = FILES[name]
    _sheet, header, mapping = read(name)
    assert header.line == 0
    assert {header.names[column]: field for column, field in mapping.items()} == expected
    assert subject_of(mapping) == subject


def test_the_british_list_goes_through_with_its_days_and_lines():
    rows = rows_of("uk-coops/organisations_2017.csv")
    assert len(rows) == 8371
    first = rows[0].values
    assert (first["founded_on"], first["country"], first["postal_code"], first["legal_form"], first["activities"]) == (
        "1863-08-11",
        "GB",
        "M60 0AG",
        "GB-SOC",
        ["47.11"],
    )
    assert rows[1].values["street"] == "Central House, Hermes Road"
    grave = [row for row in rows if any(problem.grave for problem in row.problems)]
    assert len(grave) <= 60
    assert {str(problem.said.source)[:40] for row in grave for problem in row.problems if problem.grave} == {
        "“%(code)s” is not a postal code of %(cou"
    }
    assert not any(row.set_aside for row in rows)


def test_yearly_figures_of_thirty_two_thousand_rows_go_through():
    rows = rows_of("uk-coops/economic_2016.csv")
    assert len(rows) == 32292
    assert sum(any(problem.grave for problem in row.problems) for row in rows) == 31, "turnovers below nought"
    assert rows[4].values["figures"] == [
        {"year": 2011, "as_of_on": "2011-03-31", "revenue_total": 271388, "surplus": 26472, "members_natural": 264}
    ]


def test_galician_and_asturian_pages_say_what_their_truth_tables_say():
    with (REAL / "es-insertion" / "galicia_truth.csv").open(encoding="utf-8-sig") as file:
        galicia = list(csv.DictReader(file))
    rows = [row.values for row in rows_of("es-insertion/galicia.html")]
    assert [row["legal_name"] for row in rows] == [" ".join(truth["name"].split()) for truth in galicia]
    assert [row["identifiers"]["ES-NIF"] for row in rows] == [truth["tax_id"] for truth in galicia]
    assert [row["source_key"] for row in rows] == [truth["register_no"] for truth in galicia]
    with (REAL / "es-insertion" / "asturias_truth.csv").open(encoding="utf-8-sig") as file:
        asturias = list(csv.DictReader(file))
    rows = [row.values for row in rows_of("es-insertion/asturias.html")]
    assert [(row["legal_name"], row["identifiers"]["ES-NIF"], row["postal_code"], row["locality"]) for row in rows] == [
        (truth["name"], truth["tax_id"], truth["postcode"], truth["town"]) for truth in asturias
    ]


def test_sixty_spellings_of_countries_are_understood():
    rows = rows_of("susy/susy_initiatives.geojson")
    named = [row for row in rows if row.raw[1].strip()]
    assert {row.raw[1].strip(): row.values["country"] for row in named if row.raw[1].strip() in ("Frace", "Italu", "Cypres", "SR", "Ελλάδα", "ÖSterreich")} == {
        "Frace": "FR", "Italu": "IT", "Cypres": "CY", "SR": "SK", "Ελλάδα": "GR", "ÖSterreich": "AT",
    }  # fmt: skip
    unknown = {
        row.raw[1].strip()
        for row in named
        for problem in row.problems
        if "country" in problem.said.source and "no country" in problem.said.source
    }
    assert unknown == {"ABERDEEN"}


def test_polish_and_slovene_lists_go_through():
    polish = rows_of("pl-mini/pl_social_enterprises_zaz.csv")
    assert not any(problem.grave for row in polish for problem in row.problems)
    assert sum(row.values.get("kind") == "unit" for row in polish) == 10
    slovene = rows_of("si-mini/slovenian_ngo_rows.csv")
    assert [row.values["identifiers"]["SI-MAT"] for row in slovene][:2] == ["5921449", "5258669"]
    assert all(
        row.values["country"] == "SI" and row.values["postal_code"] and row.values["nace_version"] == "2" for row in slovene
    )
    assert not any(row.problems for row in slovene)


def test_the_french_list_stops_only_at_wrong_numbers():
    rows = rows_of("fr-siae/siae_fixture_fr.csv")
    assert len(rows) == 3853
    assert sum(any(problem.grave for problem in row.problems) for row in rows) == 13
