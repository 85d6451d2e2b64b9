"""What the register refuses to write about an organisation, whoever says it and by whichever way."""

import re
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_noop as _

from osnowa.kit.distances import kilometres
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.register import codes
from osnowa.register.models import Identifier, Organisation
from osnowa.register.queries.merges import merged_into_this

#: How postal codes are written; a country that is not here may write them as it likes.
POSTAL_CODES = {
    "PL": r"\d{2}-\d{3}", "SI": r"\d{4}", "ES": r"\d{5}", "IT": r"\d{5}", "HR": r"\d{5}", "HU": r"\d{4}", "FR": r"\d{5}",
    "BE": r"\d{4}", "FI": r"\d{5}", "DE": r"\d{5}", "AT": r"\d{4}",
}  # fmt: skip
#: No organisation of a register is older (the oldest companies of Europe are of the eleventh century).
EARLIEST_YEAR = 1000
#: A point farther from the middle of its municipality is a mistake: the largest reach some 100 km.
FARTHEST_KM = 120


@cache
def _rules_of(number: str) -> ModuleType:
    return import_module(f"stdnum.{number}")


def checked_identifier(scheme: str, value: str) -> str:
    """The number in its compact form. Refused where its check digit or its form is wrong (V1)."""
    row = codes.IDENTIFIERS.get(scheme)
    if row is None:
        raise Refused(Sentence(_("Unknown kind of number: %(scheme)s."), scheme=scheme))
    if not row["stdnum"]:
        spaceless = re.sub(r"\s", "", value)
        bare = spaceless.replace("-", "")
        number = spaceless if row["pattern"] and re.fullmatch(row["pattern"], spaceless) else bare
        if row["pattern"] and not re.fullmatch(row["pattern"], number):
            raise Refused(Sentence(_("%(number)s is not a %(kind)s: check how many digits it has."), number=value, kind=row.label))
        return number
    module = _rules_of(row["stdnum"])
    try:
        compact: str = module.compact(module.validate(value))
    except Exception as error:
        if error.__class__.__module__ != "stdnum.exceptions":
            raise
        raise Refused(
            Sentence(_("%(number)s is not a valid %(kind)s: its check digit or length is wrong. Compare it with the register."), number=value, kind=row.label)
        ) from None
    return compact


def checked(organisation: Organisation, identifiers: dict[str, str]) -> dict[str, str]:
    """The numbers in their compact form. Refused where a fact of the organisation cannot be true."""
    _check_parent(organisation)
    check_facts(organisation)
    return _checked_numbers(organisation, identifiers)


def check_facts(organisation: Any, today: date | None = None) -> None:
    """Refused where days or place of an organisation, or of anything with its fields, cannot be true; asks the database nothing.

    `today` spares looking at the clock for each of many.
    """
    _check_days(organisation, today or timezone.localdate())
    _check_place(organisation)


def _check_parent(organisation: Organisation) -> None:
    """V1: a unit has a parent, which is a legal person of its region; a legal person has none."""
    parent = organisation.parent
    if organisation.kind == Organisation.Kind.UNIT:
        if parent is None:
            raise Refused(Sentence(_("A unit needs the legal person it belongs to.")))
        if parent.kind == Organisation.Kind.UNIT or parent.pk == organisation.pk:
            raise Refused(Sentence(_("A unit belongs to a legal person, not to another unit.")))
        if parent.region_id != organisation.region_id:
            raise Refused(Sentence(_("A unit and its legal person belong to the same region.")))
    elif parent is not None:
        raise Refused(Sentence(_("A legal person belongs to nobody; only a unit has a parent.")))


def _check_days(organisation: Any, today: date) -> None:
    founded, registered = organisation.founded_on, organisation.registered_on
    for day in (founded, registered, organisation.last_confirmed_on):
        if day and day > today:
            raise Refused(Sentence(_("%(day)s lies in the future."), day=date_format(day)))
        if day and day.year < EARLIEST_YEAR:
            raise Refused(Sentence(_("%(year)s is too long ago: write the year with four digits."), year=day.year))
    if founded and registered and registered < founded:
        raise Refused(Sentence(_("It cannot be registered before it was founded: compare the two days.")))


def _check_place(organisation: Any) -> None:
    pattern = POSTAL_CODES.get(organisation.country)
    if organisation.postal_code and pattern and not re.fullmatch(pattern, organisation.postal_code):
        raise Refused(Sentence(_("%(code)s is not a postal code of this country."), code=organisation.postal_code))
    if organisation.lat is None or organisation.lon is None:
        return
    if not (-90 <= organisation.lat <= 90 and -180 <= organisation.lon <= 180):
        raise Refused(Sentence(_("There is no such point: latitude goes from −90 to 90, longitude from −180 to 180.")))
    town = organisation.municipality
    if town and town.lat is not None and town.lon is not None:
        away_km = round(kilometres(organisation.lat, organisation.lon, town.lat, town.lon))
        if away_km > FARTHEST_KM:
            raise Refused(
                Sentence(_("The point lies %(km)s km from %(town)s. Are latitude and longitude changed over?"), km=away_km, town=town.name)
            )


def _checked_numbers(organisation: Organisation, identifiers: dict[str, str]) -> dict[str, str]:
    """V1: valid numbers, each of one organisation, and none of a legal person with a unit."""
    valid = {scheme: checked_identifier(scheme, value) for scheme, value in identifiers.items() if value}
    for scheme, value in valid.items():
        row = codes.IDENTIFIERS[scheme]
        if organisation.kind == Organisation.Kind.UNIT and row["legal_person_only"] == "1":
            raise Refused(
                Sentence(_("A unit has no %(kind)s of its own: enter it with the legal person."), kind=row.label)
            )
        taken = Identifier.objects.filter(scheme=scheme, value=value).exclude(organisation_id=organisation.pk).first()
        if taken and (merged := merged_into_this(organisation, scheme, value)):
            raise Refused(
                Sentence(
                    _("%(kind)s %(number)s stands with “%(name)s”, which was merged into this record, and leads here already."),
                    kind=row.label, number=value, name=str(merged),
                )
            )  # fmt: skip
        if taken:
            raise Refused(
                Sentence(_("%(kind)s %(number)s already belongs to another record of the register."), kind=row.label, number=value)
            )
    return valid


