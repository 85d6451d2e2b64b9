"""Members of the pilot: founding ones from the letter in one deed, ordinary ones later, a candidate, one who left."""

from datetime import date

from django.utils import translation

from osnowa.agreements.models import Signatory
from osnowa.clusters.actions.clusters import change_cluster
from osnowa.clusters.actions.mandates import add_mandate
from osnowa.clusters.actions.members import (
    add_candidates,
    apply,
    decide,
    end_membership,
    renew,
    take_signatories,
    tick_steps,
)
from osnowa.clusters.models import Membership
from osnowa.register.models import Organisation, Visibility
from osnowa.sample.pilot.stage import Pilot

_STEPS = ("decision_sent", "rules_given", "mandate_named", "record_confirmed")
_MANDATE_UNTIL = date(2027, 12, 10)
#: Of the founding members so many have renewed for the second year; with the others it is due.
_RENEWED = 14


def take(pilot: Pilot) -> None:
    """Who signed becomes a founding member; each names who acts for it and is received."""
    day = pilot.words["members"]["taken_on"]
    with pilot.on(day), translation.override("pl"):
        made = take_signatories(by=pilot.by, cluster=pilot.cluster)
        for number, it in enumerate(made):
            it.cluster = pilot.cluster
            signer = it.signatory
            values = {"person_name": signer.person_name, "function": signer.function, "basis": signer.basis, "valid_from": date.fromisoformat(day), "valid_to": _MANDATE_UNTIL}
            add_mandate(by=pilot.by, membership=it, values=values)
            tick_steps(by=pilot.by, membership=it, steps=_STEPS[: 4 if number % 5 else 2])
        pilot.cluster = change_cluster(by=pilot.by, cluster=pilot.cluster, values={"founded_on": date.fromisoformat(day)})
    with pilot.on(pilot.words["cluster"]["running_on"]):
        pilot.cluster = change_cluster(by=pilot.by, cluster=pilot.cluster, values={"state": "running"})


def go_on(pilot: Pilot) -> None:
    """The later joiner and one that applied are ordinary; one is a candidate; who withdrew from the letter left."""
    words = pilot.words["members"]
    with pilot.on(pilot.words["letter"]["joined_on"], 12), translation.override("pl"):
        take_signatories(by=pilot.by, cluster=pilot.cluster)
    there = Organisation.objects.filter(region=pilot.region, visibility=Visibility.PUBLIC, ended_on=None, kind="legal_person", registered_on__lt="2025-01-01")
    fresh = list(there.filter(memberships=None, signatures=None, sector="civil_society").order_by("slug")[:2])
    with pilot.on(words["applied_on"]):
        it = apply(by=pilot.by, cluster=pilot.cluster, organisation=fresh[0], on=date.fromisoformat(words["applied_on"]))
    it.cluster = pilot.cluster
    with pilot.on(words["decided_on"]):
        decide(by=pilot.by, membership=it, is_accepted=True, on=date.fromisoformat(words["decided_on"]), decision=words["decision"])
    _leave(pilot)
    with pilot.on(words["candidate_on"]):
        add_candidates(by=pilot.by, cluster=pilot.cluster, organisations=[fresh[1]])


def _leave(pilot: Pilot) -> None:
    day = pilot.words["letter"]["withdrawn_on"]
    gone = pilot.cluster.memberships.select_related("organisation").get(signatory__state=Signatory.State.WITHDRAWN)
    gone.cluster = pilot.cluster
    with pilot.on(day, 12):
        end_membership(by=pilot.by, membership=gone, on=date.fromisoformat(day), ending=Membership.Ending.OWN)


def renew_most(pilot: Pilot) -> None:
    """Most founding members have renewed for the second year."""
    with pilot.on("2026-10-20"):
        rows = pilot.cluster.memberships.filter(state=Membership.State.MEMBER, joined_on__lt="2025-12-01").order_by("pk")
        for it in rows.select_related("organisation", "tier")[:_RENEWED]:
            it.cluster = pilot.cluster
            renew(by=pilot.by, membership=it, on=date(2026, 10, 20))
