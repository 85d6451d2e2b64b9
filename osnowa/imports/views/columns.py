"""What was understood of a file: its columns are looked at and corrected."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from osnowa.imports import access, actions
from osnowa.imports.forms.columns import ColumnsForm
from osnowa.imports.models import Import
from osnowa.imports.queries.pages import how_read
from osnowa.imports.queries.personal import MASK, is_personal, masked
from osnowa.imports.views.pages import steps
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.kit.reading import column_letters
from osnowa.ui.forms import refusals, status_of

_EXAMPLES = 3


@door(access.may_work_on, find=access.find_import)
def columns(request: HttpRequest, it: Import) -> HttpResponse:
    """Shows the first rows with what each column seems to mean, and takes what it does mean."""
    if it.state not in (Import.State.COLUMNS, Import.State.READY):
        raise Refused(_("The columns of this import cannot be chosen now: it is %(state)s.") % {"state": it.get_state_display()})
    number = _wanted_sheet(request, it)
    sheet = it.understood["sheets"][number]
    form = _form(request, it, number, sheet)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.choose_columns(
                by=request.user, it=it, sheet=number, header=None if form.cleaned_data["header"] < 0 else form.cleaned_data["header"],
                mapping=form.mapping(), subject=form.cleaned_data["subject"], settings=form.settings(),
            )  # fmt: skip
            return redirect(it.url)
    context = {
        "region": it.region, "it": it, "form": form, "sheet": sheet, "number": number, "columns": _columns(form, sheet),
        "steps": steps(it), "how_read": how_read(it),
        "others": [form[name] for name in ("header", "subject", "country", "legal_form", "is_whole", "only_here", "lenient")],
    }  # fmt: skip
    return render(request, "imports/columns.html", context, status=status_of(form))


def _wanted_sheet(request: HttpRequest, it: Import) -> int:
    """The sheet asked for; the one chosen before, else the likeliest."""
    usual = it.sheet if it.mapping else it.understood.get("likeliest", 0)
    asked = (request.POST if request.method == "POST" else request.GET).get("sheet", "")
    number = int(asked) if asked.isdecimal() else usual
    if number >= len(it.understood.get("sheets", [])):
        raise Refused(_("The file has no such sheet."))
    return number


def _form(request: HttpRequest, it: Import, number: int, sheet: dict[str, Any]) -> ColumnsForm:
    chosen = {int(column): code for column, code in it.mapping.items()} if number == it.sheet and it.mapping else {}
    mapping = chosen or {one["column"]: one["field"] for one in sheet["suggestions"]}
    usual = {"country": it.region.jurisdiction, "legal_form": "UNKNOWN", "only_here": False, "is_whole": True, "lenient": False}
    initial = usual | it.settings | {
        "header": 0 if sheet["header"] < 0 else sheet["first_line"] + sheet["header"],
        "subject": it.subject if chosen else sheet.get("subject") or it.subject,
    }  # fmt: skip
    return ColumnsForm(request.POST or None, region=it.region, sheet=sheet, mapping=mapping, initial=initial)


def _columns(form: ColumnsForm, sheet: dict[str, Any]) -> list[dict[str, Any]]:
    """Each column: its letter, heading, first values, its select, and why it was suggested."""
    why = {one["column"]: one for one in sheet["suggestions"]}
    return [
        {
            "letter": column_letters(column), "heading": name, "field": field, "suggestion": why.get(column, {}),
            "values": _examples(sheet["sample"], column, is_hidden=is_personal(name, field.value() or "")),
        }
        for column, name in enumerate(sheet["names"])
        for field in [form[f"column_{column}"]]
    ]  # fmt: skip


def _examples(sample: list[list[Any]], column: int, *, is_hidden: bool) -> list[str]:
    """The first different values of a column; a mask for what is personal."""
    values = (str(row[column]) for row in sample if column < len(row) and row[column] not in (None, ""))
    return list(dict.fromkeys(MASK if is_hidden else masked(value) for value in values))[:_EXAMPLES]
