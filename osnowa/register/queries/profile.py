"""Everything the page of one organisation shows to one person, in a constant number of queries."""

from typing import Any

from osnowa.places.access import Anyone
from osnowa.register import access
from osnowa.register.models import Organisation


def of(person: Anyone, organisation: Organisation) -> dict[str, Any]:
    """The context of the organisation's page; what the person may not see is not in it."""
    levels = access.levels(person, organisation.region)
    may_edit = access.may_edit(person, organisation)
    if may_edit:
        levels = ("public", "members", "coordinator")
    contacts = organisation.contacts.all()
    if not access.may_see_contacts(person, organisation):
        contacts = contacts.filter(may_publish=True)
    exact = access.may_see_exact_place(person, organisation)
    return {
        "region": organisation.region,
        "organisation": organisation,
        "identifiers": organisation.identifiers.all(),
        "activities": organisation.activities.all(),
        "service_areas": organisation.service_areas.all(),
        "recognitions": organisation.recognitions.all(),
        "listings": organisation.listings.filter(visibility__in=levels),
        "figures": organisation.figures.filter(visibility__in=levels)[:5],
        "contacts": contacts,
        "units": access.visible(person, organisation.region).filter(parent=organisation),
        "shows_exact_place": exact,
        "shows_parent": organisation.parent_id is None or organisation.parent.visibility in levels,  # type: ignore[union-attr]
        "may_edit": may_edit,
        "may_close": access.may_close(person, organisation),
        "may_add_unit": access.may_add(person, organisation.region),
        "may_give_seats": access.may_give_seats(person, organisation),
    }
