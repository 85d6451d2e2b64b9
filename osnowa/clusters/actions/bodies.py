"""Verbs of bodies and their terms, and of the rules of procedure. Entries hold roles and days, never names."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.actions.members import locked
from osnowa.clusters.models import Body, Cluster, Membership, Term
from osnowa.clusters.queries.rules import BODIES, BY_CODE
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused

FIELDS = ("name", "kind", "powers", "term_months", "seats", "order")
TERM_FIELDS = ("membership", "person_name", "role", "starts_on", "ends_on")


def _facts(it: Body) -> dict[str, Any]:
    return {name: getattr(it, name) for name in FIELDS}


@action("clusters.body_added", says=gettext_lazy("added a body to a cluster"))
def add_body(*, by: Any, cluster: Cluster, values: dict[str, Any]) -> Deed:
    """Adds a body behind the others; the same twice is one."""
    here = locked(cluster)
    if same := here.bodies.filter(**values).first():
        return Deed(here, {}, value=same)
    if values.get("kind") not in BODIES:
        raise Refused(_("Choose what kind of body it is."))
    made = Body.objects.create(cluster=here, **{"order": here.bodies.count(), **values})
    return Deed(here, {"body": [None, _facts(made)]}, place=here.region.slug, value=made)


@action("clusters.body_changed", says=gettext_lazy("changed a body of a cluster"))
def change_body(*, by: Any, body: Body, values: dict[str, Any]) -> Deed:
    """Changes what a body is, decides, and how many places it has."""
    before = _facts(body)
    for name, value in values.items():
        setattr(body, name, value)
    body.save()
    return Deed(body.cluster, differences(before, _facts(body)), place=body.cluster.region.slug, value=body)


@action("clusters.body_removed", says=gettext_lazy("removed a body of a cluster"))
def remove_body(*, by: Any, body: Body) -> Deed:
    """Takes away a body in which nobody ever sat; one that had members stays as history."""
    if body.terms.exists():
        raise Refused(_("Somebody sat in this body: it stays as history. End the terms instead."))
    cluster, before = body.cluster, _facts(body)
    body.delete()
    return Deed(cluster, {"body": [before, None]}, place=cluster.region.slug)


def _told(it: Term) -> list[str]:
    return [it.role, it.starts_on.isoformat(), it.ends_on.isoformat()]


def _check(it: Term) -> None:
    if it.ends_on < it.starts_on:
        raise Refused(_("The term ends before it begins. Look at the two days."))
    if not it.person_name.strip():
        raise Refused(_("Say who holds the place."))
    member = it.membership
    if member is not None and (member.cluster_id != it.body.cluster_id or member.state != Membership.State.MEMBER):
        raise Refused(_("Whoever sits for a member sits for one of today's members."))


@action("clusters.term_begun", says=gettext_lazy("noted a term in a body"))
def add_term(*, by: Any, body: Body, values: dict[str, Any]) -> Deed:
    """Notes who holds a place in a body from when until when; the same twice is one."""
    locked(body.cluster)
    same = body.terms.filter(**{name: values.get(name) or ("" if name in ("person_name", "role") else None) for name in TERM_FIELDS}).first()
    if same:
        return Deed(body, {}, value=same)
    made = Term(body=body, **values)
    _check(made)
    made.save()
    return Deed(body, {"term": [None, _told(made)]}, place=body.cluster.region.slug, value=made)


@action("clusters.term_changed", says=gettext_lazy("changed a term in a body"))
def change_term(*, by: Any, term: Term, values: dict[str, Any]) -> Deed:
    """Changes or prolongs a term; with another end it is reminded of anew."""
    before, end = _told(term), term.ends_on
    changed = sorted(name for name, value in values.items() if getattr(term, name) != value)
    for name in changed:
        setattr(term, name, values[name])
    if changed and changed != ["ends_on"]:
        _check(term)
    if term.ends_on < term.starts_on:
        raise Refused(_("The term ends before it begins. Look at the two days."))
    if term.ends_on != end:
        term.reminded_on = None
    term.save()
    return Deed(term.body, {"term": [before, _told(term)], "fields": [None, changed]} if changed else {}, place=term.body.cluster.region.slug, value=term)


@action("clusters.term_ended", says=gettext_lazy("ended a term in a body"))
def end_term(*, by: Any, term: Term, on: date) -> Deed:
    """Ends a term after this day; one that has not begun is taken away."""
    body, before = term.body, _told(term)
    if on < term.starts_on:
        term.delete()
        return Deed(body, {"term": [before, None]}, place=body.cluster.region.slug)
    term.ends_on = min(term.ends_on, on)
    term.save(update_fields=["ends_on"])
    return Deed(body, {"term": [before, _told(term)]} if before != _told(term) else {}, place=body.cluster.region.slug)


@action("clusters.rules_changed", says=gettext_lazy("changed the rules of procedure of a cluster"))
def change_rules(*, by: Any, cluster: Cluster, values: dict[str, Any]) -> Deed:
    """Lays rules down; a value of its own is kept even where it is the usual one, so that later usual values change nothing."""
    here = locked(cluster)
    unknown = sorted(set(values) - set(BY_CODE))
    if unknown:
        raise Refused(_("There is no such rule: %(codes)s.") % {"codes": ", ".join(unknown)})
    before = dict(here.rules)
    here.rules = before | values
    here.save(update_fields=["rules"])
    cluster.rules = here.rules
    return Deed(here, differences(before, here.rules), place=here.region.slug)
