"""The spider web: its threads, its ghost, where its labels lie."""

import pytest

from osnowa.ui.charts import Chart, Series, draw, figure, svg

NAMES = ("Purpose", "Ecosystem", "Portfolio of activities", "Cross-sectoral mobilisation", "Resource allocation and funding", "Operational model", "Coordinating body", "Membership model")


def _web(*series: Series, names: tuple[str, ...] = NAMES) -> Chart:
    return Chart("radar", "Web", "", names, series, "", top=5)


EVERYBODY = Series("Everybody", (3, 2, 4, 3, 2, 1, 2, 3))


@pytest.mark.parametrize("width", [340, 600])
def test_labels_lie_on_the_sheet_and_do_not_cover_one_another(width: int) -> None:
    from osnowa.ui.charts.measures import width_of

    sheet = draw(_web(EVERYBODY), width)
    boxes = []
    for shape in sheet.shapes:
        if shape.tag != "text" or "label" not in shape.look:
            continue
        wide, size = width_of(shape.text, float(shape.at["font-size"])), float(shape.at["font-size"])
        left = float(shape.at["x"]) - {"start": 0.0, "middle": wide / 2, "end": wide}[str(shape.at["text-anchor"])]
        boxes.append((left, float(shape.at["y"]) - size * 0.8, left + wide, float(shape.at["y"])))
    assert all(left >= -1 and right <= width + 1 and top >= 0 and low <= sheet.height for left, top, right, low in boxes)
    pairs = [(a, b) for place, a in enumerate(boxes) for b in boxes[place + 1 :]]
    assert [pair for pair in pairs if pair[0][0] < pair[1][2] and pair[1][0] < pair[0][2] and pair[0][1] < pair[1][3] and pair[1][1] < pair[0][3]] == []


def test_threads_differ_by_dash_and_knot_too() -> None:
    drawn = svg(_web(EVERYBODY, Series("Public", (4,) * 8), Series("Business", (2,) * 8)))
    assert 'stroke-dasharray="9 4"' in drawn
    assert 'stroke-dasharray="2 4"' in drawn


def test_a_missing_value_opens_the_thread() -> None:
    sheet = draw(_web(Series("Everybody", (3, 2, None, 3, 2, 1, 2, 3))))
    thread = next(str(shape.at["d"]) for shape in sheet.shapes if "thread" in shape.look)
    assert not thread.endswith("Z")
    assert thread.count("M") == 2


def test_target_and_the_round_before_are_no_threads() -> None:
    it = _web(Series("Before", (2,) * 8, ("ghost",)), Series("Target", (4,) * 8, ("target",)), EVERYBODY)
    looks = [shape.look for shape in draw(it).shapes]
    assert sum("thread" in look for look in looks) == 1
    assert "ghost" in looks
    assert "goal" in looks
    assert [name for _picture, name in figure(it)["legend"]] == ["Before", "Target", "Everybody"]
    assert figure(it)["headings"][0] == "Dimension"


def test_two_dimensions_are_bars() -> None:
    assert any("area" in shape.look for shape in draw(_web(Series("Everybody", (3, 2)), names=NAMES[:2])).shapes)
