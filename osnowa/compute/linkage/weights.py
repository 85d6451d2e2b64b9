"""What each finding is worth: levels of likeness, and how often each is found among four kinds of pairs.

    m   one body written twice
    b   two branches: bodies of one name, or nearly, in different places
    n   two neighbours: bodies that share a house, a founder, part of a name (parent and daughter, federation and member)
    u   two strangers

The weight of a pair is Fellegi and Sunter's sum of log2 m/u, taken against all three rivals together. What two strangers share
by chance (u) is read from the lists: a rare word tells more than "association". What relatives share (b, n) no list shows; these
shares are judgement, the same for every list. m, and how many pairs of each kind there are, begin as judgement and are then
learnt from the lists (a few rounds of expectation and maximisation), held back by what 50 pairs would say.
"""

from dataclasses import dataclass

import numpy as np

from .names import Floats


@dataclass(frozen=True)
class Level:
    """A finding: its stable word, and its share among pairs of one body (m), of branches (b), of neighbours (n)."""

    code: str
    m: float
    b: float
    n: float


NAME = (
    Level("same words", 0.753, 0.45, 0.006),
    Level("spelt alike", 0.08, 0.03, 0.002),
    Level("kind left out", 0.05, 0.08, 0.03),
    Level("usual words more", 0.03, 0.10, 0.06),
    Level("words more", 0.03, 0.10, 0.11),
    Level("part of the other", 0.006, 0.14, 0.17),
    Level("usual words differ", 0.02, 0.03, 0.11),
    Level("words differ", 0.015, 0.04, 0.23),
    Level("numbers differ", 0.001, 0.02, 0.11),
    Level("nothing in common", 0.015, 0.01, 0.172),
)
PLACES: dict[str, tuple[Level, ...]] = {  # by the finest thing that both records tell
    "street": (
        Level("same address", 0.60, 0.02, 0.22), Level("same postcode", 0.08, 0.02, 0.08), Level("same street", 0.05, 0.02, 0.03),
        Level("same town", 0.12, 0.05, 0.22), Level("near", 0.04, 0.10, 0.10), Level("same area", 0.05, 0.17, 0.10), Level("elsewhere", 0.06, 0.62, 0.25),
    ),
    "postcode": (
        Level("same postcode", 0.72, 0.04, 0.30), Level("same town", 0.12, 0.05, 0.25), Level("near", 0.05, 0.10, 0.10),
        Level("same area", 0.04, 0.17, 0.10), Level("elsewhere", 0.07, 0.64, 0.25),
    ),
    "locality": (Level("same town", 0.86, 0.08, 0.50), Level("near", 0.06, 0.12, 0.10), Level("same area", 0.03, 0.17, 0.10), Level("elsewhere", 0.05, 0.63, 0.30)),
    "area": (Level("same area", 0.92, 0.40, 0.60), Level("elsewhere", 0.08, 0.60, 0.40)),
    "point": (Level("same point", 0.60, 0.02, 0.30), Level("under 1 km", 0.20, 0.08, 0.20), Level("under 10 km", 0.12, 0.20, 0.20), Level("elsewhere", 0.08, 0.70, 0.30)),
}  # fmt: skip
FIELDS: dict[str, tuple[Level, ...]] = {
    "founded": (Level("same day", 0.86, 0.04, 0.04), Level("same year", 0.06, 0.10, 0.10), Level("differs", 0.08, 0.86, 0.86)),
    "phone": (Level("same", 0.70, 0.10, 0.20), Level("differs", 0.30, 0.90, 0.80)),
    "email": (Level("same", 0.65, 0.10, 0.10), Level("same domain", 0.15, 0.30, 0.20), Level("differs", 0.20, 0.60, 0.70)),
    "website": (Level("same", 0.75, 0.30, 0.12), Level("same domain", 0.10, 0.20, 0.20), Level("differs", 0.15, 0.50, 0.68)),
    "activity": (Level("same", 0.70, 0.70, 0.45), Level("same division", 0.15, 0.15, 0.20), Level("differs", 0.15, 0.15, 0.35)),
    "form": (Level("same kind", 0.97, 0.90, 0.70), Level("other kind", 0.03, 0.10, 0.30)),  # as the names themselves say: GmbH, e. V.
    "legal_form": (Level("same", 0.85, 0.85, 0.60), Level("differs", 0.15, 0.15, 0.40)),
    "country": (Level("same", 0.985, 0.90, 0.90), Level("differs", 0.015, 0.10, 0.10)),
    "text": (Level("same", 0.85, 0.30, 0.30), Level("alike", 0.08, 0.02, 0.02), Level("differs", 0.07, 0.68, 0.68)),
    "given_name": (Level("same", 0.80, 0.03, 0.03), Level("alike", 0.12, 0.01, 0.01), Level("differs", 0.08, 0.96, 0.96)),
    "surname": (Level("same", 0.82, 0.70, 0.70), Level("alike", 0.12, 0.03, 0.03), Level("differs", 0.06, 0.27, 0.27)),
    "birth_date": (Level("same", 0.88, 0.01, 0.01), Level("alike", 0.07, 0.02, 0.02), Level("differs", 0.05, 0.97, 0.97)),
    "person_number": (Level("same", 0.90, 0.0005, 0.0005), Level("alike", 0.06, 0.002, 0.002), Level("differs", 0.04, 0.9975, 0.9975)),
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


def against_all(*weights: Floats) -> Floats:
    """−log2 Σ 2^−w: the weight of one body against all its rivals together."""
    worst = np.minimum.reduce(weights)
    return np.asarray(worst - np.log2(sum(np.exp2(np.maximum(worst - w, -60.0)) for w in weights)))


def probability(weight: Floats) -> Floats:
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(weight, -60.0, 60.0))))


@dataclass
class Learnt:
    """The shares of the levels of one field, each kind of pairs in its column."""

    levels: tuple[Level, ...]
    m: Floats
    u: Floats
    b: Floats
    n: Floats
    judged: Floats  # m before anything was learnt

    @classmethod
    def begin(cls, levels: tuple[Level, ...], u: Floats) -> "Learnt":
        m, b, n = (np.array([getattr(level, kind) for level in levels]) for kind in "mbn")
        return cls(levels, m, u, b, n, m)

    def learn(self, level: "np.ndarray", belief: Floats) -> None:
        """New m from how often each level is found, each pair counting as much as it is believed to be one body."""
        there = level >= 0
        count = np.bincount(level[there], belief[there], minlength=len(self.levels))
        self.m = (count + HELD_BACK * self.judged) / (count.sum() + HELD_BACK)
