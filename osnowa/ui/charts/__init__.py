"""Charts from one specification: a drawing for the page, a file to take along, and the table that says the same."""

from osnowa.ui.charts.drawing import draw
from osnowa.ui.charts.specification import Chart, Series, table
from osnowa.ui.charts.writing import figure, svg

__all__ = ["Chart", "Series", "draw", "figure", "svg", "table"]
