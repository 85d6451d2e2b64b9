"""The map as a file of its own: SVG with its colours in it, and PNG made of that."""

from html import escape

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.kit.rasters import as_png
from osnowa.maps.queries.scene import Scene

CONTENT_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
#: The tones of map.css by day, said once more because a file takes no style sheet along.
_STYLE = """
text{font-family:'Source Sans Pro',sans-serif;font-size:14px;fill:#2e231b}
.title{font-size:24px;font-weight:600}.small{font-size:13px;fill:#65564a}
.sea{fill:#ece3d0}.land{fill:#f6f0e2;stroke:#857560;stroke-width:.7;stroke-linejoin:round}
.own{fill:#fffbf2}
.area{stroke:#857560;stroke-width:.7;stroke-linejoin:round}.inner{stroke-width:.25}.blank{fill:#f6f0e2}.none{fill:url(#no-data)}
.k0{fill:#dce3e6}.k1{fill:#b5c8d4}.k2{fill:#8eadc2}.k3{fill:#5f8cab}.k4{fill:#2f6285}
.thread{fill:none;stroke-linecap:round}.thread.blank{stroke:#bfb09a}.thread.none{stroke:#cfc4b0}
.thread.k0{stroke:#d3dbdf}.thread.k1{stroke:#bacbd6}.thread.k2{stroke:#8eadc2}.thread.k3{stroke:#5f8cab}.thread.k4{stroke:#2f6285}
.spot circle,.spot .one{fill:#96302b;stroke:#fffbf2;stroke-width:1.5}
.spot text{fill:#fff9ef;text-anchor:middle;font-weight:600}
.value{text-anchor:middle;font-weight:600;stroke:#fffbf2;stroke-width:3px;paint-order:stroke}
.hatch{stroke:#857560;stroke-width:1.2}.ground{fill:#fffbf2}
"""
_HATCH = '<pattern id="no-data" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path class="ground" d="M0 0h7v7h-7z"/><path class="hatch" d="M0 0v7"/></pattern>'
_MARGIN, _HEAD, _LINE = 20, 64, 22


def picture(scene: Scene, form: str) -> bytes:
    """The window with its title, day, legend and sources, as SVG or PNG."""
    text = _svg(scene)
    if form == "svg":
        return text.encode()
    return as_png(text)


def _svg(scene: Scene) -> str:
    view = scene.view
    foot = _foot(scene)
    wide, tall = view.width + 2 * _MARGIN, view.height + _HEAD + _MARGIN + _LINE * (len(foot) + len(scene.legend))
    title = " · ".join(filter(None, [str(scene.region), scene.title or _("Organisations")]))
    day = date_format(timezone.localdate(), "DATE_FORMAT")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{tall}" viewBox="0 0 {wide} {tall}">'
        f"<title>{escape(title)}</title><desc>{escape(scene.said)}</desc><style>{_STYLE}</style>"
        f'<defs>{_HATCH}<clipPath id="window"><path d="M0 0h{view.width}v{view.height}h-{view.width}z"/></clipPath></defs>'
        f'<path class="ground" d="M0 0h{wide}v{tall}h-{wide}z"/><text class="title" x="{_MARGIN}" y="34">{escape(title)}</text>'
        f'<text class="small" x="{_MARGIN}" y="54">{escape(day)}</text>'
        f'<g transform="translate({_MARGIN} {_HEAD})" clip-path="url(#window)"><path class="sea" d="M0 0h{view.width}v{view.height}h-{view.width}z"/>'
        f"{scene.picture}</g>{_legend(scene, view.height + _HEAD + _LINE)}"
        f"{_lines(foot, view.height + _HEAD + _LINE * (len(scene.legend) + 1))}</svg>"
    )


def _legend(scene: Scene, top: int) -> str:
    lines = []
    for number, step in enumerate(scene.legend):
        y = top + number * _LINE
        lines.append(f'<path class="area {step.tone}" d="M{_MARGIN} {y - 13}h24v15h-24z"/><text x="{_MARGIN + 34}" y="{y}">{escape(step.said)} ({step.places})</text>')
    return "".join(lines)


def _foot(scene: Scene) -> list[str]:
    """What a picture must say of itself when it is found alone."""
    words = [scene.said, scene.note, *(_("Source: %(source)s") % {"source": source} for source in ["Osnowa", *scene.sources])]
    if scene.region.is_invented:
        words.append(_("Invented sample: these organisations do not exist."))
    return [word for word in words if word]


def _lines(words: list[str], top: int) -> str:
    return "".join(f'<text class="small" x="{_MARGIN}" y="{top + number * _LINE}">{escape(word)}</text>' for number, word in enumerate(words))
