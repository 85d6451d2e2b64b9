"""Slides to show and to go on working with: a description set as PPTX (by python-pptx), sixteen to nine.

    as_pptx(Deck("Kanwa", "pl", (Slide("Cel", (Box("Uzgodniono", "…"),), notes="…"),)))

Every slide has a title of its own, pictures are told in words, text is written in its language. Letters shrink until the words fit;
what does not fit even then is cut with an ellipsis and stands whole in the notes.
"""

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pptx
from django.utils import timezone
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Emu, Inches, Pt

from osnowa.kit.letterpress import Picture
from osnowa.kit.rasters import as_png

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
#: The slide, its margin, where title, body and foot lie; in inches.
WIDE, HIGH, _MARGIN = 13.333, 7.5, 0.6
_TITLE, _BODY, _FOOT = (0.3, 0.86), (1.3, 5.5), (6.95, 0.35)
_GAP, _INSET = 0.25, 0.12
_INK, _SOFT, _PAPER, _GROUND = (RGBColor.from_string(code) for code in ("2E231B", "65564A", "FFFBF2", "F6F0E3"))
_THREADS = ("B4453C", "3D7396", "D9A62E", "6D8A4C", "6B6375")
_SIZES = (20, 18, 16, 14, 13, 12)
#: How wide a letter is on average, and how high a line, in sizes of the letter; a little more than true.
_LETTER, _LINE = 0.53, 1.25
_UNFIT_FOR_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_LANGUAGES = {"pl": "pl-PL", "sl": "sl-SI", "en": "en-GB"}
#: What a shape says of itself that is only to look at.
_ORNAMENT = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)


@dataclass(frozen=True)
class Box:
    """Words in a frame: a heading, paragraphs (parted by line ends), a list."""

    heading: str = ""
    text: str = ""
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slide:
    """A slide: a line below the title; boxes in so many columns, beside the picture where there is one; others one below the other at the side."""

    title: str
    boxes: tuple[Box, ...] = ()
    columns: int = 1
    side: tuple[Box, ...] = ()
    picture: Picture | None = None
    lead: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Deck:
    """A title slide with some lines, the slides, and what stands at the foot of each."""

    title: str
    language: str
    slides: tuple[Slide, ...]
    lines: tuple[str, ...] = ()
    foot: str = ""


