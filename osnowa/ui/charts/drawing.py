"""Which kind of chart is drawn by whom; and the sheet for nothing at all."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from osnowa.ui.charts.dots import dots
from osnowa.ui.charts.lines import lines
from osnowa.ui.charts.pen import Drawing
from osnowa.ui.charts.radar import radar
from osnowa.ui.charts.rows import bars, stacked, waterfall
from osnowa.ui.charts.specification import Chart

#: Widths of a sheet: beside text and on large screens; on phones and in narrow columns.
WIDE, NARROW = 600, 340

_DRAWN: dict[str, Callable[[Chart, float], Drawing]] = {
    "bars": bars, "stacked": stacked, "lines": lines, "dots": dots, "waterfall": waterfall, "radar": radar,
}  # fmt: skip


def draw(it: Chart, width: float = WIDE) -> Drawing:
    """The drawing of a chart on a sheet of a width; its height follows."""
    if it.known:
        return _DRAWN[it.kind](it, width)
    sheet = Drawing(width, 64)
    sheet.rect("paper", 0, 0, width, 64)
    sheet.words("faint", width / 2, 38, _("no data"), "middle")
    return sheet
