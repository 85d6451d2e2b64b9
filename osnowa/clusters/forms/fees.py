"""Forms of fees: tiers, a scheme to try, what one member owes and paid."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.clusters import DayInput
from osnowa.clusters.models import Fee, FeeTier
from osnowa.clusters.queries.fees import Tier, tier_of
from osnowa.register import codes
from osnowa.ui.forms import Form
from osnowa.ui.numbers import AmountField

#: So many tiers at least can be tried side by side with those there are.
TRIED = 5


#: What is said of an amount that cannot be read, or can be read in two ways, such as 1.200.
_READABLE = gettext_lazy("Write the amount in digits, such as 1200 or 1200.50.")


def money(label: Any, **words: Any) -> AmountField:
    """A field for an amount of money."""
    wrong = {"invalid": _READABLE, "max_decimal_places": _READABLE}
    return AmountField(label=label, min_value=0, max_digits=14, localize=True, error_messages=wrong, **words)


class TierForm(Form):
    """Who pays this fee: of which sectors, of which yearly revenue."""

    title = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    amount = money(gettext_lazy("Fee a year"))
    sectors = forms.MultipleChoiceField(label=gettext_lazy("Sectors"), required=False, widget=forms.CheckboxSelectMultiple, help_text=gettext_lazy("None ticked means all."))
    revenue_from = money(gettext_lazy("Yearly revenue from"), required=False)
    revenue_below = money(gettext_lazy("Yearly revenue below"), required=False)
    order = forms.IntegerField(label=gettext_lazy("Place in the order"), min_value=0, max_value=99, help_text=gettext_lazy("The first tier that fits is paid."))

    def __init__(self, *args: Any, tier: FeeTier | None = None, next_place: int = 0, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sectors"].choices = codes.SECTORS.choices()  # type: ignore[attr-defined]
        self.initial = {"order": next_place}
        if tier:
            self.initial = {name: getattr(tier, name) for name in ("title", "amount", "sectors", "revenue_from", "revenue_below", "order")}


class SchemeForm(Form):
    """A cost to be carried, and tiers to be tried: a few rows of name, amount, sector and revenue."""

    cost = money(gettext_lazy("Cost a year that fees should carry"), required=False)

    def __init__(self, *args: Any, tiers: list[FeeTier], **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = range(1, max(TRIED, len(tiers) + 1) + 1)
        for row in self.numbers:
            self.fields[f"title_{row}"] = forms.CharField(label=_("Name"), required=False, max_length=120)
            self.fields[f"amount_{row}"] = money(_("Fee a year"), required=False)
            self.fields[f"sectors_{row}"] = forms.MultipleChoiceField(label=_("Sectors"), choices=codes.SECTORS.choices(), required=False, widget=forms.CheckboxSelectMultiple, help_text=_("None ticked means all."))
            self.fields[f"from_{row}"] = money(_("Revenue from"), required=False)
            self.fields[f"below_{row}"] = money(_("Revenue below"), required=False)
            if row <= len(tiers):
                self._begin_with(row, tiers[row - 1])

    def _begin_with(self, row: int, it: FeeTier) -> None:
        told = {"title": it.title, "amount": it.amount, "sectors": it.sectors, "from": it.revenue_from, "below": it.revenue_below}
        for name, value in told.items():
            self.initial[f"{name}_{row}"] = value

    @property
    def rows(self) -> list[list[forms.BoundField]]:
        """The fields of each tier."""
        return [[self[f"{name}_{row}"] for name in ("title", "amount", "from", "below", "sectors")] for row in self.numbers]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.numbers:
            first, below = cleaned.get(f"from_{row}"), cleaned.get(f"below_{row}")
            if first is not None and below is not None and below <= first:
                self.add_error(f"below_{row}", ValidationError(_("The span of revenue ends before it begins."), code="order"))
        return cleaned

    @property
    def tried(self) -> list[dict[str, Any]]:
        """The rows that name an amount, as the action takes them."""
        cleaned = self.cleaned_data
        return [
            {
                "title": cleaned[f"title_{row}"] or _("Tier %(n)s") % {"n": row}, "amount": cleaned[f"amount_{row}"],
                "sectors": cleaned[f"sectors_{row}"], "revenue_from": cleaned[f"from_{row}"], "revenue_below": cleaned[f"below_{row}"],
            }
            for row in self.numbers if cleaned.get(f"amount_{row}") is not None
        ]  # fmt: skip

    @property
    def tiers(self) -> list[Tier]:
        """The same, as the sums take them."""
        return [tier_of(FeeTier(**row)) for row in self.tried]

    @property
    def to_carry(self) -> Decimal:
        return self.cleaned_data.get("cost") or Decimal(0)


class PaidForm(Form):
    """How much of a fee was paid, and when; and what it amounts to."""

    amount = money(gettext_lazy("Fee"))
    paid = money(gettext_lazy("Paid"))
    paid_on = forms.DateField(label=gettext_lazy("Paid on"), required=False, widget=DayInput())

    def __init__(self, *args: Any, fee: Fee, **options: Any) -> None:
        super().__init__(*args, **options)
        is_new = not fee.paid
        self.initial = {"amount": fee.amount, "paid": fee.amount if is_new else fee.paid, "paid_on": timezone.localdate() if is_new else fee.paid_on}


class OwnFeeForm(Form):
    """What one member owes for a year, where no tier says it for certain."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    amount = money(gettext_lazy("Fee"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"year": timezone.localdate().year, **self.initial}
