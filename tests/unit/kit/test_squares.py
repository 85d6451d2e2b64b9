"""Squares for cameras: markup for pages, pictures for paper."""

from io import BytesIO

import segno

from osnowa.kit.squares import picture, square


def test_a_square_draws_every_dark_module_once() -> None:
    words = "https://osnowa.example/m/ABC234"
    dark = sum(sum(row) for row in segno.make_qr(words, error="m").matrix)
    drawn = picture(words).decode().partition(' d="')[2].partition('"')[0]
    assert sum(int(run.partition("h")[2].partition("v")[0]) for run in drawn.split("M")[1:]) == dark


def test_a_square_has_a_name_and_no_inline_style() -> None:
    markup = square("https://osnowa.example/m/ABC234", 'Join <the> "board"')
    assert 'aria-label="Join &lt;the&gt; &quot;board&quot;"' in markup
    assert "style" not in markup


def test_the_picture_stands_alone() -> None:
    from xml.etree import ElementTree

    root = ElementTree.parse(BytesIO(picture("a & b", 55))).getroot()
    assert root.get("width") == "55mm"
