"""What the other answers lean on: places of the official lists, code lists, indicators and their values."""

from typing import Annotated, Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router
from pydantic import Field

from osnowa.indicators.models import Indicator, Value
from osnowa.kit.codes import CodeList
from osnowa.kit.words import fold
from osnowa.opendata.api import shapes
from osnowa.opendata.api.answers import told
from osnowa.opendata.api.filters import unknown_code
from osnowa.opendata.api.organisations import Paging
from osnowa.opendata.api.paging import Step, counted, next_address, page_of
from osnowa.opendata.api.problems import Problem, wrong_parameter
from osnowa.opendata.api.words import Code, Word
from osnowa.places.models import Territory
from osnowa.register import codes

router = Router(tags=["lists"])
_DAY = 86_400
CODE_LISTS: dict[str, CodeList] = {
    "activity_status": codes.ACTIVITY_STATUS, "economic_activity": codes.ECONOMIC_ACTIVITY, "end_reasons": codes.END_REASONS,
    "geo_precision": codes.GEO_PRECISION, "identifiers": codes.IDENTIFIERS, "legal_forms": codes.LEGAL_FORMS,
    "link_kinds": codes.LINK_KINDS, "nace_2.1": codes.NACE["2.1"], "nace_2": codes.NACE["2"], "need_types": codes.NEED_TYPES,
    "ps_goals": codes.PS_GOALS, "ps_regimes": codes.PS_REGIMES, "recognitions": codes.RECOGNITIONS,
    "recognition_states": codes.RECOGNITION_STATES, "resource_types": codes.RESOURCE_TYPES, "sectors": codes.SECTORS,
    "services": codes.SERVICE_AREAS, "sources": codes.SOURCES, "target_groups": codes.TARGET_GROUPS, "units": codes.UNITS,
    "urgency": codes.URGENCY, "visibility": codes.VISIBILITY,
}  # fmt: skip


class Where(Paging):
    q: Word = Field("", description=gettext_noop("The beginning of a name, or a code."))
    scheme: Code = Field("", description=gettext_noop("Code list: NUTS, TERYT or LAU."))
    parent: Code = Field("", description=gettext_noop("Code of the place above."))
    level: Annotated[int, Field(ge=0, le=9)] | None = Field(None, description=gettext_noop("Level in its list, 0 is the country."))


def _place(it: Territory) -> dict[str, Any]:
    above = it.parent
    return {
        "scheme": it.scheme, "code": it.code, "name": it.name, "kind": it.kind, "level": it.level, "nuts3": it.nuts3,
        "lat": it.lat, "lon": it.lon,
        "parent": {"scheme": above.scheme, "code": above.code, "name": above.name} if above else None,
    }  # fmt: skip


@router.get(
    "/places", url_name="api_places", response=shapes.Places, summary=gettext_noop("Places of the official lists"),
    description=gettext_noop("NUTS regions, counties and municipalities by name or code."),
)  # fmt: skip
def places(request: HttpRequest, where: Query[Where]) -> HttpResponse:
    _check_where(request, where)
    found = Territory.objects.all()
    if where.q:
        name = fold(where.q)
        found = found.filter(Q(code__iexact=where.q) | Q(name_fold__startswith=name)) if name else found.filter(code__iexact=where.q)
    for field, value in (("scheme", where.scheme), ("parent__code", where.parent), ("level", where.level)):
        found = found.filter(**{field: value}) if value not in ("", None) else found
    keys, cursor = page_of(found, (Step("level"), Step("name_fold"), Step("pk")), "places", where.after, where.limit)
    rows = Territory.objects.select_related("parent").in_bulk(keys)
    page = {"items": [_place(rows[key]) for key in keys], "next": next_address(request, cursor), "count": counted(found, where.after)}
    return told(request, page, good_for=_DAY)


def _check_where(request: HttpRequest, where: Where) -> None:
    if where.scheme and where.scheme not in Territory.Scheme.values:
        raise wrong_parameter("scheme", _("This is one of: %(expected)s.") % {"expected": ", ".join(Territory.Scheme.values)})
    if where.parent and not Territory.objects.filter(code=where.parent).exists():
        raise unknown_code(request, "parent", where.parent, reverse("data:api_places"))


