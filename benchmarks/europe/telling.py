"""What was measured as text: lines on the screen, tables in docs/why."""

import re
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.europe import preparing
from benchmarks.europe.measuring import Measured

DOCS = Path(__file__).resolve().parents[2] / "docs" / "why"


def line(one: Measured) -> str:
    """One kind on the screen."""
    limit = f"{one.limit:6.0f} {'missed' if one.is_missed else 'ok'}" if one.limit is not None else ""
    wrong = f" {one.wrong} not answered" if one.wrong else ""
    return f"{one.name:38} {one.asked:5} {one.p50:8.1f} {one.p95:8.1f} {one.most:8.1f} {one.work:8.1f} {one.kilobytes:8.0f} {one.queries:4} {limit}{wrong}"


def summary(facts: dict[str, Any]) -> str:
    """The machine, the load, what was missed."""
    about, on = facts["prepared"], facts["machine"]
    lines = [
        f"{about['organisations']} organisations in {facts['database']}: {about['bytes'] / 1e6:.0f} MB, loaded in {about['import_s']} s "
        f"({about['import_cpu_s']} s of work, {about['import_peak_mb']} MB of memory); measuring took {facts['peak_mb']} MB",
        f"{on['cores']} cores, {on['memory_gib']} GiB, Python {on['python']}, {on['on']}; load {on['load']} at the end",
    ]
    return "\n".join([*lines, *(f"missed: {broken}" for broken in facts["misses"])] or ["nothing missed"])


def table(facts: dict[str, Any]) -> str:
    """The kinds as a table of Markdown."""
    rows = ["| asked | distinct | p50 ms | p95 ms | most ms | p95 of work, ms | kB | queries | limit |", "|---|--:|--:|--:|--:|--:|--:|--:|--:|"]
    for one in facts["measured"]:
        limit = "" if one["limit"] is None else f"{one['limit']:.0f} {'**missed**' if one['missed'] else 'held'}"
        rows.append(f"| {one['name']} | {one['asked']} | {one['p50']} | {one['p95']} | {one['most']} | {one['work']} | {one['kilobytes']:.0f} | {one['queries']} | {limit} |")
    return "\n".join(rows)


def _put(path: Path, name: str, text: str, title: str) -> None:
    """Puts the text between the marks of a name; other parts of the page stay."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    page = path.read_text(encoding="utf-8") if path.exists() else f"# {title}\n"
    block = f"{begin}\n{text}\n{end}"
    if begin in page:
        page = re.sub(re.escape(begin) + ".*?" + re.escape(end), lambda _found: block, page, flags=re.DOTALL)
    else:
        page = f"{page.rstrip()}\n\n{block}\n"
    path.write_text(page, encoding="utf-8")


def write_performance(facts: dict[str, Any]) -> None:
    """The table of one size in docs/why/performance.md."""
    about = facts["prepared"]
    name = f"europe {facts['database']} {about['organisations']}"
    text = f"## {about['organisations']:,} invented organisations on {facts['database']}\n\n{summary(facts)}\n\n{table(facts)}"
    _put(DOCS / "performance.md", name, text, "Performance")


def write_scale(told: list[dict[str, Any]]) -> None:
    """The sizes side by side in docs/why/scale.md."""
    sizes = [facts["prepared"]["organisations"] for facts in told]
    rows = ["| | " + " | ".join(f"{size:,}" for size in sizes) + " |", "|---|" + "--:|" * len(sizes)]
    of = [{one["name"]: one for one in facts["measured"]} for facts in told]
    rows += [
        "| loading, s | " + " | ".join(str(facts["prepared"]["import_s"]) for facts in told) + " |",
        "| database, MB | " + " | ".join(f"{facts['prepared']['bytes'] / 1e6:.0f}" for facts in told) + " |",
        "| bytes an organisation | " + " | ".join(f"{_each(facts['prepared']):.0f}" for facts in told) + " |",
    ]
    for name in dict.fromkeys(name for one in of for name in one):
        rows.append(f"| {name}, p95 ms | " + " | ".join(str(one[name]["p95"]) if name in one else "" for one in of) + " |")
    picture = f"scale-{told[0]['database']}.svg"
    (DOCS / picture).write_text(_drawn(told), encoding="utf-8")
    text = "\n".join([f"![Server time by size]({picture})", "", *rows, "", summary(told[-1])])
    _put(DOCS / "scale.md", f"curve {told[0]['database']}", text, "Scale")


def _drawn(told: list[dict[str, Any]]) -> str:
    """The kinds that have a limit as lines over the sizes, which lie a power of ten apart."""
    with tempfile.TemporaryDirectory() as folder:
        preparing.set_up(Path(folder))
        from osnowa.ui.charts import Chart, Series, svg

        of = [{one["name"]: one["p95"] for one in facts["measured"] if one["limit"]} for facts in told]
        names = [name for name in of[-1] if all(name in one for one in of)]
        series = tuple(Series(name, tuple(one[name] for one in of)) for name in names)
        sizes = tuple(f"{facts['prepared']['organisations']:,}" for facts in told)
        return str(svg(Chart(
            "lines", "Server time, p95, by number of organisations", "ms", sizes, series,
            "python -m benchmarks.europe --curve", told[-1]["machine"]["on"],
        )))  # fmt: skip


def _each(prepared: dict[str, Any]) -> float:
    return float(prepared["bytes"] - prepared["bytes_of_places"]) / float(prepared["organisations"])
