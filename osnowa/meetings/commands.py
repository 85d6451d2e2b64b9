"""`osnowa meetings`: what is planned, and who was there."""

from collections.abc import Iterable
from typing import Any

import click

from osnowa.kit.commands import as_json, say
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Meeting, Series
from osnowa.meetings.queries.attendance import Attendance, Share, attendance_of
from osnowa.meetings.queries.meetings import counted, when
from osnowa.meetings.queries.series import progress
from osnowa.places.models import Region


@click.group(help="Meetings: what is planned and held, and who was there.")
def meetings() -> None:
    pass


def _region(slug: str) -> Region:
    found = Region.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no region {slug}.")
    return found


@meetings.command("list")
@click.option("--region", required=True, help="Address of the region, such as pomorskie.")
@click.option("--series", default="", help="Only meetings of the series with this address.")
@as_json
def list_all(region: str, series: str, *, as_json: bool) -> None:
    """List the meetings of a region by day, with places taken and people present; and how far each series is."""
    place = _region(region)
    rows = counted(Meeting.objects.filter(region=place).select_related("series", "region")).order_by("starts_at", "pk")
    shown = [_facts(it) for it in (rows.filter(series__slug=series) if series else rows)]
    chosen = Series.objects.filter(region=place, **({"slug": series} if series else {}))
    far = [{"series": it.slug, "name": it.name, "progress": [_progress(row) for row in progress(it, it.meetings.all())]} for it in chosen]
    say({"meetings": shown, "series": far}, as_json=as_json, text=lambda: "\n".join(_listed(shown, far)) or "There are no meetings yet.")


def _facts(it: Any) -> dict[str, Any]:
    return {
        "address": it.slug, "title": it.title, "kind": it.kind, "state": it.state, "when": when(it), "starts_at": it.starts_at, "ends_at": it.ends_at,
        "time_zone": it.time_zone, "place": it.venue, "series": it.series.slug if it.series else None, "capacity": it.capacity, "registered": it.registered,
        "waiting": it.waiting, "present": it.present,
    }  # fmt: skip


def _progress(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", "planned", "held", "announced", "prepared", "unsaid", "missing")}


def _listed(shown: Iterable[dict[str, Any]], far: Iterable[dict[str, Any]]) -> Iterable[str]:
    for it in shown:
        yield f"{it['address']:<44} {it['state']:<10} {it['registered']:>4} registered {it['present']:>4} present  {it['when']}"
    for one in far:
        yield f"{one['name']}: " + ", ".join(f"{row['kind']} {row['held']} of {row['planned']} held, {row['missing']} missing" for row in one["progress"])


@meetings.command("attendance")
@click.option("--region", required=True, help="Address of the region, such as pomorskie.")
@click.option("--meeting", default="", help="Address of one meeting.")
@click.option("--series", default="", help="Address of a series: an organisation that came several times counts once.")
@as_json
def attendance(region: str, meeting: str, series: str, *, as_json: bool) -> None:
    """Count who was at a meeting, at the meetings of a series, or at all of a region: organisations once, every presence."""
    rows = Meeting.objects.filter(region=_region(region))
    if meeting or series:
        rows = rows.filter(slug=meeting) if meeting else rows.filter(series__slug=series)
        if not rows.exists():
            raise Refused(f"There is no meeting {meeting}." if meeting else f"There is no meeting in a series {series}.")
    found = attendance_of(rows)
    say(_counts(found), as_json=as_json, text=lambda: _told(found))


def _counts(it: Attendance) -> dict[str, Any]:
    parts = {"sectors": it.sectors, "countries": it.countries, "ways": it.ways}
    return {"participations": it.participations, "organisations": it.organisations, "alone": it.alone} | {name: [_share(one) for one in shares] for name, shares in parts.items()}


def _share(it: Share) -> dict[str, Any]:
    return {"code": it.code, "name": it.name, "participations": it.participations, "organisations": it.organisations}


def _told(it: Attendance) -> str:
    lines = [f"{it.participations} participations, {it.organisations} organisations, {it.alone} came for themselves."]
    for name, shares in (("Sectors", it.sectors), ("Countries", it.countries)):
        if shares:
            sums = " + ".join(str(one.participations) for one in shares)
            lines.append(f"{name}: " + ", ".join(f"{one.name} {one.participations} ({one.organisations})" for one in shares) + f"; {sums} = {it.participations}")
    return "\n".join(lines)


commands: list[click.Command] = [meetings]
