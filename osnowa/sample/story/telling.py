"""The steps in their order, each with its time and what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from osnowa.journal.actions import through
from osnowa.kit.errors import Refused
from osnowa.sample.story import documents, founding, listing, workshop
from osnowa.sample.story.words import Story


@dataclass(frozen=True)
class Told:
    """A step that was done."""

    step: str
    seconds: float
    result: str
    notes: list[str] = field(default_factory=list)


class Broken(Exception):
    """A step that could not be done; the message says which and why."""


#: (what is done, the function that does it and says what came of it).
STEPS: tuple[tuple[str, Callable[[Story], str]], ...] = (
    ("Region", listing.open_region),
    ("Import of the list", listing.take_list),
    ("Rows mended", listing.mend_rows),
    ("Duplicates merged", listing.merge_twins),
    ("Diagnosis", documents.diagnose),
    ("Workshop", workshop.meet),
    ("Cards, dots and scores", workshop.speak),
    ("Minutes", workshop.write_down),
    ("Cluster and canvas", founding.draw_canvas),
    ("Letter of intent", founding.write_letter),
    ("Signatures", founding.sign_letter),
    ("Founding members", founding.found),
    ("Concept report", documents.conceive),
    ("Papers", documents.put_down),
)


def tell(story: Story, told: Callable[[Told], None] = lambda one: None) -> list[Told]:
    """Tells the whole story; `told` hears of each step as it is done. Broken where one cannot be."""
    done: list[Told] = []
    with through("sample"):
        for step, do in STEPS:
            began, story.notes = time.monotonic(), []
            try:
                result = do(story)
            except (Refused, OSError) as no:
                raise Broken(f"{step}: {no}") from no
            done.append(Told(step, round(time.monotonic() - began, 2), result, story.notes))
            told(done[-1])
    return done
