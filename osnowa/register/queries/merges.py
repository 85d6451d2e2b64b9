"""Records merged into others: where an old record leads, what came in from which, and what would survive a merge."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.register.models import Merge, Organisation, PossibleDuplicate, Visibility
from osnowa.register.queries.changes import label_of, told

KEPT, GONE = "kept", "gone"
#: The deeds of a merge in the histories of its two records.
MERGED, TAKEN_UP = "register.organisation_merged", "register.organisation_taken_up"


def standing_of(keys: Iterable[int]) -> dict[int, int]:
    """{record: the record that stands for it today}, itself where it was never merged; a query a step of the longest chain."""
    at = {key: key for key in keys}
    while at:
        merged = Organisation.every_record.filter(pk__in=set(at.values())).values_list("pk", "merged_into")
        onward = {old: now for old, now in merged if now is not None}
        if not onward:
            break
        at = {key: onward.get(now, now) for key, now in at.items()}
    return at


def taken_up(organisation: Organisation) -> list[Merge]:
    """The merges that stand and brought records into this one, those into the merged records too; newest first."""
    found: list[Merge] = []
    level = [organisation.pk] if organisation.pk else []
    while level:
        rows = Merge.objects.filter(kept__in=level, undone_at=None).select_related("gone").prefetch_related("gone__identifiers")
        step = list(rows)
        found += step
        level = [merge.gone_id for merge in step]
    return found


def merged_keys(organisation: Organisation) -> list[int]:
    """The records merged straight into this one, as its journal keeps them."""
    return sorted(Merge.objects.filter(kept=organisation, undone_at=None).values_list("gone", flat=True))


def entries_with_merged(organisation: Organisation, merges: Iterable[Merge]) -> QuerySet[Entry]:
    """The history of a record and of those merged into it, newest first, with authors."""
    keys = [str(organisation.pk), *(str(merge.gone_id) for merge in merges)]
    return Entry.objects.filter(thing_type=organisation._meta.label_lower, thing_id__in=keys).select_related("by")


def merged_into_this(organisation: Organisation, scheme: str, value: str) -> Organisation | None:
    """The record merged into this one with which a number stayed."""
    there = (merge.gone for merge in taken_up(organisation))
    return next((it for it in there if any((i.scheme, i.value) == (scheme, value) for i in it.identifiers.all())), None)


@dataclass(frozen=True)
class Choice:
    """Something of which one of two records' word survives: its fields go together, and what it is called."""

    fields: tuple[str, ...]
    label: Any


#: What is chosen from one record or the other; the key is its first field.
CHOICES: dict[str, Choice] = {
    choice.fields[0]: choice
    for choice in (
        Choice(("legal_name",), gettext_lazy("Legal name")),
        Choice(("short_name",), gettext_lazy("Short name")),
        Choice(("parent",), gettext_lazy("Part of")),
        Choice(("legal_form", "pes_category"), gettext_lazy("Legal form")),
        Choice(("sector",), gettext_lazy("Sector")),
        Choice(("founded_on",), gettext_lazy("Founded on")),
        Choice(("registered_on",), gettext_lazy("Registered on")),
        Choice(("activity_status", "ended_on", "end_reason", "successor"), gettext_lazy("Activity status")),
        Choice(("last_confirmed_on", "confirmed_by"), gettext_lazy("Last confirmed")),
        Choice(
            ("street", "postal_code", "locality", "country", "municipality", "lat", "lon", "geo_precision"),
            gettext_lazy("Address and point"),
        ),
        Choice(("is_location_hidden",), gettext_lazy("Hide the exact place")),
        Choice(("about",), gettext_lazy("Description")),
        Choice(("visibility",), gettext_lazy("Visibility")),
    )
}
#: Lists of which both records' items survive, once each.
UNITED = ("other_names", "links", "target_groups", "economic_activity", "operating_area", "service_areas", "activities")
#: The choices in which a word says nothing of an address: the country alone, a guessed precision.
_SAYS_NOTHING = ("country", "geo_precision")
#: From open to closed; what was hidden stays hidden unless somebody chooses otherwise.
_NARROWER = [Visibility.PUBLIC.value, Visibility.MEMBERS.value, Visibility.COORDINATOR.value]

Facts = Mapping[str, Any]


def is_empty(choice: Choice, facts: Facts) -> bool:
    return all(facts.get(name) in (None, "", [], {}) for name in choice.fields if name not in _SAYS_NOTHING)


