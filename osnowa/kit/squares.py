"""Squares that a phone's camera reads (QR codes): as markup of a page and as a picture for paper. The door of segno."""

from functools import lru_cache
from itertools import groupby

import segno
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

#: Modules of white around a square, without which cameras do not find it.
_MARGIN = 4


@lru_cache(maxsize=256)
def _drawn(words: str) -> tuple[int, str]:
    """How many modules the square has with its margin, and its dark modules as the path of an SVG."""
    rows = segno.make_qr(words, error="m").matrix
    path = []
    for y, row in enumerate(rows, start=_MARGIN):
        x = _MARGIN
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                path.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return len(rows) + 2 * _MARGIN, "".join(path)


def square(words: str, label: str) -> SafeString:
    """The square of an address as markup for a page; `label` says to who cannot see it where it leads.

    It is black on white in dark mode too, since cameras need that; its size is the style sheet's (class `qr`).
    """
    size, path = _drawn(words)
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges" focusable="false">'
        '<rect width="{}" height="{}" fill="#fff"/><path d="{}" fill="#000"/></svg>',
        label, size, size, size, size, mark_safe(path),
    )  # fmt: skip


def picture(words: str, millimetres: int = 40) -> bytes:
    """The square of an address as a stand-alone SVG file for paper."""
    size, path = _drawn(words)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{millimetres}mm" height="{millimetres}mm" viewBox="0 0 {size} {size}">'
        f'<title>{escape(words)}</title><rect width="{size}" height="{size}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    ).encode()
