"""`osnowa indicators`: import, profile, list, take-back."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from osnowa.cli import command_line
from osnowa.indicators.models import Indicator, Release, Value
from tests.world import World

TEXT = "indicator,geo,year,value\nU,PL63,2020,4\nU,PL21,2020,6\nU,PL22,2020,6\nU,PL41,2020,8\n"


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command_line(), ["indicators", *words])
    return result.exit_code, result.output


@pytest.fixture
def file(tmp_path: Path, world: World) -> str:
    path = tmp_path / "unemployment.csv"
    path.write_text(TEXT)
    return str(path)


def facts(*words: str) -> Any:
    code, out = run(*words, "--json")
    assert code == 0, out
    return json.loads(out)


def test_the_profile_says_value_rank_and_z(file):
    facts("import", file, "--polarity", "lower", "--unit", "%")
    assert facts("profile", "--region", "PL63") == [
        {"code": "U", "name": "U", "year": 2020, "value": 4.0, "rank": 1, "of": 4, "z": pytest.approx(-(2**0.5))}
    ]
    assert facts("profile", "--region", "pl22")[0]["rank"] == 2
    assert facts("profile", "--region", "pomorskie") == facts("profile", "--region", "PL63")


def test_a_known_region_without_values_has_an_empty_profile(file):
    assert facts("profile", "--region", "podravje") == []


def test_an_unknown_region_ends_with_a_sentence(file):
    code, out = run("profile", "--region", "Atlantis")
    assert code == 1
    assert "No region has the code or the address Atlantis" in out
    assert "pomorskie" in out


def test_a_dry_run_writes_nothing(file):
    report = facts("import", file, "--dry-run")
    assert (report["dry_run"], report["new"]) == (True, 4)
    assert not Value.objects.exists()


def test_a_faulty_file_ends_with_its_faults(tmp_path, world):
    path = tmp_path / "wrong.csv"
    path.write_text(TEXT + "U,PL42,2020,?\n")
    code, out = run("import", str(path))
    assert code == 1
    assert "Line 6, cell D6" in out
    assert not Indicator.objects.exists()


def test_the_list_names_source_licence_and_date(file):
    facts("import", file, "--source", "Eurostat", "--licence", "CC BY 4.0", "--published-on", "2026-03-31", "--theme", "Work")
    assert facts("list") == [
        {"code": "U", "name": "U", "theme": "Work", "is_invented": False, "unit": "", "polarity": "neutral", "places": 4, "values": 4, "first": "2020", "last": "2020",
         "source": "Eurostat", "licence": "CC BY 4.0", "on": "2026-03-31"}
    ]  # fmt: skip
    assert "Eurostat" in run("list")[1]


def test_text_for_people_says_how_to_take_back_and_that_works(file):
    code, out = run("import", file)
    assert code == 0
    number = Release.objects.get().pk
    assert f"osnowa indicators take-back {number}" in out
    assert "4 values withdrawn" in run("take-back", str(number))[1]
    assert run("take-back", str(number))[0] == 1
    assert "There is no release 99999" in run("take-back", "99999")[1]
    assert "There are no values" in run("profile", "--region", "PL63")[1]