def usual_side(name: str, kept: Facts, gone: Facts) -> str:
    """Which word survives where nobody chose: the kept record's, the other's where it says nothing, and what hides more."""
    if name == "is_location_hidden":
        return GONE if gone[name] and not kept[name] else KEPT
    if name == "visibility":
        return GONE if _NARROWER.index(gone[name]) > _NARROWER.index(kept[name]) else KEPT
    choice = CHOICES[name]
    return GONE if is_empty(choice, kept) and not is_empty(choice, gone) else KEPT


def united(name: str, kept: Facts, gone: Facts) -> list[Any]:
    """The items of both lists, the kept record's first. A name that went joins the other names."""
    items = [*kept[name], *gone[name]]
    return [item for number, item in enumerate(items) if item not in items[:number]]


def survivors(kept: Facts, gone: Facts, choices: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of the record that stays: {field: value} of everything but its numbers and rows.

    `choices` is {name of CHOICES: "kept", "gone", or a value of its own}.
    """
    values: dict[str, Any] = {}
    for name, choice in CHOICES.items():
        chosen = choices.get(name, usual_side(name, kept, gone))
        if chosen in (KEPT, GONE):
            values |= {field: (kept if chosen == KEPT else gone)[field] for field in choice.fields}
        else:
            values |= {field: kept[field] for field in choice.fields} | {name: chosen}
    for name in UNITED:
        values[name] = united(name, kept, gone)
    _keep_one_nace(values, kept, gone)
    names = [*values["other_names"], *(side[field] for side in (kept, gone) for field in ("legal_name", "short_name"))]
    values["other_names"] = [
        name for name in dict.fromkeys(filter(None, names)) if name not in (values["legal_name"], values["short_name"])
    ]
    return values


def _keep_one_nace(values: dict[str, Any], kept: Facts, gone: Facts) -> None:
    """Codes of two versions of NACE do not mix: the kept record's stay, the other's come where it has none."""
    values["nace_version"] = kept["nace_version"]
    if kept["nace_version"] != gone["nace_version"]:
        side = kept if kept["activities"] else gone
        values |= {"activities": side["activities"], "nace_version": side["nace_version"]}


def later_merges(merge: Merge) -> list[Merge]:
    """The merges into the same record that came later and still stand."""
    return list(Merge.objects.filter(kept=merge.kept_id, pk__gt=merge.pk, undone_at=None).select_related("gone"))


#: What moved with a merged record, by model; anything else is told together.
_MOVED = {
    "register.identifier": gettext_lazy("Numbers"),
    "register.organisation": gettext_lazy("Units and records it took over"),
    "register.yearlyfigures": gettext_lazy("Yearly figures"),
    "register.recognition": gettext_lazy("Statuses and certificates"),
    "register.listing": gettext_lazy("Offers, needs, resources"),
    "register.contact": gettext_lazy("Contacts"),
    "register.organisationseat": gettext_lazy("People who act for it"),
    "register.proposal": gettext_lazy("Proposals"),
    "register.confirmationrequest": gettext_lazy("Questions sent by e-mail"),
}


def entry_of(merge: Merge, *, of_gone: bool = False) -> Entry:
    """The entry a merge left in the history of the kept record, or of the one that went.

    Two records may have been merged, taken apart and merged again: the n-th merge left the n-th such entry.
    """
    number = Merge.objects.filter(kept=merge.kept_id, gone=merge.gone_id, pk__lt=merge.pk).count()
    thing, deed = (merge.gone, TAKEN_UP) if of_gone else (merge.kept, MERGED)
    named = [entry for entry in entries_of(thing).filter(deed=deed).order_by("id") if _is_of(entry, merge)]
    return named[number]


def newest_merge_entry(organisation: Organisation) -> int:
    """The entry of the newest merge into a record, 0 where there is none: no state before it can be brought back."""
    return entries_of(organisation).filter(deed=MERGED).values_list("pk", flat=True).first() or 0


def _is_of(entry: Entry, merge: Merge) -> bool:
    if entry.deed == TAKEN_UP:
        return bool(entry.changes["merged_into"][1] == merge.kept_id)
    before, after = entry.changes["merged_records"]
    return merge.gone_id in after and merge.gone_id not in before


def told_of(merge: Merge) -> dict[str, Any]:
    """What a merge did, in words: the facts of the kept record that changed, and how many rows of what moved."""
    entry = entry_of(merge)
    moved = Counter[str]()
    for label, fields in merge.moved.items():
        if "." in label and label != PossibleDuplicate._meta.label_lower:
            moved[str(_MOVED.get(label, _("Rows of other pages")))] += sum(len(keys) for keys in fields.values())
    changes = [change for change in told([entry])[0].changes if change.label != label_of("merged_records")]
    return {"changes": changes, "reason": entry.reason, "moved": [(what, n) for what, n in moved.items() if n]}
