"""Proposals: made by anyone, decided once by a reviewer with a reason; the proposer is told in her language."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from osnowa.journal.actions import Deed, action
from osnowa.kit import letters
from osnowa.kit.errors import Refused
from osnowa.people.actions import at_erasure, invite, opened
from osnowa.people.models import Person, Seat
from osnowa.places.models import Region, Territory
from osnowa.register import codes
from osnowa.register.actions.organisations import add_organisation, change_organisation, close_organisation
from osnowa.register.models import Organisation, OrganisationSeat, Proposal
from osnowa.register.queries.proposals import LABELS, NEEDED, PROPOSABLE, rows_of, says_all_already

Kind, State = Proposal.Kind, Proposal.State
Values = dict[str, Any]
#: How long a mandate given through a claim lasts before it must be renewed.
MANDATE = timedelta(days=365)


@action("register.proposal_made", says=gettext_lazy("made a proposal"))
def propose(*, by: Person | None, region: Region, kind: str, organisation: Organisation | None = None,
            values: Values | None = None, message: str = "", email: str = "", name: str = "", basis: str = "",
            language: str = "en") -> Deed:  # fmt: skip
    """Puts a change, a claim or a new organisation into the queue; nothing of the register changes yet."""
    if by is None and not email:
        raise Refused(_("Leave an e-mail address, so that we can tell you what became of it."))
    if kind == Kind.CHANGE and not values and not message:
        raise Refused(_("Nothing differs from what the register says. Change a field or write a message."))
    if kind == Kind.CLAIM and organisation is not None:
        _may_be_claimed(organisation, by)
    made = Proposal.objects.create(
        region=region, organisation=organisation, kind=kind, values=values or {}, message=message, person=by,
        email=by.email if by else email, name=name or (by.name if by else ""), basis=basis, language=language,
    )  # fmt: skip
    return Deed(made, {"kind": [None, kind], "fields": [None, sorted(made.values)]}, place=region.slug)


def _may_be_claimed(organisation: Organisation, by: Person | None) -> None:
    if organisation.is_closed:
        raise Refused(_("It is closed: nobody acts for it any more."))
    today = timezone.localdate()
    held = OrganisationSeat.objects.filter(organisation=organisation, person=by, ended_reason="", valid_to__gte=today)
    if by and held.filter(role=OrganisationSeat.Role.REPRESENTATIVE).exists():
        raise Refused(_("You act for this organisation already."))
    if by and Proposal.objects.filter(organisation=organisation, person=by, kind=Kind.CLAIM, state=State.WAITING).exists():
        raise Refused(_("You have said so already: your claim waits for the coordinator."))


def _decide(proposal: Proposal, by: Person, state: str, reason: str) -> None:
    """Takes the proposal out of the queue; Refused where somebody was quicker."""
    now = timezone.now()
    mine = Proposal.objects.filter(pk=proposal.pk, state=State.WAITING).update(
        state=state, decided_by=by, decided_at=now, reason=reason
    )
    proposal.refresh_from_db()
    if not mine:
        raise Refused(
            _("%(who)s has decided this already: %(state)s.")
            % {"who": proposal.decided_by or _("Somebody"), "state": proposal.get_state_display()}
        )


@action("register.proposal_refused", says=gettext_lazy("refused a proposal"))
def refuse_proposal(*, by: Person, proposal: Proposal, reason: str) -> Deed:
    """Refuses with a reason, which the proposer gets by e-mail."""
    if not reason.strip():
        raise Refused(_("Give a reason: it is sent to the person who proposed this."))
    _decide(proposal, by, State.REFUSED, reason.strip())
    _tell(proposal, [])
    return Deed(proposal, {"state": [State.WAITING, State.REFUSED]}, place=proposal.region.slug)


@action("register.proposal_already_done", says=gettext_lazy("answered a proposal whose changes were made already"))
def answer_done_proposal(*, by: Person, proposal: Proposal, reason: str = "") -> Deed:
    """Accepts a change that the register says already: nothing is taken over, and the proposer is told so."""
    if not says_all_already(rows_of(proposal)):
        raise Refused(_("Not all of this is in the register yet. Take it over, or turn it down."))
    _decide(proposal, by, State.ACCEPTED, reason.strip())
    _tell(proposal, [], was_there=True)
    changes: dict[str, list[Any]] = {"state": [State.WAITING, State.ACCEPTED], "fields": [sorted(proposal.values), []]}
    return Deed(proposal, changes, place=proposal.region.slug)


@action("register.proposal_accepted", says=gettext_lazy("accepted a proposal"))
def accept_proposal(*, by: Person, proposal: Proposal, fields: Collection[str] = (), reason: str = "",
                    municipality: Territory | None = None, ended_on: date | None = None, end_reason: str = "") -> Deed:  # fmt: skip
    """Accepts the named fields (all or a part) and applies them; of a claim it makes a mandate for a year."""
    _decide(proposal, by, State.ACCEPTED, reason.strip())
    taken = {name: value for name, value in proposal.values.items() if name in fields}
    changes: dict[str, list[Any]] = {"state": [State.WAITING, State.ACCEPTED]}
    if proposal.kind == Kind.CLAIM:
        changes |= _give_seat(proposal, by)
    elif proposal.kind == Kind.NEW:
        _add(proposal, by, taken, municipality)
    elif proposal.values and not taken:
        raise Refused(_("Tick at least one field, or refuse the proposal."))
    else:
        _apply(proposal, by, taken, municipality, ended_on, end_reason)
    _tell(proposal, list(taken))
    if proposal.kind != Kind.CLAIM:
        changes["fields"] = [sorted(proposal.values), sorted(taken)]
    return Deed(proposal, changes, place=proposal.region.slug)


def _apply(proposal: Proposal, by: Person, taken: Values, municipality: Territory | None,
           ended_on: date | None, end_reason: str) -> None:  # fmt: skip
    assert proposal.organisation_id is not None
    it = Organisation.objects.select_related("region", "municipality", "parent").get(pk=proposal.organisation_id)
    values = {name: value for name, value in taken.items() if name in PROPOSABLE}
    ends = values.get("activity_status") == Organisation.Status.CLOSED
    if ends:
        values.pop("activity_status")
        if not ended_on or not end_reason:
            raise Refused(_("To close it, say on which day and why it ended."))
    if municipality and "postal_code" in values:
        values["municipality"] = municipality
    if values:
        change_organisation(by=by, organisation=it, values=values, source="moderation")
    if ends and ended_on:
        close_organisation(by=by, organisation=it, ended_on=ended_on, end_reason=end_reason)


def _add(proposal: Proposal, by: Person, taken: Values, municipality: Territory | None) -> None:
    form = codes.LEGAL_FORMS[proposal.values["legal_form"]]
    needed = {name: proposal.values[name] for name in NEEDED}
    rest: Values = {"sector": form["sector"], "pes_category": form["pes_category"], "municipality": municipality}
    made = add_organisation(by=by, region=proposal.region, values=taken | needed | rest, source="moderation")
    Proposal.objects.filter(pk=proposal.pk).update(organisation=made)
    proposal.organisation = made


def _give_seat(proposal: Proposal, by: Person) -> dict[str, list[Any]]:
    """The claimant's mandate; who has no account yet is invited to one."""
    today = timezone.localdate()
    person = proposal.person or invite(
        by=by, email=proposal.email, name=proposal.name, language=proposal.language, place=proposal.region.slug
    )
    _, changes = opened(
        OrganisationSeat, person=person, organisation=proposal.organisation, role=OrganisationSeat.Role.REPRESENTATIVE,
        basis=proposal.basis or Seat.Basis.DELEGATED, valid_from=today, valid_to=today + MANDATE,
    )  # fmt: skip
    return changes


def _tell(proposal: Proposal, taken: list[str], *, was_there: bool = False) -> None:
    """Sends the decision to the proposer once the transaction stands."""
    to = proposal.person.email if proposal.person else proposal.email
    if not to:
        return
    language = letters.spoken(proposal.person.language if proposal.person else proposal.language)
    with override(language):
        left = [str(LABELS[name]) for name in LABELS if name in proposal.values and name not in (*taken, *NEEDED)]
        it = proposal.organisation
        about = str(it or proposal.values.get("legal_name", ""))
    page = letters.link("register:organisation", language, region=proposal.region.slug, slug=it.slug) if it else ""
    transaction.on_commit(
        partial(
            letters.send, "register/mail/decision.txt", to=to, language=language, proposal=proposal, about=about,
            left=left if taken else [], page=page, region=proposal.region, was_there=was_there,
        )
    )  # fmt: skip


@at_erasure
def _forget(person: Person) -> None:
    """Her name, address and words go out of her proposals; what she proposed about organisations stays."""
    Proposal.objects.filter(person=person).update(email="", name="", message="")
