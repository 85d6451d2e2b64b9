"""Explained changes between two days, down to the organisations; and the kept snapshots."""

from contextlib import closing
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.compute.explaining import Cause, Explained
from osnowa.indicators.queries import charting
from osnowa.indicators.queries.asked import ChangesAsk, kept_snapshots
from osnowa.indicators.queries.behind import CAUSES, LOOKED_AT, MOST, Opened, behind
from osnowa.indicators.queries.explained import Changes, Comparison
from osnowa.indicators.views.files import as_file, find_file
from osnowa.kit.doors import door, public
from osnowa.places.access import may_edit_register
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.actions import take_snapshot
from osnowa.register.queries.frame import frame_of


def _compared(request: HttpRequest, ask: ChangesAsk, most: int = MOST) -> tuple[Changes, Opened | None]:
    """The changes, and the organisations of the cell that was opened."""
    frame = frame_of(ask.region, request.user)
    start, end = ask.sides(frame)
    with closing(Comparison(start, end, ask.dimension, ask.wish)) as comparison:
        found = comparison.changes()
        crossed = comparison.crossed(ask.cell, ask.cause, max(most, LOOKED_AT)) if ask.is_open else None
    if crossed is None:
        return found, None
    more = found.moves(ask.cell, ask.cause) - len(crossed)
    return found, behind(request.user, ask.region, crossed, ask.start, ask.end, most, more)


@public(find=access.find_region)
def changes(request: HttpRequest, region: Region) -> HttpResponse:
    """The whole as a waterfall, every row with its causes, and the organisations behind the number that was chosen."""
    ask = ChangesAsk.of(region, request.GET, timezone.localdate())
    found, opened = _compared(request, ask)
    line = next((one for one in found.lines if ask.cell is not None and one.code == ask.cell), None)
    name, change = (line.name, line.change) if line else (_("All organisations"), found.total)
    context: dict[str, Any] = {
        "region": region, "ask": ask, "found": found, "opened": opened, "line": line, "name": name, "change": change,
        "chart": charting.waterfall(ask, name, change), "causes": list(CAUSES.values()), "source": charting.source(region),
        "rows": [(one.name, f"?{ask.words(cell=one.code)}#picture", _cells(ask, one.change, one.code), one.change) for one in found.lines],
        "whole": _cells(ask, found.total, None), "sum": _sum(change), "cause": CAUSES.get(ask.cause) if ask.cause else "",
    }  # fmt: skip
    return render(request, "indicators/changes.html", context)


def _cells(ask: ChangesAsk, it: Explained, code: str | None) -> list[tuple[str, str]]:
    """The numbers of the causes as they are printed, each with the address that opens it."""
    cell = {"whole": "1"} if code is None else {"cell": code}
    return [(_signed(it, cause), f"?{ask.words(**cell, cause=cause.value)}#behind" if it.moves(cause) else "") for cause in Cause]


def _sum(it: Explained) -> str:
    """The change as an addition: 95 + 5 − 2 + 0 − 1 + 1 = 98."""
    steps = [("+ " if it.net(cause) >= 0 else "\N{MINUS SIGN} ") + str(abs(it.net(cause))) for cause in Cause]
    return " ".join([str(it.before), *steps, "=", str(it.after)])


def _signed(it: Explained, cause: Cause) -> str:
    """What a cause added and took: +3, −2, both where both happened."""
    came, went = it.came.get(cause, 0), it.went.get(cause, 0)
    said = [f"+{came}"] if came else []
    return " ".join([*said, *([f"\N{MINUS SIGN}{went}"] if went else [])]) or "0"


@public(find=find_file)
def changes_file(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """The changes as a spreadsheet, with the organisations behind them as far as the reader may see them."""
    region, form = wanted
    today = timezone.localdate()
    ask = ChangesAsk.of(region, request.GET, today)
    found, opened = _compared(request, ask, most=100_000)
    book: dict[str, Any] = {str(_("Changes")): charting.changes_sheet(found)}
    book |= {str(_("Organisations behind it")): charting.behind_sheet(opened)} if opened else {}
    days = ((_("State on"), ask.end), (_("Compared with"), ask.start))
    book[str(_("About this table"))] = charting.about(region, request.build_absolute_uri(), today, *days)
    return as_file(f"osnowa-{region.slug}-changes-{ask.start}-{ask.end}", form, book)


@public(find=access.find_region)
def snapshots(request: HttpRequest, region: Region) -> HttpResponse:
    """The dated series that changes are read from."""
    kept = kept_snapshots(region)[::-1]
    pairs = [(one, kept[place + 1] if place + 1 < len(kept) else None) for place, one in enumerate(kept)]
    context = {
        "region": region, "pairs": pairs, "may_keep": may_edit_register(request.user, region), "today": timezone.localdate(),
        "source": charting.source(region),
    }  # fmt: skip
    return render(request, "indicators/snapshots.html", context)


@require_POST
@door(may_edit_register, find=access.find_region)
def keep_snapshot(request: HttpRequest, region: Region) -> HttpResponse:
    """Keeps the register as it is today; a second one of a day replaces the first."""
    made = take_snapshot(by=request.user, region=region, keep=True)
    messages.success(request, _("The register is kept as it is today: %(n)s organisations.") % {"n": made.organisations})
    return redirect("indicators:snapshots", region=region.slug)
