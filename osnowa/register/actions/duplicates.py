"""Verbs about pairs of records that may be one: looking for them, naming one, telling two apart, taking that back."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register.actions.merging import check_merge
from osnowa.register.models import Organisation, PossibleDuplicate
from osnowa.register.queries.duplicates import Likely

Person = Any
State = PossibleDuplicate.State
#: The kind of background work that looks for pairs.
SEARCH = "register.duplicates"


@action("register.duplicates_noted", says=gettext_lazy("looked for duplicates"))
def note_likely_pairs(*, by: Person, region: Region, found: Sequence[Likely]) -> Deed:
    """Puts the pairs found into the queue; what waits there and is not likely any more goes, save pairs a person named.

    Decided pairs stay as they are. The value is {found, new, gone}.
    """
    known = {(pair.first_id, pair.second_id): pair for pair in PossibleDuplicate.objects.filter(region=region)}
    wanted = {(one.first, one.second): one for one in found}
    new = [
        PossibleDuplicate(region=region, first_id=one.first, second_id=one.second, score=one.score, why=one.why)
        for pair, one in wanted.items()
        if pair not in known
    ]
    again = [pair for key, pair in known.items() if key in wanted and pair.state == State.WAITING]
    for pair in again:
        one = wanted[pair.first_id, pair.second_id]
        pair.score, pair.why = (one.score if pair.score is not None else None), one.why
    gone = [pair.pk for key, pair in known.items() if key not in wanted and pair.state == State.WAITING and pair.score is not None]
    PossibleDuplicate.objects.bulk_create(new, batch_size=500)
    PossibleDuplicate.objects.bulk_update(again, ["score", "why"], batch_size=200)
    for start in range(0, len(gone), 500):
        PossibleDuplicate.objects.filter(pk__in=gone[start : start + 500]).delete()
    counts = {"found": len(wanted), "new": len(new), "gone": len(gone)}
    return Deed(region, None, place=region.slug, value=counts)


@action("register.duplicate_named", says=gettext_lazy("named two records that may be one"))
def name_pair(*, by: Person, one: Organisation, other: Organisation) -> Deed:
    """Puts two records side by side; a pair that is known already is found again. Refused where they can never be one."""
    first, second = sorted((one, other), key=lambda it: it.pk)
    known = PossibleDuplicate.objects.filter(first=first, second=second).first()
    if known and known.state == State.DIFFERENT:
        return Deed(known, {})
    check_merge(first, second)
    if known:
        return Deed(known, {})
    made = PossibleDuplicate.objects.create(region_id=first.region_id, first=first, second=second)
    return Deed(made, {"state": [None, State.WAITING.value]}, place=first.region.slug)


def _decide(pair: PossibleDuplicate, by: Person, before: str, after: str) -> dict[str, list[Any]]:
    """Moves a pair from one state to another. Refused where somebody was quicker."""
    decided = {"decided_by": None, "decided_at": None} if after == State.WAITING else {"decided_by": by, "decided_at": timezone.now()}
    if not PossibleDuplicate.objects.filter(pk=pair.pk, state=before).update(state=after, **decided):
        pair.refresh_from_db()
        who = pair.decided_by or _("Somebody")
        raise Refused(_("%(who)s has decided this already: %(state)s.") % {"who": who, "state": pair.get_state_display()})
    pair.refresh_from_db()
    return {"state": [before, after]}


@action("register.duplicate_told_apart", says=gettext_lazy("said that two records are never the same"))
def tell_apart(*, by: Person, pair: PossibleDuplicate) -> Deed:
    """The two are never the same: they are not proposed again."""
    return Deed(pair, _decide(pair, by, State.WAITING.value, State.DIFFERENT.value), place=pair.region.slug)


@action("register.duplicate_doubted", says=gettext_lazy("took back that two records are never the same"))
def doubt_again(*, by: Person, pair: PossibleDuplicate) -> Deed:
    """Takes "never the same" back: the pair waits again."""
    return Deed(pair, _decide(pair, by, State.DIFFERENT.value, State.WAITING.value), place=pair.region.slug)
