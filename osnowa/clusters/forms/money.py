"""The form of a year of the budget: rows of costs and of sources, each to be changed, removed, or filled anew."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.fees import money
from osnowa.clusters.models import BudgetLine
from osnowa.clusters.queries.money import Year, as_written, mark_of, rate_of
from osnowa.ui.forms import Form

#: So many empty rows stand below those there are.
SPARE = 3
_CENT = Decimal("0.01")
Side, Origin = BudgetLine.Side, BudgetLine.Origin


class LineForm(Form):
    """A row of the budget; an empty row is left out."""

    title = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=160)
    amount = money(gettext_lazy("Amount"), required=False)
    remove = forms.BooleanField(label=gettext_lazy("Remove"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    SIDE = ""
    ROW: tuple[str, ...] = ()

    def __init__(self, *args: Any, line: BudgetLine | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.line = line
        if line:
            self.initial = as_written(line) | {"seen": mark_of(as_written(line))}
        else:
            del self.fields["remove"], self.fields["seen"]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written into the row."""
        return not any(self.cleaned_data.get(name) not in (None, "", False) for name in self.fields)

    @property
    def is_removed(self) -> bool:
        return bool(self.cleaned_data.get("remove"))

    @property
    def is_untouched(self) -> bool:
        """Whether the row says what its author saw; then the line stays as it is, whoever changed it meanwhile."""
        return not self.is_removed and mark_of(self.cleaned_data) == self.cleaned_data.get("seen")

    @property
    def cells(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self.ROW, "remove") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.is_removed and not (self.is_empty and self.line is None):
            self._ask("title", _("Give the line a name, or tick “Remove”.") if self.line else _("Give the line a name."))
            self._check()
        if self.line and not self.is_untouched and self.cleaned_data.get("seen") != (mark := mark_of(as_written(self.line))):
            self.data[self.add_prefix("seen")] = mark  # type: ignore[index]  # who saves again has read what it says now
            self.add_error("title", ValidationError(_("Somebody else changed this line meanwhile. Now it says: %(line)s. Nothing of yours is lost: compare, and save again.") % {"line": _said(self.line)}, code="stale"))
        return cleaned

    def _ask(self, name: str, words: str) -> None:
        if self.cleaned_data.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, ValidationError(words, code="required"))

    def _check(self) -> None:
        self._ask("amount", _("Say how much."))

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("title", "amount")} | {"side": self.SIDE}


class CostForm(LineForm):
    """A cost: an amount, or posts and what one costs a year."""

    fte = forms.DecimalField(label=gettext_lazy("Posts (FTE)"), required=False, min_value=0, max_digits=5, decimal_places=2, localize=True)
    rate = money(gettext_lazy("One post a year"), required=False)
    field_order = ("title", "fte", "rate", "amount", "remove")

    SIDE = Side.COST
    ROW = ("title", "fte", "rate", "amount")

    def _check(self) -> None:
        fte, rate, amount = (self.cleaned_data.get(name) for name in ("fte", "rate", "amount"))
        if rate is not None and not fte:
            self._ask("fte", _("Say how many posts cost so much each."))
        if rate is not None and amount is not None:
            self.add_error("amount", ValidationError(_("Posts and rate make the amount. Leave it empty, or take the rate out."), code="twice"))
        if rate is None:
            self._ask("amount", _("Say how much, or how many posts and what one costs a year."))

    @property
    def values(self) -> dict[str, Any]:
        fte, rate, amount = (self.cleaned_data[name] for name in ("fte", "rate", "amount"))
        if rate is not None:
            same = self.line is not None and (fte, rate) == (self.line.fte, rate_of(self.line))
            amount = self.line.amount if same and self.line else (fte * rate).quantize(_CENT, ROUND_HALF_UP)
        return super().values | {"amount": amount, "fte": fte or None, "origin": "", "giver": "", "is_secured": False}


def _said(line: BudgetLine) -> str:
    """A line in words."""
    state = "" if line.side == Side.COST else _("secured") if line.is_secured else _("asked for")
    return ", ".join(word for word in (line.title, line.giver, number_format(line.amount, 2, use_l10n=True, force_grouping=True), state) if word)


class SourceForm(LineForm):
    """A source: who gives, of which kind, whether it is certain."""

    giver = forms.CharField(label=gettext_lazy("Who gives"), required=False, max_length=160)
    origin = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    is_secured = forms.BooleanField(label=gettext_lazy("Secured"), required=False)

    SIDE = Side.SOURCE
    ROW = ("title", "giver", "origin", "amount", "is_secured")

    def __init__(self, *args: Any, line: BudgetLine | None = None, **options: Any) -> None:
        super().__init__(*args, line=line, **options)
        self.fields["origin"].choices = [("", _("choose")), *Origin.choices]  # type: ignore[attr-defined]

    def _check(self) -> None:
        super()._check()
        self._ask("origin", _("Say which kind of source it is."))

    @property
    def values(self) -> dict[str, Any]:
        return super().values | {name: self.cleaned_data[name] for name in ("giver", "origin", "is_secured")} | {"fte": None}


def _gone(told: Any, lines: tuple[BudgetLine, ...]) -> list[str]:
    """The names of lines that were sent and are no longer there."""
    there = {str(line.pk) for line in lines}
    sent = {name: name.removesuffix("-title")[1:] for name in told if name.endswith("-title")}
    return [told[name] for name, key in sent.items() if key.isdecimal() and key not in there and not told.get(name.replace("-title", "-remove"))]


class YearForm:
    """All rows of a year: those there are, and a few empty ones."""

    def __init__(self, told: Any, *, it: Year | None) -> None:
        told = told.copy() if told else None
        self.gone = _gone(told or {}, it.lines if it else ())
        self.costs = self._rows(told, CostForm, it.costs if it else ())
        self.sources = self._rows(told, SourceForm, it.sources if it else ())

    def _rows(self, told: Any, kind: type[LineForm], lines: tuple[BudgetLine, ...]) -> list[LineForm]:
        word = kind.SIDE[0]
        # A line somebody else added after the page was opened is not in what was sent: it stays as it is.
        known = [kind(told, prefix=f"{word}{line.pk}", line=line) for line in lines if told is None or f"{word}{line.pk}-title" in told]
        return [*known, *(kind(told, prefix=f"{word}-new{row}") for row in range(1, SPARE + 1))]

    @property
    def rows(self) -> list[LineForm]:
        return [*self.costs, *self.sources]

    def is_valid(self) -> bool:
        wrong = [row for row in self.rows if not row.is_valid()]
        return not wrong and not self.gone

    @property
    def changed(self) -> dict[int, dict[str, Any]]:
        return {row.line.pk: row.values for row in self.rows if row.line and not row.is_removed and not row.is_untouched}

    @property
    def seen(self) -> dict[int, str]:
        return {row.line.pk: row.cleaned_data["seen"] for row in self.rows if row.line}

    @property
    def added(self) -> list[dict[str, Any]]:
        return [row.values for row in self.rows if row.line is None and not row.is_empty]

    @property
    def removed(self) -> list[int]:
        return [row.line.pk for row in self.rows if row.line and row.is_removed]
