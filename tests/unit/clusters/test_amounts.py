"""Amounts as people type and paste them."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from osnowa.clusters.forms.fees import money


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
@pytest.mark.parametrize(
    "typed", ["1200.50", "1200,50", "1 200,50", "1 200.5", "1\u00a0200,50", "1\u202f200,50", "1\u2009200,50", "1.200,50", "1,200.50", " 1200,50 ", "1'200.50"],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(typed, language):
    with override(language):
        assert money("x").clean(typed) == Decimal("1200.50")


@pytest.mark.parametrize("typed", ["1 200 500", "1.200.500", "1,200,500", "1.200.500,00"])
def test_thousands_are_kept_apart_in_any_way(typed):
    assert money("x").clean(typed) == 1_200_500


@pytest.mark.parametrize("typed", ["1.200", "1,200", "1.2.3", "1,20,30", "a lot", "12,345.6.7", "1200 zł"])
def test_what_can_be_read_in_two_ways_or_none_is_asked_for_again_in_a_sentence(typed):
    with pytest.raises(ValidationError, match=r"such as 1200 or 1200\.50"):
        money("x").clean(typed)


def test_an_amount_stands_in_its_field_as_the_page_writes_numbers():
    with override("pl"):
        field = money("x")
        assert 'value="1200,50"' in field.widget.render("x", field.prepare_value(Decimal("1200.50")))
