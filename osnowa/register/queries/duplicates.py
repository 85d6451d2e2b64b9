"""Records that may be one organisation: finding them, the queue of pairs, and a pair side by side."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, IntegerField, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.compute import linkage
from osnowa.journal.models import Entry
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.models import (
    Contact,
    Listing,
    Organisation,
    OrganisationSeat,
    PossibleDuplicate,
    Proposal,
    Recognition,
    YearlyFigures,
)
from osnowa.register.queries.changes import label_of, value_of
from osnowa.register.queries.facts import facts_of
from osnowa.register.queries.merges import CHOICES, UNITED, Choice, is_empty, standing_of, usual_side
from osnowa.register.queries.records import records_of
from osnowa.register.queries.search import search

State = PossibleDuplicate.State
Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Likely:
    """Two records that are probably one: their keys, the older first, how probable it is (0 to 1), and why.

    `why` is [{"role", "level", "bits"}] as `compute.linkage` gives it.
    """

    first: int
    second: int
    score: float
    why: list[dict[str, Any]]


def likely_pairs(region: Region, step: Step | None = None) -> list[Likely]:
    """The pairs of standing records of a region that are probably one organisation, the most probable first.

    Never two that somebody told apart, nor a unit and its legal person, nor two that can never be merged.
    """
    standing = Organisation.objects.filter(region=region)
    told = dict(records_of(standing))
    keys = list(told)
    family = {key: rest for key, *rest in standing.values_list("pk", "kind", "parent", "successor")}
    row_of = {key: number for number, key in enumerate(keys)}
    apart = [(row_of[a], row_of[b]) for a, b in told_apart(region) if a in row_of and b in row_of]
    roles = sorted({role for record in told.values() for role in record})
    records = linkage.Records({role: [told[key].get(role, "") for key in keys] for role in roles})
    links = linkage.dedupe(records, apart=apart, progress=step)
    found = []
    for number, (a, b, score) in enumerate(zip(links.a.tolist(), links.b.tolist(), links.score.tolist(), strict=True)):
        first, second = sorted((keys[a], keys[b]))
        if _could_be_one(first, second, family):
            why = [{"role": reason.role, "level": reason.level, "bits": reason.bits} for reason in links.why(number)]
            found.append(Likely(first, second, score, why))
    return found


def told_apart(region: Region) -> set[tuple[int, int]]:
    """Pairs of standing records that somebody said are never the same; what was merged since speaks for where it went."""
    pairs = list(PossibleDuplicate.objects.filter(region=region, state=State.DIFFERENT).values_list("first", "second"))
    stands = standing_of({key for pair in pairs for key in pair})
    return {(min(stands[a], stands[b]), max(stands[a], stands[b])) for a, b in pairs if stands[a] != stands[b]}


def _could_be_one(a: int, b: int, family: Mapping[int, Sequence[Any]]) -> bool:
    """Two legal persons, or two units of the same one; never one that took over the other."""
    (kind, parent, successor), (other_kind, other_parent, other_successor) = family[a], family[b]
    return (kind, parent) == (other_kind, other_parent) and successor != b and other_successor != a


# --- the queue --------------------------------------------------------------------------------------------------


def queue(region: Region, state: str = State.WAITING) -> QuerySet[PossibleDuplicate]:
    """The pairs in a state, those somebody named first, then the most certain; "all" is every state."""
    found = PossibleDuplicate.objects.filter(_still_pairs(), region=region).select_related("first", "second", "decided_by")
    if state in State.values:
        found = found.filter(state=state)
    return found.order_by(F("score").desc(nulls_first=True), "pk")


def _still_pairs() -> Q:
    """A pair that waits or was told apart is one of two records that stand; a merged pair is kept as it was."""
    return Q(state=State.MERGED) | Q(first__merged_into=None, second__merged_into=None)


def counts_by_state(region: Region) -> dict[str, int]:
    """{state: pairs}; one query."""
    rows = PossibleDuplicate.objects.filter(_still_pairs(), region=region).order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(rows)


def waiting_count(region: Region) -> int:
    return queue(region).count()


def mergeable_like(it: Organisation, words: str) -> QuerySet[Organisation]:
    """Other standing records of the same region and kind found by words of a name, a place, a number."""
    others = Organisation.objects.filter(region=it.region_id, kind=it.kind).exclude(pk=it.pk)
    return search(it.region, seen=others, words=words).among(others).order_by("name_fold", "pk")


# --- why --------------------------------------------------------------------------------------------------------

_ROLES = {
    "name": gettext_lazy("Name"), "place": gettext_lazy("Place"), "number": gettext_lazy("Number"), "founded": gettext_lazy("Founded"),
    "phone": gettext_lazy("Telephone"), "email": gettext_lazy("E-mail"), "website": gettext_lazy("Website"),
    "activity": gettext_lazy("Main activity"), "legal_form": gettext_lazy("Legal form"), "country": gettext_lazy("Country"),
}  # fmt: skip
_LEVELS = {
    "same words": gettext_lazy("the same words"),
    "spelt alike": gettext_lazy("spelt nearly alike"),
    "usual words more": gettext_lazy("one has a usual word more"),
    "words more": gettext_lazy("one has words more"),
    "kind left out": gettext_lazy("one leaves out what kind it is"),
    "part of the other": gettext_lazy("one is a part of the other"),
    "usual words differ": gettext_lazy("usual words differ"),
    "words differ": gettext_lazy("words differ"),
    "numbers differ": gettext_lazy("the numbers in the names differ"),
    "nothing in common": gettext_lazy("nothing in common"),
    "same address": gettext_lazy("the same address"),
    "same postcode": gettext_lazy("the same postal code"),
    "same street": gettext_lazy("the same street"),
    "same town": gettext_lazy("the same town"),
    "near": gettext_lazy("near each other"),
    "same area": gettext_lazy("the same area"),
    "elsewhere": gettext_lazy("in different places"),
    "same point": gettext_lazy("the same point"),
    "under 1 km": gettext_lazy("less than 1 km apart"),
    "under 10 km": gettext_lazy("less than 10 km apart"),
    "same day": gettext_lazy("the same day"),
    "same year": gettext_lazy("the same year"),
    "same": gettext_lazy("the same"),
    "same domain": gettext_lazy("the same domain"),
    "same division": gettext_lazy("a related one"),
    "alike": gettext_lazy("alike"),
    "differs": gettext_lazy("differs"),
}


@dataclass(frozen=True)
class Reason:
    """What one field says for (or against) two records being one, in words."""

    label: str
    says: str
    speaks_for: bool


def reasons(why: Iterable[Mapping[str, Any]]) -> list[Reason]:
    """The reasons of a pair in the reader's language, the weightiest first; what weighs nothing is left out."""
    return [
        Reason(str(_ROLES.get(one["role"], one["role"])), str(_LEVELS.get(one["level"], one["level"])), one["bits"] > 0)
        for one in why
        if abs(one["bits"]) >= 0.5
    ]


