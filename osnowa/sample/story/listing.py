"""The first steps: a region, a list imported into its register, its rows mended, its twins merged."""

from typing import Any

from osnowa.imports.actions import apply_import, check_import, choose_columns, decide_rows, read_import, take_file
from osnowa.imports.models import Import, Row
from osnowa.imports.queries import mend_sheet
from osnowa.kit.errors import Refused
from osnowa.kit.sheets import as_xlsx
from osnowa.places.actions import add_region, load_tables, save_subregion
from osnowa.places.models import Region, Subregion, Territory
from osnowa.places.queries import municipalities_in
from osnowa.register.actions import merge_organisations
from osnowa.register.models import Organisation
from osnowa.register.queries.duplicates import likely_pairs
from osnowa.sample.story.words import Story, mends, words

#: Pairs this probable are merged without a second look; a person would look.
_SURE = 0.9


def open_region(story: Story) -> str:
    """A new region at an address of its own, divided as its territory is."""
    if Region.objects.filter(slug=story.slug).exists():
        raise Refused(f"There is a region at the address “{story.slug}” already. Choose another one with --address.")
    if not Territory.objects.exists():
        load_tables(by=None)
    territory = Territory.objects.filter(scheme="NUTS", code=story.territory).first()
    if territory is None:
        raise Refused(f"There is no territory {story.territory} among the NUTS codes. Choose another one with --territory.")
    country = story.territory[:2]
    values = {
        "name": story.name, "names": {"pl": story.name}, "about": {"pl": words()["about"]}, "languages": [story.language, "en"], "jurisdiction": country,
        "currency": "PLN" if country == "PL" else "EUR", "territory": territory, "coordinator_name": words()["coordinator"],
    }  # fmt: skip
    story.region = add_region(by=None, slug=story.slug, values=values)
    story.region.is_invented = True
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
    counts = dict(it.counts)
    decide_rows(by=None, it=it, decision=Row.Decision.DIFFERENT)
    outcome = _apply(story, it)
    return f"{counts['read']:,} rows, {len(it.mapping)} columns understood, {outcome['added']:,} organisations added, {counts['errors']:,} rows to be mended"


def _take(story: Story, name: str, pieces: list[bytes], of: Import | None = None) -> Import:
    """A file as far as its preview."""
    it: Import = take_file(by=None, region=story.region, source_name=words()["source"], file_name=name, chunks=pieces, mends=of, work=False)
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
    outcome: dict[str, int] = done.outcome
    return outcome


def mend_rows(story: Story) -> str:
    """The sheet of rows to mend comes back: known mistakes corrected, other wrong cells emptied."""
    first = story.imports[0]
    headings, rows = mend_sheet(first)
    if not rows:
        return "no row had to be mended"
    wrong = _wrong_cells(first)
    mended = [[cell if place < 2 else _mended(cell, place - 2 in wrong.get(row[0], ())) for place, cell in enumerate(row)] for row in rows]
    it = _take(story, "mended.xlsx", [as_xlsx({"1": (headings, mended)})], of=first)
    decide_rows(by=None, it=it, decision=Row.Decision.DIFFERENT)
    left, outcome = it.counts["errors"], _apply(story, it)
    rest = f"; {left:,} that repeat a number of another row stay out" if left else ""
    return f"{len(rows) - left:,} of {len(rows):,} rows, {outcome['added']:,} organisations more{rest}"


def _wrong_cells(it: Import) -> dict[int, set[int]]:
    rows = it.rows.filter(outcome=Row.Outcome.ERROR)
    return {row.number: {one["column"] for one in row.problems if one["grave"] and one["column"] is not None} for row in rows}


def _mended(cell: Any, is_wrong: bool) -> Any:
    return mends().get(str(cell), "" if is_wrong else cell)


def merge_twins(story: Story) -> str:
    """Records that are one organisation become one."""
    pairs = [pair for pair in likely_pairs(story.region) if pair.score >= _SURE]
    before = Organisation.objects.filter(region=story.region).count()
    for pair in pairs:
        both = Organisation.objects.filter(pk__in=(pair.first, pair.second)).in_bulk()
        if len(both) == 2:
            merge_organisations(by=None, kept=both[pair.first], gone=both[pair.second])
    after = Organisation.objects.filter(region=story.region).count()
    return f"{before - after:,} pairs merged, {after:,} organisations in the register"
