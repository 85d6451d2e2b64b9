"""A pact: what signatories promise year by year, what they tell, and what the catalogue is made of."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from osnowa.agreements.actions.commitments import change_commitment, commit, take_back, tell
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries.commitments import COMMITMENTS, overview, sheets_of, title
from osnowa.kit.errors import Refused
from tests.unit.agreements.signings import PDF, a_letter, asked, signed

PROMISE = {"code": "youth_education", "text": "", "year": 2026, "target": Decimal(4), "unit": "number"}
LINK = [{"title": "Sprawozdanie", "link": "https://example.org/s.pdf"}]


@pytest.fixture
def pact(world) -> Agreement:
    return a_letter(world.pomorskie, title="Pakt", kind="pact")


def test_every_row_of_the_catalogue_has_three_languages_a_unit_and_a_source():
    rows = list(csv.DictReader(Path(COMMITMENTS.path).read_text().splitlines()))
    assert len({row["code"] for row in rows}) == len(rows) >= 10
    assert all(value and value.strip() for row in rows for value in row.values())


def test_a_signatory_promises_and_tells_with_evidence(pact):
    it = commit(by=None, signatory=signed(pact), values=PROMISE)
    tell(by=None, commitment=it, state="done", reached=Decimal(5), evidence=LINK, sheet=PDF)
    it.refresh_from_db()
    assert (it.state, it.reached, it.evidence, it.told_on.isoformat()) == ("done", 5, LINK, "2026-11-20")
    assert it.papers.get().kind == "evidence"


def test_the_same_promise_twice_is_one(pact):
    row = signed(pact)
    assert commit(by=None, signatory=row, values=PROMISE) == commit(by=None, signatory=row, values=PROMISE)


def test_a_letter_of_intent_holds_no_commitments(world):
    with pytest.raises(Refused, match="Only a pact"):
        commit(by=None, signatory=signed(a_letter(world.pomorskie)), values=PROMISE)


def test_who_is_only_invited_promises_nothing(pact):
    with pytest.raises(Refused, match="has signed"):
        commit(by=None, signatory=asked(pact), values=PROMISE)


@pytest.mark.parametrize("wrong", [{"code": "nonsense"}, {"code": "", "text": " "}, {"year": 2100}, {"target": Decimal(-1)}])
def test_a_promise_says_something_in_a_year_that_is_near(pact, wrong):
    with pytest.raises(Refused):
        commit(by=None, signatory=signed(pact), values=PROMISE | wrong)


def test_once_told_the_promise_stands_as_it_was_made(pact):
    it = commit(by=None, signatory=signed(pact), values=PROMISE)
    change_commitment(by=None, commitment=it, values={"target": Decimal(3)})
    tell(by=None, commitment=it, state="partly", reached=Decimal(2), evidence=[])
    with pytest.raises(Refused, match="stands as it was made"):
        change_commitment(by=None, commitment=it, values={"target": Decimal(2)})
    with pytest.raises(Refused, match="it stays"):
        take_back(by=None, commitment=it)


def test_what_has_a_target_is_told_with_a_number(pact):
    it = commit(by=None, signatory=signed(pact), values=PROMISE)
    with pytest.raises(Refused, match="how much"):
        tell(by=None, commitment=it, state="done", reached=None, evidence=[])


def test_a_year_to_come_is_not_told_of(pact):
    it = commit(by=None, signatory=signed(pact), values=PROMISE | {"year": 2027})
    with pytest.raises(Refused, match="not begun"):
        tell(by=None, commitment=it, state="done", reached=Decimal(1), evidence=[])


def test_the_overview_tells_years_and_signatories_and_its_sums_cross_foot(pact, django_assert_num_queries):
    first, second, third = (signed(pact, name) for name in ("Gmina A", "Gmina B", "Gmina C"))
    done = commit(by=None, signatory=first, values=PROMISE)
    commit(by=None, signatory=first, values=PROMISE | {"code": "promotion", "year": 2025})
    commit(by=None, signatory=second, values=PROMISE | {"year": 2025})
    tell(by=None, commitment=done, state="done", reached=Decimal(4), evidence=[])
    with django_assert_num_queries(2):
        found = overview(pact)
    assert (found.years, [line.signatory.name for line in found.lines], found.silent) == ([2025, 2026], ["Gmina A", "Gmina B"], [third])
    assert [(cell.promised, cell.done, cell.due) for cell in found.totals] == [(2, 0, 2), (1, 1, 0)]
    for index, total in enumerate(found.totals):
        assert total.promised == sum(line.cells[index].promised for line in found.lines)


def test_the_spreadsheet_holds_the_overview_and_every_commitment(pact):
    it = commit(by=None, signatory=signed(pact), values=PROMISE | {"text": "w trzech szkołach"})
    sheets = sheets_of(pact)
    assert [len(list(rows)) for _heads, rows in sheets.values()] == [2, 1]
    assert title(it) == "Lessons for young people about the social economy: w trzech szkołach"
