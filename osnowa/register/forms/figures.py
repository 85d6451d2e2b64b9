"""The form of yearly figures: four parts, definitions, the figures of the year before beside each field."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.register.forms.organisations import DateInput
from osnowa.register.models import Organisation, YearlyFigures
from osnowa.register.queries.figures import (
    GROUPS,
    MONEY,
    NOT_KNOWN,
    contradictions,
    label,
    number,
    shown_figures,
    sum_of_revenue,
)
from osnowa.ui.forms import ModelForm
from osnowa.ui.numbers import AmountField, WholeField

#: What each figure means, in plain words.
DEFINITIONS = {
    "employees": gettext_lazy("Persons employed on the day, whatever their hours. Count each person once."),
    "employees_fte": gettext_lazy("The same work as full-time jobs: two half-time jobs are 1."),
    "fte_note": gettext_lazy("Only if there are more full-time equivalents than persons."),
    "employees_contract": gettext_lazy("Of the employees: those with a contract of employment, not a civil-law contract."),
    "employees_at_risk": gettext_lazy("Of the employees: people of the groups the law names. Only the count, never who. 1 to 4 is not published."),
    "employees_disability": gettext_lazy("Of the employees: those with a certified disability. 1 to 4 is not published."),
    "employees_women": gettext_lazy("Of the employees."),
    "employees_under_30": gettext_lazy("Of the employees."),
    "employees_over_50": gettext_lazy("Of the employees: aged 50 and over."),
    "jobs_in_status": gettext_lazy("Jobs in the part of the organisation that has the status of a social enterprise."),
    "jobs_created": gettext_lazy("New jobs in the year."),
    "jobs_lost": gettext_lazy("Jobs that ended in the year and were not filled again."),
    "participants": gettext_lazy("People who took part in the year. 1 to 4 is not published."),
    "graduates": gettext_lazy("Of them: those who completed the programme. 1 to 4 is not published."),
    "employed_after": gettext_lazy("Of those who completed: those who found work. 1 to 4 is not published."),
    "beneficiaries": gettext_lazy("Different persons served in the year. Count each person once."),
    "volunteers": gettext_lazy("Different persons who gave time without pay in the year."),
    "volunteer_hours": gettext_lazy("All their hours in the year."),
    "revenue_total": gettext_lazy("All income of the year before costs. The six parts below add up to it."),
    "revenue_market": gettext_lazy("Sales to people and companies."),
    "revenue_public_contracts": gettext_lazy("Sales to public bodies, procurement and commissioned tasks that are paid for."),
    "revenue_grants": gettext_lazy("Subsidies and grants, public or private."),
    "revenue_donations": gettext_lazy("Gifts of money, tax assignments, collections."),
    "revenue_fees": gettext_lazy("Fees paid by members."),
    "revenue_other": gettext_lazy("Everything else, such as rent and interest."),
    "surplus": gettext_lazy("Income less costs. A loss has a minus in front."),
    "surplus_reinvested_percent": gettext_lazy("The share of the surplus put back into the aims of the organisation, 0 to 100."),
    "wage_lowest": gettext_lazy("Gross a month, for full-time work."),
    "wage_median": gettext_lazy("Gross a month: half of the employees earn less, half more."),
    "wage_highest": gettext_lazy("Gross a month, for full-time work."),
    "members_natural": gettext_lazy("On the day."),
    "members_legal": gettext_lazy("On the day."),
    "is_one_member_one_vote": gettext_lazy("Each member has one vote, whatever the share."),
    "has_staff_body": gettext_lazy("A body through which the staff is consulted."),
}  # fmt: skip
_YES_NO = ("is_one_member_one_vote", "has_staff_body")
_SIGNED = ("surplus",)


@dataclass(frozen=True)
class Part:
    """A part of the form with its heading."""

    key: str
    heading: str
    fields: list[forms.BoundField]


class FiguresForm(ModelForm):
    """The figures of one day. An empty field means that the figure is not known."""

    class Meta:
        model = YearlyFigures
        fields = ("as_of_on", "fte_note", "visibility", *(name for group in GROUPS for name in group[2]))
        widgets = {"as_of_on": DateInput()}

    def __init__(self, *args: Any, organisation: Organisation, previous: YearlyFigures | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.organisation, self.previous = organisation, previous
        for name in (name for group in GROUPS for name in group[2]):
            if name not in _YES_NO:
                self.fields[name] = _field(name, organisation.region.currency)
        for name in _YES_NO:
            self.fields[name].widget.choices = [("unknown", _("not known")), ("true", _("yes")), ("false", _("no"))]
        before = shown_figures([previous], True, organisation.region.currency).rows[0].cells if previous else {}
        for name, definition in DEFINITIONS.items():
            field, cell = self.fields[name], before.get(name)
            field.help_text = definition
            if previous and cell and cell.text != NOT_KNOWN:
                words = {"day": date_format(previous.as_of_on, "SHORT_DATE_FORMAT"), "figure": cell.text}
                field.help_text = format_lazy("{} {}", definition, _("On %(day)s: %(figure)s.") % words)
        self.fields["as_of_on"].help_text = _("The day the figures are true for. Sums are of the twelve months before it.")
        self.fields["visibility"].help_text = _("Who may read these figures.")

    @cached_property
    def parts(self) -> list[Part]:
        told = [Part("day", _("Day"), [self["as_of_on"], self["visibility"]])]
        for key, heading, names in GROUPS:
            fields = [self[name] for name in names]
            if key == "people":
                fields.insert(2, self["fte_note"])
            told.append(Part(key, str(heading), fields))
        return told

    @property
    def cross_foot(self) -> str:
        """The sum of the parts of the revenue as they now stand in the form, written out; a dash where none is known."""
        values: dict[str, int] = {}
        for name in MONEY:
            field = self.fields[name]
            try:
                values[name] = field.clean(self[name].value())
            except ValidationError:
                continue
        total = sum_of_revenue(values)
        return NOT_KNOWN if total is None else number(total)

    def clean_as_of_on(self) -> date:
        day: date = self.cleaned_data["as_of_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future. Figures are of a day that has been."))
        others = self.organisation.figures.filter(as_of_on=day).exclude(pk=self.instance.pk)
        if others.exists():
            raise ValidationError(_("There are figures of this day already. Edit those."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for wrong in contradictions(cleaned):
            self.add_error(wrong.field, wrong.message)
        if cleaned.get("as_of_on"):
            self.instance.year = cleaned["as_of_on"].year
        return cleaned


def _field(name: str, currency: str) -> forms.Field:
    words = f"{label(name)}, {currency}" if name in MONEY else label(name)
    if name == "employees_fte":
        return AmountField(label=words, required=False, min_value=0, max_digits=9)
    most = 100 if name.endswith("_percent") else 10**15 if name in MONEY else 2_000_000_000
    return WholeField(label=words, required=False, min_value=-most if name in _SIGNED else 0, max_value=most)
