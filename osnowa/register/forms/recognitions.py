"""The form of a status or certificate, and of noting that a yearly report was filed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.register import codes
from osnowa.register.forms.organisations import DateInput
from osnowa.register.models import Organisation, Recognition
from osnowa.ui.forms import Form, ModelForm

#: The one status with a regime and a goal: the Polish social enterprise.
PL_PS = "PL-PS"
_DAYS = ("granted_on", "review_on", "ended_on")


def recognitions_of(countries: set[str], chosen: str = "") -> list[tuple[str, Any]]:
    """Statuses and certificates of the countries, of the EU and of the world, in two groups."""
    rows = [row for row in codes.RECOGNITIONS if row["country"] in countries | {"EU", ""} or row.code == chosen]
    groups = (("status", _("Statuses")), ("certificate", _("Certificates")))
    return [("", "—"), *((name, [(row.code, row.label) for row in rows if row["group"] == group]) for group, name in groups)]


class RecognitionForm(ModelForm):
    """A status or certificate. A granted one needs the day of its next review (V19)."""

    class Meta:
        model = Recognition
        fields = ("code", "state", "regime", "goal", "issuer", "decision_no", "granted_on", "review_on", "ended_on")
        widgets = {name: DateInput() for name in _DAYS}
        help_texts = {
            "issuer": gettext_lazy("The authority that granted it, by its full name."),
            "review_on": gettext_lazy("When to look again whether it still holds; for a certificate the day it ends. A reminder comes 30 days before."),
            "ended_on": gettext_lazy("Only if it was withdrawn or has expired."),
        }  # fmt: skip

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation = organisation
        countries = {organisation.region.jurisdiction, organisation.country}
        self.fields["code"] = forms.ChoiceField(
            label=_("Status or certificate"), choices=lambda: recognitions_of(countries, self.instance.code)
        )
        self.fields["state"] = forms.ChoiceField(
            label=_("State"), choices=lambda: codes.RECOGNITION_STATES.choices(), initial=Recognition.State.GRANTED
        )
        if "PL" in countries:
            for name, codelist, words in (
                ("regime", codes.PS_REGIMES, _("Regime (only for the Polish status of a social enterprise)")),
                ("goal", codes.PS_GOALS, _("Goal (only for the Polish status of a social enterprise)")),
            ):
                self.fields[name] = forms.ChoiceField(label=words, choices=_optional(codelist), required=False)
        else:
            del self.fields["regime"], self.fields["goal"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("code") != PL_PS:
            cleaned.update({name: "" for name in ("regime", "goal") if name in self.fields})
        elif not cleaned.get("regime"):
            self.add_error("regime", _("Say under which regime the status was given."))
        self._check_days(cleaned)
        self._check_once(cleaned)
        return cleaned

    def _check_days(self, cleaned: dict[str, Any]) -> None:
        states = Recognition.State
        state, granted = cleaned.get("state"), cleaned.get("granted_on")
        if state == states.GRANTED:
            self._demand(cleaned, "granted_on", _("Give the day on which it was granted."))
            self._demand(cleaned, "review_on", _("A granted status or certificate needs the day of its next review."))
        if state in (states.WITHDRAWN, states.EXPIRED):
            self._demand(cleaned, "ended_on", _("Say on which day it ended."))
        elif cleaned.get("ended_on"):
            self.add_error("ended_on", _("Only a withdrawn or expired one has a day of ending. Change the state or empty this day."))
        if granted and granted > timezone.localdate():
            self.add_error("granted_on", _("This day lies in the future."))
        for name in ("review_on", "ended_on"):
            if granted and cleaned.get(name) and cleaned[name] < granted:
                self.add_error(name, _("This day lies before the day it was granted."))

    def _demand(self, cleaned: dict[str, Any], name: str, message: str) -> None:
        if not cleaned.get(name) and name not in self.errors:
            self.add_error(name, message)

    def _check_once(self, cleaned: dict[str, Any]) -> None:
        same = self.organisation.recognitions.filter(code=cleaned.get("code"), state=Recognition.State.GRANTED)
        if cleaned.get("state") == Recognition.State.GRANTED and same.exclude(pk=self.instance.pk).exists():
            self.add_error("code", _("It holds this already. Edit that entry, or end it first."))


class FiledForm(Form):
    """The day a yearly report was filed; empty takes the note back."""

    filed_on = forms.DateField(label=gettext_lazy("Filed on"), widget=DateInput, required=False)


def _optional(codelist: Any) -> Any:
    return lambda: [("", "—"), *codelist.choices()]
