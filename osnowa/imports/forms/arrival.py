"""How a list arrives: as a file, or copied from a spreadsheet."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.imports.models import Import
from osnowa.imports.storing import disk_full
from osnowa.kit.reading.safety import MB, MOST_BYTES
from osnowa.ui.forms import Form

#: What the window for choosing a file offers first; any other file may be tried too.
_ENDINGS = ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt,.json,.geojson,.html,.htm"


class Pasted(forms.Field):
    """Text copied from a spreadsheet. The import looks through its cells one by one, so nothing is refused as a whole."""

    widget = forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"})


class ArrivalForm(Form):
    """The name of the list, and the list itself in one of two ways. A file of mended rows keeps the name of its list."""

    source_name = forms.CharField(
        label=gettext_lazy("Name of the list"), max_length=120,
        help_text=gettext_lazy("The same name next year: what its columns mean is remembered, and what changed is found."),
        widget=forms.TextInput(attrs={"list": "known-lists", "autocomplete": "off"}),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("File"), required=False, allow_empty_file=True,
        help_text=format_lazy(
            gettext_lazy("XLSX, XLS, ODS, CSV, TSV, GeoJSON, or an HTML page with a table; at most {size} MB."), size=MOST_BYTES // MB
        ),
        widget=forms.FileInput(attrs={"accept": _ENDINGS}),
    )  # fmt: skip
    text = Pasted(
        label=gettext_lazy("Or paste from a spreadsheet"), required=False,
        help_text=gettext_lazy("Mark the cells with their headings, copy, and paste them here."),
    )  # fmt: skip

    def __init__(self, *args: Any, mends: Import | None = None, was_dropped: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.was_dropped = was_dropped
        if mends:
            del self.fields["source_name"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        file, text = given.get("file"), str(given.get("text") or "").strip()
        if self.was_dropped:
            self.add_error("file", str(disk_full()))
        elif not file and not text and "file" not in self.errors:
            self.add_error("file", _("Choose a file, or paste the rows below."))
        elif file and text:
            self.add_error("text", _("Either a file or pasted rows: take one of them away."))
        return given
