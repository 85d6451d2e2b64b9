"""The first steps: a region, a list imported into its register, its rows mended, its twins merged."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Count

from osnowa.imports.actions import apply_import, check_import, choose_columns, decide_rows, read_import, take_file
from osnowa.imports.models import Import, Row
from osnowa.imports.queries import mend_sheet
from osnowa.kit.errors import Refused
from osnowa.kit.sheets import as_xlsx
from osnowa.places.actions import add_region, load_tables, save_subregion
from osnowa.places.models import Region, Subregion, Territory
from osnowa.places.queries import municipalities_in
from osnowa.register.actions import merge_organisations, note_likely_pairs
from osnowa.register.models import Organisation
from osnowa.register.queries.duplicates import Likely, likely_pairs, queue, reasons
from osnowa.sample.story.words import Story, mends

#: Pairs this probable are merged where nothing speaks against it; the others are left for people to look at.
_SURE = 0.9
#: Countries whose NUTS codes begin otherwise than their ISO codes.
_COUNTRIES = {"EL": "GR"}


def open_region(story: Story) -> str:
    """A new region at an address of its own, divided as its territory is."""
    if Region.objects.filter(slug=story.slug).exists():
        raise Refused(f"There is a region at the address “{story.slug}” already. Choose another one with --address.")
    if not Territory.objects.exists():
        load_tables(by=None)
    territory = Territory.objects.filter(scheme="NUTS", code=story.territory).first()
    if territory is None:
        raise Refused(f"There is no territory {story.territory} among the NUTS codes. Choose another one with --territory.")
    country = _COUNTRIES.get(story.territory[:2], story.territory[:2])
    values = {
        "name": story.name, "names": {story.language: story.name}, "about": {story.language: story.words["about"]}, "languages": sorted({story.language, "en"}, reverse=True), "jurisdiction": country,
        "currency": "PLN" if country == "PL" else "EUR", "territory": territory, "coordinator_name": story.words["coordinator"],
    }  # fmt: skip
    story.region = add_region(by=None, slug=story.slug, values=values)
    story.region.is_invented = story.is_shipped
    story.region.save(update_fields=["is_invented"])
    return f"“{story.region}” ({territory}), {_divide(story)} subregions"


def _divide(story: Story) -> int:
    """A subregion for each NUTS 3 unit that has municipalities."""
    towns: dict[str, list[Territory]] = {}
    for town in municipalities_in(story.region):
        towns.setdefault(town.nuts3, []).append(town)
    names = dict(Territory.objects.filter(scheme="NUTS", code__in=towns).values_list("code", "name"))
    for order, code in enumerate(sorted(towns), start=1):
        made = Subregion(region=story.region, kind="subregion", code=code.lower(), name=names.get(code, code), order=order)
        save_subregion(by=None, subregion=made, municipalities=towns[code])
    return len(towns)


def take_list(story: Story) -> str:
    """The list read, its columns understood, its rows checked and applied; twins go in as they stand, wrong rows wait."""
    with story.file.open("rb") as opened:
        it = _take(story, story.file.name, [opened.read()])
    sheet = it.understood["sheets"][it.sheet]
    story.notes.append("columns: " + "; ".join(f"“{sheet['names'][int(column)]}” is {name}" for column, name in it.mapping.items()))
    _decide(it)
    counts, outcome = dict(it.counts), _apply(story, it)
    aside = ", ".join(f"{number:,} {why}" for why, number in it.rows.exclude(set_aside="").order_by("set_aside").values_list("set_aside").annotate(n=Count("pk")))
    return (
        f"{counts['read']:,} rows of {story.file.name}: {outcome['added']:,} organisations added, {counts['errors']:,} rows to be mended, "
        f"{counts['set_aside']:,} set aside{f' ({aside})' if aside else ''}; {len(it.mapping)} columns understood"
    )


def _decide(it: Import) -> None:
    """Rows that tell the same official number are one; the other likely ones go in and are looked at as records."""
    doubtful = it.rows.filter(outcome=Row.Outcome.DUPLICATE)
    same = [number for number, likely in doubtful.values_list("number", "likely") if likely and likely[0]["why"][0]["role"].startswith("number")]
    if same:
        decide_rows(by=None, it=it, decision=Row.Decision.SAME, rows=same)
    decide_rows(by=None, it=it, decision=Row.Decision.DIFFERENT)


def _take(story: Story, name: str, pieces: list[bytes], of: Import | None = None) -> Import:
    """A file as far as its preview."""
    it: Import = take_file(by=None, region=story.region, source_name=story.words["source"], file_name=name, chunks=pieces, mends=of, work=False)
    it = read_import(by=None, it=it, work=False)
    if it.state == Import.State.REFUSED:
        raise Refused(it.why_not)
    sheet = it.understood["sheets"][it.sheet]
    columns = {one["column"]: one["field"] for one in sheet["suggestions"] if one["field"]}
    kept = {"lenient": False, "only_here": True, "is_whole": False}
    if it.settings.get("country"):
        kept |= {"country": it.settings["country"]}
    it = choose_columns(by=None, it=it, sheet=it.sheet, header=None, mapping=columns, subject=sheet["subject"], settings=kept, work=False)
    it = check_import(by=None, it=it)
    if it.state != Import.State.READY:
        raise Refused(it.why_not)
    return it


def _apply(story: Story, it: Import) -> dict[str, int]:
    Import.objects.filter(pk=it.pk).update(state=Import.State.APPLYING)
    done: Import = apply_import(by=None, it=it)
    story.imports.append(done)
    if story.is_shipped:
        Organisation.objects.filter(region=story.region).update(is_invented=True)
    outcome: dict[str, int] = done.outcome
    return outcome


def mend_rows(story: Story) -> str:
    """The sheet of rows to mend comes back: known mistakes corrected, other wrong cells emptied; what names no cell waits for a person."""
    first = story.imports[0]
    headings, rows = mend_sheet(first)
    if not rows:
        return "no row had to be mended"
    story.notes += [f"row {row[0]}: {row[1]}" for row in rows]
    wrong = _wrong_cells(first)
    mended = [[cell if place < 2 else _mended(cell, place - 2 in wrong.get(row[0], ())) for place, cell in enumerate(row)] for row in rows]
    it = _take(story, "mended.xlsx", [as_xlsx({"1": (headings, mended)})], of=first)
    _decide(it)
    counts, outcome = dict(it.counts), _apply(story, it)
    story.notes += [f"waits for a person: {label}" for label in it.rows.filter(outcome=Row.Outcome.ERROR).values_list("label", flat=True)]
    return (
        f"{len(rows):,} rows sent back: {outcome['added']:,} organisations more, {counts['changed'] + counts['unchanged']:,} that the register has, "
        f"{counts['set_aside']:,} set aside, {counts['errors']:,} that wait for a person"
    )


def _wrong_cells(it: Import) -> dict[int, set[int]]:
    rows = it.rows.filter(outcome=Row.Outcome.ERROR)
    return {row.number: {one["column"] for one in row.problems if one["grave"] and one["column"] is not None} for row in rows}


def _mended(cell: Any, is_wrong: bool) -> Any:
    return mends().get(str(cell), "" if is_wrong else cell)


def merge_twins(story: Story) -> str:
    """Records that are one organisation beyond doubt become one; the doubtful pairs wait in the queue of duplicates."""
    pairs = likely_pairs(story.region)
    sure = [pair for pair in pairs if pair.score >= _SURE and all(one.speaks_for for one in reasons(pair.why))]
    merged = sum(_merge(story, pair) for pair in sure)
    note_likely_pairs(by=None, region=story.region, found=likely_pairs(story.region))
    waiting = queue(story.region)
    for one in waiting:
        story.notes.append(f"left for people: {_told(one.first)} | {_told(one.second)} ({_why(one.score or 0, one.why)})")
    there = Organisation.objects.filter(region=story.region).count()
    return f"{merged:,} pairs merged, {len(waiting):,} doubtful ones left for people, {there:,} organisations in the register"


def _merge(story: Story, pair: Likely) -> bool:
    both = Organisation.objects.filter(pk__in=(pair.first, pair.second)).in_bulk()
    if len(both) < 2:
        return False
    kept, gone = both[pair.first], both[pair.second]
    story.notes.append(f"merged: {_told(kept)} | {_told(gone)} ({_why(pair.score, pair.why)})")
    merge_organisations(by=None, kept=kept, gone=gone)
    return True


def _told(it: Organisation) -> str:
    return ", ".join(filter(None, (it.legal_name, it.street, f"{it.postal_code} {it.locality}".strip())))


def _why(score: float, why: Iterable[Mapping[str, Any]]) -> str:
    return "; ".join([f"{score:.2f}", *(f"{'' if one.speaks_for else 'against: '}{one.label}: {one.says}" for one in reasons(why))])
