"""`osnowa statistics sector-table`, and the golden figures in its JSON."""

import json

from click.testing import CliRunner

from osnowa.cli import command_line
from osnowa.places.models import Region


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command_line(), ["statistics", "sector-table", *words])
    return result.exit_code, result.output


def test_the_command_prints_founding_document_004_as_json(pomorskie: Region) -> None:
    code, out = _run("--region", "pomorskie", "--on", "2024-06-30", "--json")
    facts = json.loads(out)
    assert code == 0
    assert facts["against"] == "2023-06-30"
    assert [(row["count"], row["change"]) for row in facts["types"]] == [(95, 23), (50, 2), (24, 2), (14, 1), (2, 0)]
    assert facts["status"]["count"] == 63
    assert {row["code"]: row["count"] for row in facts["status"]["by_form"]} == {
        "PL-SPSOC": 31, "PL-SPZOONP": 5, "PL-FUN": 15, "PL-STO": 12,
    }  # fmt: skip
    assert [area["jobs"] for area in facts["jobs"]["areas"]] == [130, 96, 114, 127, 113]
    assert facts["jobs"]["total"] == 580


def test_the_command_prints_text_for_people(pomorskie: Region) -> None:
    code, out = _run("--region", "pomorskie", "--on", "2024-06-30")
    assert code == 0
    assert "95    +23   (new 25, closed 2)" in out
    assert "580" in out