# --- side by side -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Side:
    """What one record says of something, and where that comes from."""

    key: int
    value: str
    source: str = ""
    on: str = ""


@dataclass(frozen=True)
class Line:
    """Something of which the word of one of the two survives; `better` is the key of the record whose word is proposed."""

    name: str
    label: str
    sides: tuple[Side, Side]
    better: int


@dataclass(frozen=True)
class Comparison:
    """Two records side by side: what differs and is chosen, what comes together, what is the same in both."""

    records: tuple[Organisation, Organisation]
    stays: int
    choices: list[Line]
    together: list[Line]
    same: list[tuple[str, str]]
    hanging: list[tuple[str, int, int]]


def compare(first: Organisation, second: Organisation) -> Comparison:
    """The two side by side; five queries, whatever hangs on them."""
    records = (first, second)
    found = facts_of(records, with_rows=False)
    sides = tuple(found[it.pk] for it in records)
    entries = dict(
        Entry.objects.filter(thing_type=first._meta.label_lower, thing_id__in=[str(it.pk) for it in records])
        .order_by().values_list("thing_id").annotate(n=Count("pk"))
    )  # fmt: skip
    stays = min(records, key=lambda it: (it.created_at.date(), -entries.get(str(it.pk), 0), it.pk))
    names = _names(records)
    comparison = Comparison(records, stays.pk, [], [], [], _hanging(records, entries))
    for name, choice in CHOICES.items():
        told = [_told(name, choice, facts, names) for facts in sides]
        if sides[0].get("kind") == Organisation.Kind.LEGAL_PERSON and name == "parent":
            continue
        if all(sides[0][field] == sides[1][field] for field in choice.fields) or told[0] == told[1]:
            if told[0] and not is_empty(choice, sides[0]):
                comparison.same.append((str(choice.label), told[0]))
            continue
        both = tuple(_side(it, name, text) for it, text in zip(records, told, strict=True))
        comparison.choices.append(Line(name, str(choice.label), (both[0], both[1]), _better(name, records, sides, stays)))
    _compare_numbers(comparison, sides, stays)
    _compare_lists(comparison, sides)
    return comparison


def _names(records: Sequence[Organisation]) -> dict[tuple[str, Any], str]:
    named = {(field, getattr(it, f"{field}_id")): getattr(it, field) for it in records for field in ("municipality", "parent", "successor")}
    return {key: str(thing) for key, thing in named.items() if thing}


def _told(name: str, choice: Choice, facts: Mapping[str, Any], names: Mapping[tuple[str, Any], str]) -> str:
    """What a record says of something, in the reader's words; empty where it says nothing."""
    if is_empty(choice, facts):
        return ""
    if name == "street":
        town = f"{facts['postal_code']} {facts['locality']}".strip()
        place = names.get(("municipality", facts["municipality"]), "")
        point = codes.GEO_PRECISION.label(facts["geo_precision"]) if facts["geo_precision"] else ""
        return ", ".join(filter(None, [facts["street"], town, place if place != facts["locality"] else "", point]))
    shown = [field for field in choice.fields if field != "pes_category" and facts[field] not in (None, "")]
    return ", ".join(value_of(field, facts[field], dict(names)) for field in shown)


