"""Verbs of what signatories of a pact will do: commit, mend, tell with evidence, take back."""

from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.signatories import held
from osnowa.agreements.actions.signing import Sheet, keep_paper
from osnowa.agreements.models import Commitment, Paper, Signatory
from osnowa.agreements.queries.commitments import COMMITMENTS, has_commitments
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused

State = Commitment.State
FIELDS = ("code", "text", "year", "target", "unit")
TOLD = ("reached", "state", "evidence")
#: A signatory commits itself to so many things a year at most.
MOST_A_YEAR = 40


def _facts(it: Commitment) -> dict[str, Any]:
    found = {name: getattr(it, name) for name in (*FIELDS, *TOLD)}
    plain = {name: str(value.normalize()) if isinstance(value, Decimal) else value for name, value in found.items()}
    return plain | {"evidence": len(it.evidence)}


def _kept(it: Signatory) -> Signatory:
    """The row of a pact that may hold commitments, held until the transaction ends."""
    row = held(it)
    if not has_commitments(row.agreement):
        raise Refused(_("Only a pact holds commitments."))
    if row.state not in (Signatory.State.SIGNED, Signatory.State.DECLARED) or row.is_waiting:
        raise Refused(_("Who commits itself has signed, or has declared that it will."))
    if row.agreement.state == row.agreement.State.ENDED:
        raise Refused(_("This agreement has ended."))
    return row


def _check(it: Commitment) -> None:
    this_year = timezone.localdate().year
    if it.code and it.code not in COMMITMENTS:
        raise Refused(_("The catalogue does not know this commitment. Choose one, or write your own."))
    if not it.code and not it.text.strip():
        raise Refused(_("Choose a commitment of the catalogue, or say in your own words what will be done."))
    if not this_year - 10 <= it.year <= this_year + 10:
        raise Refused(_("Choose a year within ten years of this one."))
    if (it.target is not None and it.target < 0) or (it.reached is not None and it.reached < 0):
        raise Refused(_("Target and what was reached are not below zero."))


@action("agreements.committed", says=gettext_lazy("noted a commitment of a signatory"))
def commit(*, by: Any, signatory: Signatory, values: dict[str, Any]) -> Deed:
    """A signatory commits itself to something in a year; the same words twice in a year are one commitment."""
    row = _kept(signatory)
    made = Commitment(signatory=row, **values)
    _check(made)
    same = row.commitments.filter(year=made.year, code=made.code, text=made.text).first()
    if same:
        return Deed(row, {}, value=same)
    if row.commitments.filter(year=made.year).count() >= MOST_A_YEAR:
        raise Refused(_("A signatory commits itself to %(most)s things a year at most.") % {"most": MOST_A_YEAR})
    made.save()
    return Deed(row, differences({}, _facts(made)), place=row.agreement.region.slug, value=made)


@action("agreements.commitment_changed", says=gettext_lazy("changed a commitment"))
def change_commitment(*, by: Any, commitment: Commitment, values: dict[str, Any]) -> Deed:
    """Changes what will be done; once it was told how it went, the promise stands as it was."""
    row = _kept(commitment.signatory)
    it = row.commitments.get(pk=commitment.pk)
    before = _facts(it)
    if it.told_on and {name for name in FIELDS if name in values and values[name] != getattr(it, name)}:
        raise Refused(_("It was told already how this went; the promise stands as it was made."))
    for name in FIELDS:
        if name in values:
            setattr(it, name, values[name])
    _check(it)
    it.save()
    return Deed(row, differences(before, _facts(it)), place=row.agreement.region.slug, value=it)


@action("agreements.commitment_told", says=gettext_lazy("told how a commitment went"))
def tell(*, by: Any, commitment: Commitment, state: str, reached: Decimal | None, evidence: list[dict[str, str]], sheet: Sheet | None = None) -> Deed:
    """Tells how far a commitment is, with links or a file that prove it. Telling again replaces what was told; files stay."""
    row = _kept(commitment.signatory)
    it = row.commitments.get(pk=commitment.pk)
    if state not in State.values or state == State.PLANNED:
        raise Refused(_("Say whether it was done, done in part, or not done."))
    if it.year > timezone.localdate().year:
        raise Refused(_("The year of this commitment has not begun."))
    if state in (State.DONE, State.PARTLY) and it.target is not None and reached is None:
        raise Refused(_("Say how much was reached: this commitment has a target."))
    before, was = _facts(it), it.told_on
    it.state, it.reached, it.evidence, it.told_on = state, reached, evidence, timezone.localdate()
    _check(it)
    it.save()
    if sheet:
        keep_paper(row, Paper.Kind.EVIDENCE, sheet, by, commitment=it)
    changes = differences(before, _facts(it)) | ({} if was == it.told_on else {"told_on": [was and was.isoformat(), it.told_on.isoformat()]})
    return Deed(row, changes | ({"papers": [None, 1]} if sheet else {}), place=row.agreement.region.slug, value=it)


@action("agreements.commitment_taken_back", says=gettext_lazy("took a commitment back"))
def take_back(*, by: Any, commitment: Commitment) -> Deed:
    """Takes a commitment back that nobody told of yet; what was told stays."""
    row = _kept(commitment.signatory)
    it = row.commitments.get(pk=commitment.pk)
    if it.told_on:
        raise Refused(_("It was told already how this went; it stays. Tell “not done” instead."))
    before = _facts(it)
    it.delete()
    return Deed(row, {name: [value, None] for name, value in before.items() if value}, place=row.agreement.region.slug, value=row)
