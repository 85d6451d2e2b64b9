"""Which place a code or a name in a file of values means."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from osnowa.kit.words import fold
from osnowa.places.models import Territory

_CODE = re.compile(r"^[A-Z]{2}[A-Z0-9_.:-]{0,18}$|^\d{1,14}$")
_SCHEMES = ("NUTS", "TERYT", "LAU")
_KINDS = {"woj": "region", "wojewodztwo": "region", "voivodeship": "region", "powiat": "powiat", "pow": "powiat", "gmina": "gmina", "gm": "gmina", "obcina": "gmina"}
_LEVELS = {
    "region": (("NUTS", 2), ("TERYT", 1)), "powiat": (("TERYT", 2),), "gmina": (("TERYT", 3), ("LAU", 4)),
    "": (("NUTS", 2), ("NUTS", 0), ("NUTS", 3), ("NUTS", 1), ("TERYT", 1), ("TERYT", 2), ("TERYT", 3), ("LAU", 4)),
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A place of a file: the code its values are kept under, its territory where a code list knows it, its name in the file."""

    code: str
    territory: int | None = None
    name: str = ""


def is_code(text: str) -> bool:
    """Whether a text is shaped like the code of a place."""
    return bool(_CODE.match(text)) and len(text) <= 20


def places_of(texts: Collection[str], names: dict[str, str]) -> dict[str, Place | None]:
    """{text of the file: its place}; None where it is a name that no place, or more than one, bears.

    `names` are those a file of regions gives to codes; a text may be one of these names too.
    """
    codes_of_names = {fold(name): code for code, name in names.items()}
    codes = {text: _code(text, codes_of_names) for text in texts}
    known = _by_code({code for code in codes.values() if code})
    by_name = _by_name([text for text, code in codes.items() if not code])
    found: dict[str, Place | None] = {}
    for text, code in codes.items():
        if not code:
            territory = by_name.get(text)
            found[text] = Place(territory.code, territory.pk) if territory else None
            continue
        pk, right = known.get(code, (None, code))
        found[text] = Place(right, pk, names.get(text, names.get(code, ""))[:120])
    return found


def _code(text: str, codes_of_names: dict[str, str]) -> str:
    plain = text.strip()
    upper = plain.upper()
    if is_code(plain) or (is_code(upper) and any(sign.isdigit() for sign in upper)):
        return upper
    return codes_of_names.get(fold(plain), "")


def _by_code(codes: Collection[str]) -> dict[str, tuple[int, str]]:
    """{code: (territory, the code as the list writes it)}; a number that lost its leading zero is found too."""
    padded = {code: "0" + code for code in codes if code.isdigit() and len(code) % 2}
    wanted = sorted({*codes, *padded.values()})
    listed: dict[str, tuple[int, str, int]] = {}
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        for pk, scheme, code in Territory.objects.filter(code__in=part).values_list("pk", "scheme", "code"):
            rank = _SCHEMES.index(scheme)
            if code not in listed or rank < listed[code][2]:
                listed[code] = (pk, code, rank)
    right = {code: code if code in listed else padded.get(code, code) for code in codes}
    return {code: listed[one][:2] for code, one in right.items() if one in listed}


def _by_name(texts: Iterable[str]) -> dict[str, Territory]:
    """{name: the one territory that bears it}, the kind told by the word before it ("woj.", "powiat", "gmina")."""
    asked: dict[str, tuple[str, str]] = {}
    for text in texts:
        first, _space, rest = fold(text).partition(" ")
        kind = _KINDS.get(first, "") if rest else ""
        asked[text] = (kind, rest if kind else fold(text))
    bearing: dict[str, list[Territory]] = defaultdict(list)
    for one in Territory.objects.filter(name_fold__in={name for _kind, name in asked.values()}):
        bearing[one.name_fold].append(one)
    found = {}
    for text, (kind, name) in asked.items():
        for scheme, level in _LEVELS[kind]:
            fits = [one for one in bearing[name] if one.scheme == scheme and one.level == level]
            if fits:
                if len(fits) == 1:
                    found[text] = fits[0]
                break
    return found
