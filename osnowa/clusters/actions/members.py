"""Verbs of the path of a member: candidate, application, decision, renewal, leaving; how it is received."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.models import Signatory
from osnowa.agreements.queries.signing import last_day
from osnowa.clusters.actions.members_letters import write_soon
from osnowa.clusters.models import Cluster, FeeTier, Membership
from osnowa.clusters.queries.members import next_renewal
from osnowa.clusters.queries.rules import onboarding_steps, rule
from osnowa.compute.membership import months_before
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.register.models import Organisation

State = Membership.State
#: A first day of membership lies at most so far ahead of the decision.
_LATEST = timedelta(days=366)


def locked(cluster: Cluster) -> Cluster:
    """The cluster, held until the transaction ends, so that nobody becomes a member twice."""
    found = Cluster.objects.select_for_update(of=("self",)).select_related("region", "letter").get(pk=cluster.pk)
    found.region = cluster.region
    return found


def held(it: Membership) -> Membership:
    """The membership as it stands, held until the transaction ends."""
    found = Membership.objects.select_for_update(of=("self",)).select_related("organisation", "tier").get(pk=it.pk)
    found.cluster = it.cluster
    return found


def facts(it: Membership) -> dict[str, Any]:
    """The facts of a path, fit for the journal."""
    days = ("applied_on", "decided_on", "joined_on", "renewed_on", "renew_by", "left_on")
    found: dict[str, Any] = {name: day.isoformat() if (day := getattr(it, name)) else None for name in days}
    return found | {"state": it.state, "is_supporting": it.is_supporting, "decision": it.decision, "ending": it.ending, "tier": str(it.tier) if it.tier else ""}


def deed_of(it: Membership, before: dict[str, Any]) -> Deed:
    """What changed in a path."""
    return Deed(it, differences(before, facts(it)), place=it.cluster.region.slug)


def _open(cluster: Cluster) -> dict[int, Membership]:
    """{organisation: its membership} of those on the path or members."""
    rows = cluster.memberships.exclude(state__in=(State.LEFT, State.REFUSED)).select_related("organisation", "tier")
    return {it.organisation_id: it for it in rows}


def _check_day(day: date, *, after: date | None, early: str) -> None:
    if day > timezone.localdate():
        raise Refused(_("This day is still to come: %(day)s. Note what has happened once it has.") % {"day": date_format(day)})
    if after is not None and day < after:
        raise Refused(early)


@action("clusters.candidates_added", says=gettext_lazy("added candidates to a cluster"))
def add_candidates(*, by: Any, cluster: Cluster, organisations: Iterable[Organisation]) -> Deed:
    """Puts organisations on the list of candidates; who is on the path or a member already stays as it is."""
    here = locked(cluster)
    known = _open(here)
    chosen = {it.pk: it for it in organisations}
    if any(it.region_id != here.region_id for it in chosen.values()):
        raise Refused(_("Candidates are organisations of this region's register."))
    made = [Membership.objects.create(cluster=here, organisation=it) for key, it in chosen.items() if key not in known]
    count = sum(it.state == State.CANDIDATE for it in known.values())
    changes: dict[str, list[Any]] = {"candidates": [count, count + len(made)], "organisations": [None, [it.organisation.slug for it in made]]} if made else {}
    return Deed(here, changes, place=here.region.slug, value=made)


@action("clusters.signatories_taken", says=gettext_lazy("took the signatories of the letter as members"))
def take_signatories(*, by: Any, cluster: Cluster) -> Deed:
    """Makes every organisation that signed the letter a member since the day of its signature; returns the memberships.

    Class follows from that day (V10); where the cluster has no cut-off yet it takes that of the letter. Who left since stays out.
    """
    here = locked(cluster)
    if here.letter is None:
        raise Refused(_("No letter belongs to this cluster yet. Choose it among the essentials first."))
    _take_cut_off(here)
    known, gone = _open(here), _gone(here)
    made = [_sign_up(here, it, known.get(it.organisation_id or 0)) for it in _signed(here) if _may_sign_up(it, known, gone)]
    count = here.memberships.filter(state=State.MEMBER).count()
    changes: dict[str, list[Any]] = {"members": [count - len(made), count], "organisations": [None, [it.organisation.slug for it in made]]} if made else {}
    return Deed(here, changes, place=here.region.slug, value=made)


def _signed(cluster: Cluster) -> list[Signatory]:
    rows = Signatory.objects.filter(agreement=cluster.letter, state=Signatory.State.SIGNED, organisation__region=cluster.region, organisation__merged_into=None)
    return list(rows.select_related("organisation").order_by("signed_on", "pk"))


def _gone(cluster: Cluster) -> dict[int, date]:
    """{organisation: the latest day on which it left or was refused}."""
    rows = cluster.memberships.filter(state__in=(State.LEFT, State.REFUSED)).values_list("organisation", "left_on", "decided_on")
    found: dict[int, date] = {}
    for organisation, left_on, decided_on in rows:
        found[organisation] = max(found.get(organisation, date.min), left_on or decided_on or date.min)
    return found


def _may_sign_up(it: Signatory, known: dict[int, Membership], gone: dict[int, date]) -> bool:
    assert it.organisation_id is not None, "only of the register"
    there = known.get(it.organisation_id)
    is_out = it.organisation_id in gone and (it.signed_on is None or gone[it.organisation_id] >= it.signed_on)
    return it.signed_on is not None and not is_out and (there is None or there.state != State.MEMBER)


def _sign_up(cluster: Cluster, it: Signatory, there: Membership | None) -> Membership:
    assert it.organisation is not None, "only of the register"
    assert it.signed_on is not None, "only who signed"
    made = there or Membership(cluster=cluster, organisation=it.organisation)
    made.cluster, made.signatory, made.state, made.decided_on = cluster, it, State.MEMBER, it.signed_on
    made.applied_on = min(made.applied_on or it.signed_on, it.signed_on)
    made.joined_on, made.renew_by = it.signed_on, next_renewal(cluster, it.signed_on)
    made.decision = (_("signed: %(title)s") % {"title": it.agreement.title if it.agreement_id != cluster.letter_id else str(cluster.letter)})[:300]
    made.save()
    return made


def _take_cut_off(cluster: Cluster) -> None:
    letter = cluster.letter
    if letter is not None and cluster.founding_until is None and (until := letter.founding_until or last_day(letter)):
        cluster.founding_until = until
        cluster.save(update_fields=["founding_until"])


@action("clusters.applied", says=gettext_lazy("applied for membership in a cluster"))
def apply(*, by: Any, cluster: Cluster, organisation: Organisation, on: date, is_supporting: bool = False) -> Deed:
    """Notes an application; a candidate becomes an applicant, the same application twice is one. Who was refused or left may apply again."""
    here = locked(cluster)
    _check_day(on, after=None, early="")
    if here.state == Cluster.State.ENDED:
        raise Refused(_("%(name)s has ended and takes no more members.") % {"name": here})
    if organisation.is_closed:
        raise Refused(_("%(name)s is closed in the register and cannot become a member.") % {"name": organisation})
    it = _open(here).get(organisation.pk) or Membership(cluster=here, organisation=organisation)
    it.cluster = here
    if it.state == State.APPLIED and (it.applied_on, it.is_supporting) == (on, is_supporting):
        return Deed(it, {})
    if it.state in (State.APPLIED, State.MEMBER):
        raise Refused(_("%(name)s has applied already.") % {"name": organisation} if it.state == State.APPLIED else _("%(name)s is a member already.") % {"name": organisation})
    before = facts(it)
    it.state, it.applied_on, it.is_supporting = State.APPLIED, on, is_supporting
    it.save()
    return deed_of(it, before)


@action("clusters.decided", says=gettext_lazy("decided on an application for membership"))
def decide(*, by: Any, membership: Membership, is_accepted: bool, on: date, decision: str, joined_on: date | None = None) -> Deed:
    """Accepts or refuses an application, on a basis; an accepted one is a member from the day said on and is written to."""
    it = held(membership)
    if it.state != State.APPLIED:
        raise Refused(_("Only an application that waits can be decided. Look at the page again: it may have been decided meanwhile."))
    _check_day(on, after=it.applied_on, early=_("The decision lies before the application. Look at the days."))
    if not decision.strip():
        raise Refused(_("Say what the decision rests on, such as the number of the resolution."))
    before = facts(it)
    it.decided_on, it.decision, it.state = on, decision.strip(), State.MEMBER if is_accepted else State.REFUSED
    if is_accepted:
        _join(it, joined_on or on)
        write_soon("accepted", it)
    it.save()
    return deed_of(it, before)


def _join(it: Membership, day: date) -> None:
    assert it.decided_on is not None, "decided before joining"
    if not it.decided_on <= day <= it.decided_on + _LATEST:
        raise Refused(_("Membership begins on the day of the decision or within a year after it."))
    it.joined_on, it.renew_by = day, next_renewal(it.cluster, day)


@action("clusters.renewed", says=gettext_lazy("renewed a membership"))
def renew(*, by: Any, membership: Membership, on: date) -> Deed:
    """Renews a membership until the rules ask again; days before the term are not lost. Renewing twice is refused."""
    it = held(membership)
    if not it.was_member_on(timezone.localdate()):
        raise Refused(_("%(name)s is no member today.") % {"name": it})
    _check_day(on, after=max(filter(None, (it.joined_on, it.renewed_on))), early=_("It joined or renewed later than that. Look at the day."))
    months = rule(it.cluster, "renewal_months") or 12
    if it.renew_by is not None and it.renew_by > months_before(on, -max(1, months // 2)):
        raise Refused(_("This membership is renewed already; next until %(day)s.") % {"day": date_format(it.renew_by)})
    before = facts(it)
    begins = on if it.renew_by is None or rule(it.cluster, "renewal_month") else max(on, it.renew_by)
    it.renewed_on, it.renew_by, it.asked_to_renew_on = on, next_renewal(it.cluster, begins), None
    it.save()
    return deed_of(it, before)


@action("clusters.left", says=gettext_lazy("ended a membership"))
def end_membership(*, by: Any, membership: Membership, on: date, ending: str) -> Deed:
    """Ends a membership, or the way towards it; mandates and places in bodies end on the same day."""
    it = held(membership)
    if it.state in (State.LEFT, State.REFUSED):
        raise Refused(_("This has ended already."))
    if ending not in Membership.Ending.values:
        raise Refused(_("Say why it ended."))
    _check_day(on, after=it.joined_on or it.applied_on, early=_("It ends before it begins. Look at the day."))
    before = facts(it)
    it.state, it.left_on, it.ending = State.LEFT, on, ending
    it.save()
    for rows, begins, ends in ((it.mandates, "valid_from", "valid_to"), (it.terms, "starts_on", "ends_on")):
        rows.filter(**{f"{begins}__gt": on}).delete()
        rows.filter(**{f"{ends}__gt": on}).update(**{ends: on})
    return deed_of(it, before)


@action("clusters.membership_changed", says=gettext_lazy("changed a membership"))
def change_membership(*, by: Any, membership: Membership, is_supporting: bool, tier: FeeTier | None) -> Deed:
    """Says whether a member has a vote, and which fee tier was agreed with it."""
    it = held(membership)
    if tier is not None and tier.cluster_id != it.cluster_id:
        raise Refused(_("This fee tier belongs to another cluster."))
    before = facts(it)
    it.is_supporting, it.tier = is_supporting, tier
    it.save(update_fields=["is_supporting", "tier"])
    return deed_of(it, before)


@action("clusters.received", says=gettext_lazy("received a new member"))
def tick_steps(*, by: Any, membership: Membership, steps: Iterable[str], on: date | None = None) -> Deed:
    """Notes which steps of receiving a member are done: newly ticked ones on this day, unticked ones not at all."""
    it = held(membership)
    known = [code for code, _words in onboarding_steps(it.cluster)]
    day, before, wanted = (on or timezone.localdate()).isoformat(), dict(it.onboarding), set(steps)
    kept = {code: done for code, done in before.items() if code not in known}
    it.onboarding = kept | {code: before.get(code, day) for code in known if code in wanted}
    it.save(update_fields=["onboarding"])
    return Deed(it, differences(before, it.onboarding), place=it.cluster.region.slug)
