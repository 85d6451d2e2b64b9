"""The dyes of the tokens: words are read on what they stand on, by day and by night (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[3] / "osnowa" / "ui" / "static" / "ui" / "tokens.css"
GROUNDS = ("linen", "paper", "sunk")
PAIRS = [
    *((words, ground) for words in ("ink", "faded", "madder", "woad") for ground in GROUNDS),
    *((dye, f"{dye}-wash") for dye in ("madder", "woad", "weld", "moss", "gall")),
    *(("ink", f"{dye}-wash") for dye in ("madder", "woad", "weld", "moss", "gall")),
    ("button-ink", "button"),
    ("button-ink", "button-deep"),
]


def colours(night: bool) -> dict[str, str]:
    found = re.findall(r"--([a-z-]+):\s*(?:light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)|(#[0-9a-f]{6}));", TOKENS.read_text())
    return {name: one or (dark if night else light) for name, light, dark, one in found}


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize(("words", "ground"), PAIRS)
def test_words_meet_four_and_a_half_to_one(words: str, ground: str, night: bool) -> None:
    dyes = colours(night)
    darker, lighter = sorted((luminance(dyes[words]), luminance(dyes[ground])))
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5
