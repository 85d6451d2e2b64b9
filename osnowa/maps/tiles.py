"""A tile server behind the outlines, where the instance names one (OSNOWA_TILES); none is asked otherwise."""

import math
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from osnowa.compute.mercator import TILE, View


def policy() -> dict[str, list[str]]:
    """What the Content-Security-Policy lets in for it."""
    parts = urlsplit(settings.TILES)
    return {"img-src": [f"{parts.scheme}://{parts.netloc}"]} if parts.netloc else {}


def tiles(view: View) -> SafeString:
    """The pictures that cover a window; at half zooms those of the zoom below, larger."""
    if not settings.TILES:
        return SafeString("")
    zoom = math.floor(view.zoom)
    size = TILE * 2 ** (view.zoom - zoom)
    most = 1 << zoom
    columns = range(math.floor(view.left / size), math.floor((view.left + view.width) / size) + 1)
    rows = range(math.floor(view.top / size), math.floor((view.top + view.height) / size) + 1)
    found = [
        (settings.TILES.format(z=zoom, x=x, y=y), f"{x * size - view.left:.1f}", f"{y * size - view.top:.1f}", f"{size:.1f}", f"{size:.1f}")
        for y in rows if 0 <= y < most for x in columns if 0 <= x < most
    ]  # fmt: skip
    return format_html_join("", '<image href="{}" x="{}" y="{}" width="{}" height="{}"/>', found)
