"""The one door to resvg: pictures drawn as SVG made into PNG, with the letters of the house."""

from pathlib import Path

import font_source_sans_pro
import resvg_py

_FONTS = [str(path) for path in sorted((Path(font_source_sans_pro.__file__).parent / "files").glob("SourceSansPro-*.ttf"))]


def as_png(svg: str, zoom: int = 2) -> bytes:
    """The picture, `zoom` pixels a unit."""
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, font_files=_FONTS, skip_system_fonts=True, sans_serif_family="Source Sans Pro"))
