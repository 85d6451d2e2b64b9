"""The pilot of founding document 004 in Pomorskie: from the first invitation to more than twenty signatories, and a year on.

The document plans four workshops, four online briefings, a report by November 2025 and a letter with twenty signatures. How it went,
who signed, what is used and paid is invented. What is told stands in `tables/pilot_pomorskie.json` and `canvas_pomorskie.json`;
each deed happens at its day (`sample.clock`). Nobody is written to: who is asked has an invented address at most.
"""

from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.sample.pilot import canvas, letter, members, papers, work
from osnowa.sample.pilot.stage import Pilot, pilot_of

__all__ = ["Pilot", "found"]

_STEPS = (
    canvas.begin, canvas.draft, canvas.choose_initiative, letter.write, papers.begin, letter.gather, canvas.agree, papers.freeze, letter.close, members.take,
    work.lay_down, work.offer, work.pay, letter.go_on, members.go_on, work.use, members.renew_most,
)  # fmt: skip


def found(region: Region, people: dict[str, Person]) -> None:
    """Tells the pilot of a region that has one, in the order of its days."""
    pilot = pilot_of(region, people.get("coordinator"))
    if pilot is None:
        return
    for step in _STEPS:
        step(pilot)