def _side(it: Organisation, name: str, text: str) -> Side:
    source = it.source_of(name) if text else {}
    on = parse_date(source.get("on") or "")
    return Side(it.pk, text, codes.SOURCES.label(source["source"]) if source.get("source") else "", date_format(on, "SHORT_DATE_FORMAT") if on else "")


def _better(name: str, records: tuple[Organisation, Organisation], sides: Sequence[Mapping[str, Any]], stays: Organisation) -> int:
    """The record whose word is proposed: what hides more, what says something, what is confirmed or told later, what stays."""
    here, there = (0, 1) if records[0].pk == stays.pk else (1, 0)
    if name in ("is_location_hidden", "visibility"):
        return records[here if usual_side(name, sides[here], sides[there]) == "kept" else there].pk
    says = [_weight(name, it, side) for it, side in zip(records, sides, strict=True)]
    return records[there if says[there] > says[here] else here].pk


def _weight(name: str, it: Organisation, facts: Mapping[str, Any]) -> tuple[bool, bool, str, str]:
    """What makes a word better, the weightiest first: it says something, is no shout, was confirmed later, was told later."""
    says = not (name in CHOICES and is_empty(CHOICES[name], facts)) and facts.get(name) != Organisation.Status.NOT_CONFIRMED
    is_shout = name in ("legal_name", "short_name") and str(facts[name]).isupper()
    source = it.source_of("identifiers" if name.startswith("number:") else name)
    return says, not is_shout, str(it.last_confirmed_on or ""), source.get("on") or ""


def _compare_numbers(comparison: Comparison, sides: Sequence[Mapping[str, Any]], stays: Organisation) -> None:
    """Numbers only one record has come together; of two that differ one is chosen, the other still leads here."""
    numbers = [side["identifiers"] for side in sides]
    for scheme in sorted(numbers[0].keys() | numbers[1].keys()):
        one, other = (of.get(scheme, "") for of in numbers)
        label = codes.IDENTIFIERS.label(scheme)
        if one == other:
            comparison.same.append((label, one))
            continue
        lines = tuple(_side(it, "identifiers", value) for it, value in zip(comparison.records, (one, other), strict=True))
        line = Line(f"number:{scheme}", label, (lines[0], lines[1]), _better(f"number:{scheme}", comparison.records, sides, stays))
        (comparison.choices if one and other else comparison.together).append(line)


def _compare_lists(comparison: Comparison, sides: Sequence[Mapping[str, Any]]) -> None:
    for name in UNITED:
        one, other = (side[name] for side in sides)
        if not one and not other:
            continue
        told = [_items(name, items, side["nace_version"]) for items, side in ((one, sides[0]), (other, sides[1]))]
        if told[0] == told[1]:
            comparison.same.append((label_of(name), told[0]))
        else:
            both = tuple(_side(it, name, text) for it, text in zip(comparison.records, told, strict=True))
            comparison.together.append(Line(name, label_of(name), (both[0], both[1]), comparison.stays))


def _items(name: str, items: Sequence[Any], nace_version: str) -> str:
    if name == "activities":
        return ", ".join(f"{code} {codes.nace_label(nace_version, code)}" for code in items)
    return value_of(name, items, {}) if items else ""


#: What hangs on a record and moves with it: (what it is called, its model, the field that points at the record).
HANGING: tuple[tuple[Any, type[Model], str], ...] = (
    (gettext_lazy("Units"), Organisation, "parent"),
    (gettext_lazy("Yearly figures"), YearlyFigures, "organisation"),
    (gettext_lazy("Statuses and certificates"), Recognition, "organisation"),
    (gettext_lazy("Offers, needs, resources"), Listing, "organisation"),
    (gettext_lazy("Contacts"), Contact, "organisation"),
    (gettext_lazy("People who act for it"), OrganisationSeat, "organisation"),
    (gettext_lazy("Proposals"), Proposal, "organisation"),
)


def _hanging(records: Sequence[Organisation], entries: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """(what, how many hang on the first, on the second), the history too; one query."""
    counts = {
        f"hanging_{number}": Coalesce(
            Subquery(
                model._default_manager.filter(**{field: OuterRef("pk")}).order_by().values(field).annotate(n=Count("pk")).values("n"),
                output_field=IntegerField(),
            ),
            0,
        )
        for number, (_label, model, field) in enumerate(HANGING)
    }
    found = {row["pk"]: row for row in Organisation.every_record.filter(pk__in=[it.pk for it in records]).annotate(**counts).values("pk", *counts)}
    one, other = (found[it.pk] for it in records)
    lines = [(str(label), one[f"hanging_{number}"], other[f"hanging_{number}"]) for number, (label, _model, _field) in enumerate(HANGING)]
    history = (str(_("Entries of the history")), *(entries.get(str(it.pk), 0) for it in records))
    return [line for line in (*lines, history) if line[1] or line[2]]  # type: ignore[misc]
