"""Verbs of who is asked to sign: invite, remind, declare, decline, ask to join, let in, mend, take off the list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.agreements import locked
from osnowa.agreements.actions.signing_letters import ask, not_written_to, write_to_all
from osnowa.agreements.models import Agreement, Signatory
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.places.models import Territory
from osnowa.register.models import Organisation

State = Signatory.State
OPEN_STATES = (State.INVITED, State.DECLARED)
#: Who has not signed is written to so many days before the last day of signing.
BEFORE_CLOSING = (7, 2)
#: What may be mended in a row at any time, and what stands from signing on.
COUNTED, NAMED = ("sector", "legal_form", "municipality"), ("name", "organisation", "email", "language")


@dataclass(frozen=True)
class Asked:
    """An organisation to be asked for its signature."""

    name: str = ""
    email: str = ""
    language: str = ""
    organisation: Organisation | None = None
    sector: str = ""
    legal_form: str = ""
    municipality: Territory | None = None

    @property
    def full_name(self) -> str:
        return self.organisation.legal_name if self.organisation else self.name


def held(signatory: Signatory) -> Signatory:
    """The row and its agreement as they stand, held until the transaction ends."""
    agreement = locked(signatory.agreement)
    found = Signatory.objects.select_for_update(of=("self",)).select_related("organisation", "municipality").get(pk=signatory.pk)
    found.agreement = agreement
    return found


def refuse_unless_signing(agreement: Agreement) -> None:
    """Only a frozen text that holds is declared to, joined or signed (V9)."""
    if agreement.state == Agreement.State.DRAFT:
        raise Refused(_("The text is not frozen yet. Freeze it first: only a frozen text is signed."))
    if agreement.state == Agreement.State.ENDED:
        raise Refused(_("This agreement has ended."))


def told(signatory: Signatory, what: str, before: Any, after: Any, **more: Any) -> Deed:
    """The deed about a row, with the organisation and no person in it."""
    return Deed(signatory, {what: [before, after]}, place=signatory.agreement.region.slug, **more)


# --- Asking -----------------------------------------------------------------------------------------------------


def _row(agreement: Agreement, one: Asked, **more: Any) -> Signatory:
    known, languages = one.organisation, agreement.region.languages or ["en"]
    return Signatory(
        agreement=agreement, organisation=known, name=one.full_name[:300], sector=one.sector or (known.sector if known else ""),
        legal_form=one.legal_form or (known.legal_form if known else ""), municipality=one.municipality or (known.municipality if known else None),
        email=one.email.lower(), language=(one.language or languages[0])[:2], **more,
    )  # fmt: skip


class Listed:
    """The organisations that stand on a list and did not withdraw. Two of the register may bear one name; one written by hand may not."""

    def __init__(self, agreement: Agreement) -> None:
        rows = list(agreement.signatories.exclude(state=State.WITHDRAWN).values_list("organisation_id", "name"))
        self.known = {known for known, _name in rows if known}
        self.names = {fold(name) for _known, name in rows}
        self.by_hand = {fold(name) for known, name in rows if not known}

    def holds(self, one: Asked) -> bool:
        name = fold(one.full_name)
        if one.organisation:
            return one.organisation.pk in self.known or name in self.by_hand
        return not name or name in self.names

    def add(self, one: Asked) -> None:
        self.names.add(fold(one.full_name))
        if one.organisation:
            self.known.add(one.organisation.pk)
        else:
            self.by_hand.add(fold(one.full_name))


@action("agreements.invited", says=gettext_lazy("asked organisations to sign"))
def invite(*, by: Any, agreement: Agreement, asked: Iterable[Asked]) -> Deed:
    """Puts those who do not stand on the list there and writes to them once the text is frozen; returns how many are new."""
    it = locked(agreement)
    if it.state == Agreement.State.ENDED:
        raise Refused(_("This agreement has ended."))
    listed, fresh = Listed(it), list[Signatory]()
    for one in asked:
        if not listed.holds(one):
            listed.add(one)
            fresh.append(_row(it, one))
    made = Signatory.objects.bulk_create(fresh)
    if it.state != Agreement.State.DRAFT:
        write_to_all("signing_invitation", made, by=by, place=it.region.slug)
    return Deed(it, {"invited": [None, len(made)]} if made else {}, place=it.region.slug, value=len(made))


def silent(agreement: Agreement) -> list[Signatory]:
    """Those asked or declared who have an address and were not written to today."""
    rows = agreement.signatories.filter(not_written_to(timezone.now()), state__in=OPEN_STATES, is_waiting=False, erased_on=None).exclude(email="")
    return list(rows.order_by("pk"))


@action("agreements.signatories_reminded", says=gettext_lazy("wrote again to those who have not signed"))
def remind(*, by: Any, agreement: Agreement, only: Iterable[int] | None = None) -> Deed:
    """Writes to those who have not signed, at most once a day; who never got the invitation gets it now. Returns to how many."""
    it = locked(agreement)
    refuse_unless_signing(it)
    chosen = None if only is None else set(only)
    rows = [row for row in silent(it) if chosen is None or row.pk in chosen]
    count = write_to_all("signing_invitation", [row for row in rows if row.invited_at is None], by=by, place=it.region.slug)
    count += write_to_all("signing_reminder", [row for row in rows if row.invited_at is not None], by=by, place=it.region.slug)
    return Deed(it, {"reminded": [None, count]} if count else {}, place=it.region.slug, value=count)


def remind_of_signing(*, by: Any = None, today: date | None = None) -> int:
    """Reminds those who have not signed a week and two days before the last day; returns how many letters went out."""
    day, sent = today or timezone.localdate(), 0
    last = day + timedelta(days=max(BEFORE_CLOSING))
    near = Agreement.objects.filter(state=Agreement.State.OPEN, closes_on__gte=day, closes_on__lte=last).select_related("region")
    for agreement in near:
        for row in silent(agreement):
            row.agreement = agreement
            sent += _is_due(row, day) and ask("signing_reminder", row)
    return sent


def _is_due(row: Signatory, day: date) -> bool:
    """Whether no letter went out since the newest of the days on which one is due."""
    closes_on, written = row.agreement.closes_on, max((at for at in (row.invited_at, row.reminded_at) if at), default=None)
    assert closes_on is not None
    due = max(closes_on - timedelta(days=before) for before in BEFORE_CLOSING if closes_on - timedelta(days=before) <= day)
    return written is None or timezone.localtime(written).date() < due


# --- Answering --------------------------------------------------------------------------------------------------


@action("agreements.declared", says=gettext_lazy("noted that an organisation will sign"))
def declare(*, by: Any, signatory: Signatory) -> Deed:
    """An organisation says that it will sign."""
    it = held(signatory)
    refuse_unless_signing(it.agreement)
    if it.state == State.DECLARED:
        return Deed(it, {})
    if it.state in (State.SIGNED, State.WITHDRAWN):
        raise Refused(_("This organisation has signed already, or withdrew. Nothing was changed."))
    before, it.state, it.declared_at = it.state, State.DECLARED, timezone.now()
    it.save(update_fields=["state", "declared_at"])
    return told(it, "state", before, it.state)


@action("agreements.declined", says=gettext_lazy("noted that an organisation will not sign"))
def decline(*, by: Any, signatory: Signatory) -> Deed:
    """An organisation says that it will not sign; it may still change its mind."""
    it = held(signatory)
    if it.state == State.DECLINED:
        return Deed(it, {})
    if it.state not in OPEN_STATES:
        raise Refused(_("Who has signed withdraws, with a day and a reason."))
    before, it.state, it.is_waiting = it.state, State.DECLINED, False
    it.save(update_fields=["state", "is_waiting"])
    return told(it, "state", before, it.state)


@action("agreements.asked_to_join", says=gettext_lazy("asked to join an agreement"))
def ask_to_join(*, by: Any, agreement: Agreement, asked: Asked) -> Deed:
    """An organisation nobody invited declares on the public page that it will sign; it waits for who keeps the agreement.

    Whoever asks reads the same answer, whether the organisation stands on the list or not.
    """
    it = locked(agreement)
    refuse_unless_signing(it)
    if not it.is_public:
        raise Refused(_("Nobody can ask to join this agreement; write to the coordinator."))
    if Listed(it).holds(asked):
        return Deed(it, {}, value=it)
    made = _row(it, asked, state=State.DECLARED, declared_at=timezone.now(), is_waiting=True)
    made.save()
    return told(made, "state", None, made.state, value=made)


@action("agreements.let_in", says=gettext_lazy("let an organisation that asked to join in"))
def let_in(*, by: Any, signatory: Signatory) -> Deed:
    """Who keeps the agreement lets an organisation that asked to join in: it counts as declared and gets its link."""
    it = held(signatory)
    if not it.is_waiting:
        return Deed(it, {})
    it.is_waiting = False
    it.save(update_fields=["is_waiting"])
    write_to_all("signing_invitation", [it], by=by, place=it.agreement.region.slug)
    return told(it, "is_waiting", True, False)


@action("agreements.taken_off", says=gettext_lazy("took an organisation off the list of an agreement"))
def take_off(*, by: Any, signatory: Signatory) -> Deed:
    """Takes a row off that nobody wrote to yet, or that asked to join and is not let in; what was once told to somebody stays."""
    it = held(signatory)
    never_told = it.state in OPEN_STATES and it.invited_at is None and it.reminded_at is None and not it.papers.exists()
    if not (it.is_waiting or never_told):
        raise Refused(_("This organisation was written to already, so it stays on the list. Note that it will not sign instead."))
    name, agreement = it.name, it.agreement
    it.delete()
    return Deed(agreement, {"taken_off": [name, None]}, place=agreement.region.slug, value=agreement)


# --- Mending ----------------------------------------------------------------------------------------------------


def _facts(it: Signatory) -> dict[str, Any]:
    """What a row says of the organisation, fit for JSON; the address is a mark only."""
    return {
        "name": it.name, "organisation": it.organisation_id, "sector": it.sector, "legal_form": it.legal_form,
        "municipality": it.municipality_id, "language": it.language,
    }  # fmt: skip


@action("agreements.signatory_changed", says=gettext_lazy("mended what is said of a signatory"))
def change_signatory(*, by: Any, signatory: Signatory, values: dict[str, Any]) -> Deed:
    """Mends a row. From signing on the name and the address that was confirmed stand; a new address gets a link of its own.

    Which record of the register it is may be said later too, where nothing was said: then it can become a member.
    """
    it = held(signatory)
    before, address = _facts(it), it.email
    linkable = () if it.organisation_id else ("organisation",)
    allowed = (*COUNTED, *(NAMED if it.state in (*OPEN_STATES, State.DECLINED) else linkable))
    for name in allowed:
        if name in values:
            setattr(it, name, values[name])
    it.email = it.email.lower()
    _refuse_twice(it)
    if it.email != address:
        it.token, it.invited_at, it.reminded_at = Signatory._meta.get_field("token").get_default(), None, None
    it.save()
    changes = differences(before, _facts(it)) | ({"email": [None, "changed"]} if it.email != address else {})
    return Deed(it, changes, place=it.agreement.region.slug)


def _refuse_twice(it: Signatory) -> None:
    others = it.agreement.signatories.exclude(pk=it.pk).exclude(state=State.WITHDRAWN)
    if it.organisation_id and others.filter(Q(organisation=it.organisation_id)).exists():
        raise Refused(_("This organisation stands on the list already."))

