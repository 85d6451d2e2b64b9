"""Statistics through the interface tell what everybody may know, and refuse words they do not know."""

import pytest
from django.test import Client

ROOT = "/api/v1/regions/pomorskie/statistics"


def test_a_key_or_a_cookie_counts_nothing_more(world, signed_in) -> None:
    words = {"rows": "form", "columns": "years"}
    assert signed_in(world.bolek).get(ROOT, words).json() == Client().get(ROOT, words).json()
    assert Client().get(ROOT, words).json()["totals"][-1] == 1


@pytest.mark.parametrize(("address", "parameter"), [
    ("?rows=colour", "rows"), ("?columns=form", "columns"), ("?columns=tomorrow", "columns"), ("?on=2031-01-01", "on"), ("?on=1900-01-01", "on"),
    ("?form=XX", "form"), ("?area=nix", "area"), ("?colour=red", "colour"), ("/changes?by=nix", "by"), ("/changes?from=2026-11-20", "from"),
    ("/changes?to=2031-01-01", "to"), ("/changes?from=2025-01-01&to=2024-01-01", "from"), ("/changes?known=never", "known"), ("/changes?sector=nix", "sector"),
    ("/figures?figure=wages", "figure"), ("/figures?by=municipality", "by"), ("/figures?figure=revenue_total&by=sector", "by"),
])  # fmt: skip
def test_a_word_nobody_knows_is_refused_by_name(world, address: str, parameter: str) -> None:
    answer = Client().get(ROOT + address)
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, parameter)
