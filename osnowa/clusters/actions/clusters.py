"""Verbs of a cluster as a whole: it is made and changed, in its essentials and in its portrait."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Manager, Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Cluster
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.people.models import Person
from osnowa.places.models import Region

#: What stands in a column of the cluster.
PLAIN = (
    "name", "kind", "state", "is_public", "origin", "mission", "history", "borders", "priorities", "governance", "spaces", "legal_entity", "coordinator",
    "coordinator_name", "coordinator_fte", "innovation", "activities", "founded_on", "ended_on", "founding_until", "letter", "series", "initiative", "pilot",
)  # fmt: skip
#: What it is tied to in tables of their own.
SEVERAL = ("subregions", "rounds")
#: Words that begin other addresses under /clusters/.
RESERVED = frozenset({"new"})


def _fit(value: Any) -> Any:
    """A value fit for the journal."""
    if isinstance(value, Manager):
        return sorted(str(one) for one in value.all())
    if isinstance(value, Model):
        return str(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if isinstance(value, str | bool | int | dict | list) or value is None else str(value)


def _facts(cluster: Cluster, fields: Iterable[str]) -> dict[str, Any]:
    return {name: _fit(getattr(cluster, name)) for name in fields}


def _check(cluster: Cluster) -> None:
    if cluster.founded_on and cluster.ended_on and cluster.ended_on < cluster.founded_on:
        raise Refused(_("The cluster ends before it is founded. Look at the two dates."))
    if cluster.state == Cluster.State.ENDED and not cluster.ended_on:
        raise Refused(_("Say on which day the cluster ended."))


def _take(cluster: Cluster, values: Mapping[str, Any]) -> None:
    for name in PLAIN:
        if name in values:
            setattr(cluster, name, values[name])
    _check(cluster)
    cluster.save()
    for name in SEVERAL:
        if name in values:
            getattr(cluster, name).set(values[name])


@action("clusters.made", says=gettext_lazy("made a cluster"))
def make_cluster(*, by: Person | None, region: Region, values: Mapping[str, Any], is_invented: bool = False) -> Deed:
    """Makes a cluster; its address follows its first name and stays."""
    Region.objects.select_for_update().only("pk").get(pk=region.pk)
    taken = set(Cluster.objects.filter(region=region).values_list("slug", flat=True))
    made = Cluster(region=region, is_invented=is_invented, slug=address_word(values["name"], taken | RESERVED))
    _take(made, values)
    told = {name: fact for name, fact in _facts(made, values).items() if fact}
    return Deed(made, differences({}, told), place=region.slug)


@action("clusters.changed", says=gettext_lazy("changed a cluster"))
def change_cluster(*, by: Person | None, cluster: Cluster, values: Mapping[str, Any]) -> Deed:
    """Changes what is given and leaves the rest; the entry names what differs."""
    held = Cluster.objects.select_for_update(of=("self",)).select_related("region", "coordinator", "letter", "series", "initiative").get(pk=cluster.pk)
    before = _facts(held, values)
    _take(held, values)
    return Deed(held, differences(before, _facts(held, values)), place=held.region.slug)
