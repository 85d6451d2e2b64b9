"""Laws of the counter of signatures (C16): order says nothing, sums cross-foot, a withdrawal lowers one cell."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute.signing import (
    SIGNED,
    STATES,
    WAYS,
    WITHDRAWN,
    Counts,
    Row,
    Standing,
    Targets,
    counted_once,
    standing,
)

TODAY = date(2026, 11, 20)
_day = st.one_of(st.none(), st.dates(date(2026, 1, 1), TODAY))
_row = st.tuples(
    st.integers(0, 6), st.sampled_from(["Ab", "Ac", "Zz"]), st.sampled_from(STATES), st.sampled_from(["", "public", "business", "academia"]),
    st.sampled_from(["", "north", "south"]), st.sampled_from(["", "coop", "jst"]), st.booleans(), _day,
)  # fmt: skip
_registers = st.lists(_row, max_size=14).map(lambda found: [Row(number, *row) for number, row in enumerate(found, start=1)])
_wanted = st.dictionaries(st.sampled_from(["public", "business"]), st.integers(1, 5), max_size=2)
_targets = st.builds(lambda n, sectors, by: Targets(n, sectors, {"sector": by}), st.integers(0, 20), st.integers(0, 5), _wanted)


def told(rows: list[Row], targets: Targets) -> Standing:
    return standing(rows, targets, today=TODAY, closes_on=TODAY)


@given(_registers, _targets, st.randoms(use_true_random=False))
def test_c16_the_order_of_rows_says_nothing(rows, targets, chance):
    mixed = list(rows)
    chance.shuffle(mixed)
    assert told(mixed, targets) == told(rows, targets)


def added(parts: list[Counts]) -> Counts:
    return Counts(*(sum(getattr(one, name) for one in parts) for name in Counts.__dataclass_fields__))


@given(_registers, _targets)
def test_c16_parts_add_up_to_the_whole_whichever_way_they_are_divided(rows, targets):
    found = told(rows, targets)
    for way in WAYS:
        assert added(list(found.parts[way].values())) == found.total
    assert found.total.asked == len({row.who for row in rows})
    assert 0 <= found.total.checked <= found.total.signed


@given(_registers, _targets, st.integers(0, 99))
def test_c16_a_withdrawal_lowers_exactly_one_cell_of_those_signed(rows, targets, which):
    rows = counted_once(rows)
    signed = [row for row in rows if row.state == SIGNED]
    if not signed:
        return
    gone = signed[which % len(signed)]
    before, after = told(rows, targets), told([replace(row, state=WITHDRAWN) if row == gone else row for row in rows], targets)
    for way in WAYS:
        lowered = {code for code, counts in before.parts[way].items() if counts.signed != after.parts[way][code].signed}
        assert lowered == {gone.part(way)}
        assert before.parts[way][gone.part(way)].signed - after.parts[way][gone.part(way)].signed == 1
        assert before.parts[way][gone.part(way)].asked == after.parts[way][gone.part(way)].asked
    assert after.total.withdrawn == before.total.withdrawn + 1


@given(_registers, _targets)
def test_c16_the_chase_list_holds_everybody_who_may_still_sign_once_and_nobody_else(rows, targets):
    open_ones = [row.number for row in counted_once(rows) if row.state in ("invited", "declared")]
    assert sorted(told(rows, targets).chase) == sorted(open_ones)


@given(_registers, _targets)
def test_c16_one_more_signature_moves_no_goal_away(rows, targets):
    before = told(rows, targets)
    after = told([*rows, Row(99, "new", "New", SIGNED, "public", "north", "coop")], targets)
    assert all(late.reached >= early.reached for early, late in zip(before.goals, after.goals, strict=True))
