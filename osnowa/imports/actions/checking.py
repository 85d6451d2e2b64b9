"""Reading a file, saying what its columns mean, checking its rows, deciding what is doubtful."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy, override
from django.utils.translation import gettext_noop as _

from osnowa.imports import columns, storing, values
from osnowa.imports.actions.arriving import CHECK, PASTED
from osnowa.imports.comparing import Comparison, Step, key_of, save
from osnowa.imports.fields import FIELDS, MEND_HEADING, ROW_HEADING
from osnowa.imports.models import Import, Row, Source
from osnowa.journal import jobs
from osnowa.journal.actions import Deed, action
from osnowa.journal.queries import newest_in
from osnowa.kit.errors import Refused
from osnowa.kit.reading import Book, Sheet, read_file, read_paste
from osnowa.kit.sentences import Sentence, keep
from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.register.models import Organisation

State, Subject, Outcome = Import.State, Import.Subject, Row.Outcome
_AT_ONCE = 1000
_SAMPLE_ROWS, _SUGGESTED_FROM = 8, 400


def in_step(done: int, total: int) -> None:
    """Nobody watches."""


@contextmanager
def read_by(it: Import) -> Iterator[None]:
    """What is kept as plain text is said in the language of the person who imports."""
    with override(it.by.language if it.by else "en"):
        yield


def open_book(it: Import) -> Book:
    """The sheets of the stored file. Refused where it cannot be read."""
    path = storing.path_of(it.stored_as)
    if it.file_name == PASTED:
        return read_paste(path.read_bytes().decode())
    return read_file(path, it.file_name)


# Reading


@action("imports.read", says=gettext_lazy("read a file to import"))
def read_import(*, by: Person | None, it: Import, work: bool = True) -> Deed:
    """Notes what the file holds and what its columns seem to mean. A refused file is an outcome, not an error.

    A file whose headings its list has had before goes on to be checked by itself.
    """
    try:
        with read_by(it):
            book = open_book(it)
            it.understood = _understood(book, it)
    except Refused as no:
        it.state, it.problem = State.REFUSED, keep(no.said)
        it.save()
        return Deed(it, {"state": [State.READING, it.state]}, place=it.region.slug)
    it.sheet, it.state, it.problem = it.understood["likeliest"], State.COLUMNS, ""
    chosen = it.understood["sheets"][it.sheet]
    it.mapping = {str(one["column"]): one["field"] for one in chosen["suggestions"] if one["field"]}
    it.subject, it.settings = chosen["subject"], {**it.source.settings, "header": chosen["header"]}
    it.save()
    names = {fold(name) for name in chosen["names"]} - own_headings()
    if work and it.source.mapping and names <= it.source.mapping.keys() and it.mapping:
        _go_on(it, by)
    return Deed(it, {"state": [State.READING, it.state]}, place=it.region.slug)


def own_headings() -> set[str]:
    """The headings that our file of rows to mend adds, folded, in every language."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {fold(str(ROW_HEADING)), fold(str(MEND_HEADING))}
    return found


def _understood(book: Book, it: Import) -> dict[str, Any]:
    return {
        "kind": book.kind, "encoding": book.encoding, "delimiter": book.delimiter, "decimal": book.decimal,
        "notices": [keep(said) for said in book.notices], "likeliest": book.likeliest,
        "sheets": [_sheet(sheet, it) for sheet in book.sheets],
    }  # fmt: skip


def _sheet(sheet: Sheet, it: Import, header: "columns.Header | None" = None) -> dict[str, Any]:
    header = header or columns.find_header(sheet.rows)
    remembered = it.source.mapping or None
    country = it.source.settings.get("country") or it.region.jurisdiction
    suggestions = columns.suggest(sheet.rows[: header.line + 1 + _SUGGESTED_FROM], header, remembered, country)
    return {
        "name": sheet.name, "rows": len(sheet.rows) - header.line - 1, "columns": len(header.names), "header": header.line,
        "names": header.names, "first_line": sheet.first_line,
        "sample": [[str(cell) if cell is not None else "" for cell in row] for row in sheet.rows[header.line + 1 :][:_SAMPLE_ROWS]],
        "suggestions": [
            {"column": one.column, "heading": one.heading, "field": one.field, "confidence": one.confidence, "why": keep(one.why)}
            for one in suggestions
        ],
        "subject": columns.subject_of({one.column: one.field for one in suggestions if one.field}),
    }  # fmt: skip


# Columns


