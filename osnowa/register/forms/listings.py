"""The form of an offer, a need or a resource to share."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.register import codes
from osnowa.register.forms.organisations import DateInput
from osnowa.register.models import Listing, Organisation
from osnowa.register.queries.listings import TYPES
from osnowa.ui.forms import ModelForm
from osnowa.ui.numbers import AmountField, WholeField

#: The divisions of the Common Procurement Vocabulary, Regulation (EC) No 213/2008.
CPV_DIVISIONS = frozenset([
    "03", "09", "14", "15", "16", "18", "19", "22", "24", "30", "31", "32", "33", "34", "35", "37", "38", "39",
    "41", "42", "43", "44", "45", "48", "50", "51", "55", "60", "63", "64", "65", "66", "70", "71", "72", "73",
    "75", "76", "77", "79", "80", "85", "90", "92", "98",
])  # fmt: skip


def checked_cpv(text: str) -> str:
    """The code as `12345678` or `12345678-9`.

    The ninth digit is not computed: the 2008 vocabulary itself carries wrong ones (03300000-2), so refusing what a
    formula does not yield would refuse official codes.
    """
    found = re.fullmatch(r"(\d{8})(?:[-\s]?(\d))?", text.strip())
    if not found:
        raise ValidationError(_("A CPV code has eight digits, with or without a check digit: 55520000 or 55520000-1."))
    if found[1][:2] not in CPV_DIVISIONS:
        raise ValidationError(_("CPV has no division %(division)s. Compare the first two digits."), params={"division": found[1][:2]})
    return found[1] + (f"-{found[2]}" if found[2] else "")


def _what() -> list[tuple[str, Any]]:
    """Kind and type in one choice: offers by service, needs and resources by their lists."""
    names = {Listing.Kind.OFFER: _("We offer"), Listing.Kind.NEED: _("We need"), Listing.Kind.RESOURCE: _("We share")}
    groups = [(names[Listing.Kind(kind)], [(f"{kind}:{code}", text) for code, text in rows.choices()]) for kind, rows in TYPES.items()]
    return [("", "—"), *groups]


class ListingForm(ModelForm):
    """One offer, need or resource."""

    what = forms.ChoiceField(label=gettext_lazy("What it is"), choices=_what)

    class Meta:
        model = Listing
        fields = ("what", "name", "description", "unit", "capacity_per_month", "price_from", "price_to", "lead_time_days",
                  "cpv", "urgency", "until_on", "visibility")  # fmt: skip
        widgets = {"until_on": DateInput(), "description": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "name": gettext_lazy("A few words a buyer or a partner would search for."),
            "cpv": gettext_lazy("The code public buyers search by, such as 55520000-1 (catering)."),
            "until_on": gettext_lazy("After this day it is no longer shown. Empty means without an end."),
        }

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation, currency = organisation, organisation.region.currency
        if self.instance.kind:
            self.initial["what"] = f"{self.instance.kind}:{self.instance.type_code}"
        self.fields["unit"] = forms.ChoiceField(
            label=_("Unit"), choices=lambda: [("", "—"), *codes.UNITS.choices()], required=False
        )
        self.fields["urgency"] = forms.ChoiceField(
            label=_("Urgency"), choices=lambda: [("", "—"), *codes.URGENCY.choices()], required=False, help_text=_("Only for a need.")
        )
        self.fields["capacity_per_month"] = AmountField(
            label=_("Capacity a month"), required=False, min_value=0, help_text=_("In the unit above.")
        )
        self.fields["lead_time_days"] = WholeField(
            label=_("Lead time, days"), required=False, min_value=0, max_value=3650, help_text=_("From the order to the delivery.")
        )
        for name, words in (("price_from", _("Price from")), ("price_to", _("Price to"))):
            self.fields[name] = AmountField(
                label=f"{words}, {currency}", required=False, min_value=0, help_text=_("For one unit, without VAT.")
            )

    def clean_cpv(self) -> str:
        return checked_cpv(self.cleaned_data["cpv"]) if self.cleaned_data["cpv"] else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("price_from"), cleaned.get("price_to")
        if low is not None and high is not None and high < low:
            self.add_error("price_to", _("This is less than the price from."))
        until = cleaned.get("until_on")
        if until and until < timezone.localdate() and "until_on" in self.changed_data:
            self.add_error("until_on", _("This day is past already."))
        if cleaned.get("what"):
            self.instance.kind, self.instance.type_code = cleaned["what"].split(":")
            if self.instance.kind != Listing.Kind.NEED:
                cleaned["urgency"] = ""
        return cleaned
