"""What a person says of a key for a program."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osnowa.opendata.actions.keys import LONGEST
from osnowa.ui.forms import Form

_USUAL = timedelta(days=90)


class KeyForm(Form):
    """A name to tell the key apart by, and its last day."""

    name = forms.CharField(
        label=_("What it is for"), max_length=80, help_text=_("For example the name of the program. Only you see it."),
    )  # fmt: skip
    expires_on = forms.DateField(
        label=_("Valid until"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("A year at most. After this day the program is refused."),
    )  # fmt: skip

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]
        today = timezone.localdate()
        day = self.fields["expires_on"]
        day.initial = today + _USUAL
        day.widget.attrs |= {"min": today.isoformat(), "max": (today + LONGEST).isoformat()}
