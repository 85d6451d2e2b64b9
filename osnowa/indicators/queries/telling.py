"""Tables and changes as facts for machines and as plain text."""

from collections.abc import Mapping
from typing import Any

from osnowa.compute.explaining import Cause, Explained
from osnowa.indicators.queries.asked import ChangesAsk, TableAsk
from osnowa.indicators.queries.behind import Opened
from osnowa.indicators.queries.charting import Sheet, source
from osnowa.indicators.queries.cube import Table
from osnowa.indicators.queries.explained import Changes


def table_facts(ask: TableAsk, it: Table) -> dict[str, Any]:
    """A table of the cube, fit for JSON."""
    columns = [{"code": head.code, "name": head.words, "on": head.on.isoformat(), "snapshot": head.snapshot.sha256 if head.snapshot else None} for head in it.heads]
    rows = [
        {"code": code, "name": name, "counts": list(counts), **({"total": total} if it.has_row_totals else {})}
        for code, name, counts, total in zip(it.codes, it.names, it.counts, it.row_totals, strict=True)
    ]
    return {
        "region": ask.region.slug, "on": ask.on.isoformat(), "rows_by": it.rows.key, "columns_by": it.columns.key if it.columns else ask.time,
        "columns": columns, "rows": rows, "totals": list(it.column_totals), "total": it.total, "parts_overlap": it.overlaps,
        "adds_up": it.is_right if not it.overlaps else None, "addition": it.addition if not it.overlaps else None,
        "is_invented": ask.region.is_invented, "source": source(ask.region),
    }  # fmt: skip


def changes_facts(ask: ChangesAsk, it: Changes, opened: Mapping[str, Opened]) -> dict[str, Any]:
    """Explained changes, fit for JSON; organisations where they were asked for."""
    rows = []
    for line in it.lines:
        row = {"code": line.code, "name": line.name, **_change(line.change)}
        rows.append(row | (_organisations(opened[line.code]) if line.code in opened else {}))
    return {
        "region": ask.region.slug, "from": ask.start.isoformat(), "to": ask.end.isoformat(), "by": it.dimension.key,
        "from_snapshot": it.start.snapshot.sha256 if it.start.snapshot else None, "to_snapshot": it.end.snapshot.sha256 if it.end.snapshot else None,
        "rows": rows, "total": _change(it.total), "adds_up": it.adds_up, "is_invented": ask.region.is_invented, "source": source(ask.region),
    }  # fmt: skip


def _change(it: Explained) -> dict[str, Any]:
    causes = {cause.value: {"came": it.came.get(cause, 0), "went": it.went.get(cause, 0), "net": it.net(cause)} for cause in Cause}
    return {"before": it.before, "after": it.after, "change": it.change, "causes": causes}


def _organisations(it: Opened) -> dict[str, Any]:
    named = [
        {"uid": str(one.organisation.uid), "name": one.organisation.legal_name, "change": 1 if one.crossed.came else -1,
         "cause": one.crossed.cause.value, "why": one.why}
        for one in it.seen
    ]  # fmt: skip
    return {"organisations": named, "not_public": it.unseen, "left_out": it.left_out}


def as_text(sheet: Sheet, ending: str) -> str:
    """A sheet as lines of text."""
    headings, rows = sheet
    lines = [[str(cell) for cell in row] for row in (headings, *rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(headings))]
    first = [line[0].ljust(widths[0]) + "  " + "  ".join(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)) for line in lines]
    return "\n".join([*first, ending])
