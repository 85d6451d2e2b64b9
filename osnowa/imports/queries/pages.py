"""What the pages of an import show: tabs with counts, and rows in words; a constant number of queries a page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.imports.fields import FIELDS
from osnowa.imports.models import Import, Row
from osnowa.imports.queries.personal import MASK, masked, own_numbers, personal_columns
from osnowa.journal.models import Entry
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.models import Organisation
from osnowa.register.queries import plain
from osnowa.register.queries.changes import Change, label_of, told, value_of
from osnowa.register.queries.duplicates import reasons

Outcome, Decision = Row.Outcome, Row.Decision

#: Tabs of the preview: word in the address -> (outcome of the rows, count of the import, heading, what it means).
TABS: dict[str, tuple[str, str, Any, Any]] = {
    "new": (Outcome.NEW, "new", gettext_lazy("New"), gettext_lazy("The register does not have these organisations yet. Applying adds them.")),
    "changed": (Outcome.CHANGED, "changed", gettext_lazy("With changes"),
                gettext_lazy("The register has these organisations and the file says something else. Applying writes what stands under “After”.")),
    "duplicates": (Outcome.DUPLICATE, "duplicates", gettext_lazy("Possible duplicates"),
                   gettext_lazy("Much speaks for it that these organisations are there already, in the register or further up in the file, but not enough to be sure. You decide.")),
    "errors": (Outcome.ERROR, "errors", gettext_lazy("To be mended"),
               gettext_lazy("Something in these rows cannot be right. They are left out until they are mended.")),
    "missing": ("", "missing", gettext_lazy("Missing from this file"),
                gettext_lazy("An earlier file of this list had these organisations, this one has not. Nothing is closed by itself.")),
    "unchanged": (Outcome.UNCHANGED, "unchanged", gettext_lazy("Unchanged"), gettext_lazy("The register says the same already.")),
    "set_aside": (Outcome.SET_ASIDE, "set_aside", gettext_lazy("Set aside"), gettext_lazy("These lines are no rows of the list, or not of this region.")),
}  # fmt: skip

#: What the tabs mean once the import is applied, where it is not the same.
AFTERWARDS: dict[str, Any] = {
    "new": gettext_lazy("This import added these organisations."),
    "changed": gettext_lazy("This import changed these organisations."),
    "duplicates": gettext_lazy("Nobody decided about these rows, or they were to be left out: nothing of them was written."),
    "errors": gettext_lazy("These rows were left out. Mend them, and bring them back."),
}  # fmt: skip
#: Why a line is set aside.
SET_ASIDE: dict[str, Any] = {
    "blank": gettext_lazy("The line is blank."),
    "section": gettext_lazy("The line is the title of a section."),
    "total": gettext_lazy("The line is a total."),
    "heading": gettext_lazy("The line repeats the headings."),
    "elsewhere": gettext_lazy("The place lies outside this region."),
    "repeated": gettext_lazy("The file has this row already, further up."),
}


@dataclass(frozen=True)
class Tab:
    """One filter of the preview with its count."""

    word: str
    heading: str
    says: str
    count: int


@dataclass(frozen=True)
class Compared:
    """A field as the row says it, and as what it looks like does."""

    label: str
    here: str
    there: str

    @property
    def is_same(self) -> bool:
        return self.here == self.there


@dataclass(frozen=True)
class Likely:
    """What a row may be a duplicate of: its name, its page, where it stands, what speaks for it and what against."""

    name: str
    url: str
    where: str
    speaks_for: list[str]
    against: list[str]
    compared: list[Compared] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A row in words, without numbers and birth dates of people."""

    row: Row
    name: str = ""
    url: str = ""
    gist: str = ""
    whose: str = ""
    changes: list[Change] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    likely: list[Likely] = field(default_factory=list)
    raw: list[tuple[str, str]] = field(default_factory=list)
    why_set_aside: str = ""


@dataclass(frozen=True)
class Tally:
    """What applying would add and change, and how many possible duplicates are still open."""

    added: int
    changed: int
    undecided: int


def tabs(it: Import) -> list[Tab]:
    """The tabs that hold something, in the order of how much they ask of the reader."""
    found = (Tab(word, str(heading), _means(it, word, says), it.counts.get(key, 0)) for word, (_o, key, heading, says) in TABS.items())
    return [tab for tab in found if tab.count]


