"""Words of the register for templates."""

from datetime import date
from typing import Any

from django import template
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.kit.codes import CodeList
from osnowa.register import codes
from osnowa.register.models import Organisation
from osnowa.register.queries.changes import label_of as field_label

register = template.Library()


@register.filter
def label_of(code: str, codelist: str) -> str:
    """{{ code|label_of:"legal_forms" }}: the label of a code in the reader's language."""
    rows: CodeList = getattr(codes, codelist.upper())
    return rows.label(code) if code else ""


@register.filter
def nace(code: str, version: str) -> str:
    """The label of a NACE code."""
    return codes.nace_label(version, code)


@register.filter
def is_date(value: Any) -> bool:
    return isinstance(value, date)


@register.filter
def day(text: str) -> str:
    """An ISO date as the reader writes dates."""
    found = parse_date(text)
    return date_format(found, "DATE_FORMAT") if found else text


@register.filter
def tone(status: str) -> str:
    """The tone of an activity status; the word always stands beside the colour."""
    return {"active": "good", "closed": "bad", "in_liquidation": "warn", "suspended": "warn"}.get(status, "plain")


@register.filter
def sources(organisation: Organisation) -> list[tuple[str, dict[str, Any]]]:
    """The facts of an organisation with their sources, by label; rows of figures and listings say theirs elsewhere."""
    together = organisation.provenance.get("*")
    named = ((field_label(name), source) for name, source in organisation.provenance.items() if ":" not in name and name != "*")
    return sorted(named, key=lambda pair: pair[0]) + ([(_("All other facts"), together)] if together else [])


@register.filter
def share(probability: float) -> str:
    """A probability in whole percent; below 100 as long as it is not certain."""
    return f"{min(99, int(probability * 100)) if probability < 1 else 100}%"
