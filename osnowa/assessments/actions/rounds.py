"""Verbs of rounds: they are made, opened and closed; what the room agreed on is noted; sheets of paper are entered."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.assessments.actions import answers
from osnowa.assessments.models import Agreed, Answer, Instrument, Respondent, Round
from osnowa.assessments.queries.instruments import definition_in
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.meetings.models import Block
from osnowa.people.models import Person
from osnowa.places.models import Region

#: What may be said of a round when it is made and later.
FIELDS = ("title", "subject", "before", "opens_on", "closes_on", "asked", "is_shown_live", "is_public")
#: The turn of what is entered from a sheet of paper.
_SHEET = 1


def _plain(value: Any) -> Any:
    """A value fit for the journal."""
    if isinstance(value, Round | Block | Instrument):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _facts(round_: Round) -> dict[str, Any]:
    return {field: _plain(getattr(round_, field)) for field in FIELDS}


@action("assessments.round_made", says=gettext_lazy("prepared a round of assessment"))
def make_round(*, by: Person | None, region: Region, instrument: Instrument, values: Mapping[str, Any], block: Block | None = None) -> Deed:
    """A round that waits to be opened; one in a block of a meeting is open and answered while the block is."""
    if block and not Block.objects.select_for_update().filter(pk=block.pk).exists():
        raise Refused(_("This part of the meeting is not there any more: somebody removed it meanwhile."), status=404)
    if block and Round.objects.filter(block=block).exists():
        raise Refused(_("This part of the meeting has a round already."))
    taken = set(Round.objects.filter(region=region).values_list("slug", flat=True))
    state = Round.State.OPEN if block else Round.State.PLANNED
    made = Round(region=region, instrument=instrument, block=block, state=state, slug=address_word(values["title"], taken, 80))
    for field in FIELDS:
        if field in values:
            setattr(made, field, values[field])
    made.save()
    return Deed(made, {name: [None, fact] for name, fact in _facts(made).items() if fact} | {"instrument": [None, str(instrument)]}, place=region.slug)


@action("assessments.round_changed", says=gettext_lazy("changed a round of assessment"))
def change_round(*, by: Person, round_: Round, values: Mapping[str, Any]) -> Deed:
    """Changes what is said of a round; whom it asks, what it is called, whether its results are public."""
    before = _facts(round_)
    for field in FIELDS:
        if field in values:
            setattr(round_, field, values[field])
    if round_.before_id == round_.pk:
        raise Refused(_("A round cannot come before itself."))
    round_.save(update_fields=list(FIELDS))
    return Deed(round_, differences(before, _facts(round_)), place=round_.region.slug)


@action("assessments.round_opened", says=gettext_lazy("opened a round of assessment"))
def open_round(*, by: Person | None, round_: Round) -> Deed:
    """Answers are taken from now on. What was closed stays closed: a second view of nearly the same voices would give them away."""
    held = Round.objects.select_for_update(of=("self",)).select_related("region").get(pk=round_.pk)
    if held.state == Round.State.CLOSED:
        raise Refused(_("A closed round is not opened again, since two views that differ by a few voices would give them away. Make a new round."))
    if held.state == Round.State.OPEN:
        return Deed(held, {})
    held.state, held.opens_on = Round.State.OPEN, held.opens_on or timezone.localdate()
    held.save(update_fields=["state", "opens_on"])
    return Deed(held, {"state": [Round.State.PLANNED.value, Round.State.OPEN.value]}, place=held.region.slug)


@action("assessments.round_closed", says=gettext_lazy("closed a round of assessment"))
def close_round(*, by: Person | None, round_: Round) -> Deed:
    """No answers are taken any more; all of them are counted, and sectors are shown as far as nobody is given away."""
    held = Round.objects.select_for_update(of=("self",)).select_related("region").get(pk=round_.pk)
    if held.state == Round.State.CLOSED:
        return Deed(held, {})
    before, held.state, held.closed_at = held.state, Round.State.CLOSED, timezone.now()
    held.closes_on = held.closes_on or timezone.localdate()
    held.save(update_fields=["state", "closed_at", "closes_on"])
    counted = {"respondents": [None, held.respondents.count()], "answers": [None, Answer.objects.filter(respondent__round=held).count()]}
    return Deed(held, {"state": [before, Round.State.CLOSED.value]} | counted, place=held.region.slug)


@action("assessments.agreed", says=gettext_lazy("noted what was agreed"))
def note_agreed(*, by: Person, round_: Round, dimension: str, values: Mapping[str, Any]) -> Deed:
    """What the room agreed on for a dimension, apart from what the survey says; all empty takes it away."""
    if definition_in(round_.instrument).dimension(dimension) is None:
        raise Refused(_("This is not asked here."))
    kept = Agreed.objects.filter(round=round_, dimension=dimension).first() or Agreed(round=round_, dimension=dimension)
    fields = ("level", "target", "target_on", "importance", "reason", "evidence")
    before = {field: _plain(getattr(kept, field)) for field in fields} if kept.pk else {}
    for field in fields:
        setattr(kept, field, values.get(field, [] if field == "evidence" else "" if field == "reason" else None))
    changes = differences(before, {field: _plain(getattr(kept, field)) for field in fields})
    changes = {name: change for name, change in changes.items() if any(change)}
    if not changes:
        return Deed(round_, {})
    if not any(values.get(field) for field in fields):
        kept.delete()
    else:
        kept.noted_at, kept.noted_by = timezone.now(), by
        kept.save()
    told = {name: change for name, change in changes.items() if name != "reason"}  # free text may name somebody
    return Deed(round_, {"dimension": [None, dimension], **told}, place=round_.region.slug)


@action("assessments.sheet_entered", says=gettext_lazy("entered a sheet of paper"))
def enter_sheet(*, by: Person, round_: Round, sector: str, said: Mapping[str, Mapping[str, Any]], language: str = "en") -> Deed:
    """One sheet as one respondent, {item: words}; it counts like a phone. The entry says only that there is one more.

    A sheet without any answer is none: an Enter too many makes no voice.
    """
    if not any(value for words in said.values() for value in words.values()):
        raise Refused(_("Nothing is answered on this sheet, so it was not saved."))
    respondent = answers.begin(round_=round_, sector=sector, via=Respondent.Via.PAPER, language=language, entered_by=by)
    for code, words in said.items():
        answers.hear(round_=round_, respondent=respondent, code=code, words=words, turn=_SHEET)
    Respondent.objects.filter(pk=respondent.pk).update(finished_at=timezone.now())
    return Deed(round_, {"sheets": [None, 1]}, place=round_.region.slug, value=respondent)
