"""Persons in the register: the seats of an organisation, the views a person saved."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from osnowa.people.models import Person
from osnowa.people.queries import contribute
from osnowa.register.models import Organisation, OrganisationSeat, SavedView


def seats_in(organisation: Organisation) -> QuerySet[OrganisationSeat]:
    """All seats of an organisation with their holders: those that stand before those that ended."""
    seats = OrganisationSeat.objects.filter(organisation=organisation)
    return seats.select_related("person", "organisation__region").order_by("ended_reason", "role", "person__name")


@contribute("saved_views")
def saved_views_of(person: Person) -> list[dict[str, Any]]:
    """The views of directories a person saved, with their addresses."""
    views = SavedView.objects.filter(person=person).select_related("region")
    return [
        {
            "name": view.name,
            "address": f"{reverse('register:directory', kwargs={'region': view.region.slug})}?{view.query}",
        }
        for view in views
    ]
