"""What each finding is worth: levels of likeness, and how often each is found among three kinds of pairs.

    m   one body written twice
    s   two bodies that belong together: branches, parent and daughter, a federation and its members, two tenants of one house
    u   two bodies that have nothing to do with each other

The weight of a pair is Fellegi and Sunter's sum of log2 m/u, taken against both rivals: −log2(2^−W_u + 2^−W_s). What two
strangers share by chance (u) is read from the lists: a rare word tells more than "association". What relatives share (s) no list
shows; these shares are judgement, the same for every list. m begins as judgement and is then learnt from the lists (weights of
whole pairs, a few rounds of expectation and maximisation), held back by what 50 pairs would say.
"""

from dataclasses import dataclass

import numpy as np

from .names import Floats


@dataclass(frozen=True)
class Level:
    """A finding: its stable word, and its share among the same (m) and among relatives (s)."""

    code: str
    m: float
    s: float


NAME = (
    Level("same words", 0.80, 0.012),
    Level("spelt alike", 0.08, 0.002),
    Level("usual words more", 0.04, 0.08),
    Level("words more", 0.03, 0.12),
    Level("part of the other", 0.006, 0.20),
    Level("usual words differ", 0.02, 0.12),
    Level("words differ", 0.015, 0.30),
    Level("numbers differ", 0.001, 0.15),
    Level("nothing in common", 0.015, 0.30),
)
PLACES: dict[str, tuple[Level, ...]] = {  # by the finest thing that both records tell
    "street": (
        Level("same address", 0.60, 0.22), Level("same postcode", 0.08, 0.08), Level("same street", 0.05, 0.03),
        Level("same town", 0.12, 0.22), Level("near", 0.04, 0.10), Level("same area", 0.05, 0.10), Level("elsewhere", 0.06, 0.25),
    ),
    "postcode": (
        Level("same postcode", 0.72, 0.30), Level("same town", 0.12, 0.25), Level("near", 0.05, 0.10), Level("same area", 0.04, 0.10),
        Level("elsewhere", 0.07, 0.25),
    ),
    "locality": (Level("same town", 0.86, 0.50), Level("near", 0.06, 0.10), Level("same area", 0.03, 0.10), Level("elsewhere", 0.05, 0.30)),
    "area": (Level("same area", 0.92, 0.60), Level("elsewhere", 0.08, 0.40)),
    "point": (Level("same point", 0.60, 0.30), Level("under 1 km", 0.20, 0.20), Level("under 10 km", 0.12, 0.20), Level("elsewhere", 0.08, 0.30)),
}  # fmt: skip
FIELDS: dict[str, tuple[Level, ...]] = {
    "founded": (Level("same day", 0.86, 0.04), Level("same year", 0.06, 0.10), Level("differs", 0.08, 0.86)),
    "phone": (Level("same", 0.70, 0.20), Level("differs", 0.30, 0.80)),
    "email": (Level("same", 0.65, 0.10), Level("same domain", 0.15, 0.20), Level("differs", 0.20, 0.70)),
    "website": (Level("same", 0.75, 0.12), Level("same domain", 0.10, 0.20), Level("differs", 0.15, 0.68)),
    "activity": (Level("same", 0.70, 0.45), Level("same division", 0.15, 0.20), Level("differs", 0.15, 0.35)),
    "legal_form": (Level("same", 0.85, 0.60), Level("differs", 0.15, 0.40)),
    "country": (Level("same", 0.985, 0.90), Level("differs", 0.015, 0.10)),
    "text": (Level("same", 0.85, 0.30), Level("alike", 0.08, 0.02), Level("differs", 0.07, 0.68)),
    "given_name": (Level("same", 0.80, 0.03), Level("alike", 0.12, 0.01), Level("differs", 0.08, 0.96)),
    "surname": (Level("same", 0.82, 0.70), Level("alike", 0.12, 0.03), Level("differs", 0.06, 0.27)),
    "birth_date": (Level("same", 0.88, 0.01), Level("alike", 0.07, 0.02), Level("differs", 0.05, 0.97)),
    "person_number": (Level("same", 0.90, 0.0005), Level("alike", 0.06, 0.002), Level("differs", 0.04, 0.9975)),
}
LEVELS: dict[str, tuple[str, ...]] = {
    "name": tuple(level.code for level in NAME),
    "place": tuple(dict.fromkeys(level.code for levels in PLACES.values() for level in levels)),
    "number": ("same", "differs"),
    **{role: tuple(level.code for level in levels) for role, levels in FIELDS.items()},
}
"""Every word a reason can hold, by role (roles that are not listed use those of "text")."""

SURE = 0.97  # from this probability on, two records would be made one without asking
DOUBTFUL = 0.5  # from this one on, a person should look
HELD_BACK = 50.0  # pairs that the first judgement of m counts for
ROUNDS = 4
NUMBER_BITS = 40.0


def against_both(w_u: Floats, w_s: Floats) -> Floats:
    """−log2(2^−w_u + 2^−w_s): the weight of one body against strangers and relatives together."""
    low, high = np.minimum(w_u, w_s), np.maximum(w_u, w_s)
    return np.asarray(low - np.log2(1.0 + np.exp2(np.maximum(low - high, -60.0))))


def probability(weight: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(weight, -60.0, 60.0))))


@dataclass
class Learnt:
    """m, u and s of the levels of one field, as shares."""

    codes: tuple[str, ...]
    m: Floats
    u: Floats
    s: Floats

    def learn(self, level: "np.ndarray", belief: Floats, prior: Floats) -> None:
        """New m from how often each level is found, each pair counting as much as it is believed to be one body."""
        there = level >= 0
        count = np.bincount(level[there], belief[there], minlength=len(self.codes))
        self.m = (count + HELD_BACK * prior) / (count.sum() + HELD_BACK)


def begin(levels: tuple[Level, ...], u: Floats) -> Learnt:
    return Learnt(tuple(level.code for level in levels), np.array([level.m for level in levels]), u, np.array([level.s for level in levels]))
