"""The two days of a table, parsed and checked."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.ui.forms import Form

#: No table goes further back: no register of ours does.
EARLIEST = date(1950, 1, 1)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def a_year_before(day: date) -> date:
    """The same day of the year before; the last of February where there is no such day."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


class DaysForm(Form):
    """A day that has come, and an earlier one to compare with (a year before when none is given)."""

    on = forms.DateField(label=gettext_lazy("State on"), widget=DayInput, input_formats=["%Y-%m-%d"])
    against = forms.DateField(
        label=gettext_lazy("Compared with"), widget=DayInput, input_formats=["%Y-%m-%d"], required=False,
        help_text=gettext_lazy("An earlier day; left empty, a year before."),
    )  # fmt: skip

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet. Choose today or an earlier day."), code="future")
        if day < EARLIEST:
            raise forms.ValidationError(_("The register does not go back so far."), code="early")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on, against = cleaned.get("on"), cleaned.get("against")
        if on and not against and "against" not in self.errors:
            cleaned["against"] = a_year_before(on)
        if on and against and against >= on:
            self.add_error("against", forms.ValidationError(_("Compare with a day before the day of the table."), code="order"))
        if against and against < EARLIEST:
            self.add_error("against", forms.ValidationError(_("The register does not go back so far."), code="early"))
        return cleaned