@router.get(
    "/places/{scheme}/{code}", url_name="api_place", response=shapes.PlaceOfList, summary=gettext_noop("One place"),
    description=gettext_noop("A place by its list and its code."),
)  # fmt: skip
def place(request: HttpRequest, scheme: Code, code: Code) -> HttpResponse:
    it = Territory.objects.select_related("parent").filter(scheme=scheme.upper(), code=code).first()
    if it is None:
        raise Problem(404)
    return told(request, _place(it), good_for=_DAY)


@router.get(
    "/code-lists", url_name="api_code_lists", response=shapes.CodeLists, summary=gettext_noop("Code lists"),
    description=gettext_noop("The lists from which organisations take their codes: legal forms, sectors, services, statuses …"),
)  # fmt: skip
def code_lists(request: HttpRequest) -> HttpResponse:
    def address(name: str) -> str:
        return request.build_absolute_uri(reverse("data:api_code_list", args=[name]))

    items = [{"name": name, "codes": address(name), "count": len(rows.rows)} for name, rows in CODE_LISTS.items()]
    return told(request, {"items": items, "next": None, "count": len(items)}, good_for=_DAY)


@router.get(
    "/code-lists/{name}", url_name="api_code_list", response=shapes.CodeRows, summary=gettext_noop("The codes of a list"),
    description=gettext_noop("Each code with its labels in three languages."),
)  # fmt: skip
def code_list(request: HttpRequest, name: Code) -> HttpResponse:
    if name not in CODE_LISTS:
        raise Problem(404)
    items = [{"code": row.code, "labels": row.labels, "more": row.more} for row in CODE_LISTS[name]]
    return told(request, {"items": items, "next": None, "count": len(items)}, good_for=_DAY)


@router.get(
    "/indicators", url_name="api_indicators", response=shapes.Indicators, summary=gettext_noop("Indicators"),
    description=gettext_noop("The numbers about regions kept here, with definition and unit."),
)  # fmt: skip
def indicators(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    everyone = Indicator.objects.all()
    keys, cursor = page_of(everyone, (Step("code"), Step("pk")), "indicators", paging.after, paging.limit)
    rows = Indicator.objects.in_bulk(keys)
    items = [
        {name: getattr(rows[key], name) for name in ("code", "name", "names", "definition", "unit", "polarity", "theme")}
        | {"values": request.build_absolute_uri(reverse("data:api_indicator_values", args=[rows[key].code]))}
        for key in keys
    ]
    page = {"items": items, "next": next_address(request, cursor), "count": counted(everyone, paging.after)}
    return told(request, page)


class Which(Paging):
    geo: Code = Field("", description=gettext_noop("Code of the place, such as PL63."))
    period: Code = Field("", description=gettext_noop("Period: 2024, 2024-Q3, 2024-06."))


@router.get(
    "/indicators/{path:code}/values", url_name="api_indicator_values", response=shapes.IndicatorValues,
    summary=gettext_noop("Values of an indicator"),
    description=gettext_noop("The newest value of each place and period, with its source; null where the source says that there is none."),
)  # fmt: skip
def indicator_values(request: HttpRequest, code: Word, which: Query[Which]) -> HttpResponse:
    it = Indicator.objects.filter(code=code).first()
    if it is None:
        raise Problem(404)
    found = Value.objects.filter(indicator=it, is_newest=True)
    if which.geo and not found.filter(geo=which.geo).exists():
        raise unknown_code(request, "geo", which.geo, reverse("data:api_indicator_values", args=[code]))
    for field, value in (("geo", which.geo), ("period", which.period)):
        found = found.filter(**{field: value}) if value else found
    keys, cursor = page_of(found, (Step("geo"), Step("period"), Step("pk")), "values", which.after, which.limit)
    rows = Value.objects.select_related("release").in_bulk(keys)
    items = [
        {name: getattr(rows[key], name) for name in ("geo", "geo_name", "period", "value", "flag")}
        | {"source": rows[key].release.source, "licence": rows[key].release.licence}
        for key in keys
    ]
    page = {"items": items, "next": next_address(request, cursor), "count": counted(found, which.after)}
    return told(request, page)
