"""How the journal of a region shows deeds about organisations: what a reader may not see stays unnamed."""

from typing import Any

from django.urls import reverse

from osnowa.journal.access import Shown, shown_by
from osnowa.journal.models import Entry
from osnowa.journal.queries import in_words
from osnowa.places.access import may_edit_register, may_review
from osnowa.places.models import Region
from osnowa.register.access import visible
from osnowa.register.models import OrganisationSeat, PossibleDuplicate, Proposal
from osnowa.register.queries.changes import told
from osnowa.register.queries.merges import standing_of


@shown_by("register.organisation")
def _organisations(person: Any, place: Region, entries: list[Entry]) -> dict[int, Shown]:
    """Organisations the reader may see; what changed only for those who edit, since it may have been hidden before."""
    seen = _seen(person, place, {int(entry.thing_id) for entry in entries})
    known = [entry for entry in entries if int(entry.thing_id) in seen]
    changes: dict[int, list[tuple[str, str, str]]] = {}
    if may_edit_register(person, place):
        for one in told(known):
            changes[one.entry.pk] = [(it.label, it.before, it.after) for it in one.changes]
    return {
        entry.pk: Shown(entry.thing_label, _page(place, seen[int(entry.thing_id)]), changes.get(entry.pk, []))
        for entry in known
    }


@shown_by("register.organisationseat")
def _seats(person: Any, place: Region, entries: list[Entry]) -> dict[int, Shown]:
    """Seats in organisations the reader may see."""
    of = dict(
        OrganisationSeat.objects.filter(pk__in=[entry.thing_id for entry in entries]).values_list("pk", "organisation")
    )
    seen = _seen(person, place, set(of.values()))
    edits = may_edit_register(person, place)
    return {
        entry.pk: Shown(
            entry.thing_label,
            _page(place, seen[of[int(entry.thing_id)]]),
            in_words(entry, ("role", "basis", "valid_from", "valid_to")) if edits else [],
        )
        for entry in entries
        if of.get(int(entry.thing_id)) in seen
    }


@shown_by("register.proposal")
def _proposals(person: Any, place: Region, entries: list[Entry]) -> dict[int, Shown]:
    """Proposals about organisations the reader may see; who reviews sees all, and is led to the proposal itself."""
    of = dict(Proposal.objects.filter(pk__in=[entry.thing_id for entry in entries]).values_list("pk", "organisation"))
    seen = _seen(person, place, {organisation for organisation in of.values() if organisation})
    reviews = may_review(person, place)
    shown = {}
    for entry in entries:
        number = int(entry.thing_id)
        if reviews and number in of:
            url = reverse("register:proposal", kwargs={"region": place.slug, "number": number})
            shown[entry.pk] = Shown(entry.thing_label, url)
        elif of.get(number) in seen:
            shown[entry.pk] = Shown(entry.thing_label, _page(place, seen[of[number]]))
    return shown


@shown_by("register.possibleduplicate")
def _pairs(person: Any, place: Region, entries: list[Entry]) -> dict[int, Shown]:
    """Pairs of records, for those who decide about them; others may not see one of the two."""
    if not may_edit_register(person, place):
        return {}
    known = set(PossibleDuplicate.objects.filter(pk__in=[entry.thing_id for entry in entries]).values_list("pk", flat=True))
    return {
        entry.pk: Shown(entry.thing_label, reverse("register:duplicate", kwargs={"region": place.slug, "number": int(entry.thing_id)}))
        for entry in entries
        if int(entry.thing_id) in known
    }


def _seen(person: Any, place: Region, ids: set[int]) -> dict[int, str]:
    """{organisation: word of its address} of those the person may see; of merged ones, where they were merged into."""
    if not ids:
        return {}
    seen = dict(visible(person, place).filter(pk__in=ids).values_list("pk", "slug"))
    led = {old: now for old, now in standing_of(ids - seen.keys()).items() if old != now}
    there = dict(visible(person, place).filter(pk__in=set(led.values())).values_list("pk", "slug")) if led else {}
    return seen | {old: there[now] for old, now in led.items() if now in there}


def _page(place: Region, slug: str) -> str:
    return reverse("register:organisation", kwargs={"region": place.slug, "slug": slug})
