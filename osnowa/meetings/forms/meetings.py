"""Forms of a meeting: what it is, when and where, who may come."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.meetings.forms.times import DayInput, HourInput, moment
from osnowa.meetings.models import Kind, Meeting, Series
from osnowa.meetings.queries.countries import zone_of, zones
from osnowa.meetings.queries.meetings import local
from osnowa.places.models import Region
from osnowa.register.models import Visibility
from osnowa.ui.forms import Form

#: Names are usually kept for so long after a meeting, and at most for so long.
USUAL_KEEPING, MOST_KEEPING = timedelta(days=365), timedelta(days=5 * 366)
_REST_OF_DAY = time(23, 59)
_SAME = ("series", "kind", "title", "about", "visibility", "time_zone", "venue", "address", "link", "languages", "facilitator", "capacity", "keep_until")


def languages_of(region: Region) -> list[str]:
    """The languages a meeting of the region is usually held in."""
    return [code for code in region.languages if code in dict(settings.LANGUAGES)] or ["en"]


def zone_choices(now: str) -> list[tuple[str, str]]:
    """Time zones for a select; the one in use stands among them whatever it is."""
    return [(zone, zone.replace("_", " ")) for zone in sorted({*zones(), now})]


class MeetingForm(Form):
    """Everything about a meeting but its agenda and its guests."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    about = forms.CharField(label=gettext_lazy("What it is about"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))
    series = forms.ModelChoiceField(Series.objects.none(), label=gettext_lazy("Series"), required=False, empty_label=gettext_lazy("in no series"))
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput())
    starts = forms.TimeField(label=gettext_lazy("Begins"), widget=HourInput())
    ends = forms.TimeField(label=gettext_lazy("Ends"), widget=HourInput())
    last_day = forms.DateField(label=gettext_lazy("Last day"), required=False, widget=DayInput(), help_text=gettext_lazy("Only where it takes more than one day."))
    time_zone = forms.ChoiceField(label=gettext_lazy("Time zone"), help_text=gettext_lazy("The hours above are those of clocks there. Every guest's calendar shows her own."))
    venue = forms.CharField(label=gettext_lazy("Venue"), required=False, max_length=200, help_text=gettext_lazy("Building and room. Leave it empty for a meeting that is only online."))
    address = forms.CharField(label=gettext_lazy("Address"), required=False, max_length=200)
    link = forms.URLField(label=gettext_lazy("Link for those who join online"), required=False, max_length=500, assume_scheme="https", help_text=gettext_lazy("Only those who are invited or registered get it, in their letters."))
    languages = forms.MultipleChoiceField(label=gettext_lazy("Languages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple, required=False)
    facilitator = forms.CharField(label=gettext_lazy("Facilitator"), required=False, max_length=160)
    capacity = forms.IntegerField(label=gettext_lazy("Number of places"), required=False, min_value=1, max_value=10_000, help_text=gettext_lazy("Who comes later waits, and moves up by itself. Empty means that there is room for everybody."))
    registers_until = forms.DateField(label=gettext_lazy("Registration until"), required=False, widget=DayInput(), help_text=gettext_lazy("The whole day counts. Empty means until the meeting is over."))
    visibility = forms.ChoiceField(label=gettext_lazy("Who may see it"), choices=Visibility.choices)
    keep_until = forms.DateField(label=gettext_lazy("Names are kept until"), widget=DayInput(), help_text=gettext_lazy("After this day names and addresses of guests are erased; counts stay. Say so long as evidence needs them."))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    #: The parts of the form as the page shows them.
    PARTS = (
        (gettext_lazy("What"), ("kind", "title", "about", "series", "languages", "facilitator")),
        (gettext_lazy("When"), ("day", "starts", "ends", "last_day", "time_zone")),
        (gettext_lazy("Where"), ("venue", "address", "link")),
        (gettext_lazy("Who"), ("capacity", "registers_until", "visibility", "keep_until")),
    )

    def __init__(self, *args: Any, region: Region, meeting: Meeting | None = None, series: Series | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.region, self.meeting = region, meeting
        self.fields["series"].queryset = Series.objects.filter(region=region)  # type: ignore[attr-defined]
        self.initial = _shown(meeting) if meeting else self._usual(series)
        zone = self.fields["time_zone"]
        zone.choices = zone_choices(self.initial["time_zone"])  # type: ignore[attr-defined]

    def _usual(self, series: Series | None) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "kind": Kind.WORKSHOP, "starts": time(10), "ends": time(14), "time_zone": zone_of(self.region), "languages": languages_of(self.region),
            "visibility": Visibility.PUBLIC, "series": series, "keep_until": today + USUAL_KEEPING,
        }  # fmt: skip

    @property
    def parts(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(heading), [self[name] for name in names]) for heading, names in self.PARTS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._read_moments(cleaned)
        day, kept = cleaned.get("last_day") or cleaned.get("day"), cleaned.get("keep_until")
        if day and kept and not day <= kept <= max(day, timezone.localdate()) + MOST_KEEPING:
            self.add_error("keep_until", _("Choose a day between the end of the meeting and five years after it."))
        return cleaned

    def _read_moments(self, cleaned: dict[str, Any]) -> None:
        """Days and hours become moments; where they cannot, the field that is wrong says so."""
        zone, day, last = cleaned.get("time_zone"), cleaned.get("day"), cleaned.get("last_day") or cleaned.get("day")
        for field, on, hour in (("starts", day, cleaned.get("starts")), ("ends", last, cleaned.get("ends"))):
            if zone and on and hour is not None:
                try:
                    cleaned[f"{field}_at"] = moment(on, hour, zone)
                except ValidationError as wrong:
                    self.add_error(field, wrong)
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends", _("The meeting ends before it begins. Look at the hours, or give a last day."))
        if zone and (until := cleaned.get("registers_until")):
            cleaned["registers_until_at"] = moment(until, _REST_OF_DAY, zone)

    @property
    def values(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        cleaned = self.cleaned_data
        return {name: cleaned[name] for name in _SAME} | {
            "starts_at": cleaned["starts_at"], "ends_at": cleaned["ends_at"], "registers_until": cleaned.get("registers_until_at"),
        }  # fmt: skip


def _shown(meeting: Meeting) -> dict[str, Any]:
    """A meeting as its form shows it, on the clock of its own zone."""
    begins, ends = local(meeting, meeting.starts_at), local(meeting, meeting.ends_at)
    until = meeting.registers_until and local(meeting, meeting.registers_until).date()
    shown = {name: getattr(meeting, name) for name in _SAME}
    last = ends.date() if ends.date() != begins.date() else None
    return shown | {"day": begins.date(), "starts": _hour(begins), "ends": _hour(ends), "last_day": last, "registers_until": until, "seen": meeting.changed_number}


def _hour(moment: datetime) -> time:
    return moment.time().replace(second=0, microsecond=0)


class CancelForm(Form):
    """Why a meeting does not take place; everybody who was to come reads it."""

    reason = forms.CharField(label=gettext_lazy("Why"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text=gettext_lazy("Stands in the letter to everybody. Name no person."))
