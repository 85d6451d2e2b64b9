"""A table as a file to take along."""

from django.http import HttpResponse

from osnowa.indicators.queries.tables import Tables
from osnowa.kit import sheets


def as_file(name: str, form: str, tables: Tables) -> HttpResponse:
    """All tables as a workbook, or the first of them as CSV."""
    content = sheets.as_xlsx(tables) if form == "xlsx" else sheets.as_csv(*next(iter(tables.values())))
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=sheets.CONTENT_TYPES[form], headers=headers)
