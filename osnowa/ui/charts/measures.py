"""Lengths on paper: how wide words are, where lines break, round steps of a scale, how numbers are written."""

import math
from collections.abc import Iterable

from django.utils.formats import number_format

#: Widths in em, a little more than those of Source Sans, so that a fallback letter still fits.
_NARROW, _WIDE = set("fijlrtI.,:;'|!()[]-/ łľ\u00a0"), set("mwMWOQGÓ@%&—…")


def width_of(words: str, size: float) -> float:
    """About how wide a line of words is, in the units of the size; rather too much than too little."""
    return sum(0.36 if c in _NARROW else 0.9 if c in _WIDE else 0.66 if c.isupper() else 0.56 for c in words) * size


def cut(words: str, size: float, room: float) -> str:
    """The words as far as they fit, with an ellipsis where they do not."""
    if width_of(words, size) <= room:
        return words
    while words and width_of(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def wrapped(words: str, size: float, room: float, most: int) -> list[str]:
    """The words in at most so many lines; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    rest = words.split()
    while rest:
        if len(lines) == most - 1:
            return [*lines, cut(" ".join(rest), size, room)]
        line = rest.pop(0)
        while rest and width_of(f"{line} {rest[0]}", size) <= room:
            line += " " + rest.pop(0)
        if width_of(line, size) > room:
            line, left = _split(line, size, room)
            rest.insert(0, left)
        lines.append(line)
    return lines or [""]


def _split(word: str, size: float, room: float) -> tuple[str, str]:
    """A word longer than its line, in two, with a hyphen."""
    head = len(word)
    while head > 1 and width_of(word[:head] + "-", size) > room:
        head -= 1
    return word[:head] + "-", word[head:]


def steps(low: float, high: float, wish: int = 4) -> list[float]:
    """Round numbers from at most `low` to at least `high`, about so many steps of 1, 2 or 5 times a power of ten."""
    if high <= low:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        high = low + 1
    rough = (high - low) / wish
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * place, 12) for place in range(first, last + 1)]


def decimals_of(values: Iterable[float]) -> int:
    """How many decimals numbers of one chart share: as few as tell them, and fewer the larger they are."""
    known = list(values)
    largest = max(abs(value) for value in known)
    most = 0 if largest >= 1000 else 1 if largest >= 10 else 2
    return next(few for few in range(most + 1) if all(round(value, few) == round(value, most) for value in known))


def number(value: float, decimals: int = 0, unit: str = "") -> str:
    """A number in the reader's language, with a true minus; only "%" is written beside it."""
    rounded = round(abs(value), decimals)
    words = number_format(rounded if decimals else int(rounded), decimals, force_grouping=True)
    sign = "−" if value < 0 and rounded else ""
    return f"{sign}{words}{'%' if unit == '%' else ''}"
