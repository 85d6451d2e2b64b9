"""How forms and fields look, and what no field of any form may hold: a number of a person."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError as NotValid
from stdnum.pl import pesel
from stdnum.si import emso

from osnowa.kit.errors import Refused


class Renderer(TemplatesSetting):
    """Widgets from Django; forms and fields from `ui/form.html` and `ui/field.html`."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


def personal_numbers(text: str) -> list[str]:
    """The runs of digits in a text that are valid PESEL (Poland) or EMŠO (Slovenia) numbers of a person (V18)."""
    found = []
    for run in re.findall(r"(?<!\d)\d{11}(?!\d)|(?<!\d)\d{13}(?!\d)", text):
        number = pesel if len(run) == 11 else emso
        try:
            number.validate(run)
        except NotValid:
            continue
        found.append(run)
    return found


class NoPersonalNumbers:
    """Refuses personal numbers in every text field; the message says where and how to mend it."""

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            value = self.cleaned_data.get(name)  # type: ignore[attr-defined]
            if isinstance(field, forms.CharField) and isinstance(value, str) and personal_numbers(value):
                self.add_error(  # type: ignore[attr-defined]
                    name,
                    ValidationError(
                        _("This looks like the personal number of somebody (PESEL, EMŠO). Take it out: the register keeps none."),
                        code="personal_number",
                    ),
                )


class Form(NoPersonalNumbers, forms.Form):
    """A form of the house."""

    required_css_class = "required"


class ModelForm(NoPersonalNumbers, forms.ModelForm):  # type: ignore[type-arg]
    """A form of the house that knows a model's fields; saving is left to an action."""

    required_css_class = "required"

    def save(self, commit: bool = True) -> Any:
        raise NotImplementedError("an action saves")


def status_of(*answered: forms.BaseForm) -> int:
    """The status of the page that shows forms: 422 when one of them came back with errors, else 200."""
    return 422 if any(form.is_bound and form.errors for form in answered) else 200


class refusals:
    """`with refusals(form):` What the rules refuse inside becomes an error of the form; the rest goes on below."""

    def __init__(self, form: forms.BaseForm, field: str | None = None) -> None:
        self.form, self.field = form, field

    def __enter__(self) -> None:
        """Nothing is needed to begin."""

    def __exit__(self, kind: Any, error: BaseException | None, where: Any) -> bool:
        if not isinstance(error, Refused):
            return False
        self.form.add_error(self.field, error.message)
        return True