@action("imports.columns_chosen", says=gettext_lazy("said what the columns of a file mean"))
def choose_columns(*, by: Person | None, it: Import, sheet: int, header: int | None, mapping: Mapping[int, str],
                   subject: str, settings: Mapping[str, Any], work: bool = True) -> Deed:  # fmt: skip
    """Notes what the columns mean, remembers it for the list, and starts checking the rows.

    `header` is the row of the headings (from 0; -1 for none), None where it was found rightly.
    """
    if it.state not in (State.COLUMNS, State.READY):
        raise Refused(Sentence(_("The columns cannot be changed now: %(state)s."), state=it.get_state_display()))
    sheets = it.understood["sheets"]
    if not 0 <= sheet < len(sheets):
        raise Refused(Sentence(_("The file has no such sheet.")))
    if header is not None and header != sheets[sheet]["header"]:
        _move_header(it, sheet, header)
    it.sheet = sheet
    it.mapping = _checked_mapping(mapping, subject)
    it.subject = subject
    it.settings = {**settings, "header": sheets[sheet]["header"]}
    _remember(it)
    _go_on(it, by, work=work)
    return Deed(it, {"mapping": [None, it.mapping], "subject": [None, subject]}, place=it.region.slug)


def _move_header(it: Import, sheet: int, line: int) -> None:
    with read_by(it):
        whole = open_book(it).sheets[sheet]
        if not -1 <= line < len(whole.rows):
            raise Refused(Sentence(_("The sheet has no such line.")))
        names = [str(cell or "") for cell in whole.rows[line]] if line >= 0 else [""] * len(whole.rows[0])
        it.understood["sheets"][sheet] = _sheet(whole, it, columns.Header(line, names))


def _checked_mapping(mapping: Mapping[int, str], subject: str) -> dict[str, str]:
    chosen = {int(column): field for column, field in mapping.items() if field}
    for column, field in chosen.items():
        if field not in FIELDS:
            raise Refused(Sentence(_("There is no field “%(field)s”."), field=field))
        twice = [other for other, same in chosen.items() if same == field and other != column]
        if twice and not FIELDS[field].repeats:
            raise Refused(Sentence(_("Two columns mean “%(field)s”. Choose one of them."), field=FIELDS[field].label))
    names = set(chosen.values())
    numbered = "source_key" in names or "parent" in names or any(name.startswith("number") for name in names)
    if subject == Subject.FIGURES and not (numbered or "legal_name" in names):
        raise Refused(Sentence(_("Say which column tells whose figures these are: a number or the legal name.")))
    if subject == Subject.FIGURES and not names & {"year", "as_of_on"}:
        raise Refused(Sentence(_("Say which column holds the year or the day of the figures.")))
    if subject == Subject.UNITS and not names & {"parent", "parent_name"}:
        raise Refused(Sentence(_("Say which column holds the number or the name of the legal person a unit belongs to.")))
    if subject != Subject.FIGURES and "legal_name" not in names:
        raise Refused(Sentence(_("Say which column holds the legal name.")))
    return {str(column): field for column, field in sorted(chosen.items())}


def _remember(it: Import) -> None:
    names = it.understood["sheets"][it.sheet]["names"]
    known = {fold(name): it.mapping.get(str(column), "") for column, name in enumerate(names)}
    kept = {name: value for name, value in it.settings.items() if name != "header"}
    Source.objects.filter(pk=it.source_id).update(mapping={**it.source.mapping, **known}, settings=kept)
    it.source.mapping, it.source.settings = {**it.source.mapping, **known}, kept


def _go_on(it: Import, by: Person | None, *, work: bool = True) -> None:
    it.state, it.problem = State.CHECKING, ""
    if work:
        it.job = jobs.start(CHECK, by=by, place=it.region.slug, number=it.pk)
    it.save()


# Checking


@action("imports.checked", says=gettext_lazy("checked the rows of a file"))
def check_import(*, by: Person | None, it: Import, step: Step = in_step) -> Deed:
    """Reads the rows anew, checks every cell, compares them with the register, and keeps what each would do."""
    if it.state != State.CHECKING:
        raise Refused(Sentence(_("There is nothing to check now: %(state)s."), state=it.get_state_display()))
    try:
        with read_by(it):
            book = open_book(it)
            sheet = book.sheets[it.sheet]
            total = it.understood["sheets"][it.sheet]["rows"]
            it.rows.all().delete()
            comparison = Comparison(it)
            for chunk in _chunks(_rows(it, sheet)):
                comparison.take(chunk)
                Row.objects.bulk_create(chunk, batch_size=500)
                step(chunk[-1].number, total)
            finish(it, comparison)
    except Refused as no:
        it.state, it.problem = State.COLUMNS, keep(no.said)
        it.save()
        return Deed(it, {"state": [State.CHECKING, it.state]}, place=it.region.slug)
    it.state = State.READY
    it.save()
    return Deed(it, {"state": [State.CHECKING, it.state]}, place=it.region.slug)


