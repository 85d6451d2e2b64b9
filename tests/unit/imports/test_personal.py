"""Numbers and birth dates of people are known by their digits and by the heading of their column."""

import pytest

from osnowa.imports.queries.personal import is_personal, masked, own_numbers, personal_columns


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("44051401359", "•••"), ("44051401359.0", "•••.0"), ("0101006500006", "•••"), ("Jan 44051401359, Ela 44051401359", "Jan •••, Ela •••"),
        ("44051401358", "44051401358"), ("5252248481", "5252248481"), ("PL344051401359", "PL344051401359"), ("", ""),
    ],
)  # fmt: skip
def test_valid_personal_numbers_are_masked_and_nothing_else(text, shown):
    assert masked(text) == shown


def test_a_number_of_the_organisation_itself_stays():
    """An Italian tax number has eleven digits too."""
    own = own_numbers({"identifiers": {"IT-CF": "44051401359"}, "parent": {"number": "92071314764"}})
    assert masked("44051401359 92071314764 0101006500006", own) == "44051401359 92071314764 •••"
    assert masked("44051401359", own_numbers({})) == "•••"


def test_columns_about_people_are_hidden_unless_they_are_taken_in():
    names = ["Nazwa", "Data urodzenia", "EMŠO", "Data rejestracji", "PESEL"]
    assert personal_columns(names, {"0": "legal_name", "4": "source_key"}) == {1, 2}
    assert is_personal("Datum rojstva", "")
    assert not is_personal("Datum rojstva", "founded_on")