@dataclass(frozen=True)
class _Frame:
    """A place on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


def as_pptx(deck: Deck) -> bytes:
    """The deck as a file."""
    made = pptx.Presentation()
    _widen(made)
    facts = made.core_properties
    facts.title, facts.language, facts.author, facts.last_modified_by = _fit(deck.title), deck.language, "", ""
    facts.created = facts.modified = timezone.now()
    _opening(made, deck)
    for number, slide in enumerate(deck.slides, start=2):
        _slide(made, deck, slide, number)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _widen(made: Any) -> None:
    """The patterns of the library are four to three; they are stretched to sixteen to nine."""
    ratio = Inches(WIDE) / made.slide_width
    made.slide_width, made.slide_height = Inches(WIDE), Inches(HIGH)
    for pattern in (made.slide_master, *made.slide_layouts):
        for name, side in (("a:off", "x"), ("a:ext", "cx")):
            for mark in pattern._element.iter(qn(name)):
                if kept := mark.get(side):
                    mark.set(side, str(int(int(kept) * ratio)))


def _opening(made: Any, deck: Deck) -> None:
    slide = _new(made, 0, deck, deck.title, _Frame(_MARGIN, 2.0, WIDE - 2 * _MARGIN, 1.7), 40)
    under = slide.placeholders[1]
    _place(under, _Frame(_MARGIN, 3.95, WIDE - 2 * _MARGIN, 2.2))
    _write(under.text_frame, [(line, "text") for line in deck.lines], 20, deck.language, soft=True)
    _weave(slide, 3.75)


def _slide(made: Any, deck: Deck, it: Slide, number: int) -> None:
    slide = _new(made, 5, deck, it.title, _Frame(_MARGIN, _TITLE[0], WIDE - 2 * _MARGIN, _TITLE[1]), 28)
    _weave(slide, _BODY[0] - 0.12)
    body = _Frame(_MARGIN, _BODY[0], WIDE - 2 * _MARGIN, _BODY[1])
    cut: list[str] = []
    if it.lead:
        body = _lead(slide, it.lead, body, deck.language)
    if it.picture:
        body = _picture(slide, it.picture, body, alone=not it.boxes)
    body, beside = _parted(body) if it.side else (body, body)
    for boxes, place, columns in ((it.boxes, body, it.columns), (it.side, beside, 1)):
        for box, frame in zip(boxes, _frames(place, len(boxes), columns), strict=True):
            cut += _box(slide, box, frame, deck.language)
    foot = slide.shapes.add_textbox(*_inches(_Frame(_MARGIN, _FOOT[0], WIDE - 2 * _MARGIN, _FOOT[1])))
    _write(foot.text_frame, [(" · ".join(filter(None, [deck.foot, str(number)])), "text")], 12, deck.language, soft=True)
    if notes := "\n\n".join(filter(None, [it.notes, *cut])):
        slide.notes_slide.notes_text_frame.text = _fit(notes)


def _new(made: Any, pattern: int, deck: Deck, title: str, frame: _Frame, size: int) -> Any:
    slide = made.slides.add_slide(made.slide_layouts[pattern])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _PAPER
    _place(slide.shapes.title, frame)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
    _write(slide.shapes.title.text_frame, [(title, "heading")], _size([(title, "heading")], frame, (size, size - 6, size - 12)), deck.language)
    return slide


def _frames(body: _Frame, count: int, columns: int) -> Iterator[_Frame]:
    """Places of equal size in rows."""
    rows = max(1, math.ceil(count / columns))
    width, height = (body.width - _GAP * (columns - 1)) / columns, (body.height - _GAP * (rows - 1)) / rows
    for order in range(count):
        row, column = divmod(order, columns)
        yield _Frame(body.left + column * (width + _GAP), body.top + row * (height + _GAP), width, height)


def _lead(slide: Any, words: str, body: _Frame, language: str) -> _Frame:
    """Writes the line below the title; gives what is left below it."""
    high = 0.6
    shape = slide.shapes.add_textbox(*_inches(_Frame(body.left, body.top, body.width, high)))
    _write(shape.text_frame, [(words, "text")], _size([(words, "text")], _Frame(0, 0, body.width, high), (16, 14, 12)), language, soft=True)
    return _Frame(body.left, body.top + high, body.width, body.height - high)


def _parted(body: _Frame) -> tuple[_Frame, _Frame]:
    """The larger part to the left, the side to the right."""
    wide = (body.width - _GAP) * 0.56
    return _Frame(body.left, body.top, wide, body.height), _Frame(body.left + wide + _GAP, body.top, body.width - wide - _GAP, body.height)


def _picture(slide: Any, it: Picture, body: _Frame, *, alone: bool) -> _Frame:
    """Puts the picture to the left, as large as fits, told in words; gives what is left beside it."""
    shape = slide.shapes.add_picture(io.BytesIO(as_png(it.svg, 3)), 0, 0)
    room = body.width if alone else body.width * it.share
    scale = min(Inches(room) / shape.width, Inches(body.height) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape.left = Inches(body.left) + (Emu(int((Inches(body.width) - shape.width) / 2)) if alone else 0)
    shape.top = Inches(body.top)
    shape._element.nvPicPr.cNvPr.set("descr", _fit(it.words))
    wide = shape.width / Inches(1) + _GAP
    return _Frame(body.left + wide, body.top, body.width - wide, body.height)


def _box(slide: Any, it: Box, frame: _Frame, language: str) -> list[str]:
    """Writes a box; gives what had to be cut."""
    shape = slide.shapes.add_textbox(*_inches(frame))
    shape.fill.solid()
    shape.fill.fore_color.rgb = _GROUND
    lines = [(it.heading, "heading")] * bool(it.heading) + [(line, "text") for line in it.text.splitlines() if line.strip()] + [(item, "item") for item in it.items]
    size = _size(lines, frame)
    kept = _shortened(lines, frame, size)
    _write(shape.text_frame, kept, size, language)
    return [] if kept == lines else ["\n".join(line for line, _look in lines)]


def _rows(text: str, width: float, size: int) -> int:
    """How many lines a paragraph takes."""
    return max(1, math.ceil(len(text) * size * _LETTER / 72 / width))


def _height(lines: list[tuple[str, str]], frame: _Frame, size: int) -> float:
    width = frame.width - 2 * _INSET
    rows = sum(_rows(text, width - (0.25 if look == "item" else 0), size) for text, look in lines)
    return (rows * size * _LINE + len(lines) * size * 0.3) / 72 + 2 * _INSET


def _size(lines: list[tuple[str, str]], frame: _Frame, sizes: tuple[int, ...] = _SIZES) -> int:
    """The largest letters in which the lines fit, else the smallest."""
    return next((size for size in sizes if _height(lines, frame, size) <= frame.height), sizes[-1])


def _shortened(lines: list[tuple[str, str]], frame: _Frame, size: int) -> list[tuple[str, str]]:
    """The lines as far as they fit, the last with an ellipsis."""
    kept = list(lines)
    while len(kept) > 1 and _height(kept, frame, size) > frame.height:
        text, look = kept[-1]
        words = text.removesuffix(" …").split()
        kept[-1:] = [(" ".join(words[: len(words) * 4 // 5]) + " …", look)] if len(words) > 5 else []
    if kept != lines and not kept[-1][0].endswith("…"):
        kept[-1] = (kept[-1][0] + " …", kept[-1][1])
    return kept


def _write(frame: Any, lines: list[tuple[str, str]], size: int, language: str, *, soft: bool = False) -> None:
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(_INSET)
    for order, (text, look) in enumerate(lines):
        paragraph = frame.paragraphs[0] if not order else frame.add_paragraph()
        paragraph.space_after = Pt(size * 0.3)
        run = paragraph.add_run()
        run.text, run.font.size, run.font.bold = _fit(text), Pt(size), look == "heading"
        run.font.color.rgb = _SOFT if soft else _INK
        run._r.get_or_add_rPr().set("lang", _LANGUAGES.get(language, language))
        _pointed(paragraph, is_item=look == "item")


def _pointed(paragraph: Any, *, is_item: bool) -> None:
    """A point before an item of a list, none before anything else; to the left, whatever the pattern says."""
    facts = paragraph._p.get_or_add_pPr()
    facts.set("algn", "l")
    facts.set("marL", "228600" if is_item else "0")
    facts.set("indent", "-228600" if is_item else "0")
    mark = OxmlElement("a:buChar" if is_item else "a:buNone")
    if is_item:
        mark.set("char", "•")
    facts.append(mark)


def _weave(slide: Any, top: float) -> None:
    """A band of threads below the title; an ornament, so that nobody is read it."""
    wide = (WIDE - 2 * _MARGIN) / len(_THREADS)
    for order, colour in enumerate(_THREADS):
        shape = slide.shapes.add_shape(1, *_inches(_Frame(_MARGIN + order * wide, top, wide, 0.045)))
        shape.fill.solid()
        shape.fill.fore_color.rgb = RGBColor.from_string(colour)
        shape.line.fill.background()
        shape._element.nvSpPr.cNvPr.append(parse_xml(_ORNAMENT))


def _place(shape: Any, frame: _Frame) -> None:
    shape.left, shape.top, shape.width, shape.height = _inches(frame)


def _inches(frame: _Frame) -> tuple[Emu, Emu, Emu, Emu]:
    return Inches(frame.left), Inches(frame.top), Inches(frame.width), Inches(frame.height)


def _fit(text: str) -> str:
    """The text without the signs XML does not know."""
    return _UNFIT_FOR_XML.sub(" ", text)
