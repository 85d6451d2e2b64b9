"""Everything public can be taken as files; nothing else is in them."""

import csv
import hashlib
import io
import json
from datetime import date, timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from osnowa.opendata import dumps
from osnowa.opendata.formats.tables import TABLES
from osnowa.register.actions import add_organisation, change_organisation
from osnowa.register.models import Contact, Listing, Recognition, YearlyFigures
from tests.unit.opendata.linked import parsed

FILES = [(table.name, form) for table in TABLES.values() for form in table.forms]


@pytest.fixture
def rich(world):
    """One public organisation with everything, of which some is not public; one hidden; one for members."""
    change_organisation(by=world.bolek, organisation=world.chleb, values={
        "other_names": ["Piekarnia; Sopot", "=HYPERLINK(1)"], "about": "=1+1", "links": [{"kind": "website", "url": "https://chleb.example/"}]})  # fmt: skip
    it = world.chleb
    YearlyFigures.objects.create(organisation=it, year=2025, as_of_on=date(2025, 12, 31), employees=12, employees_fte="9.5", employees_at_risk=3,
                                 participants=40, is_one_member_one_vote=True, visibility="public")  # fmt: skip
    YearlyFigures.objects.create(organisation=it, year=2024, as_of_on=date(2024, 12, 31), employees=777001, employees_at_risk=9, visibility="public")
    YearlyFigures.objects.create(organisation=it, year=2023, as_of_on=date(2023, 12, 31), employees=777002, visibility="members")
    Listing.objects.create(organisation=it, kind="offer", type_code="catering", name="Chleb na zakwasie", price_from=9, price_to="14.50")
    Listing.objects.create(organisation=it, kind="need", type_code="premises", name="Tajna potrzeba", visibility="members")
    Listing.objects.create(organisation=it, kind="offer", type_code="catering", name="Dawna oferta", until_on=timezone.localdate() - timedelta(days=1))
    Recognition.objects.create(organisation=it, code="PL-PS", granted_on=date(2023, 5, 1), review_on=date(2027, 3, 31))
    Recognition.objects.create(organisation=it, code="PL-OPP", state="refused")
    Contact.objects.create(organisation=it, person_name="Jan Nowak", email="jan@example.org", may_publish=True, keep_until=date(2028, 1, 1))
    add_organisation(by=world.bolek, region=world.pomorskie, values={
        "legal_name": "Dom Schronienia", "legal_form": "PL-STO", "sector": "civil_society", "street": "Tajna 5", "postal_code": "80-001",
        "locality": "Gdańsk", "municipality": world.gdansk, "lat": 54.3999, "lon": 18.5777, "is_location_hidden": True})  # fmt: skip
    return world


def taken(client, table, form, region="pomorskie"):
    answer = client.get(f"/data/{region}/{table}.{form}")
    assert answer.status_code == 200
    return b"".join(answer)


def rows(client, table):
    return list(csv.DictReader(io.StringIO(taken(client, table, "csv").decode())))


@pytest.mark.parametrize(("table", "form"), FILES)
def test_no_file_holds_what_is_not_public(client, rich, table, form, tmp_path):
    content = taken(client, table, form)
    if form == "xlsx":
        content = str([sheet.to_python() for sheet in map(CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index, range(2))]).encode()
    if form == "parquet":
        content = str(pq.read_table(io.BytesIO(content)).to_pylist()).encode()
    for secret in ("Przystań", "Warsztat Terapii Zajęciowej w", "777002", "Tajna", "Dawna", "54.3999", "18.5777", "Nowak", "jan@example", "PL-OPP-"):
        assert secret.encode() not in content, secret


def test_a_table_of_organisations_holds_their_public_facts(client, rich):
    shelter, chleb = sorted(rows(client, "organisations"), key=lambda row: row["legal_name"])
    assert (chleb["identifiers"], chleb["activities"], chleb["services"]) == (
        "PL-KRS-0000123456;PL-REGON-123456785;PL-NIP-1234563218", "10.71;56.21", "catering;local_food")  # fmt: skip
    assert (chleb["lat"], chleb["municipality_code"], chleb["is_invented"]) == ("54.33", "2261011", "false")
    assert [one["code"] for one in json.loads(chleb["recognitions"])] == ["PL-PS"]
    assert (shelter["street"], shelter["locality"], shelter["lat"], shelter["is_hidden"]) == ("", "", "54.352", "true")


def test_no_cell_becomes_a_formula(client, rich):
    chleb = next(row for row in rows(client, "organisations") if row["about"])
    assert chleb["about"] == "'=1+1"
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(client, "organisations", "xlsx")))
    assert "'=1+1" in str(book.get_sheet_by_name("organisations").to_python())


def test_small_counts_are_left_out_and_named(client, rich):
    told = {row["year"]: row for row in rows(client, "figures")}
    assert sorted(told) == ["2024", "2025"]
    assert (told["2025"]["employees"], told["2025"]["employees_fte"], told["2025"]["employees_at_risk"]) == ("12", "9.5", "")
    assert "employees_at_risk" in told["2025"]["hidden"]
    assert "employees_at_risk" in told["2024"]["hidden"]
    assert told["2025"]["is_one_member_one_vote"] == "true"


def test_offers_last_as_long_as_they_last(client, rich):
    (offer,) = rows(client, "offers")
    assert (offer["name"], offer["price_to"], offer["currency"]) == ("Chleb na zakwasie", "14.5", "PLN")


