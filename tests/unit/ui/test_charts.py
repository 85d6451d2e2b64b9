"""Charts: true to the numbers, whole on the sheet, readable where colours are not."""

import io
import itertools
from datetime import date
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils import translation
from python_calamine import CalamineWorkbook

from osnowa.kit import sheets
from osnowa.ui import charts
from osnowa.ui.chart_samples import chart_samples
from osnowa.ui.charts import Chart, Series
from osnowa.ui.charts.drawing import NARROW, WIDE
from osnowa.ui.charts.measures import number, steps, width_of, wrapped
from osnowa.ui.charts.pen import Drawing, Shape

SAMPLES = [it for _heading, them in chart_samples() for it in them]


def a_chart(kind: str, *values: float | None, unit: str = "", marks: tuple[str, ...] = (), **more: object) -> Chart:
    names = tuple(f"name {place}" for place in range(len(values)))
    return Chart(kind, "A chart", unit, names, (Series("one", values, marks),), "the test", date(2026, 1, 1), **more)  # type: ignore[arg-type]


def of_look(sheet: Drawing, look: str, tag: str = "rect") -> list[Shape]:
    return [shape for shape in sheet.shapes if shape.tag == tag and look in shape.look.split()]


def said(sheet: Drawing) -> list[str]:
    return [shape.text for shape in sheet.shapes if shape.tag == "text"]


def extent(shape: Shape) -> tuple[float, float]:
    """From where to where a text reaches."""
    wide = width_of(shape.text, float(shape.at["font-size"]))
    left = float(shape.at["x"]) - {"start": 0.0, "middle": wide / 2, "end": wide}[str(shape.at["text-anchor"])]
    return left, left + wide


def test_bars_are_as_long_as_their_numbers() -> None:
    one, two, none = of_look(charts.draw(a_chart("bars", 10, 40, 0)), "area")
    assert float(two.at["width"]) == pytest.approx(4 * float(one.at["width"]))
    assert none.at["width"] == 0


def test_bars_below_zero_lie_on_the_other_side_of_the_axis() -> None:
    down, up = of_look(charts.draw(a_chart("bars", -10, 20)), "area")
    assert float(down.at["x"]) + float(down.at["width"]) == pytest.approx(float(up.at["x"]))
    assert float(up.at["width"]) == pytest.approx(2 * float(down.at["width"]))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_shares_add_up_to_the_whole(width: float) -> None:
    parts = (3.0, 1.0, None, -2.0, 7.0)
    it = Chart("stacked", "t", "", ("x",), tuple(Series(str(place), (part,)) for place, part in enumerate(parts)), "s")
    areas = of_look(charts.draw(it, width), "area")
    whole = charts.draw(Chart("stacked", "t", "", ("x",), (Series("1", (5,)),), "s"), width)
    assert sum(float(area.at["width"]) for area in areas) == pytest.approx(float(of_look(whole, "area")[0].at["width"]))
    assert len(areas) == 3
    assert float(areas[1].at["x"]) == pytest.approx(float(areas[0].at["x"]) + float(areas[0].at["width"]))


@pytest.mark.parametrize("it", SAMPLES, ids=lambda it: f"{it.kind}: {it.title}")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_lies_outside_the_sheet(it: Chart, width: float) -> None:
    sheet = charts.draw(it, width)
    for shape in sheet.shapes:
        if shape.tag == "text":
            left, right = extent(shape)
            assert left >= -0.01, shape.text
            assert right <= width + 0.01, shape.text
            assert 8 <= float(shape.at["y"]) <= sheet.height, shape.text
        if shape.tag == "rect":
            assert float(shape.at["x"]) >= -0.01
            assert float(shape.at["x"]) + float(shape.at["width"]) <= width + 0.01
            assert float(shape.at["y"]) + float(shape.at["height"]) <= sheet.height + 0.01


@pytest.mark.parametrize("it", SAMPLES, ids=lambda it: f"{it.kind}: {it.title}")
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_no_words_lie_on_other_words(it: Chart, width: float) -> None:
    texts = [shape for shape in charts.draw(it, width).shapes if shape.tag == "text"]
    for place, one in enumerate(texts):
        for other in texts[:place]:
            if abs(float(one.at["y"]) - float(other.at["y"])) < 12:
                (a, b), (c, d) = extent(one), extent(other)
                assert b <= c + 0.01 or d <= a + 0.01, (one.text, other.text)


def test_what_is_not_known_is_said_and_is_no_zero() -> None:
    sheet = charts.draw(a_chart("bars", 5, None))
    assert len(of_look(sheet, "area")) == 1
    assert "no data" in said(sheet)
    assert charts.figure(a_chart("bars", 5, None))["rows"][1] == ("name 1", "", [("no data", False)])
    assert said(charts.draw(a_chart("lines", None, None))) == ["no data"]


def test_lines_let_go_where_nothing_is_known_and_at_breaks() -> None:
    (path,) = of_look(charts.draw(a_chart("lines", 1, 2, None, 4, 5)), "thread", "path")
    assert str(path.at["d"]).count("M") == 2
    broken = charts.draw(a_chart("lines", 1, 2, 3, 4, marks=("", "", "b")))
    (path,) = of_look(broken, "thread", "path")
    assert str(path.at["d"]).count("M") == 2
    assert len(of_look(broken, "break", "line")) == 1


