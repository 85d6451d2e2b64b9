"""Which signs a typeface can draw, so that a sign nobody has (an emoji on a card) does not cost a whole document.

A document of PDF/UA may hold no sign that cannot be shown (ISO 14289-1, 7.21.4.1); people write whatever their phones offer.
"""

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

#: Stands where a sign cannot be drawn.
STAND_IN = "□"
#: Marks nobody sees: they go without a trace.
_UNSEEN = {"Cc", "Cf", "Cs", "Mn", "Me"}
_KEPT = {"\n", "\t", "\u00ad", "\u200b", "\u2060"}


def signs(file: Path) -> frozenset[int]:
    """The code points an OpenType file has glyphs for: its `cmap` of format 12 (segmented coverage)."""
    content = file.read_bytes()
    return frozenset(point for first, last in _segments(content, _table(content, b"cmap")) for point in range(first, last + 1))


def _table(content: bytes, name: bytes) -> int:
    (many,) = struct.unpack_from(">H", content, 4)
    places = (struct.unpack_from(">4sIII", content, 12 + 16 * number) for number in range(many))
    return next(int(offset) for tag, _sum, offset, _length in places if tag == name)


def _segments(content: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    (many,) = struct.unpack_from(">H", content, cmap + 2)
    places = (cmap + struct.unpack_from(">HHI", content, cmap + 4 + 8 * number)[2] for number in range(many))
    wide = next(place for place in places if struct.unpack_from(">H", content, place)[0] == 12)
    (groups,) = struct.unpack_from(">I", content, wide + 12)
    for number in range(groups):
        first, last, _glyph = struct.unpack_from(">III", content, wide + 16 + 12 * number)
        yield first, last


def drawable(value: Any, known: frozenset[int] | None = None) -> Any:
    """Text, or a structure of texts, with a stand-in for every sign that is not known; numbers and the like as they are.

    Without known signs only control characters go, which no document may hold (XML 1.0, 2.2).
    """
    if isinstance(value, str):
        return "".join(_drawn(sign, known) for sign in unicodedata.normalize("NFC", value))
    if isinstance(value, dict):
        return {name: drawable(one, known) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [drawable(one, known) for one in value]
    return value


def _drawn(sign: str, known: frozenset[int] | None) -> str:
    if sign in _KEPT:
        return sign
    if known is None:
        return "" if unicodedata.category(sign) in ("Cc", "Cs") else sign
    if unicodedata.category(sign) in _UNSEEN:
        return ""
    return sign if ord(sign) in known else STAND_IN