def _means(it: Import, word: str, says: Any) -> str:
    if it.state == Import.State.UNDONE and word in AFTERWARDS:
        return ""
    return str(says if it.state == Import.State.READY else AFTERWARDS.get(word, says))


def tally(it: Import) -> Tally:
    """One query; none where there is no possible duplicate. What is decided is counted among the new and the changed."""
    undecided = rows_to_mend(it, "undecided").count() if it.counts.get("duplicates") else 0
    return Tally(it.counts.get("new", 0), it.counts.get("changed", 0), undecided)


def rows_of(it: Import, tab: str) -> QuerySet[Row]:
    """The rows of one tab in the order of the file."""
    return it.rows.filter(outcome=TABS[tab][0]).defer("key")


def missing_of(it: Import) -> QuerySet[Organisation]:
    """The organisations an earlier file of the list had and this one has not."""
    return Organisation.objects.filter(pk__in=it.missing, region=it.region).order_by("name_fold", "pk")


def lines(it: Import, rows: Sequence[Row]) -> list[Line]:
    """The rows in words: two queries for the records they name, one for other rows, and those of the journal's words."""
    records = _records(it.region, {key for row in rows for key in _named(row)})
    twins = _twins(it, rows)
    spoken = told(Entry(changes=_changes(row)) for row in rows)
    names = _headings(it)
    hidden = personal_columns(names, it.mapping)
    return [
        Line(
            row=row,
            name=masked(row.label, own_numbers(row.values)),
            url=_page_of(records.get(row.organisation_id or 0)),
            gist=_gist(row),
            whose=_whose(row, records),
            changes=one.changes,
            problems=[_shown(row, problem, hidden) for problem in row.told_problems],
            likely=[_likely(row, guess, records, twins) for guess in row.likely],
            raw=[(name, text) for name, text in zip(names, _cells(row, hidden), strict=False) if text],
            why_set_aside=str(SET_ASIDE.get(row.set_aside, "")),
        )
        for row, one in zip(rows, spoken, strict=True)
    ]


def _gist(row: Row) -> str:
    """What tells the row from others at a glance: legal form and town."""
    form, town = row.values.get("legal_form"), row.values.get("locality")
    return ", ".join(filter(None, (codes.LEGAL_FORMS.label(form) if form and form != "UNKNOWN" else "", town)))


def _whose(row: Row, records: dict[int, Organisation]) -> str:
    """Of a unit that would be added: whose it is."""
    if row.outcome not in (Outcome.NEW, Outcome.DUPLICATE) or row.values.get("kind") != Organisation.Kind.UNIT:
        return ""
    if key := row.values.get("parent_of"):
        return _("Unit of %(parent)s") % {"parent": records[key].legal_name} if key in records else ""
    name = row.values.get("parent", {}).get("name", "")
    says = _("Unit of %(parent)s") if row.is_written else _("Unit of %(parent)s, which is added with it")
    return says % {"parent": name} if name else ""


def _changes(row: Row) -> dict[str, list[Any]]:
    """What the row changes; of a new organisation what it would be."""
    return row.changes or ({name: [None, value] for name, value in row.values.items() if name in _SHOWN} if row.outcome == Outcome.NEW else {})


#: Values of a row that read alike in the register.
_SHOWN = {"legal_name", "short_name", "other_names", "legal_form", "identifiers", "founded_on", "registered_on", "street",
          "postal_code", "locality", "country", "activities", "about", "links"}  # fmt: skip


def _named(row: Row) -> Iterable[int]:
    if row.organisation_id:
        yield row.organisation_id
    if row.values.get("parent_of"):
        yield row.values["parent_of"]
    yield from (guess["organisation"] for guess in row.likely if guess.get("organisation"))


def _records(region: Region, keys: set[int]) -> dict[int, Organisation]:
    """The records by key, with their numbers."""
    if not keys:
        return {}
    found = Organisation.objects.filter(region=region).prefetch_related("identifiers").in_bulk(keys)
    for one in found.values():
        one.region = region
    return found


def _page_of(record: Organisation | None) -> str:
    return reverse("register:organisation", kwargs={"region": record.region.slug, "slug": record.slug}) if record else ""


def _twins(it: Import, rows: Sequence[Row]) -> dict[int, Row]:
    """The rows of the same file that others may be duplicates of, by number."""
    numbers = {guess["row"] for row in rows for guess in row.likely if guess.get("row")}
    found = it.rows.filter(number__in=numbers).only("of", "number", "line", "label", "values") if numbers else []
    return {row.number: row for row in found}


