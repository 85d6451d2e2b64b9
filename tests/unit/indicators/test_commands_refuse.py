from tests.unit.indicators.test_commands import _run
from tests.world import World


def test_a_future_day_ends_with_a_sentence_and_exit_code_1(world: World) -> None:
    code, out = _run("--region", "pomorskie", "--on", "2027-01-01")
    assert code == 1
    assert "has not come yet" in out


def test_an_unknown_region_names_those_there_are(world: World) -> None:
    code, out = _run("--region", "atlantyda")
    assert code == 1
    assert "pomorskie" in out


def test_a_day_typed_wrongly_is_a_usage_error(world: World) -> None:
    assert _run("--region", "pomorskie", "--on", "wczoraj")[0] == 2
