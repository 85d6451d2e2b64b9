"""The real files of ../shared/data/indicators, against sums made another way."""

import csv
import json
import statistics
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from osnowa.cli import command_line
from osnowa.indicators.models import Indicator, Value
from tests.world import World

REAL = Path(__file__).resolve().parents[4] / "shared/data/indicators"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real indicators of ../shared/data/indicators are not here")
LONG, META, REGIONS = (REAL / f"interreg_ce_{name}.csv" for name in ("indicators_long", "indicators_meta", "regions"))


def run(*words: str | Path) -> Any:
    result = CliRunner().invoke(command_line(), ["indicators", *map(str, words), "--json"])
    assert result.exit_code == 0, result.output
    return json.loads(result.output)


def by_hand(place: str) -> dict[str, dict[str, Any]]:
    """The profile of a place counted from the file itself, with nothing of ours."""
    polarity = {row["indicator"]: row["polarity"] for row in csv.DictReader(META.read_text().splitlines())}
    values: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for row in csv.DictReader(LONG.read_text().splitlines()):
        if row["value"]:
            values[row["indicator"]][row["year"]][row["nuts2"]] = float(row["value"])
    found = {}
    for code, years in values.items():
        held = [year for year, numbers in years.items() if place in numbers]
        if held:
            numbers = years[max(held)]
            own, all_of_them = numbers[place], list(numbers.values())
            better = sum(other < own if polarity[code] == "lowGood" else other > own for other in all_of_them)
            sd = statistics.pstdev(all_of_them)
            z = (own - statistics.fmean(all_of_them)) / sd if sd else None
            found[code] = {"year": max(held), "value": own, "rank": 1 + better, "of": len(all_of_them), "z": z}
    return found


@pytest.fixture
def real(world: World) -> dict[str, Any]:
    report: dict[str, Any] = run("import", LONG, "--meta", META, "--regions", REGIONS)
    return report


def test_all_29_indicators_of_111_regions_go_in_with_one_command(real):
    assert (real["indicators"], real["places"], real["new"]) == (29, 111, 27182)
    assert Value.objects.filter(is_newest=True).count() == 27182
    assert dict(Indicator.objects.values_list("code", "polarity"))["52a_AirQ"] == "lower"


@pytest.mark.parametrize("place", ["PL63", "SI03", "ITH5"])
def test_the_profile_is_what_statistics_says(real, place):
    told = run("profile", "--region", place)
    wanted = by_hand(place)
    assert {it["code"] for it in told} == wanted.keys()
    for it in told:
        own = wanted[it["code"]]
        assert (str(it["year"]), it["value"], it["rank"], it["of"]) == (own["year"], own["value"], own["rank"], own["of"]), it["code"]
        assert it["z"] == (pytest.approx(own["z"], abs=1e-9) if own["z"] is not None else None), it["code"]


def test_the_tsv_of_eurostat_goes_in_with_its_flags(world):
    report = run("import", REAL / "estat_nama_10r_3gdp_subset.tsv", "--source", "Eurostat, nama_10r_3gdp", "--licence", "CC BY 4.0")
    assert (report["format"], report["indicators"], report["places"], report["new"]) == ("eurostat", 2, 623, 27560)
    it = Value.objects.get(indicator__code="nama_10r_3gdp EUR_HAB", geo="PL63", period="2022")
    assert (it.value, it.flag) == (17300.0, "b")
    assert Value.objects.filter(flag="p").count() == 736
    assert Value.objects.filter(flag="b").count() == 342


def test_the_facts_of_the_founding_document_go_in_by_name(world):
    report = run("import", REAL / "seed_facts_pomorskie_2024.csv")
    assert (report["new"], report["unknown_count"], report["set_aside_count"]) == (9, 0, 0)
    assert Value.objects.get(indicator__code="miejsca pracy w PS").value == 580
    assert set(Value.objects.values_list("geo", flat=True)) == {"PL63"}
