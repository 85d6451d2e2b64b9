"""Slides: every word within its frame, every frame within the slide, titles, languages, pictures told in words."""

import io
from itertools import combinations
from typing import Any

import pptx
import pytest
from pptx.util import Inches

from osnowa.kit.letterpress import Picture
from osnowa.kit.slides import HIGH, WIDE, Box, Deck, Slide, as_pptx

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40" fill="#23557a"/></svg>'
LONG = "Wspólne zakupy energii i żywności dla wszystkich członków. " * 60


def a_deck(*slides: Slide) -> Any:
    return pptx.Presentation(io.BytesIO(as_pptx(Deck("Kanwa", "pl", slides, ("Pomorskie",), "Klaster"))))


SLIDES = [
    Slide("Cel", (Box("Uzgodniono", "Krótko."),)),
    Slide("Wszystko", tuple(Box(f"{number}", "słowa " * 30) for number in range(8)), 4),
    Slide("Sieć", (Box("", "", ("jeden", "dwa")),), picture=Picture(SVG, "Sieć ośmiu wymiarów", share=0.5)),
    Slide("Sam obraz", picture=Picture(SVG, "Niebieski prostokąt")),
    Slide("Długo", (Box("Tekst", LONG),), side=tuple(Box("Pytania", "", (LONG,)) for _ in range(3)), lead="teraz 2 · cel 4", notes="Pytania"),
    Slide("Tytuł bardzo długi " * 12),
    Slide("Pusto"),
]


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide.title[:9])
def test_everything_lies_within_the_slide(slide: Slide) -> None:
    made = a_deck(slide)
    assert (made.slide_width, made.slide_height) == (Inches(WIDE), Inches(HIGH))
    for shape in made.slides[1].shapes:
        assert shape.left >= 0
        assert shape.top >= 0
        assert shape.left + shape.width <= made.slide_width
        assert shape.top + shape.height <= made.slide_height


@pytest.mark.parametrize("slide", SLIDES, ids=lambda slide: slide.title[:9])
def test_nothing_lies_upon_another_thing(slide: Slide) -> None:
    frames = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in a_deck(slide).slides[1].shapes]
    for (a, b, c, d), (e, f, g, h) in combinations(frames, 2):
        assert c <= e + 9 or g <= a + 9 or d <= f + 9 or h <= b + 9


def test_every_slide_has_a_title_and_knows_its_language() -> None:
    made = a_deck(*SLIDES)
    assert [slide.shapes.title.text.strip() for slide in made.slides] == ["Kanwa", *(slide.title.strip() for slide in SLIDES)]
    marks = {run._r.rPr.get("lang") for slide in made.slides for shape in slide.shapes if shape.has_text_frame for line in shape.text_frame.paragraphs for run in line.runs}
    assert marks == {"pl-PL"}


def test_a_picture_is_told_in_words_and_keeps_its_shape() -> None:
    picture = next(shape for shape in a_deck(SLIDES[2]).slides[1].shapes if shape.shape_type == 13)
    assert picture._element.nvPicPr.cNvPr.get("descr") == "Sieć ośmiu wymiarów"
    assert abs(picture.width / picture.height - 1.5) < 0.01


def test_what_does_not_fit_is_cut_and_stands_whole_in_the_notes() -> None:
    slide = a_deck(SLIDES[4]).slides[1]
    shown = next(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text.startswith("Tekst"))
    assert shown.endswith("…")
    assert len(shown) < len(LONG)
    assert LONG.strip() in slide.notes_slide.notes_text_frame.text
    assert slide.notes_slide.notes_text_frame.text.startswith("Pytania")


def test_letters_are_large_where_words_are_few() -> None:
    sizes = [run.font.size.pt for shape in a_deck(SLIDES[0]).slides[1].shapes if shape.has_text_frame for line in shape.text_frame.paragraphs for run in line.runs]
    assert max(sizes) == 28
    assert sizes.count(20) == 2


def test_signs_that_no_file_may_hold_are_left_out() -> None:
    made = a_deck(Slide("a\x00b\x0bc", (Box("", "x\x1by"),), notes="\x07"))
    assert made.slides[1].shapes.title.text == "a b c"


def test_the_file_names_nobody() -> None:
    facts = a_deck().core_properties
    assert (facts.title, facts.author, facts.language, facts.last_modified_by) == ("Kanwa", "", "pl", "")
