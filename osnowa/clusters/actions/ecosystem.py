"""Verbs of the ecosystem: who plays which role is noted, changed and taken out."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Actor, Cluster
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.people.models import Person

FIELDS = ("role", "organisation", "name", "sector", "subregion", "note")


def _facts(actor: Actor) -> dict[str, Any]:
    return {name: str(value) if (value := getattr(actor, name)) is not None else None for name in FIELDS}


def _check(actor: Actor) -> None:
    if not actor.organisation and not actor.name:
        raise Refused(_("Say who it is: an organisation of the register, or a name."))
    others = Actor.objects.filter(cluster=actor.cluster, role=actor.role).exclude(pk=actor.pk)
    if others.filter(organisation=actor.organisation).exists() if actor.organisation else others.filter(organisation=None, name__iexact=actor.name).exists():
        raise Refused(_("It stands in this role already."))


@action("clusters.actor_added", says=gettext_lazy("added an actor to the ecosystem"))
def add_actor(*, by: Person | None, cluster: Cluster, values: Mapping[str, Any]) -> Deed:
    """Somebody plays a role; once in each role."""
    Cluster.objects.select_for_update().only("pk").get(pk=cluster.pk)
    made = Actor(cluster=cluster, **{name: values[name] for name in FIELDS if name in values})
    _check(made)
    made.save()
    return Deed(cluster, {"actor": [None, str(made)], "role": [None, made.role]}, place=cluster.region.slug, value=made)


@action("clusters.actor_changed", says=gettext_lazy("changed an actor of the ecosystem"))
def change_actor(*, by: Person | None, actor: Actor, values: Mapping[str, Any]) -> Deed:
    """Changes what is said of an actor."""
    before = _facts(actor)
    for name in FIELDS:
        if name in values:
            setattr(actor, name, values[name])
    _check(actor)
    actor.save()
    return Deed(actor.cluster, differences(before, _facts(actor)), place=actor.cluster.region.slug, value=actor)


@action("clusters.actor_removed", says=gettext_lazy("took an actor out of the ecosystem"))
def remove_actor(*, by: Person | None, actor: Actor) -> Deed:
    """Takes an actor out; the journal remembers who stood in which role."""
    said, role, cluster = str(actor), actor.role, actor.cluster
    actor.delete()
    return Deed(cluster, {"actor": [said, None], "role": [role, None]}, place=cluster.region.slug)
