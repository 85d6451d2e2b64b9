"""The description of the dumps keeps to the rules of Frictionless Data Package v2."""

import re

import pytest

from osnowa.opendata.formats import datapackage
from osnowa.opendata.formats.tables import FIGURES, TABLES, columns
from tests.unit.opendata.facts import ADDRESS, golden

REGION = {
    "slug": "pomorskie", "name": "Pomorskie", "address": ADDRESS, "language": "pl", "version": "12-ab", "changed_at": "2026-11-20T09:00:00+00:00",
    "coordinator": "Urząd Marszałkowski", "is_invented": True, "nuts": "PL63", "country": "PL",
}  # fmt: skip
KINDS = {"string", "number", "integer", "boolean", "object", "array", "list", "datetime", "date", "time", "year", "yearmonth", "duration", "geopoint", "geojson", "any"}


def faults(package: dict) -> list[str]:
    """What the rules of v2 say against a package: MUSTs, and the SHOULDs we mean to keep."""
    found = [] if package.get("$schema") == "https://datapackage.org/profiles/2.0/datapackage.json" else ["$schema"]
    found += [] if re.fullmatch(r"[a-z0-9._-]+", package.get("name", "")) else ["name"]
    found += [] if package.get("resources") else ["resources"]
    for one in package.get("licenses", [{}]):
        found += [] if one.get("name") or one.get("path") else ["licence without name and path"]
    found += [] if all(one.get("title") for one in package.get("sources", [])) else ["source without title"]
    names = [one.get("name") for one in package["resources"]]
    found += [] if len(set(names)) == len(names) and all(names) else ["names of resources"]
    for one in package["resources"]:
        found += _faults_of_resource(one, names)
    return found


def _faults_of_resource(one: dict, names: list[str]) -> list[str]:
    path = one.get("path", "")
    found = [f"path {path}"] if not path or path.startswith(("/", ".")) or ".." in path else []
    if "hash" in one and not re.fullmatch(r"sha256:[0-9a-f]{64}", one["hash"]):
        found.append("hash")
    schema = one.get("schema")
    if not schema:
        return found
    fields = [field["name"] for field in schema["fields"]]
    found += [] if len(set(fields)) == len(fields) else ["fields twice"]
    found += [f"kind {field['type']}" for field in schema["fields"] if field["type"] not in KINDS]
    found += [] if set(schema["primaryKey"]) <= set(fields) else ["primaryKey"]
    for key in schema.get("foreignKeys", []):
        found += [] if set(key["fields"]) <= set(fields) and key["reference"]["resource"] in names else ["foreignKey"]
    return found


@pytest.fixture(autouse=True)
def address(settings):
    settings.ADDRESS = ADDRESS


def test_the_rules_have_nothing_against_the_package():
    made = {("organisations", "csv"): {"bytes": 12, "sha256": "ab" * 32}}
    package = datapackage.package(REGION, made)
    assert faults(package) == []
    golden("datapackage.json", package)


def test_the_check_finds_what_is_wrong():
    package = datapackage.package(REGION, {})
    package["resources"][0]["path"] = "/etc/passwd"
    package["resources"][0]["schema"]["fields"][0]["type"] = "text"
    assert faults(package | {"name": "Ä"}) == ["name", "path /etc/passwd", "kind text"]


def test_size_and_hash_are_told_of_files_that_are_made():
    package = datapackage.package(REGION, {("organisations", "csv"): {"bytes": 12, "sha256": "ab" * 32}})
    told = {one["name"]: one.get("bytes") for one in package["resources"]}
    assert (told["organisations"], told["figures"]) == (12, None)


def test_every_table_is_described_in_every_form_it_has():
    package = datapackage.package(REGION, {})
    assert {one["path"] for one in package["resources"]} == {f"{table}.{form}" for table in TABLES for form in TABLES[table].forms}


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_three_languages(table):
    lacking = [column.name for column in columns(table) if not all(column.labels.get(language) for language in ("pl", "sl", "en"))]
    assert lacking == []


def test_every_figure_has_a_column():
    assert {*FIGURES} <= {column.name for column in columns("figures")}


def test_an_invented_sample_and_the_licence_are_said():
    package = datapackage.package(REGION, {})
    assert "do not exist" in package["description"]
    assert package["isInvented"] is True
    assert package["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}]


@pytest.mark.parametrize(("name", "address"), [("CC0-1.0", "publicdomain/zero"), ("ODbL-1.0", "opendatacommons"), ("GPL-3.0-only", "spdx.org/licenses/GPL-3.0-only")])
def test_the_operator_chooses_the_licence(settings, name, address):
    settings.DATA_LICENCE = name
    (told,) = datapackage.package(REGION, {})["licenses"]
    assert (told["name"], address in told["path"]) == (name, True)
