"""The pen: shapes with a look, written as SVG either with classes (pages, day and night) or with colours (files)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.html import conditional_escape

TONES = 6
#: How threads of a web are broken, so that colour is never alone; the style sheet says the same.
DASHES = ("", "9 4", "2 4", "12 4 2 4", "5 3", "16 5")
#: What lies over the colour of each tone, so that colour is never alone.
WEAVES = ("", "rise", "", "weft", "fall", "warp")
_WEAVE_PATHS = {"rise": "M0 8 8 0M-2 2 2-2M6 10 10 6", "fall": "M0 0 8 8M-2 6 2 10M6-2 10 2", "weft": "M0 2H8M0 6H8", "warp": "M2 0V8M6 0V8"}
_DAY = ("#3d7396", "#d9a62e", "#b4453c", "#2f7f7a", "#6b6375", "#6d8a4c")
_INK, _FADED, _LINE, _PAPER = "#2e231b", "#65564a", "#d9ccb4", "#fffbf2"
FONT = "'Source Sans Pro','Source Sans 3',system-ui,'Segoe UI','DejaVu Sans',sans-serif"


@dataclass(frozen=True)
class Shape:
    """One mark of the pen; `look` is its classes on a page."""

    tag: str
    look: str
    at: dict[str, float | str]
    text: str = ""
    #: What a pointer resting on it is told.
    hint: str = ""


@dataclass
class Drawing:
    """Shapes on a sheet of a size."""

    width: float
    height: float = 0
    shapes: list[Shape] = field(default_factory=list)

    def rect(self, look: str, x: float, y: float, width: float, height: float, hint: str = "") -> None:
        self.shapes.append(Shape("rect", look, {"x": x, "y": y, "width": width, "height": height}, hint=hint))

    def line(self, look: str, x1: float, y1: float, x2: float, y2: float) -> None:
        self.shapes.append(Shape("line", look, {"x1": x1, "y1": y1, "x2": x2, "y2": y2}))

    def path(self, look: str, d: str, hint: str = "") -> None:
        self.shapes.append(Shape("path", look, {"d": d}, hint=hint))

    def words(self, look: str, x: float, y: float, text: str, anchor: str = "start", size: float = 14) -> None:
        self.shapes.append(Shape("text", look, {"x": x, "y": y, "text-anchor": anchor, "font-size": size}, text))


def tone(place: int) -> str:
    """The look of the series at a place."""
    return f"tone-{place % TONES + 1}"


def weave(place: int) -> str:
    return WEAVES[place % TONES]


def knot(x: float, y: float, place: int, size: float = 4.5) -> str:
    """The path of a mark on a line: another shape for each series."""
    s = size
    shapes = (
        f"M{x - s:.1f} {y:.1f}a{s} {s} 0 1 0 {2 * s} 0a{s} {s} 0 1 0 {-2 * s} 0Z",
        f"M{x - s:.1f} {y - s:.1f}h{2 * s}v{2 * s}h{-2 * s}Z",
        f"M{x:.1f} {y - s * 1.3:.1f}l{s * 1.3:.2f} {s * 1.3:.2f}l{-s * 1.3:.2f} {s * 1.3:.2f}l{-s * 1.3:.2f} {-s * 1.3:.2f}Z",
        f"M{x:.1f} {y - s * 1.2:.1f}l{s * 1.2:.2f} {s * 2.1:.2f}h{-s * 2.4:.2f}Z",
        f"M{x:.1f} {y + s * 1.2:.1f}l{s * 1.2:.2f} {-s * 2.1:.2f}h{-s * 2.4:.2f}Z",
        f"M{x - s:.1f} {y - s / 2.5:.1f}h{2 * s}v{s / 1.25:.2f}h{-2 * s}Z",
    )
    return shapes[place % len(shapes)]


def _number(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def _plain_look(look: str) -> dict[str, str]:
    """The attributes of a look where no style sheet is: the colours of the day."""
    names = look.split()
    colour = next((_DAY[int(name[5:]) - 1] for name in names if name.startswith("tone-")), _INK)
    looks: dict[str, dict[str, str]] = {
        "area": {"fill": colour, "stroke": _PAPER, "stroke-width": "1"},
        "thread": {"stroke": colour, "fill": "none", "stroke-width": "2.5", "stroke-linejoin": "round", "stroke-linecap": "round"},
        "knot": {"fill": colour, "stroke": _PAPER, "stroke-width": "1.5"},
        "dot": {"fill": _FADED, "fill-opacity": ".4"},
        "band": {"fill": _FADED, "fill-opacity": ".2", "fill-rule": "evenodd"},
        "ghost": {"fill": _FADED, "fill-opacity": ".14", "stroke": _FADED, "stroke-width": "1.5", "stroke-dasharray": "1 4", "stroke-linecap": "round"},
        "goal": {"fill": "none", "stroke": _INK, "stroke-width": "1.5", "stroke-dasharray": "7 4"},
        "ring": {"fill": "none", "stroke": _LINE, "stroke-width": "1"},
        "rule": {"stroke": _LINE, "stroke-width": "1"},
        "axis": {"stroke": _FADED, "stroke-width": "1.5"},
        "break": {"stroke": _INK, "stroke-width": "1.5", "stroke-dasharray": "5 4"},
        "lead": {"stroke": _FADED, "stroke-width": "1", "stroke-dasharray": "2 3"},
        "plate": {"fill": _PAPER, "fill-opacity": ".92"},
        "label": {"fill": _INK},
        "value": {"fill": _INK, "font-weight": "600"},
        "faint": {"fill": _FADED},
        "paper": {"fill": _PAPER},
    }
    dash = next((DASHES[int(name[5:])] for name in names if name.startswith("dash-")), "")
    return next((looks[name] for name in names if name in looks), {}) | ({"stroke-dasharray": dash} if dash else {})


def written(shapes: Iterable[Shape], name: str, *, plain: bool = False) -> str:
    """The shapes as SVG; `name` begins the ids of the weaves they use."""
    parts = []
    for shape in shapes:
        words = {key: _number(value) for key, value in shape.at.items()}
        weave_name = next((part[6:] for part in shape.look.split() if part.startswith("weave-")), "")
        if weave_name:
            words["fill"] = f"url(#{name}-{weave_name})"
        elif plain:
            words |= _plain_look(shape.look)
        else:
            words["class"] = shape.look
        attributes = "".join(f' {key}="{conditional_escape(value)}"' for key, value in words.items())
        hint = f"<title>{conditional_escape(shape.hint)}</title>" if shape.hint else ""
        inside = hint + str(conditional_escape(shape.text))
        parts.append(f"<{shape.tag}{attributes}>{inside}</{shape.tag}>" if inside else f"<{shape.tag}{attributes}/>")
    return _weaves(shapes, name) + "".join(parts)


def _weaves(shapes: Iterable[Shape], name: str) -> str:
    """Definitions of the weaves that the shapes use."""
    used = {part[6:] for shape in shapes for part in shape.look.split() if part.startswith("weave-")}
    parts = [
        f'<pattern id="{name}-{one}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<path d="{_WEAVE_PATHS[one]}" stroke="#fffbf2" stroke-opacity=".5" stroke-width="1.6" fill="none"/></pattern>'
        for one in sorted(used)
    ]
    return f"<defs>{''.join(parts)}</defs>" if parts else ""
