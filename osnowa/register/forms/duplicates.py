"""The form of a merge: which record stays, and whose word survives where they differ."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from osnowa.register.models import Organisation
from osnowa.register.queries.duplicates import Comparison
from osnowa.register.queries.merges import GONE, KEPT
from osnowa.ui.forms import Form


class MergeForm(Form):
    """Every choice is between the two records, by their keys: it stays right whichever of them is kept."""

    reason = forms.CharField(
        label=gettext_lazy("Note for the history"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, comparison: Comparison, **options: Any) -> None:
        super().__init__(*args, **options)
        self.comparison = comparison
        both = [(str(it.pk), str(it)) for it in comparison.records]
        self.fields["stays"] = forms.ChoiceField(
            label=gettext_lazy("Which record stays"), choices=both, widget=forms.RadioSelect, initial=str(comparison.stays)
        )
        for line in comparison.choices:
            self.fields[line.name] = forms.ChoiceField(
                label=line.label, choices=both, widget=forms.RadioSelect, initial=str(line.better)
            )

    def chosen(self) -> tuple[Organisation, Organisation, dict[str, str]]:
        """(the record that stays, the one that goes, whose word survives) as the action takes them."""
        first, second = self.comparison.records
        kept, gone = (first, second) if self.cleaned_data["stays"] == str(first.pk) else (second, first)
        return kept, gone, {
            line.name: KEPT if self.cleaned_data[line.name] == str(kept.pk) else GONE for line in self.comparison.choices
        }  # fmt: skip

    @property
    def lines(self) -> list[tuple[Any, str]]:
        """Each thing to choose, with the key of the record chosen."""
        return [(line, str(self[line.name].value() or "")) for line in self.comparison.choices]
