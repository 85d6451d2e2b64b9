"""What each column of a sheet means, what each row is, and how it is checked."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.imports.fields import FIELDS, GROUPS
from osnowa.imports.models import Import
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.ui.forms import Form

Choices = list[tuple[str, list[tuple[str, str]]]]


def grouped_fields(country: str) -> Choices:
    """The fields by group: [(heading, [(code, label)])]; numbers of other countries come last."""
    groups: dict[str, list[tuple[str, str]]] = {key: [] for key in GROUPS}
    foreign: list[tuple[str, str]] = []
    for field in FIELDS.values():
        scheme = codes.IDENTIFIERS.get(field.code.removeprefix("number:"))
        is_foreign = scheme is not None and scheme["country"] not in (country, "EU", "")
        (foreign if is_foreign else groups[field.group]).append((field.code, str(field.label)))
    return [*((str(GROUPS[key]), some) for key, some in groups.items()), (_("Numbers of other countries"), foreign)]


class FieldSelect(forms.Select):
    """A select of fields. A wide sheet has thousands of options in all, so they are written without a template each."""

    grouped: Choices = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = str(value or "")
        words = "".join(f' {key}="{escape(word)}"' for key, word in {**self.attrs, **(attrs or {})}.items())
        return mark_safe(f'<select name="{escape(name)}"{words}>{"".join(self._options(chosen))}</select>')

    def _options(self, chosen: str) -> Iterator[str]:
        yield self._option("", _("– leave out –"), chosen)
        for heading, some in self.grouped:
            yield f'<optgroup label="{escape(heading)}">'
            yield from (self._option(code, label, chosen) for code, label in some)
            yield "</optgroup>"

    @staticmethod
    def _option(code: str, label: str, chosen: str) -> str:
        return f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(label)}</option>'


class ColumnsForm(Form):
    """One select a column (`column_0` …), then what a row is and how rows are checked."""

    header = forms.IntegerField(
        label=gettext_lazy("Line with the headings"), min_value=0,
        help_text=gettext_lazy("As the spreadsheet numbers its lines; 0 where the list has no headings."),
    )  # fmt: skip
    subject = forms.ChoiceField(label=gettext_lazy("Each row is"), choices=Import.Subject.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(
        label=gettext_lazy("Country of the list"), help_text=gettext_lazy("For numbers, postal codes and dates where a row names no country.")
    )
    legal_form = forms.ChoiceField(
        label=gettext_lazy("Legal form, where a row does not say it"),
        help_text=gettext_lazy("Forms written in a column or in the name itself are found without this."),
    )  # fmt: skip
    is_whole = forms.BooleanField(
        label=gettext_lazy("This is the whole list"), required=False,
        help_text=gettext_lazy("What an earlier file of the list had and this one has not is proposed for closing. Nothing is closed by itself."),
    )  # fmt: skip
    only_here = forms.BooleanField(
        label=gettext_lazy("Only rows of this region"), required=False,
        help_text=gettext_lazy("Rows whose place is known to lie elsewhere are set aside."),
    )  # fmt: skip
    lenient = forms.BooleanField(
        label=gettext_lazy("Leave a wrong cell empty instead of stopping its row"), required=False,
        help_text=gettext_lazy("Only for cells that may be empty. What was wrong is told all the same."),
    )  # fmt: skip

    def __init__(self, *args: Any, region: Region, sheet: dict[str, Any], mapping: dict[int, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet
        grouped = grouped_fields(region.jurisdiction)
        for column, name in enumerate(sheet["names"]):
            select = FieldSelect()
            select.grouped = grouped
            field = forms.ChoiceField(label=name, required=False, choices=[("", ""), *FIELDS_ALONE], widget=select)
            field.initial = mapping.get(column, "")
            self.fields[f"column_{column}"] = field
        self._choose_country(region)

    def _choose_country(self, region: Region) -> None:
        known = {row["country"] for row in [*codes.LEGAL_FORMS, *codes.IDENTIFIERS]} - {"", "EU"} | {region.jurisdiction}
        country, form = self.fields["country"], self.fields["legal_form"]
        assert isinstance(country, forms.ChoiceField)
        assert isinstance(form, forms.ChoiceField)
        country.choices = [(code, code) for code in sorted(known)]
        rows = [row for row in codes.LEGAL_FORMS if row["kind"] != "collective" and row["country"] in (region.jurisdiction, "EU", "")]
        form.choices = [(row.code, row.label) for row in sorted(rows, key=lambda row: row.label)]

    def clean_header(self) -> int:
        """The index of the line among the rows of the sheet; -1 where there is none."""
        line, first = self.cleaned_data["header"], self.sheet["first_line"]
        if line and not first <= line <= first + max(self.sheet["header"], 0) + self.sheet["rows"]:
            raise ValidationError(_("The sheet has no such line."))
        return line - first if line else -1

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        used: dict[str, list[int]] = defaultdict(list)
        for column, code in self.mapping().items():
            used[code].append(column)
        for code, columns in used.items():
            if len(columns) > 1 and not FIELDS[code].repeats:
                for column in columns[1:]:
                    self.add_error(f"column_{column}", _("“%(field)s” is taken by another column.") % {"field": FIELDS[code].label})
        return given

    def mapping(self) -> dict[int, str]:
        """{column: field} of the columns that are not left out."""
        codes_by_column = ((column, self.cleaned_data.get(f"column_{column}", "")) for column in range(len(self.sheet["names"])))
        return {column: code for column, code in codes_by_column if code}

    def settings(self) -> dict[str, Any]:
        """How rows are checked, as the action takes it."""
        return {name: self.cleaned_data[name] for name in ("lenient", "only_here", "is_whole", "legal_form", "country")}


FIELDS_ALONE = [(code, code) for code in FIELDS]
