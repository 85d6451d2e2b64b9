"""What differs between two texts, word by word: for versions that people write."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

SAME, GONE, NEW = "same", "gone", "new"
_WORDS = re.compile(r"\s+|[^\s\w]|\w+")


@dataclass(frozen=True)
class Piece:
    """A run of words that stayed, went or came."""

    kind: str
    text: str


def differing(before: str, after: str) -> list[Piece]:
    """The later text in pieces, with what went standing before what came in its place."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    pieces: list[Piece] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece(SAME, "".join(old[i:j])))
            continue
        pieces += [Piece(GONE, "".join(old[i:j]))] if j > i else []
        pieces += [Piece(NEW, "".join(new[k:m]))] if m > k else []
    return pieces
