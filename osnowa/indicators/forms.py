"""The two days of a table, and the files of an import of values, parsed and checked."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.indicators.models import Indicator
from osnowa.indicators.readers.values import period
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


class ValuesForm(Form):
    """A file of values, the files beside it, and what they may not say themselves."""

    file = forms.FileField(
        label=gettext_lazy("File of values"),
        help_text=gettext_lazy("CSV or XLSX (long or wide), Eurostat TSV, JSON-stat. The format is found out."),
    )
    meta = forms.FileField(
        label=gettext_lazy("File of the indicators"), required=False, help_text=gettext_lazy("A table with columns such as code, name, unit, polarity, definition, theme.")
    )
    regions = forms.FileField(label=gettext_lazy("File of the places"), required=False, help_text=gettext_lazy("A table of codes and names, where the codes are of an older list."))
    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, help_text=gettext_lazy("Shown beside every number, for example: Eurostat, nama_10r_3gdp."))
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=120, required=False, help_text=gettext_lazy("For example CC BY 4.0."))
    address = forms.URLField(label=gettext_lazy("Address"), max_length=500, required=False, assume_scheme="https")
    published_on = forms.DateField(label=gettext_lazy("Published on"), required=False, widget=DayInput, input_formats=["%Y-%m-%d"])
    unit = forms.CharField(label=gettext_lazy("Unit"), max_length=80, required=False, help_text=gettext_lazy("For indicators whose unit the files do not say."))
    polarity = forms.ChoiceField(
        label=gettext_lazy("Which direction is better"), required=False, choices=[("", gettext_lazy("as the files say")), *Indicator.Polarity.choices]
    )
    breaks = forms.CharField(
        label=gettext_lazy("Breaks in series"), max_length=100, required=False, help_text=gettext_lazy("Periods from which on values were measured differently, for example: 2015, 2021.")
    )

    def clean_breaks(self) -> list[str]:
        parts = [part.strip() for part in self.cleaned_data["breaks"].replace(";", ",").split(",") if part.strip()]
        if wrong := [part for part in parts if not period(part)]:
            raise forms.ValidationError(_("“%(text)s” is no period. Write it as 2015.") % {"text": wrong[0]}, code="period")
        return [period(part) for part in parts]

    def said(self) -> dict[str, Any]:
        """What the import is told besides the files."""
        plain = {name: str(self.cleaned_data.get(name) or "") for name in ("source", "licence", "address", "published_on", "unit", "polarity")}
        return plain | {"breaks": self.cleaned_data.get("breaks") or []}


class MendedForm(Form):
    """What the preview says of the release and its indicators, as somebody mended it; what is not sent stays as it was."""

    source = forms.CharField(label=gettext_lazy("Source"), max_length=300, required=False)
    licence = forms.CharField(label=gettext_lazy("Licence"), max_length=120, required=False)
    published_on = forms.DateField(label=gettext_lazy("Published on"), required=False, widget=DayInput, input_formats=["%Y-%m-%d"])

    def said(self, before: dict[str, Any]) -> dict[str, Any]:
        """What the import is told: what was said at the upload with what was mended since."""
        sent = {name: str(self.cleaned_data[name] or "") for name in self.fields if name in self.data}
        if not sent.get("source"):
            sent.pop("source", None)
        return before | sent | {"mended": self._mended()}

    def _mended(self) -> dict[str, dict[str, str]]:
        """{code: {unit, polarity}} of the rows of the table."""
        codes, units, polarities = (self.data.getlist(name) for name in ("code", "unit", "polarity")) if hasattr(self.data, "getlist") else ([], [], [])
        rows = zip(codes, units, polarities, strict=False)
        return {code: {"unit": unit.strip()[:80], "polarity": polarity} for code, unit, polarity in rows if polarity in Indicator.Polarity.values}