def test_codes_say_what_the_other_tables_mean(client, rich):
    told = {(row["list"], row["code"]): row["pl"] for row in rows(client, "codes")}
    assert (told["legal_forms", "PL-SPSOC"], told["nace_2.1", "10.71"] != "") == ("Spółdzielnia socjalna", True)


def test_all_forms_say_the_same(client, rich):
    table = {row["uid"]: row["legal_name"] for row in rows(client, "organisations")}
    parquet = pq.read_table(io.BytesIO(taken(client, "organisations", "parquet")))
    assert {row["uid"]: row["legal_name"] for row in parquet.to_pylist()} == table
    assert (str(parquet.schema.field("founded_on").type), str(parquet.schema.field("activities").type)) == ("date32[day]", "list<element: string>")
    assert parquet.schema.metadata[b"licence"] == b"CC-BY-4.0"
    features = json.loads(taken(client, "organisations", "geojson"))
    assert {one["properties"]["uid"]: one["properties"]["legal_name"] for one in features["features"]} == table
    assert features["licence"] == "CC-BY-4.0"
    assert [18.62, 54.33] in [one["geometry"]["coordinates"] for one in features["features"]]
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(client, "organisations", "xlsx")))
    head, *lines = book.get_sheet_by_name("organisations").to_python()
    assert {line[head.index("uid")]: line[head.index("legal_name")] for line in lines} == table
    graph = parsed(taken(client, "organisations", "jsonld"))
    names = {str(name) for name in graph.objects(None, next(p for p in graph.predicates() if str(p).endswith("/legalName")))}
    assert names == set(table.values())


def test_a_file_is_kept_until_something_changes(client, rich, settings):
    first = client.get("/data/pomorskie/organisations.csv")
    content = b"".join(first)
    (kept,) = (Path(settings.VAR) / "dumps" / "pomorskie").glob("organisations.*.csv")
    assert kept.read_bytes() == content
    assert client.get("/data/pomorskie/organisations.csv", headers={"if-none-match": first["ETag"]}).status_code == 304
    change_organisation(by=rich.bolek, organisation=rich.chleb, values={"street": "Szeroka 7"})
    again = client.get("/data/pomorskie/organisations.csv", headers={"if-none-match": first["ETag"]})
    assert b"Szeroka 7" in b"".join(again)
    assert len(list((Path(settings.VAR) / "dumps" / "pomorskie").glob("organisations.*.csv"))) == 1


def test_a_kept_file_costs_no_reading_of_the_register(client, rich, django_assert_max_num_queries):
    taken(client, "organisations", "csv")
    with django_assert_max_num_queries(4):
        taken(client, "organisations", "csv")


def test_making_a_file_costs_a_constant_number_of_queries(client, rich, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        taken(client, "organisations", "csv")


def test_a_download_that_breaks_off_leaves_nothing_behind(client, rich, settings):
    pieces = dumps.pieces(dumps.Wanted(rich.pomorskie, "organisations", "csv"))
    next(pieces)
    pieces.close()
    assert list((Path(settings.VAR) / "dumps" / "pomorskie").iterdir()) == []


def test_the_description_tells_size_and_hash_of_files_that_are_made(client, rich):
    content = taken(client, "organisations", "csv")
    package = client.get("/data/pomorskie/datapackage.json").json()
    told = next(one for one in package["resources"] if one["path"] == "organisations.csv")
    assert (told["bytes"], told["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")


def test_the_columns_are_those_described(client, rich):
    package = client.get("/data/pomorskie/datapackage.json").json()
    for one in package["resources"]:
        if one["format"] == "csv":
            head = taken(client, one["name"], "csv").decode().splitlines()[0]
            assert head.split(",") == [field["name"] for field in one["schema"]["fields"]]


def test_many_organisations_come_piece_by_piece(client, world, monkeypatch):
    for number in range(7):
        add_organisation(by=None, region=world.pomorskie, values={"legal_name": f"Fundacja {number}", "legal_form": "PL-FUN", "sector": "civil_society"})
    monkeypatch.setattr(dumps, "AT_ONCE", 3)
    assert len(rows(client, "organisations")) == 8
    monkeypatch.setattr(dumps, "ROWS_OF_SHEET", 5)
    book = CalamineWorkbook.from_filelike(io.BytesIO(taken(client, "organisations", "xlsx")))
    assert book.sheet_names == ["about", "organisations", "organisations-2"]


def test_an_empty_region_gives_headings_and_no_rows(client, world):
    world.chleb.delete()
    for table, form in FILES:
        assert taken(client, table, form)
    assert rows(client, "organisations") == []
    assert json.loads(taken(client, "organisations", "geojson"))["features"] == []


@pytest.mark.parametrize("path", ["people.csv", "organisations.exe", "figures.geojson", "codes.jsonld"])
def test_a_file_there_is_not_is_not_found(client, world, path):
    assert client.get(f"/data/pomorskie/{path}").status_code == 404


def test_asking_for_the_head_makes_no_file(client, rich, settings):
    answer = client.head("/data/pomorskie/organisations.xlsx")
    assert (answer.status_code, answer["ETag"] != "") == (200, True)
    assert not (Path(settings.VAR) / "dumps" / "pomorskie").exists()
