"""V18: no field of any form takes the personal number of somebody."""

import importlib
import pkgutil

import pytest
from django import forms

import osnowa
from osnowa.ui.forms import Form, ModelForm, NoPersonalNumbers, personal_numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("44051401359", ["44051401359"]),
        ("call 44051401359, please", ["44051401359"]),
        ("44051401358", []),
        ("0101006500006", ["0101006500006"]),
        ("0101006500007", []),
        ("12345678512347", []),
        ("+48 601 234 567 and 1234563218", []),
        ("344051401359", []),
    ],
)
def test_v18_valid_pesel_and_emso_numbers_are_found_in_text(text, found):
    assert personal_numbers(text) == found


def test_v18_a_form_refuses_a_personal_number_in_any_text_field():
    class Note(Form):
        words = forms.CharField()

    assert not Note({"words": "PESEL 44051401359"}).is_valid()
    assert Note({"words": "KRS 0000123456"}).is_valid()


def _all_subclasses(kind):
    for child in kind.__subclasses__():
        yield child
        yield from _all_subclasses(child)


def test_v18_every_form_of_the_house_refuses_them():
    for module in pkgutil.walk_packages(osnowa.__path__, "osnowa."):
        if ".forms" in module.name:
            importlib.import_module(module.name)
    ours = [form for form in _all_subclasses(forms.BaseForm) if form.__module__.startswith("osnowa.")]
    assert len(ours) > 5
    assert [form for form in ours if not issubclass(form, NoPersonalNumbers)] == []
    assert issubclass(ModelForm, NoPersonalNumbers)