def _likely(row: Row, guess: dict[str, Any], records: dict[int, Organisation], twins: dict[int, Row]) -> Likely:
    why = _told_reasons(guess.get("why") or [])
    if twin := twins.get(guess.get("row", 0)):
        line = _("line %(line)s") % {"line": twin.line}
        name = masked(twin.label, own_numbers(twin.values))
        return Likely(f"{name} ({line})", "", line, *why, list(_compared(row.values, twin.values)))
    record = records.get(guess.get("organisation", 0))
    if record is None:
        return Likely(_("a record that is no longer there"), "", _("The register"), *why)
    there = {name: plain(getattr(record, name)) for name in _TELLING if name != "identifiers"}
    there["identifiers"] = {one.scheme: one.value for one in record.identifiers.all()}
    return Likely(record.legal_name, _page_of(record), _("The register"), *why, list(_compared(row.values, there)))


def _told_reasons(why: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """(what speaks for one organisation, what against), the weightiest first, as "Name: the same words"."""
    known = [(one.speaks_for, f"{one.label}: {one.says}") for one in reasons(why)]
    return [words for speaks_for, words in known if speaks_for], [words for speaks_for, words in known if not speaks_for]


#: Fields by which a person tells two organisations apart.
_TELLING = ("legal_name", "identifiers", "legal_form", "street", "postal_code", "locality", "country", "founded_on")


def _compared(here: dict[str, Any], there: dict[str, Any]) -> Iterable[Compared]:
    """Both side by side, without the fields that neither says."""
    for name in _TELLING:
        if here.get(name) or there.get(name):
            yield Compared(label_of(name), value_of(name, here.get(name), {}), value_of(name, there.get(name), {}))


def _cells(row: Row, hidden: set[int]) -> Iterable[str]:
    """The row as it stands in the file, with a mask for what is personal."""
    own = own_numbers(row.values)
    for column, text in enumerate(map(str, row.raw)):
        yield MASK if text and column in hidden else masked(text, own)


def _shown(row: Row, problem: dict[str, Any], hidden: set[int]) -> dict[str, Any]:
    """A problem with what stands in its cell (`raw`), unless the sentence about it quotes it already."""
    column = problem.get("column", -1)
    said, cells = masked(problem["said"], own_numbers(row.values)), list(_cells(row, hidden))
    text = cells[column] if 0 <= column < len(cells) else ""
    return {**problem, "said": said, "raw": "" if text in said else text}


def sheet_of(it: Import) -> dict[str, Any]:
    """What was understood of the sheet the import reads; empty before anything was."""
    sheets: list[dict[str, Any]] = it.understood.get("sheets", [])
    return sheets[it.sheet] if it.sheet < len(sheets) else {}


def _headings(it: Import) -> list[str]:
    return [str(name) for name in sheet_of(it).get("names", [])]


def how_read(it: Import) -> list[str]:
    """In a few words each, how the file was understood."""
    known = it.understood
    between = {";": _("semicolon"), ",": _("comma"), "\t": _("tabulator"), "|": _("upright line")}
    said = [str(known.get("kind", "")).upper()]
    if known.get("encoding"):
        said.append(_("characters: %(name)s") % {"name": known["encoding"]})
    if known.get("delimiter"):
        said.append(_("between cells: %(sign)s") % {"sign": between.get(known["delimiter"], known["delimiter"])})
    if known.get("decimal"):
        said.append(_("decimal comma") if known["decimal"] == "," else _("decimal point"))
    return [words for words in said if words]


def rows_to_mend(it: Import, which: str) -> QuerySet[Row]:
    """The rows that wait for a mend (`errors`), or for a decision (`undecided`)."""
    if which == "undecided":
        return it.rows.filter(outcome=Outcome.DUPLICATE, decision=Decision.OPEN)
    return it.rows.filter(outcome=Outcome.ERROR)


def meanings(it: Import) -> list[tuple[str, str]]:
    """[(heading in the file, field)] of the columns the import reads."""
    names = _headings(it)
    return [
        (names[int(column)] if int(column) < len(names) else column, str(FIELDS[code].label) if code in FIELDS else code)
        for column, code in sorted(it.mapping.items(), key=lambda pair: int(pair[0]))
    ]
