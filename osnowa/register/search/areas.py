"""The areas of regions as people name them; an area calls up the signs of its municipalities."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping

from osnowa.kit.words import fold
from osnowa.places.models import Subregion
from osnowa.register.search.engine import Term
from osnowa.register.search.tokens import municipality_sign

#: A beginning of a name lacks so many letters at least: "słupsk" is a town, not the beginning of "słupski".
_LACKS, _SHORTEST_BEGINNING = 2, 4


#: {folded word: (how it is written, keys of the areas called so)}.
Areas = Mapping[str, tuple[str, frozenset[int]]]


def words_of_areas(region: int | None) -> Areas:
    """The words of the areas of a region, or of all; one query."""
    rows = Subregion.objects.filter(**({"region": region} if region else {})).order_by("pk").values_list("pk", "name")
    named: dict[str, tuple[str, set[int]]] = {}
    for key, name in rows:
        for piece in name.split():
            if (word := fold(piece)) and " " not in word:
                named.setdefault(word, (piece.strip(".,()").lower(), set()))[1].add(key)
    return {word: (spelt, frozenset(keys)) for word, (spelt, keys) in named.items()}


def named_by(word: str, known: Areas, *, begun: bool) -> frozenset[int]:
    """The areas a word names: as it stands, with an ending behind it, or not yet written to its end."""
    return frozenset().union(*(
        keys for name, (_spelt, keys) in known.items()
        if word == name or (len(name) >= _SHORTEST_BEGINNING and word.startswith(name))
        or (begun and len(word) >= _SHORTEST_BEGINNING and name.startswith(word) and len(name) >= len(word) + _LACKS)
    ))  # fmt: skip


def signs_of(named: Mapping[str, Collection[int]]) -> dict[str, tuple[Term, ...]]:
    """{word: signs of the municipalities in the areas it names}; one query.

    A word that a town of the area bears too means the town, unless another word names the area beside it.
    """
    areas = Counter(key for keys in named.values() for key in keys)
    towns: dict[int, dict[int, str]] = defaultdict(dict)
    if areas:
        rows = Subregion.municipalities.through.objects.filter(subregion__in=list(areas)).order_by("territory_id")
        for area, key, name in rows.values_list("subregion_id", "territory_id", "territory__name_fold"):
            towns[area][key] = name
    found = {}
    for word, keys in named.items():
        meant = [towns[key] for key in sorted(keys) if areas[key] > 1 or not any(word in name.split() for name in towns[key].values())]
        if terms := tuple(dict.fromkeys(Term(municipality_sign(town)) for some in meant for town in some)):
            found[word] = terms
    return found
