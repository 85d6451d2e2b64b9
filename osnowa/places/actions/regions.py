"""Makes and changes a region, the coordinator's workspace."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.models import Region

#: Fields of a region that its settings change.
FIELDS = (
    "name", "names", "about", "languages", "currency", "jurisdiction", "vocabulary", "territory", "coordinator_name",
    "coordinator_email",
)  # fmt: skip


def region_facts(region: Region) -> dict[str, Any]:
    """What the journal keeps of a region."""
    facts = {name: getattr(region, name) for name in FIELDS if name != "territory"}
    return facts | {"territory": f"{region.territory.scheme} {region.territory.code}"}


def _write(region: Region, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        if name in values:
            setattr(region, name, values[name])
    if not region.languages:
        raise Refused(_("A region needs at least one language."))
    region.save()


@action("places.region_added", says=gettext_lazy("opened a region"))
def add_region(*, by: Person | None, slug: str, values: Mapping[str, Any]) -> Deed:
    """Opens a new workspace at an address of its own."""
    if Region.objects.filter(slug=slug).exists():
        raise Refused(_("There is a region at this address already."))
    region = Region(slug=slug)
    region.clean_fields(exclude=[field.name for field in Region._meta.fields if field.name != "slug"])
    _write(region, values)
    return Deed(region, differences({}, region_facts(region)), place=slug)


@action("places.region_changed", says=gettext_lazy("changed the settings of the region"))
def change_region(*, by: Person | None, region: Region, values: Mapping[str, Any]) -> Deed:
    """Changes the settings of a region; what is not named in `values` stays."""
    before = region_facts(Region.objects.select_related("territory").get(pk=region.pk))
    _write(region, values)
    return Deed(region, differences(before, region_facts(region)), place=region.slug)
