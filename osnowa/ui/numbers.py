"""Fields of forms that take numbers the way people write and paste them."""

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f']+")
#: One sign before every three digits and another before the decimals, or two groups of three and more.
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})")


def _tidy(value: Any) -> Any:
    return _SPACES.sub("", value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """A number with a point before its decimals; what can be read in two ways keeps its one sign, as a point."""
    tidy = _tidy(value)
    if isinstance(tidy, str) and _GROUPED.fullmatch(tidy):
        first = "," if tidy.find(".") < 0 or -1 < tidy.find(",") < tidy.find(".") else "."
        tidy = tidy.replace(first, "")
    return tidy.replace(",", ".") if isinstance(tidy, str) else tidy


class WholeField(forms.IntegerField):
    """A whole number; `1 250 000` is understood."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric", "size": 14}))
        options.setdefault("error_messages", {"invalid": gettext_lazy("Write a whole number, such as 1250.")})
        super().__init__(**options)

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_tidy(value))


class AmountField(forms.DecimalField):
    """A number with decimals; `1 250,50`, `1250.50`, `1.250,50` and `1,250.50` are the same."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "size": 14}))
        options.setdefault("error_messages", {"invalid": gettext_lazy("Write a number, such as 12.5.")})
        super().__init__(max_digits=options.pop("max_digits", 12), decimal_places=options.pop("decimal_places", 2), **options)

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return super().to_python(_plain(value))
