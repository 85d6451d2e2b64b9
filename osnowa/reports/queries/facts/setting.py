"""Facts as they are set: a chart with its words, a table with its sum, what is not known said so."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from osnowa.kit.letterpress import Part, Picture, Table
from osnowa.ui.charts import Chart, svg
from osnowa.ui.charts.writing import described

Rows = Iterable[Sequence[Any]]
#: So many parts are written out as an addition.
MOST_ADDED = 16


def picture(it: Chart | None, share: float = 1.0) -> list[Part]:
    """A chart as it stands on pages; nothing where it has no data."""
    if it is None or not it.known:
        return []
    return [Picture(svg(it), f"{it.title}. {described(it)}", it.title, share)]


def table(key: str, caption: str, headings: Sequence[Any], rows: Rows, *, foot: str = "", has_total: bool = False, widths: Sequence[float] = (), has_numbers: bool = False) -> list[Part]:
    """A table; without rows it is said that nothing is known. `has_numbers`: all columns but the first stand to the right, also where words stand for a number."""
    body = tuple(tuple(row) for row in rows)
    if not body:
        return [f"{caption}: {nothing()}"]
    words = tuple(str(one) for one in headings)
    aligned = (False, *(True for _one in words[1:])) if has_numbers else ()
    return [Table(words, body, caption, tuple(widths) or _widths(len(words)), aligned, foot=foot, has_total=has_total, key=key)]


def _widths(columns: int) -> tuple[float, ...]:
    return (3.0, *((1.0,) * (columns - 1))) if columns > 1 else (1.0,)


def hiding() -> str:
    """What the sign in a hidden cell means."""
    return _("x: not shown. Sums over fewer than three organisations and one to four people are hidden, and what would give them away.")


def nothing() -> str:
    """What a section says where the house knows nothing."""
    return _("no data yet.")


def addition(parts: Sequence[int], total: int | None) -> str:
    """The cross-foot (V20): 130 + 96 + 114 = 340, and ≠ where it does not add up; of many rows their sum alone."""
    if total is None or not parts:
        return ""
    if len(parts) > MOST_ADDED:
        words = {"n": len(parts), "sum": sum(parts), "sign": "=" if sum(parts) == total else "≠", "total": total}
        return _("The %(n)s rows add up: %(sum)s %(sign)s %(total)s") % words
    return f"{' + '.join(map(str, parts))} {'=' if sum(parts) == total else '≠'} {total}"
