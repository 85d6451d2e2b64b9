"""Real registers, as their offices publish them, come in with every row. Skipped where the folder of real files is absent."""

import csv
import json
from pathlib import Path

import pytest

from osnowa.kit.reading import read_file

REGISTERS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "registers"
pytestmark = pytest.mark.skipif(not REGISTERS.is_dir(), reason="no folder of real registers beside the project (shared/data/registers)")
#: file: (rows under the heading, columns), as told in SOURCE.md of the folder
CSV = {
    "fr-siae/prescriber_organizations_fr.csv": (1003, 11),
    "fr-siae/siae_fixture_fr.csv": (3853, 16),
    "pl-mini/pl_social_enterprises_zaz.csv": (15, 7),
    "si-mini/slovenian_ngo_rows.csv": (8, 7),
    "uk-coops/economic_2016.csv": (32292, 10),
    "uk-coops/linkage_dev_2016_2017_list_a.csv": (2085, 10),
    "uk-coops/linkage_dev_2016_2017_list_b.csv": (2437, 10),
    "uk-coops/organisations_2016.csv": (8037, 26),
    "uk-coops/organisations_2017.csv": (8371, 26),
    "uk-coops/outlets_2017.csv": (6291, 10),
    "uk-coops/outlets_2019q1.csv": (6355, 10),
}


@pytest.mark.parametrize("name", CSV)
def test_every_row_of_a_list_comes_in_as_a_plain_reader_has_it(name):
    book = read_file(REGISTERS / name)
    with (REGISTERS / name).open(encoding="utf-8-sig", newline="") as file:
        plain = [[cell.replace("\r\n", "\n").replace("\r", "\n") if cell.strip() else None for cell in row] for row in csv.reader(file)]
    assert (book.kind, book.encoding.removesuffix("-sig"), book.delimiter) == ("csv", "utf-8", ",")
    assert (len(book.sheets[0].rows) - 1, book.sheets[0].width) == CSV[name]
    assert book.sheets[0].rows == plain
    assert book.notices == []


def truth(name: str) -> list[dict[str, str]]:
    with (REGISTERS / "es-insertion" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def entries(name: str) -> list[dict[str, object]]:
    book = read_file(REGISTERS / "es-insertion" / name)
    sheet = book.sheets[book.likeliest]
    assert len(book.sheets) == 1
    return [dict(zip(sheet.rows[0], row, strict=True)) for row in sheet.rows[1:]]


def test_the_page_of_galicia_agrees_with_its_truth():
    promoters = "Datos das entidades promotoras › "
    columns = {
        "name": "name", "register_no": "Número de rexistro", "decision_date": "Data de resolución da cualificación", "legal_form": "Forma xurídica",
        "tax_id": "CIF", "activity": "Actividade económica", "cnae": "CNAE", "address": "Enderezo social", "workplace": "Enderezo do centro de traballo",
        "promoters": promoters + "Razón social", "promoter_tax_ids": promoters + "CIF", "promoter_shares": promoters + "Participación no capital social",
    }  # fmt: skip
    found = [{name: entry[column] for name, column in columns.items()} for entry in entries("galicia.html")]
    assert len(found) == 16
    assert found == truth("galicia_truth.csv")


def test_the_page_of_asturias_agrees_with_its_truth():
    found = entries("asturias.html")
    assert list(found[0]) == ["name", "number", "line 1", "Contacto", "Correo electrónico"]
    wanted = [{"name": row["name"], "number": row["tax_id"], "line 1": row["address"], "Contacto": row["phone"]} for row in truth("asturias_truth.csv")]
    assert len(found) == 6
    assert [{name: entry[name] for name in wanted[0]} for entry in found] == wanted


def test_the_initiatives_of_25_countries_come_with_their_places():
    path = REGISTERS / "susy" / "susy_initiatives.geojson"
    book = read_file(path)
    rows = book.sheets[0].rows
    features = json.loads(path.read_text())["features"]
    at = {name: number for number, name in enumerate(rows[0])}
    assert (book.kind, len(rows) - 1, len(features)) == ("geojson", 1794, 1794)
    for row, feature in zip(rows[1:], features, strict=True):
        assert row[at["name"]] == ((feature["properties"].get("name") or "").strip() and feature["properties"]["name"].replace("\r\n", "\n")) or row[at["name"]] is None
        if feature["geometry"] and feature["geometry"]["type"] == "Point":
            lon, lat = feature["geometry"]["coordinates"][:2]
            assert row[at["lat"]] == pytest.approx(lat, abs=1e-6)
            assert row[at["lon"]] == pytest.approx(lon, abs=1e-6)
