"""Law of the sector table: in any register, new less closed is the change, and nothing is counted twice."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from osnowa.indicators.queries import sector_table
from osnowa.register.models import Organisation
from tests.world import World, make_world

_FIRST = date(2022, 1, 1)
days = some.integers(0, 1400).map(lambda n: _FIRST + timedelta(days=n))
lives = some.lists(
    some.tuples(
        some.sampled_from(["PL-SPSOC", "PL-WTZ", "PL-CIS"]), some.none() | days, some.none() | days, some.none() | some.integers(1, 900)
    ),
    max_size=25,
)


class Laws(TestCase):
    world: World
    numbers = count(1)

    def setUp(self) -> None:
        self.world = make_world()

    def _live(self, form: str, registered: date | None, founded: date | None, days_open: int | None) -> None:
        began = registered or founded or _FIRST
        ended = began + timedelta(days=days_open) if days_open else None
        words: dict[str, Any] = {"activity_status": "closed", "ended_on": ended, "end_reason": "unknown"} if ended else {}
        Organisation.objects.create(
            region=self.world.pomorskie, slug=f"p{next(self.numbers)}", legal_name="P",
            legal_form=form, sector="social_economy", country="PL", registered_on=registered, founded_on=founded, name_fold="p",
            **words,
        )  # fmt: skip

    @settings(max_examples=25, deadline=None)
    @given(lives, days, some.integers(1, 700))
    def test_new_less_closed_is_the_change(self, register: list[Any], against: date, later: int) -> None:
        Organisation.objects.filter(slug__startswith="p", legal_name="P").delete()
        for life in register:
            self._live(*life)
        on = against + timedelta(days=later)
        table = sector_table(self.world.pomorskie, on, against)
        for row in table.rows:
            assert row.change.adds_up, row
            there = [one for one in Organisation.objects.filter(region=self.world.pomorskie, legal_form=row.code) if _there(one, on)]
            assert row.change.count == len(there)


def _there(one: Organisation, day: date) -> bool:
    began = one.registered_on or one.founded_on
    return (began is None or began <= day) and (one.ended_on is None or one.ended_on > day)
