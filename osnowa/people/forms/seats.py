"""What people type about seats of any kind: as `Seat` is, so its forms are shared by the rooms that give seats."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osnowa.people.models import Seat
from osnowa.ui.forms import Form


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def _in_a_year() -> date:
    return timezone.localdate() + timedelta(days=365)


class GiveSeatForm(Form):
    """Who gets which seat, on what basis, from when until when. The end is compulsory (V19)."""

    email = forms.EmailField(label=_("E-mail address"))
    name = forms.CharField(label=_("Name and surname"), max_length=120, required=False)
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)
    role = forms.ChoiceField(label=_("Role"))
    basis = forms.ChoiceField(label=_("Basis of the mandate"), choices=Seat.Basis.choices)
    valid_from = forms.DateField(label=_("Valid from"), initial=timezone.localdate, widget=_day())
    valid_to = forms.DateField(
        label=_("Valid until"),
        initial=_in_a_year,
        widget=_day(),
        help_text=_("Every seat has an end. A month before, its holder and the coordinators get a reminder."),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, Any]], usual: Mapping[str, Any], languages: list[str], **more: Any) -> None:
        """`roles` are the choices of the kind of seat, `usual` its usual role and basis, `languages` the region's."""
        super().__init__(*args, **more)
        self.fields["role"] = forms.ChoiceField(label=_("Role"), choices=roles, initial=usual["role"])
        self.fields["basis"].initial = usual["basis"]
        spoken = [language for language in languages if language in dict(settings.LANGUAGES)]
        self.fields["language"].initial = spoken[0] if spoken else "en"

    def clean(self) -> dict[str, Any]:
        words = super().clean() or {}
        if words.get("valid_from") and words.get("valid_to") and words["valid_to"] < words["valid_from"]:
            self.add_error("valid_to", _("The end lies before the beginning."))
        return words


class ProlongForm(Form):
    """A later end for a seat."""

    valid_to = forms.DateField(label=_("Valid until"), widget=_day())

    def __init__(self, *args: Any, seat: Seat, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["valid_to"].initial = seat.longer
        self.fields["valid_to"].widget.attrs["min"] = seat.valid_to.isoformat()


class EndForm(Form):
    """Why a seat ends today."""

    reason = forms.CharField(label=_("Reason"), max_length=300)
