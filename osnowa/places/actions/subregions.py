"""Draws, redraws and removes a region's own divisions."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.models import Subregion, Territory
from osnowa.places.queries.municipalities import municipalities_in


def subregion_facts(subregion: Subregion) -> dict[str, Any]:
    """What the journal keeps of a subregion; its municipalities by code."""
    facts = {name: getattr(subregion, name) for name in ("kind", "code", "name", "notes", "order")}
    return facts | {"municipalities": sorted(subregion.municipalities.values_list("code", flat=True))}


def _check(subregion: Subregion, chosen: list[Territory]) -> None:
    """Refused where a municipality lies outside the region, or in another subregion of the same kind."""
    inside = set(municipalities_in(subregion.region).values_list("pk", flat=True))
    outside = [one.name for one in chosen if one.pk not in inside]
    if outside:
        raise Refused(_("Not a municipality of this region: %(names)s.") % {"names": ", ".join(outside)})
    siblings = Subregion.objects.filter(region=subregion.region, kind=subregion.kind).exclude(pk=subregion.pk)
    taken = Subregion.municipalities.through.objects.filter(subregion__in=siblings, territory__in=chosen)
    named = [f"{name} ({of})" for name, of in taken.values_list("territory__name", "subregion__name")[:10]]
    if named:
        raise Refused(
            _("A municipality lies in one subregion of a kind only. Already elsewhere: %(names)s.")
            % {"names": ", ".join(sorted(named))}
        )
    if Subregion.objects.filter(region=subregion.region, code=subregion.code).exclude(pk=subregion.pk).exists():
        raise Refused(_("Another subregion of this region has this code."))


@action("places.subregion_saved", says=gettext_lazy("saved a subregion"))
def save_subregion(*, by: Person | None, subregion: Subregion, municipalities: Iterable[Territory]) -> Deed:
    """Adds or changes a subregion together with its municipalities."""
    chosen = list(municipalities)
    before = subregion_facts(Subregion.objects.get(pk=subregion.pk)) if subregion.pk else {}
    _check(subregion, chosen)
    subregion.save()
    subregion.municipalities.set(chosen)
    return Deed(subregion, differences(before, subregion_facts(subregion)), place=subregion.region.slug)


@action("places.subregion_removed", says=gettext_lazy("removed a subregion"))
def remove_subregion(*, by: Person | None, subregion: Subregion) -> Deed:
    """Removes a division; its municipalities stay, the journal keeps which they were."""
    gone = {name: [value, None] for name, value in subregion_facts(subregion).items()}
    stub = Subregion(pk=subregion.pk, name=subregion.name)
    place = subregion.region.slug
    subregion.delete()
    return Deed(stub, gone, place=place)
