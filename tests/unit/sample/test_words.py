import pytest

from osnowa.register import codes
from osnowa.sample import shapes, spread, words
from osnowa.sample.pomorskie import MOVEMENTS, OTHERS


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_names_are_pairs_that_differ(language: str) -> None:
    names = words.names(language)
    assert len(names) == len(set(names)) > 250
    assert all(len(name.split()) == 2 for name in names)


def test_polish_adjectives_agree_with_their_nouns() -> None:
    assert {"Bursztynowy Młyn", "Bursztynowa Latarnia", "Bursztynowe Pole"} <= set(words.names("pl"))
    assert "Zelena breza" in words.names("sl")
    assert "Fuente Clara" in words.names("es")


def test_every_class_of_the_stock_is_in_nace_2_1() -> None:
    found = {code for pair in words.NACE.values() for code in pair} | set(words.NACE_OF_FORMS.values())
    assert [code for code in found if code not in codes.NACE["2.1"]] == []


def test_every_service_has_its_class_and_its_spanish_name() -> None:
    services = {row.code for row in codes.SERVICE_AREAS}
    assert set(words.NACE) == set(words.SERVICES_ES) == services


def test_every_form_that_is_made_has_a_title() -> None:
    forms = {form for counts in (*spread.COUNTS.values(), OTHERS) for form in counts} | set(MOVEMENTS)
    assert [form for form in forms if form not in shapes.TITLES or form not in codes.LEGAL_FORMS] == []


def test_every_listing_has_a_known_kind_and_three_names() -> None:
    for one in words.listings():
        assert one.kind in ("offer", "need", "resource")
        assert all(one.names.values())
        assert not one.unit or one.unit in codes.UNITS
