"""Every field a column of a file can be mapped to, and the headings of the columns our own error files add."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from osnowa.register import codes
from osnowa.register.queries.figures import GROUPS as FIGURE_GROUPS
from osnowa.register.queries.figures import MONEY, label

#: The headings of the columns which the file of rows to mend adds in front; a file that has them is such a file come back.
ROW_HEADING = _("Osnowa: row")
MEND_HEADING = _("Osnowa: what to mend")

#: Groups of fields, in the order in which people choose among them.
GROUPS: dict[str, Any] = {
    "name": _("Name and form"),
    "number": _("Numbers"),
    "parent": _("Legal person of a unit"),
    "life": _("Beginning and end"),
    "place": _("Place"),
    "work": _("Activity"),
    "contact": _("Contact"),
    "figures": _("Yearly figures"),
}
#: Figures that count in other ways than in whole things.
_KINDS = {
    "employees_fte": "decimal", "surplus": "balance", "surplus_reinvested_percent": "percent",
    "is_one_member_one_vote": "yes_no", "has_staff_body": "yes_no",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """What a column can mean: its label, the group it is offered in, and the kind of value its cells are read as."""

    code: str
    label: Any
    group: str
    kind: str

    @property
    def repeats(self) -> bool:
        """Whether several columns of one file may mean it."""
        return self.code in ("other_name", "activity", "website", "number")


_plain: list[tuple[str, Any, str, str]] = [
    ("legal_name", _("Legal name"), "name", "name"),
    ("short_name", _("Short name"), "name", "name"),
    ("other_name", _("Other name"), "name", "names"),
    ("kind", _("Legal person or unit"), "name", "kind"),
    ("legal_form", _("Legal form"), "name", "legal_form"),
    ("sector", _("Sector"), "name", "sector"),
    ("source_key", _("Number in the list itself"), "number", "key"),
    ("number", _("Official number of any kind"), "number", "number"),
    ("parent", _("Number of the legal person of a unit"), "parent", "key"),
    ("parent_name", _("Name of the legal person of a unit"), "parent", "name"),
    ("founded_on", _("Founded on"), "life", "date"),
    ("registered_on", _("Registered on"), "life", "date"),
    ("ended_on", _("Closed on"), "life", "date"),
    ("activity_status", _("Activity status"), "life", "status"),
    ("address", _("Whole address in one cell"), "place", "address"),
    ("street", _("Street and number"), "place", "street"),
    ("house_number", _("House number"), "place", "house_number"),
    ("postal_code", _("Postal code"), "place", "postal_code"),
    ("locality", _("Locality"), "place", "locality"),
    ("municipality", _("Municipality"), "place", "area"),
    ("municipality_code", _("Code of the municipality"), "place", "key"),
    ("county", _("County or district"), "place", "area"),
    ("province", _("Province or region"), "place", "area"),
    ("country", _("Country"), "place", "country"),
    ("lat", _("Latitude"), "place", "degrees"),
    ("lon", _("Longitude"), "place", "degrees"),
    ("activity", _("Activity code (NACE, PKD, SKD)"), "work", "activity"),
    ("about", _("Description"), "work", "text"),
    ("website", _("Website"), "contact", "website"),
    ("email", _("E-mail"), "contact", "email"),
    ("phone", _("Telephone"), "contact", "phone"),
    ("contact_name", _("Contact person"), "contact", "person"),
    ("visibility", _("Visibility"), "contact", "visibility"),
    ("year", _("Year of the figures"), "figures", "year"),
    ("as_of_on", _("Day of the figures"), "figures", "date"),
]


def _fields() -> Iterator[Field]:
    for code, said, group, kind in _plain:
        yield Field(code, said, group, kind)
        if code == "number":
            for row in codes.IDENTIFIERS:
                yield Field(f"number:{row.code}", lazy(codes.IDENTIFIERS.label, str)(row.code), group, "number")
    for name in (name for _key, _heading, names in FIGURE_GROUPS for name in names):
        yield Field(name, lazy(label, str)(name), "figures", _KINDS.get(name, "money" if name in MONEY else "count"))


FIELDS: dict[str, Field] = {field.code: field for field in _fields()}
#: The figures themselves, without the year and the day they are of.
FIGURES = frozenset(code for code, field in FIELDS.items() if field.group == "figures") - {"year", "as_of_on"}
