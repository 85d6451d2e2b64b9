"""Which encoding makes words of these bytes: told by letters that stand beside each other in the languages of Europe.

UTF-8 and UTF-16 are told by their form. Among the single-byte encodings every byte above 127 is looked at with its two
neighbours: as letters they must be neighbours somewhere in one language (`tables/letters.csv`, made by `tools/letters.py`).
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from functools import cache
from pathlib import Path

#: Encoding: the languages written in it. The first wins where two read the bytes equally well.
ENCODINGS = {
    "cp1250": ("pl", "sl", "cs", "sk", "hr", "hu", "ro", "de"),
    "cp1252": ("fr", "es", "it", "de", "pt", "nl", "sv", "da", "fi", "et"),
    "iso-8859-2": ("pl", "sl", "cs", "sk", "hr", "hu", "ro", "de"),
    "cp1257": ("lt", "lv", "et"),
    "cp1251": ("bg",),
    "cp1253": ("el",),
    "iso-8859-7": ("el",),
    "iso-8859-15": ("fr", "es", "it", "de", "pt", "nl", "sv", "da", "fi", "et"),
    "iso-8859-13": ("lt", "lv", "et"),
    "cp852": ("pl", "sl", "cs", "sk", "hr", "hu", "ro", "de"),
    "cp850": ("fr", "es", "it", "de", "pt", "nl", "sv", "da", "fi"),
}  # fmt: skip
SAMPLE_BYTES = 4 << 20
_CEDILLAS = str.maketrans("şţ", "șț")
_TYPOGRAPHY = frozenset("„”“‚’‘‹›«»–—…•§°€№²³´®©™¿¡ªº½·\xa0")
_TYPOGRAPHIC, _STRANGE, _NONE, _CASE = -7.0, -15.0, -40.0, -6.0
_SAME = 20  # one name repeated in every row is not more evidence than this
_TWO_SCRIPTS = -20.0
_RARE = {"cp852": -2.0, "iso-8859-13": -3.0, "cp850": -3.0}  # files from before Windows
_UNSEEN = 0.004  # pairs of 100,000: two letters of the language that never met in what was counted
_FOREIGN = 0.00002


def encoding_of(raw: bytes) -> tuple[str, int]:
    """(encoding as Python knows it, how many bytes of a mark stand before the text)."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if raw.startswith(mark):
            return encoding, len(mark)
    sample = raw[:SAMPLE_BYTES]
    if (wide := _wide(sample)) is not None:
        return wide, 0
    try:
        raw.decode("utf-8")
        return "utf-8", 0
    except UnicodeDecodeError:
        pass
    return ("utf-8" if _is_mostly_utf8(sample) else single_byte(raw)), 0


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a mark: every second byte is zero, or one of the few that stand for a script."""
    even, odd = sample[0:4000:2], sample[1:4000:2]
    for high, low, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        scripts = sum(times for _byte, times in Counter(high).most_common(3))
        if high and high.count(0) > 0.1 * len(high) and low.count(0) < 0.02 * len(low) and scripts > 0.9 * len(high):
            return encoding
    return None


def _is_mostly_utf8(sample: bytes) -> bool:
    """UTF-8 with a few broken places: what is not ASCII nearly always makes whole letters."""
    beyond = len(sample.translate(None, bytes(range(128))))
    whole = sample.decode("utf-8", "ignore").encode().translate(None, bytes(range(128)))
    return len(whole) > 9 * (beyond - len(whole))


def single_byte(raw: bytes) -> str:
    """The encoding of ENCODINGS in which the bytes above 127 stand best beside their neighbours."""
    seen = _triples(raw)
    return max(ENCODINGS, key=lambda encoding: _score(seen, encoding))


def better(raw: bytes, said: str, guess: str) -> str:
    """What a page says of its encoding, unless its bytes speak clearly for the guess."""
    if said not in ENCODINGS or guess not in ENCODINGS:
        return said
    seen = _triples(raw)
    doubt = _score(seen, guess) - _score(seen, said)
    return guess if doubt > 3 * sum(min(often, _SAME) for often in seen.values()) else said


def _triples(raw: bytes) -> Counter[bytes]:
    """Every byte above 127 with the bytes before and after it, up to 40,000 of them."""
    seen: Counter[bytes] = Counter()
    left = 40_000
    edged = b" " + raw[:SAMPLE_BYTES] + b" "
    for at, byte in enumerate(edged):
        if byte > 127:
            seen[edged[at - 1 : at + 2]] += 1
            left -= 1
            if not left:
                break
    return seen


def _score(seen: Counter[bytes], encoding: str) -> float:
    """The best any one language of the encoding makes of it: the sum of the logarithms."""
    fixed = _RARE.get(encoding, 0.0)
    letters: Counter[tuple[str, str]] = Counter()
    for triple, often in seen.items():
        times = min(often, _SAME)
        before, middle, after = list(triple.decode(encoding, "replace"))
        if middle.isalpha() and middle not in "ªº":
            small = f"{before}{middle}{after}".lower().translate(_CEDILLAS)
            first = small[0] if before.isalpha() else "_"
            last = small[-1] if after.isalpha() else "_"
            letters[first + small[1], small[1] + last] += times
            if middle >= "\u0370" and any(letter.isalpha() and letter < "\x80" for letter in (before, after)):
                fixed += _TWO_SCRIPTS * times
            if middle.isupper() and before.islower():
                fixed += _CASE * times
        elif middle in _TYPOGRAPHY:
            fixed += _TYPOGRAPHIC * times
        elif middle == "\ufffd" or not (middle.isprintable() or middle == "\xad"):
            fixed += _NONE * times
        else:
            fixed += _STRANGE * times
    if not letters:
        return fixed
    return fixed + max(
        sum(times * (_weight(language, left) + _weight(language, right)) for (left, right), times in letters.items())
        for language in ENCODINGS[encoding]
    )


def _weight(language: str, pair: str) -> float:
    pairs, own = _pairs()[language]
    known = pairs.get(pair)
    if known is not None:
        return known
    return math.log10(_UNSEEN if all(letter in own for letter in pair if letter > "\x7f") else _FOREIGN)


@cache
def _pairs() -> dict[str, tuple[dict[str, float], frozenset[str]]]:
    """{language: ({pair: log10 of its occurrences in 100,000}, its letters beyond ASCII)}."""
    counted: dict[str, dict[str, float]] = {}
    with (Path(__file__).parent / "tables" / "letters.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            counted.setdefault(row["language"], {})[row["pair"]] = math.log10(float(row["per_100000"]))
    return {language: (pairs, frozenset("".join(pairs))) for language, pairs in counted.items()}
