"""The counter with names (C16), constant in its questions; founding and ordinary (V10)."""

from datetime import date, timedelta

import pytest

from osnowa.agreements.actions.signatories import Asked, declare, invite
from osnowa.agreements.actions.signing import check_mandate, note_signature, withdraw
from osnowa.agreements.queries.counting import class_of, open_tallies, tallies, tally
from tests.unit.agreements.signings import MANDATE, PDF, TODAY_LETTER, a_letter, asked, signed


def test_c16_counts_by_sector_subregion_and_legal_form_with_names(world):
    letter = a_letter(world.pomorskie)
    invite(by=None, agreement=letter, asked=[Asked(organisation=world.chleb)])
    note_signature(by=None, signatory=letter.signatories.get(), mandate=MANDATE, way="scan", on=TODAY_LETTER, sheets=[PDF])
    asked(letter, "Uczelnia", sector="academia", municipality=world.slupsk)
    found = tally(letter)
    assert {part.label: part.counts.signed for part in found.by_sector}["Social economy"] == 1
    assert [(part.label, part.counts.signed, part.counts.invited) for part in found.by_subregion] == [("Obszar gdański", 1, 0), ("elsewhere or not known", 0, 1)]
    assert [(part.label, part.counts.asked) for part in found.by_legal_form] == [("Social co-operative", 1), ("legal form not known", 1)]


def test_c16_sectors_nobody_stands_in_are_shown_as_empty(world):
    assert [part.counts.asked for part in tally(a_letter(world.pomorskie)).by_sector] == [0, 0, 0, 0, 0]


def test_c16_targets_of_the_agreement_win_over_the_usual_ones(world):
    letter = a_letter(world.pomorskie, targets={"signatories": 2, "sectors": 1, "sector": {"public": 1}, "subregion": {"gdanski": 1}})
    signed(letter, sector="public", municipality=world.gdansk)
    found = tally(letter)
    assert [(aim.label, aim.wanted, aim.missing) for aim in found.aims] == [("signatories", 2, 1), ("sectors represented", 1, 0), ("Public sector", 1, 0), ("Obszar gdański", 1, 0)]
    assert not found.is_met


def test_c16_the_chase_list_and_unchecked_mandates_are_rows_one_can_act_on(world):
    letter = a_letter(world.pomorskie, closes_on=TODAY_LETTER + timedelta(days=5))
    first, second = asked(letter, "Alfa", "a@example.org"), asked(letter, "Beta", "b@example.org")
    declare(by=None, signatory=second)
    third, fourth = signed(letter, "Gamma"), signed(letter, "Delta")
    check_mandate(by=world.bolek, signatory=third, basis="register", seen="KRS")
    found = tally(letter)
    assert [row.name for row in found.chase] == [second.name, first.name]
    assert (found.unchecked, found.total.checked, found.days_left) == ([fourth], 1, 5)


def test_c16_a_withdrawal_lowers_the_count_and_stays_in_it(world):
    letter = a_letter(world.pomorskie)
    row = signed(letter)
    withdraw(by=None, signatory=row, on=TODAY_LETTER, reason="Nie")
    assert (tally(letter).total.signed, tally(letter).total.withdrawn) == (0, 1)


def test_c16_the_number_of_questions_does_not_grow(world, django_assert_num_queries):
    letters = [a_letter(world.pomorskie, title=f"List {n}") for n in range(3)]
    for letter in letters:
        for name in ("Alfa", "Beta", "Gamma"):
            signed(letter, name)
    with django_assert_num_queries(3):
        found = tallies(letters)
    assert [found[letter.pk].total.signed for letter in letters] == [3, 3, 3]
    with django_assert_num_queries(3):
        assert found[letters[0].pk].unchecked[0].agreement.region == world.pomorskie
        tally(letters[0])


def test_rooms_above_get_the_open_letters_of_a_region(world):
    letter = a_letter(world.pomorskie)
    assert [found.agreement for found in open_tallies(world.pomorskie)] == [letter]


@pytest.mark.parametrize(("until", "expected"), [(TODAY_LETTER, "founding"), (date(2026, 11, 19), "ordinary"), (None, "founding")])
def test_v10_founding_or_ordinary_is_derived_from_the_day_of_the_signature(world, until, expected):
    letter = a_letter(world.pomorskie, founding_until=until)
    row = signed(letter)
    assert class_of(row) == expected
    assert getattr(tally(letter), expected) == 1


def test_v10_who_has_not_signed_has_no_class(world):
    assert class_of(asked(a_letter(world.pomorskie))) == ""


def test_v10_without_a_cut_off_the_last_day_of_signing_is_it(world, frozen_time):
    letter = a_letter(world.pomorskie, closes_on=TODAY_LETTER)
    first = signed(letter)
    frozen_time.shift(timedelta(days=1))
    second = signed(letter, "Spółka Późna", on=TODAY_LETTER + timedelta(days=1))
    assert [class_of(first), class_of(second)] == ["founding", "ordinary"]
