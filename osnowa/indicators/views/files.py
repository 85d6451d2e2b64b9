"""Tables as files to take along."""

from typing import Any

from django.http import Http404, HttpResponse

from osnowa.indicators.queries.tables import Tables
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.places.models import Region
from osnowa.register import access


def find_file(person: Any, region: str, form: str) -> tuple[Region, str]:
    """A region, and the kind of file that is wanted of it; 404 where there is none of the kind."""
    if form not in sheets.CONTENT_TYPES:
        raise Http404
    return access.find_region(person, region), form


def as_file(name: str, form: str, tables: Tables) -> HttpResponse:
    """All tables as a workbook, or the first of them as CSV."""
    content = sheets.as_xlsx(tables) if form == "xlsx" else sheets.as_csv(*next(iter(tables.values())))
    return attached(content, f"{name}.{form}", sheets.CONTENT_TYPES[form])