def test_years_stand_as_far_apart_as_they_are() -> None:
    it = Chart("lines", "t", "", ("2000", "2010", "2015"), (Series("s", (1, 2, 3)),), "s")
    first, second, third = (float(str(knot.at["d"])[1:].split()[0]) for knot in of_look(charts.draw(it), "knot", "path"))
    assert second - first == pytest.approx(2 * (third - second), rel=0.01)


def test_a_waterfall_ends_where_its_steps_lead() -> None:
    sheet = charts.draw(a_chart("waterfall", 58, 9, -4, None))
    assert [words for words in said(sheet) if not words.startswith("name")] == ["58", "+9", "−4", "63"]
    start, up, down, end = of_look(sheet, "area")
    assert float(up.at["x"]) == pytest.approx(float(start.at["x"]) + float(start.at["width"]))
    assert float(down.at["x"]) == pytest.approx(float(end.at["x"]) + float(end.at["width"]))


def test_small_steps_of_a_large_level_are_seen_and_the_cut_is_said() -> None:
    it = a_chart("waterfall", 409, 3, -1, None)
    start, up, _down, _end = of_look(charts.draw(it), "area")
    assert float(up.at["width"]) > float(start.at["width"]) / 3
    assert "begin at 406" in charts.svg(it)
    assert "begin at" not in charts.svg(a_chart("waterfall", 58, 9, -40, None))


def test_the_own_region_is_named_among_the_dots() -> None:
    sheet = charts.draw(a_chart("dots", 1, 5, 9, marks=("", "own", "")))
    assert "name 1: 5" in said(sheet)
    assert len(of_look(sheet, "knot", "path")) == 1
    assert len(of_look(sheet, "dot", "path")) == 2


def test_neighbouring_shares_differ_by_weave_not_by_colour_alone() -> None:
    it = Chart("stacked", "t", "", ("x",), tuple(Series(str(n), (1.0,)) for n in range(6)), "s")
    looks = [(shape.look, str(shape.at["x"])) for shape in charts.draw(it).shapes if shape.tag == "rect" and "plate" not in shape.look]
    woven = [next((look for look, x in looks if x == at and look.startswith("weave")), "") for look, at in looks if "area" in look]
    assert all(one != other for one, other in itertools.pairwise(woven))


@pytest.mark.parametrize("it", SAMPLES, ids=lambda it: f"{it.kind}: {it.title}")
def test_a_file_stands_alone(it: Chart) -> None:
    written = charts.svg(it)
    root = ElementTree.fromstring(written.encode())
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert "class=" not in written
    assert "style" not in written
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    assert all(part in ids for part in str(root.get("aria-labelledby")).split())
    words = "".join(root.itertext())
    assert it.title in words
    assert "Invented sample" in words


def test_words_of_people_are_escaped() -> None:
    it = Chart("bars", "<b>&", "", ("<script>",), (Series('"', (1,)),), "<i>")
    assert "<script>" not in charts.svg(it)
    page = Template("{% chart it %}").render(Context({"it": it}))
    assert "<script>" not in page
    assert "<i>" not in page


def test_a_page_has_picture_table_source_and_files() -> None:
    it = a_chart("bars", 1234567, 2, unit="organisations", links=("/a/", ""))
    page = Template('{% chart it svg="/x.svg" xlsx="/x.xlsx" %}').render(Context({"it": it}))
    assert page.count('role="img"') == 2
    assert "Source: the test · State on" in page
    assert '<th scope="row"><a href="/a/">name 0</a></th>' in page
    assert 'href="/x.svg"' in page
    assert 'href="/x.xlsx"' in page
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_the_table_goes_into_a_workbook() -> None:
    it = Chart("lines", "t", "%", ("2024", "2025"), (Series("s", (1.5, None), ("", "b")),), "s")
    headings, rows = charts.table(it)
    assert headings == ["Period", "s, %", "s: flags"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheets.as_xlsx({"t": (headings, rows)})))
    assert book.get_sheet_by_index(0).to_python()[1:] == [["2024", 1.5, ""], ["2025", "", "b"]]


def test_an_unknown_kind_and_rows_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="no such kind"):
        a_chart("pie", 1)
    with pytest.raises(ValueError, match="2 values for 1"):
        Chart("bars", "t", "", ("a",), (Series("s", (1, 2)),), "s")


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    with translation.override("pl"):
        assert number(-1234567.5, 1) == "−1\u00a0234\u00a0567,5"
        assert number(12.25, 1, "%") in ("12,2%", "12,3%")
    with translation.override("en"):
        assert number(-0.001, 1) == "0.0"


def test_scales_have_round_steps_that_hold_all_values() -> None:
    assert steps(0, 97) == [0, 50, 100]
    assert steps(-3, 2.5) == [-4, -2, 0, 2, 4]
    assert steps(7, 7)[0] <= 0
    assert steps(0, 0) == [0, 0.5, 1] or steps(0, 0)[-1] >= 1


def test_long_words_are_broken_and_long_texts_end_in_an_ellipsis() -> None:
    lines = wrapped("Konstantynopolitańczykowianeczka i jej siostra z dalekiego kraju", 14, 120, 3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(width_of(line, 14) <= 120 for line in lines)
