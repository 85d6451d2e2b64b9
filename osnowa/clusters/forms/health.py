"""Forms of what rule books ask for: stated facts with a link, the targets of the pilot plan, how a book was compared with its source."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.forms.clusters import DayInput
from osnowa.clusters.models import Cluster, Comparison
from osnowa.clusters.queries.facts import FACTS
from osnowa.ui.forms import Form

_MANY = 1000


class FactsForm(Form):
    """What people state because no other page can know it: yes, no or not known, or a period; each with a link to its evidence."""

    def __init__(self, *args: Any, cluster: Cluster, **options: Any) -> None:
        super().__init__(*args, **options)
        self.stated = [row for row in FACTS if row["tab"] == "stated"]
        for row in self.stated:
            said = cluster.facts.get(row.code) or {}
            (self._period if row["kind"] == "period" else self._yes)(row.code, said.get("value"))
            self.fields[f"{row.code}_link"] = forms.URLField(label=_("Link to the evidence"), required=False, max_length=500, assume_scheme="https", initial=said.get("link"))

    def _yes(self, code: str, value: Any) -> None:
        choices = [("", _("not known")), ("yes", _("yes")), ("no", _("no"))]
        self.fields[code] = forms.ChoiceField(label=_("Is it so?"), choices=choices, required=False, initial={True: "yes", False: "no"}.get(value, ""))

    def _period(self, code: str, value: Any) -> None:
        first, last = value or ("", "")
        self.fields[f"{code}_from"] = forms.DateField(label=_("From"), required=False, widget=DayInput, initial=first)
        self.fields[f"{code}_to"] = forms.DateField(label=_("Until"), required=False, widget=DayInput, initial=last)

    @property
    def parts(self) -> Iterator[tuple[str, list[forms.BoundField]]]:
        for row in self.stated:
            names = [f"{row.code}_from", f"{row.code}_to"] if row["kind"] == "period" else [row.code]
            label = row.label
            yield label[:1].upper() + label[1:], [self[name] for name in (*names, f"{row.code}_link")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for row in self.stated:
            if row["kind"] != "period":
                continue
            first, last = cleaned.get(f"{row.code}_from"), cleaned.get(f"{row.code}_to")
            if bool(first) != bool(last):
                self.add_error(f"{row.code}_{'to' if first else 'from'}", ValidationError(_("Give both days, or none."), code="pair"))
            elif first and last and last < first:
                self.add_error(f"{row.code}_to", ValidationError(_("The last day lies before the first."), code="order"))
        return cleaned

    @property
    def values(self) -> dict[str, dict[str, Any] | None]:
        """What the action takes: {code: {"value", "link"}, or None where it is not known}."""
        return {row.code: self._said(row.code, is_period=row["kind"] == "period") for row in self.stated}

    def _said(self, code: str, *, is_period: bool) -> dict[str, Any] | None:
        cleaned = self.cleaned_data
        value: Any = [cleaned[f"{code}_{end}"].isoformat() for end in ("from", "to") if cleaned[f"{code}_{end}"]] if is_period else {"yes": True, "no": False}.get(cleaned[code])
        return None if value in (None, []) else {"value": value, "link": cleaned[f"{code}_link"]}


class PilotForm(Form):
    """The targets of a pilot plan, and the days on which report and fund concept were ready."""

    workshop = forms.IntegerField(label=gettext_lazy("Workshops to be held"), required=False, min_value=0, max_value=_MANY)
    briefing = forms.IntegerField(label=gettext_lazy("Online briefings to be held"), required=False, min_value=0, max_value=_MANY)
    signatories = forms.IntegerField(label=gettext_lazy("Signatories of the letter at least"), required=False, min_value=0, max_value=_MANY)
    initiative = forms.BooleanField(label=gettext_lazy("A joint initiative is to be held"), required=False, help_text=gettext_lazy("Which meeting it is stands among the essentials of the cluster."))
    report_by = forms.DateField(label=gettext_lazy("Report to be ready by"), required=False, widget=DayInput)
    report_on = forms.DateField(label=gettext_lazy("Report was ready on"), required=False, widget=DayInput)
    fund_concept_on = forms.DateField(label=gettext_lazy("Fund concept was ready on"), required=False, widget=DayInput)
    source = forms.CharField(label=gettext_lazy("Where these targets stand"), required=False, max_length=200, help_text=gettext_lazy("A document, such as the plan of a project."))
    source_link = forms.URLField(label=gettext_lazy("Link to it"), required=False, max_length=500, assume_scheme="https")
    source_on = forms.DateField(label=gettext_lazy("Its day"), required=False, widget=DayInput)

    def __init__(self, *args: Any, cluster: Cluster, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {name: date.fromisoformat(value) if name.endswith(("_by", "_on")) else value for name, value in cluster.pilot.items() if name in self.fields}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("source") and (cleaned.get("source_link") or cleaned.get("source_on")):
            self.add_error("source", ValidationError(_("Name the document this link or this day belongs to."), code="required"))
        return cleaned


class ComparisonForm(Form):
    """When a rule book was compared with its source, and what was seen; both empty: not compared."""

    on = forms.DateField(label=gettext_lazy("Compared on"), required=False, widget=DayInput)
    seen = forms.CharField(label=gettext_lazy("What was seen"), required=False, max_length=300, help_text=gettext_lazy("Which edition, which pages, what differs from the conditions above."))

    def __init__(self, *args: Any, kept: Comparison | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial = {"on": kept.on, "seen": kept.seen} if kept else {"on": timezone.localdate()}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        on, seen = cleaned.get("on"), cleaned.get("seen")
        if on and on > timezone.localdate():
            self.add_error("on", ValidationError(_("This day is yet to come."), code="future"))
        if "on" not in self.errors and bool(on) != bool(seen):
            self.add_error("seen" if on else "on", ValidationError(_("Give the day and what was seen, or neither."), code="pair"))
        return cleaned
