"""Verbs of signing: through the link, noted from paper or file, the mandate checked, withdrawn. Only a frozen text is signed (V9)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.signatories import held, refuse_unless_signing, told
from osnowa.agreements.actions.signing_letters import write_soon
from osnowa.agreements.models import Commitment, Paper, Signatory
from osnowa.agreements.queries.signing import joins_by_declaration
from osnowa.agreements.queries.texts import is_whole, newest
from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused

State, Way, Basis = Signatory.State, Signatory.Way, Signatory.Basis
#: So many files are kept of one signature, and of one commitment.
MOST_PAPERS = 12


@dataclass(frozen=True)
class Sheet:
    """A file as it arrived; its kind was read from its first bytes, not from its name."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Mandate:
    """Who signs, in which function, and on which basis."""

    person_name: str
    function: str
    basis: str


def keep_paper(signatory: Signatory, kind: str, sheet: Sheet, by: Any, commitment: Commitment | None = None) -> Paper:
    """Keeps a file whole with its hash; the same file twice about one thing is one."""
    found, kept = hashlib.sha256(sheet.content).hexdigest(), signatory.papers.filter(commitment=commitment).defer("content")
    same = kept.filter(sha256=found, kind=kind).first()
    if same:
        return same
    if kept.count() >= MOST_PAPERS:
        raise Refused(_("At most %(most)s files are kept here, and so many there are already.") % {"most": MOST_PAPERS})
    return Paper.objects.create(
        signatory=signatory, commitment=commitment, kind=kind, name=sheet.name[:200], content_type=sheet.content_type, content=sheet.content,
        size=len(sheet.content), sha256=found, added_by=by if getattr(by, "pk", None) else None,
    )  # fmt: skip


def _fill(it: Signatory, mandate: Mandate, way: str, on: date) -> None:
    """Writes the signature into the row: always of the agreement's own hash."""
    agreement = it.agreement
    refuse_unless_signing(agreement)
    if it.state == State.SIGNED:
        raise Refused(_("This organisation has signed already."))
    if it.state == State.WITHDRAWN:
        raise Refused(_("This organisation withdrew; that stays. Put it on the list again and let it sign there."))
    if it.is_waiting:
        raise Refused(_("This organisation asked to join and was not let in yet."))
    if not mandate.person_name.strip() or not mandate.function.strip() or mandate.basis not in Basis.values:
        raise Refused(_("Say who signs, in which function and on which basis: every signature points to a mandate."))
    if not agreement.sha256 or not is_whole(agreement, newest(agreement)):
        raise Refused(_("The text that is kept is not the one that was frozen. Nobody signs until that is cleared up."))
    it.person_name, it.function, it.basis = mandate.person_name.strip(), mandate.function.strip(), mandate.basis
    it.way, it.signed_on, it.signed_at, it.signed_sha256 = way, on, timezone.now(), agreement.sha256
    it.is_declaration = joins_by_declaration(agreement, on)
    it.state = State.SIGNED


def _stands(it: Signatory, mandate: Mandate, way: str, on: date, sheets: Iterable[Sheet] = ()) -> bool:
    """Whether exactly this signature stands already: the same form came twice."""
    said = (mandate.person_name.strip(), mandate.function.strip(), mandate.basis, way, on)
    if it.state != State.SIGNED or said != (it.person_name, it.function, it.basis, it.way, it.signed_on):
        return False
    return {hashlib.sha256(sheet.content).hexdigest() for sheet in sheets} <= set(it.papers.values_list("sha256", flat=True))


@action("agreements.signed", says=gettext_lazy("signed an agreement"))
def sign(*, by: Any, signatory: Signatory, mandate: Mandate, sha256: str, proof: Sheet | None = None, is_text_alone: bool = False) -> Deed:
    """Signs through the link of a letter: what is verified is the mailbox the letter went to.

    `sha256` is the text the page showed, `is_text_alone` that it showed no declaration: then none is signed unread. Whoever does not represent the organisation by register encloses the power of attorney.
    """
    it = held(signatory)
    if sha256 != it.agreement.sha256:
        raise Refused(_("The text on your page is not the one that is signed. Open the link of the letter again."))
    if not it.email:
        raise Refused(_("No address is known to which this link was sent. Ask who keeps the agreement for a letter."))
    if mandate.basis == Basis.POWER_OF_ATTORNEY and proof is None:
        raise Refused(_("Whoever signs with a power of attorney encloses it as a file."))
    if _stands(it, mandate, Way.EMAIL, timezone.localdate(), [proof] if proof else ()):
        return Deed(it, {})
    before = it.state
    _fill(it, mandate, Way.EMAIL, timezone.localdate())
    if it.is_declaration and is_text_alone:
        raise Refused(_("The signing was closed after you opened this page: you join by a declaration now. Read it, and sign again."))
    it.save()
    if proof:
        keep_paper(it, Paper.Kind.MANDATE, proof, by)
    write_soon("signing_receipt", it)
    return told(it, "state", before, it.state)


