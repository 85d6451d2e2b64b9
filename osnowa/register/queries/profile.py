"""Everything the page of one organisation shows to one person, in a constant number of queries."""

from typing import Any

from django.db.models import Case, CharField, Value, When
from django.utils import timezone

from osnowa.places.access import Anyone
from osnowa.register import access
from osnowa.register.models import Activity, Identifier, Organisation, ServiceArea
from osnowa.register.queries.figures import shown_figures
from osnowa.register.queries.listings import by_kind, shown_listings
from osnowa.register.queries.merges import taken_up
from osnowa.register.queries.recognitions import shown_recognitions


def of(person: Anyone, organisation: Organisation) -> dict[str, Any]:
    """The context of the organisation's page; what the person may not see is not in it."""
    region, today = organisation.region, timezone.localdate()
    levels = access.levels(person, region)
    may_edit = access.may_edit(person, organisation)
    if may_edit:
        levels = ("public", "members", "coordinator")
    figures = access.visible_figures(person, organisation)[:5]
    exact = access.may_see_exact_place(person, organisation)
    return {
        "region": organisation.region,
        "organisation": organisation,
        **_numbers_and_activities(organisation),
        "recognitions": shown_recognitions(access.visible_recognitions(person, organisation), may_edit, today),
        "listings": by_kind(shown_listings(access.visible_listings(person, organisation), region.currency, today)),
        "figures": shown_figures(figures, may_edit, region.currency),
        "contacts": access.visible_contacts(person, organisation),
        "merges": taken_up(organisation) if organisation.has_merged else [],  # type: ignore[attr-defined]
        "units": access.visible(person, organisation.region).filter(parent=organisation),
        "shows_exact_place": exact,
        "shows_parent": organisation.parent_id is None or organisation.parent.visibility in levels,  # type: ignore[union-attr]
        "may_edit": may_edit,
        "may_close": access.may_close(person, organisation),
        "may_merge": access.may_merge(person, organisation),
        "may_add_unit": access.may_add(person, organisation.region),
        "may_give_seats": access.may_give_seats(person, organisation),
    }


def _numbers_and_activities(organisation: Organisation) -> dict[str, list[Any]]:
    """Identifiers, activities and service areas in one query instead of three."""
    main = Case(When(is_main=True, then=Value("1")), default=Value(""), output_field=CharField())
    rows = organisation.identifiers.order_by().values_list(Value("identifiers"), "scheme", "value").union(
        organisation.activities.order_by().values_list(Value("activities"), "nace", main),
        organisation.service_areas.order_by().values_list(Value("service_areas"), "code", Value("")),
        all=True,
    )
    found: dict[str, list[Any]] = {"identifiers": [], "activities": [], "service_areas": []}
    for kind, code, value in sorted(rows):
        if kind == "identifiers":
            found[kind].append(Identifier(scheme=code, value=value))
        elif kind == "activities":
            found[kind].append(Activity(nace=code, is_main=bool(value)))
        else:
            found[kind].append(ServiceArea(code=code))
    found["activities"].sort(key=lambda activity: not activity.is_main)
    return found
