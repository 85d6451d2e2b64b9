"""Loading the sample regions: the founding documents, running."""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from random import Random
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, through
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.places.models import PostalCode, Region, Territory
from osnowa.register.actions import NewOrganisation, add_organisations
from osnowa.sample import course, pilot, pomorskie, spread, words, workshops
from osnowa.sample.indicators import load_indicators
from osnowa.sample.life import live
from osnowa.sample.making import Maker
from osnowa.sample.people import make_people
from osnowa.sample.regions import WORKSPACES, Workspace, make_region

#: When the sample was collected, so to say; no clock is read.
COLLECTED_AT = datetime(2026, 1, 15, 9, 0, tzinfo=UTC)
#: How many pairs of words each Polish region may use; the other languages serve one region each.
_NAMES_A_REGION = 460


def _names(workspace: Workspace) -> Iterator[str]:
    """The region's own share of the shuffled stock, without pairs that are names of places."""
    places = set(Territory.objects.filter(code__startswith=workspace.jurisdiction).values_list("name_fold", flat=True))
    if workspace.jurisdiction == "PL":
        places = set(Territory.objects.filter(scheme="TERYT").values_list("name_fold", flat=True))
    pairs = [pair for pair in words.names(workspace.own_language) if fold(pair) not in places]
    Random(f"osnowa names {workspace.own_language}").shuffle(pairs)
    alike = [w.slug for w in WORKSPACES if w.own_language == workspace.own_language]
    start = _NAMES_A_REGION * alike.index(workspace.slug)
    return islice(pairs, start, None)


def invent(workspace: Workspace, region: Region) -> list[NewOrganisation]:
    """The organisations of a region, not yet written."""
    maker = Maker(region, workspace.own_language, workspace.series, _names(workspace))
    if workspace.slug == "pomorskie":
        pomorskie.make(maker)
    else:
        spread.fill(maker, spread.COUNTS[workspace.slug])
    for row in maker.made:
        row.figures.sort(key=lambda figures: figures["as_of_on"])
    return maker.made


@action("sample.region_loaded", says=gettext_lazy("loaded the sample"))
def load_region(*, by: Person | None, workspace: Workspace) -> Deed:
    """Writes one region with its organisations, and in a demonstration its people."""
    region = make_region(workspace)
    people = make_people(region) if settings.IS_DEMO else {}
    rows = invent(workspace, region)
    with through("sample", COLLECTED_AT):
        add_organisations(by=by, region=region, rows=rows, source="sample", at=COLLECTED_AT, via="sample", is_invented=True)
    workshops.hold(region, people)
    editor = people.get("editor") or people.get("coordinator")
    course.keep(region, course.COLLECTED_ON)
    course.run(region, workspace.own_language, editor)
    live(region, workspace.own_language, people)
    workshops.go_on(region, people)
    pilot.found(region, people)
    course.finish(region)
    return Deed(region, {"organisations": [0, len(rows)]}, place=region.slug, value=len(rows))


def load(by: Person | None = None, *, regions: Sequence[str] = (), told: Callable[[str], None] = lambda slug: None) -> dict[str, Any]:
    """Loads the sample regions that are not there yet; {region: how many organisations}, 0 where it was left alone.

    `regions` chooses among them; `told` hears of each before it is loaded.
    """
    known = {workspace.slug: workspace for workspace in WORKSPACES}
    if unknown := [slug for slug in regions if slug not in known]:
        raise Refused(
            _("There is no sample region %(region)s. There are: %(known)s.") % {"region": unknown[0], "known": ", ".join(known)}
        )
    wanted = [workspace for workspace in WORKSPACES if not regions or workspace.slug in regions]
    if not PostalCode.objects.exists():
        raise Refused(_("The tables of places are not loaded yet. Run: osnowa places load"))
    there = set(Region.objects.values_list("slug", flat=True))
    loaded = {}
    for workspace in wanted:
        if workspace.slug in there:
            loaded[workspace.slug] = 0
            continue
        told(workspace.slug)
        with through("sample"):
            loaded[workspace.slug] = load_region(by=by, workspace=workspace)
    with through("sample", COLLECTED_AT):
        load_indicators(by=by)
    return loaded