def _rows(it: Import, sheet: Sheet) -> Iterator[Row]:
    names = it.understood["sheets"][it.sheet]["names"]
    header = columns.Header(it.settings["header"], names)
    country = it.settings.get("country") or it.region.jurisdiction
    mapping = {int(column): field for column, field in it.mapping.items()}
    for checked in values.check_rows(sheet, header, mapping, country=country, lenient=bool(it.settings.get("lenient"))):
        yield _row(it, checked, country)


def _row(it: Import, checked: "values.Checked", country: str) -> Row:
    said = checked.values
    outcome = Outcome.SET_ASIDE if checked.set_aside else Outcome.NEW
    problems = [{"column": p.column, "cell": p.cell, "grave": p.grave, "said": keep(p.said)} for p in checked.problems]
    if not checked.set_aside:
        said.setdefault("country", country)
        if it.subject == Subject.UNITS:
            said["kind"] = Organisation.Kind.UNIT.value
        if any(problem["grave"] for problem in problems):
            outcome = Outcome.ERROR
    label = str(said.get("legal_name") or next((text for text in checked.raw if text.strip()), ""))[:300]
    key = "" if it.subject == Subject.FIGURES else key_of(said, checked.raw)
    return Row(
        of=it, number=checked.number, line=checked.line, key=key, outcome=outcome, label=label, raw=checked.raw, values=said,
        problems=problems, set_aside=checked.set_aside,
    )  # fmt: skip


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    each = iter(rows)
    while chunk := list(islice(each, _AT_ONCE)):
        yield chunk


def finish(it: Import, comparison: Comparison) -> None:
    """Links what is loose, and notes counts, what is missing, and which state of the register all this was compared with."""
    comparison.finish()
    it.missing = comparison.missing()
    it.counts = count(it)
    it.settings["seen"] = newest_in(it.region.slug, "register.")


def count(it: Import) -> dict[str, int]:
    """How many rows have which outcome; they add up to `read`."""
    found = dict(it.rows.order_by().values_list("outcome").annotate(n=Count("pk")))
    parts = {
        "set_aside": Outcome.SET_ASIDE, "errors": Outcome.ERROR, "new": Outcome.NEW, "changed": Outcome.CHANGED,
        "unchanged": Outcome.UNCHANGED, "duplicates": Outcome.DUPLICATE,
    }  # fmt: skip
    counts = {name: found.get(outcome, 0) for name, outcome in parts.items()}
    return {"read": sum(counts.values()), **counts, "missing": len(it.missing)}


def look_again(it: Import, step: Step = in_step) -> None:
    """Compares all rows anew with a register that has changed since."""
    comparison = Comparison(it)
    last = it.rows.aggregate(last=Max("number"))["last"] or 0
    for start in range(1, last + 1, _AT_ONCE):
        _compare_again(comparison, it, list(it.rows.filter(number__gte=start, number__lt=start + _AT_ONCE)))
        step(min(start + _AT_ONCE, last), last)
    finish(it, comparison)


def _compare_again(comparison: Comparison, it: Import, rows: list[Row]) -> None:
    for row in rows:
        row.of = it
        row.problems = [problem for problem in row.problems if not problem.get("compared")]
        is_mended = row.outcome == Outcome.ERROR and not any(problem["grave"] for problem in row.problems)
        if is_mended or row.set_aside in ("elsewhere", "repeated"):
            row.outcome, row.set_aside = Outcome.NEW, ""
    comparison.take(rows)
    save(rows)


# Deciding


@action("imports.rows_decided", says=gettext_lazy("decided doubtful rows of a file"))
def decide_rows(*, by: Person | None, it: Import, decision: str, rows: Collection[int] | None = None) -> Deed:
    """Says of rows (by number; None: of every possible duplicate) that they are the same, another, or to be left out."""
    if it.state != State.READY:
        raise Refused(Sentence(_("Rows can be decided only before the import is applied.")))
    if decision not in Row.Decision.values:
        raise Refused(Sentence(_("There is no decision “%(decision)s”."), decision=decision))
    chosen = it.rows.filter(number__in=rows) if rows is not None else it.rows.filter(outcome=Outcome.DUPLICATE, decision="")
    these = list(chosen.exclude(outcome__in=(Outcome.ERROR,)))
    others = it.rows.exclude(pk__in=[row.pk for row in these]).filter(organisation__isnull=False)
    with read_by(it):
        comparison = Comparison(it, dict(others.values_list("organisation_id", "number")))
        for row in these:
            row.decision = decision
        if decision == Row.Decision.SKIP:
            save(these)
        else:
            _compare_again(comparison, it, these)
            comparison.finish()
    it.counts = {**count(it), "missing": len(it.missing)}
    it.save(update_fields=["counts"])
    return Deed(it, {"rows": [None, sorted(row.number for row in these)[:100]], "decision": [None, decision]} if these else {}, place=it.region.slug)
