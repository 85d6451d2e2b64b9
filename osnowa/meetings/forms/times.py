"""Days and hours as people say them in a time zone, and the moments they mean."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class HourInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def moment(day: date, hour: time, zone: str) -> datetime:
    """The moment at which clocks of a zone show this; an error where they never do, because they jump over it in spring."""
    said = datetime.combine(day, hour, ZoneInfo(zone))
    if said.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != said.replace(tzinfo=None):
        raise ValidationError(_("Clocks in %(zone)s are put forward on that day: there is no %(hour)s. Choose another hour.") % {"zone": zone, "hour": f"{hour:%H:%M}"})
    return said.astimezone(UTC)


def rhythm(first: date, every_weeks: int, count: int) -> list[date]:
    """Days every so many weeks."""
    return [first + timedelta(weeks=every_weeks * step) for step in range(count)]