@action("agreements.signature_noted", says=gettext_lazy("noted a signature"))
def note_signature(
    *, by: Any, signatory: Signatory, mandate: Mandate, way: str, on: date, sheets: Iterable[Sheet] = (), proof: Sheet | None = None, mandate_note: str = "",
) -> Deed:  # fmt: skip
    """Notes a signature on paper or in a file, with the file itself. What is in a signature file is not validated here."""
    it = held(signatory)
    files = list(sheets)
    if way == Way.EMAIL or way not in Way.values:
        raise Refused(_("Consent by e-mail is given by the organisation itself, through the link of its letter."))
    if not files:
        raise Refused(_("Add the file: the scan of the signed sheet, or the signature file."))
    frozen = timezone.localtime(it.agreement.frozen_at).date() if it.agreement.frozen_at else None
    if frozen is None or not frozen <= on <= timezone.localdate():
        raise Refused(_("The day of the signature lies between the freezing of the text and today."))
    if mandate.basis == Basis.POWER_OF_ATTORNEY and proof is None and not mandate_note.strip():
        raise Refused(_("Add the power of attorney as a file, or say what you saw and where it is kept."))
    if _stands(it, mandate, way, on, files):
        return Deed(it, {})
    before = it.state
    _fill(it, mandate, way, on)
    it.mandate_note = mandate_note.strip()
    it.save()
    for sheet in files:
        keep_paper(it, Paper.Kind.SIGNATURE, sheet, by)
    if proof:
        keep_paper(it, Paper.Kind.MANDATE, proof, by)
    write_soon("signing_receipt", it)
    return told(it, "state", before, it.state)


@action("agreements.paper_added", says=gettext_lazy("added a file to a signature"))
def add_paper(*, by: Any, signatory: Signatory, kind: str, sheet: Sheet) -> Deed:
    """Adds a file to a signature that stands; nothing replaces one."""
    it = held(signatory)
    if it.state not in (State.SIGNED, State.WITHDRAWN) or it.erased_on:
        raise Refused(_("Files are kept of signatures; there is none yet."))
    count = it.papers.count()
    made = keep_paper(it, kind, sheet, by)
    return Deed(it, {} if it.papers.count() == count else {"papers": [count, count + 1]}, place=it.agreement.region.slug, value=made)


@action("agreements.mandate_checked", says=gettext_lazy("checked the mandate of who signed"))
def check_mandate(*, by: Any, signatory: Signatory, basis: str, seen: str, proof: Sheet | None = None) -> Deed:
    """Says on which basis who signed may do so and what was seen of it. Who checked, and when, stands beside it."""
    it = held(signatory)
    if it.state != State.SIGNED:
        raise Refused(_("Only the mandate of who has signed is checked."))
    if basis not in Basis.values or not seen.strip():
        raise Refused(_("Say on which basis the person signs and what you saw, such as a number in the court register or the day of a document."))
    if proof:
        keep_paper(it, Paper.Kind.MANDATE, proof, by)
    was = it.mandate_checked_at is not None
    if was and proof is None and (it.basis, it.mandate_note) == (basis, seen.strip()):
        return Deed(it, {})
    it.basis, it.mandate_note, it.mandate_checked_at, it.mandate_checked_by = basis, seen.strip(), timezone.now(), by if getattr(by, "pk", None) else None
    it.save()
    return told(it, "mandate_checked", was, True)


@action("agreements.mandate_doubted", says=gettext_lazy("took back that a mandate was checked"))
def doubt_mandate(*, by: Any, signatory: Signatory, reason: str) -> Deed:
    """Takes back that a mandate was checked; the signature stands and is shown as not checked."""
    it = held(signatory)
    if it.mandate_checked_at is None:
        return Deed(it, {})
    it.mandate_checked_at, it.mandate_checked_by, it.mandate_note = None, None, reason.strip()
    it.save()
    return told(it, "mandate_checked", True, False)


@action("agreements.withdrawn", says=gettext_lazy("withdrew from an agreement"))
def withdraw(*, by: Any, signatory: Signatory, on: date, reason: str) -> Deed:
    """Withdraws a signature with day and reason; the row stays as history, and who joins again gets a new one."""
    it = held(signatory)
    if it.state == State.WITHDRAWN:
        return Deed(it, {})
    if it.state != State.SIGNED or it.signed_on is None:
        raise Refused(_("Only who has signed withdraws."))
    if not reason.strip():
        raise Refused(_("Say why, in a few words; the reason stands beside the day."))
    if not it.signed_on <= on <= timezone.localdate():
        raise Refused(_("The day of the withdrawal lies between the signature and today."))
    it.state, it.withdrawn_on, it.withdrawal_reason = State.WITHDRAWN, on, reason.strip()[:300]
    it.save()
    write_soon("signing_withdrawn", it)
    return Deed(it, {"state": ["signed", "withdrawn"], "withdrawn_on": [None, on.isoformat()]}, place=it.agreement.region.slug)
