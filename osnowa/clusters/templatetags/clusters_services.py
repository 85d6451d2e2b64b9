"""Template words of services and money: lines that no longer stand, what needs mending in a form of rows."""

from collections.abc import Iterable

from django import template
from django.forms import BaseForm

from osnowa.clusters.models import Use

register = template.Library()


@register.filter
def is_gone(line: Use) -> bool:
    """Whether a line of the ledger is reversed, or itself reverses one."""
    return line.reverses_id is not None or hasattr(line, "reversed_by")


@register.simple_tag
def rows_errors(rows: Iterable[BaseForm]) -> list[tuple[str, str, str]]:
    """(id of the field, its label, what is wrong) of every error in rows."""
    return [(str(field.id_for_label), str(field.label), str(error)) for row in rows for field in row for error in field.errors]
