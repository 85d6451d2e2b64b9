"""Forms of a series: how many of each kind, and all meetings of a kind at once."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.meetings.forms.meetings import languages_of, zone_choices
from osnowa.meetings.forms.times import DayInput, HourInput, moment, rhythm
from osnowa.meetings.models import Kind, Series
from osnowa.meetings.queries.countries import zone_of
from osnowa.meetings.queries.series import Progress
from osnowa.places.models import Region
from osnowa.ui.forms import Form

_MOST = 60


class SeriesForm(Form):
    """What a series is and how many meetings of each kind it has."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=160)
    about = forms.CharField(label=gettext_lazy("Description"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    starts_on = forms.DateField(label=gettext_lazy("From"), required=False, widget=DayInput())
    ends_on = forms.DateField(label=gettext_lazy("Until"), required=False, widget=DayInput())

    def __init__(self, *args: Any, series: Series | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, label in Kind.choices:
            self.fields[f"planned_{code}"] = forms.IntegerField(label=str(label).capitalize(), required=False, min_value=0, max_value=_MOST)
        if series:
            self.initial = {name: getattr(series, name) for name in ("name", "about", "starts_on", "ends_on")}
            self.initial |= {f"planned_{code}": number for code, number in series.planned.items()}

    @property
    def what(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "about", "starts_on", "ends_on")]

    @property
    def how_many(self) -> list[forms.BoundField]:
        return [self[f"planned_{code}"] for code in Kind.values]

    @property
    def values(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        planned = {code: cleaned[f"planned_{code}"] for code in Kind.values if cleaned[f"planned_{code}"]}
        return {name: cleaned[name] for name in ("name", "about", "starts_on", "ends_on")} | {"planned": planned}


class RhythmForm(Form):
    """All meetings of a kind of a series at once: from a day on, every so many weeks, at the same hours."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=180, help_text=gettext_lazy("A number is put behind it."))
    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, max_value=_MOST)
    day = forms.DateField(label=gettext_lazy("First day"), widget=DayInput())
    every_weeks = forms.IntegerField(label=gettext_lazy("Every so many weeks"), min_value=1, max_value=26, initial=4)
    starts = forms.TimeField(label=gettext_lazy("Begins"), widget=HourInput(), initial=time(10))
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=HourInput(), initial=time(14))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"))
    venue = forms.CharField(label=gettext_lazy("Venue"), required=False, max_length=200)
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    link = forms.URLField(label=gettext_lazy("Link for those who join online"), required=False, max_length=500, assume_scheme="https")
    capacity = forms.IntegerField(label=gettext_lazy("Number of places"), required=False, min_value=1, max_value=10_000)
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False)
    keep_days = forms.IntegerField(label=gettext_lazy("Names are kept for so many days after each meeting"), min_value=1, max_value=1830, initial=365)

    def __init__(self, *args: Any, region: Region, progress: list[Progress], **options: Any) -> None:
        super().__init__(*args, **options)
        lacking = next((it for it in progress if it.missing), None)
        self.fields["kind"].choices = Kind.choices  # type: ignore[attr-defined]
        self.initial = {"time_zone": zone_of(region), "languages": languages_of(region)}
        if lacking:
            self.initial = {**self.initial, "kind": lacking.kind, "count": lacking.missing, "title": lacking.name.capitalize()}
        self.fields["time_zone"].choices = zone_choices(zone_of(region))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"day", "every_weeks", "count", "starts", "ends", "time_zone"} <= cleaned.keys():
            try:
                cleaned["times"] = self._times(cleaned)
            except ValidationError as wrong:
                self.add_error("starts", wrong)
        return cleaned

    def _times(self, cleaned: dict[str, Any]) -> list[tuple[datetime, datetime]]:
        if cleaned["ends"] <= cleaned["starts"]:
            raise ValidationError(_("The meeting ends before it begins. Look at the hours."))
        days, zone = rhythm(cleaned["day"], cleaned["every_weeks"], cleaned["count"]), cleaned["time_zone"]
        return [(moment(day, cleaned["starts"], zone), moment(day, cleaned["ends"], zone)) for day in days]

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        cleaned = self.cleaned_data
        shared = {name: cleaned[name] for name in ("time_zone", "venue", "address", "link", "capacity", "languages")}
        return {name: cleaned[name] for name in ("kind", "title", "times", "keep_days")} | {"shared": shared}
