"""From what a program sent to the values of the register's actions; everything wrong is told at once, each at its place."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.kit.codes import CodeList
from osnowa.kit.errors import Refused
from osnowa.opendata.api.bodies import Facts
from osnowa.opendata.api.problems import Problem
from osnowa.places.models import Region, Territory
from osnowa.places.queries import municipalities_of
from osnowa.register import codes
from osnowa.register.actions import checked_identifier
from osnowa.register.models import Organisation
from osnowa.ui.forms import personal_numbers

_SAME = ("legal_name", "short_name", "other_names", "founded_on", "registered_on", "activity_status", "about", "visibility")
_PLACE = ("street", "locality", "lat", "lon")
_web = URLValidator(["http", "https"])


class _Check:
    """The values so far, and what is wrong so far."""

    def __init__(self, region: Region, it: Organisation | None) -> None:
        self.region, self.it = region, it
        self.values: dict[str, Any] = {}
        self.wrong: list[dict[str, str]] = []

    def no(self, pointer: str, detail: str) -> None:
        self.wrong.append({"pointer": f"#/{pointer}", "detail": detail})

    def code(self, pointer: str, code: str, known: CodeList) -> None:
        if code not in known:
            self.no(pointer, _("There is no code “%(code)s” in this list.") % {"code": code})

    def codes(self, name: str, chosen: Iterable[str], known: CodeList) -> None:
        for at, code in enumerate(chosen):
            self.code(f"{name}/{at}", code, known)


def values_of(sent: Facts, region: Region, it: Organisation | None = None) -> dict[str, Any]:
    """The values as `add_organisation` and `change_organisation` take them, of what was named. A problem where any is wrong."""
    named = sent.model_fields_set
    check = _Check(region, it)
    check.values |= {name: getattr(sent, name) for name in _SAME if name in named}
    for name, step in _STEPS.items():
        if name in named:
            step(check, sent)
    _no_personal_numbers(check, sent.model_dump(exclude_unset=True, exclude={"identifiers", "parent"}), "")
    if check.wrong:
        raise Problem(422, errors=check.wrong)
    return check.values


def _no_personal_numbers(check: _Check, said: Any, pointer: str) -> None:
    """V18: no text holds the number of a person, here as in every form."""
    if isinstance(said, dict | list):
        for step, one in said.items() if isinstance(said, dict) else enumerate(said):
            _no_personal_numbers(check, one, f"{pointer}/{step}" if pointer else str(step))
    elif isinstance(said, str) and personal_numbers(said):
        check.no(pointer, _("This looks like the personal number of somebody (PESEL, EMŠO). Take it out: the register keeps none."))


def _form(check: _Check, sent: Facts) -> None:
    row = codes.LEGAL_FORMS.get(sent.legal_form)
    if row is None:
        return check.code("legal_form", sent.legal_form, codes.LEGAL_FORMS)
    check.values |= {"legal_form": row.code, "pes_category": row["pes_category"]}
    if "sector" not in sent.model_fields_set:
        check.values["sector"] = row["sector"]
    return None


def _sector(check: _Check, sent: Facts) -> None:
    check.code("sector", sent.sector, codes.SECTORS)
    check.values["sector"] = sent.sector


def _lists(check: _Check, sent: Facts) -> None:
    for name, known in (("economic_activity", codes.ECONOMIC_ACTIVITY), ("target_groups", codes.TARGET_GROUPS)):
        if name in sent.model_fields_set:
            check.codes(name, getattr(sent, name), known)
            check.values[name] = getattr(sent, name)


def _services(check: _Check, sent: Facts) -> None:
    check.codes("services", sent.services, codes.SERVICE_AREAS)
    check.values["service_areas"] = sent.services


def _activities(check: _Check, sent: Facts) -> None:
    version = check.it.nace_version if check.it else "2.1"
    check.codes("activities", [one.nace for one in sent.activities], codes.NACE[version])
    in_order = sorted(sent.activities, key=lambda one: not one.is_main)
    check.values["activities"] = [one.nace for one in in_order]


def _identifiers(check: _Check, sent: Facts) -> None:
    found: dict[str, str] = {}
    for at, one in enumerate(sent.identifiers):
        try:
            found[one.scheme] = checked_identifier(one.scheme, one.value)
        except Refused as no:
            check.no(f"identifiers/{at}/value", no.message)
    check.values["identifiers"] = found


def _links(check: _Check, sent: Facts) -> None:
    for at, one in enumerate(sent.links):
        check.code(f"links/{at}/kind", one.kind, codes.LINK_KINDS)
        try:
            _web(one.url)
        except ValidationError:
            check.no(f"links/{at}/url", _("%(item)s is not an address of a page.") % {"item": one.url})
    check.values["links"] = [{"kind": one.kind, "url": one.url} for one in sent.links]


def _place(check: _Check, sent: Facts) -> None:
    place, named = sent.place, sent.place.model_fields_set
    check.values |= {name: getattr(place, name) for name in _PLACE if name in named}
    if "is_hidden" in named:
        check.values["is_location_hidden"] = place.is_hidden
    if ("lat" in named) != ("lon" in named) or (place.lat is None) != (place.lon is None):
        check.no("place/lat", _("Give both coordinates or neither."))
    if "municipality" in named and place.municipality:
        found = Territory.objects.filter(scheme=place.municipality.scheme, code=place.municipality.code).first()
        if found is None:
            check.no("place/municipality", _("No code list knows this place."))
        check.values["municipality"] = found
    elif "municipality" in named:
        check.values["municipality"] = None
    if "postal_code" in named:
        _postal_code(check, place.postal_code.strip())


def _postal_code(check: _Check, code: str) -> None:
    """A code that serves one municipality names it; of several one has to be chosen."""
    if check.region.jurisdiction == "PL" and re.fullmatch(r"[0-9]{5}", code):
        code = f"{code[:2]}-{code[2:]}"
    check.values["postal_code"] = code
    served = municipalities_of(check.region.jurisdiction, code) if code else []
    if not served or check.values.get("municipality") in served:
        return
    if len(served) == 1:
        check.values["municipality"] = served[0]
    else:
        said = ngettext("This postal code serves %(n)s municipality. Choose it.", "This postal code serves %(n)s municipalities. Choose the right one.", len(served))
        check.no("place/municipality", said % {"n": len(served)})


_STEPS = {
    "legal_form": _form, "sector": _sector, "economic_activity": _lists, "target_groups": _lists, "services": _services,
    "activities": _activities, "identifiers": _identifiers, "links": _links, "place": _place,
}  # fmt: skip
