import json
from typing import Any

import pytest
from click.testing import CliRunner

from osnowa.cli import command_line
from osnowa.places.models import Region
from tests.samples import load_places
from tests.world import World


def _run(*words: str) -> Any:
    return CliRunner().invoke(command_line(), ["sample", *words])


@pytest.mark.django_db
def test_load_prints_what_it_loaded_as_json() -> None:
    load_places("ES22")
    answer = _run("load", "--region", "navarra", "--json")
    assert answer.exit_code == 0
    assert json.loads(answer.stdout) == {"navarra": 90}
    assert "Loading navarra" in answer.stderr


def test_load_once_does_nothing_where_there_are_regions(world: World) -> None:
    answer = _run("load-once")
    assert (answer.exit_code, answer.output) == (0, "")
    assert Region.objects.count() == 2


def test_logins_are_printed_on_a_demonstration_only(settings: Any) -> None:
    settings.IS_DEMO = True
    assert "koordynator@example.org" in _run("logins").output
    assert len(json.loads(_run("logins", "--json").output)) >= 9
    settings.IS_DEMO = False
    assert json.loads(_run("logins", "--json").output) == []
    assert "@" not in _run("logins").output


def test_an_unknown_region_is_a_usage_error() -> None:
    assert _run("load", "--region", "atlantyda").exit_code == 2
