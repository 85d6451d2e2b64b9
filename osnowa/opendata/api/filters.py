"""The filters of the directory as words of an address. A code nobody knows is refused with where the known ones are told."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from osnowa.kit.codes import CodeList
from osnowa.opendata.api.problems import Problem
from osnowa.opendata.api.words import Code
from osnowa.places.models import Region, Subregion, Territory
from osnowa.register import codes

#: {filter of the directory: its name here}.
FACETS = {"form": "form", "status": "status", "sector": "sector", "area": "area", "service": "offering", "recognition": "recognition"}
#: {filter of the directory: (name of the code list, the list)}.
_LISTS: dict[str, tuple[str, CodeList]] = {
    "form": ("legal_forms", codes.LEGAL_FORMS), "status": ("activity_status", codes.ACTIVITY_STATUS), "sector": ("sectors", codes.SECTORS),
    "service": ("services", codes.SERVICE_AREAS), "recognition": ("recognitions", codes.RECOGNITIONS),
}  # fmt: skip


class Facets(Schema):
    """What organisations are chosen by, in the words of the directory's address."""

    form: list[Code] = Field([], description=gettext_noop("Legal form; several with the word repeated."), examples=[["PL-SPSOC"]])
    status: list[Code] = Field([], description=gettext_noop("Activity status, such as active; closed ones only where asked for."))
    sector: list[Code] = Field([], description=gettext_noop("Sector of the social economy."))
    area: list[Code] = Field([], description=gettext_noop("Code of one of the region's own divisions."))
    offering: list[Code] = Field([], alias="service", description=gettext_noop("Field of services."))
    recognition: list[Code] = Field([], description=gettext_noop("Status or certificate in force."))
    municipality: Code = Field("", description=gettext_noop("Code of the municipality (TERYT, LAU)."))

    def chosen(self) -> dict[str, tuple[str, ...]]:
        """{filter: its codes} of the filters that were used."""
        found = {name: tuple(filter(None, getattr(self, here))) for name, here in FACETS.items()}
        return {name: some for name, some in found.items() if some}


def check_codes(request: HttpRequest, region: Region, facets: Facets) -> None:
    """A problem that names every code nobody knows, each with the address where the known ones are told."""
    wrong: list[dict[str, str]] = []
    for name, some in facets.chosen().items():
        if name in _LISTS:
            listed, known = _LISTS[name]
            wrong += _unknown(name, (one for one in some if one not in known), _address(request, "data:api_code_list", listed))
        else:
            own = set(Subregion.objects.filter(region=region, code__in=some).values_list("code", flat=True))
            wrong += _unknown(name, (one for one in some if one not in own), _address(request, "data:api_region", region.slug))
    town = facets.municipality
    if town and not Territory.objects.filter(code=town).exists():
        wrong += _unknown("municipality", [town], _address(request, "data:api_places"))
    if wrong:
        raise Problem(422, errors=wrong)


def unknown_code(request: HttpRequest, parameter: str, code: str, known: str) -> Problem:
    """A code that stands in no list; `known` is the address where the known ones are told."""
    return Problem(422, errors=_unknown(parameter, [code], request.build_absolute_uri(known)))


def _unknown(parameter: str, some: Iterable[str], known: str) -> list[dict[str, str]]:
    said = _("There is no code “%(code)s” here. The known ones are told at %(address)s.")
    return [{"parameter": parameter, "value": code, "detail": said % {"code": code, "address": known}, "known": known} for code in some]


def _address(request: HttpRequest, name: str, *args: Any) -> str:
    return request.build_absolute_uri(reverse(name, args=args))
