"""Tells which territory each outline of a file is: by codes where the file has them, else by names; never by guess.

Codes are believed only where nearly all territories they name lie at their outlines, so that `02` of an Italian file is
not taken for a Polish voivodeship. A name counts only where the territory lies at the outline, so that of two powiats of
the same name each gets its own border.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_noop as _

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.places.models import Territory
from osnowa.places.outlines import Shape, distance, holds

#: A point may lie this far (degrees) outside the box of its territory: points are of postal places, not of areas.
NEAR = 0.35
#: Names of fields that usually hold codes or names; they only decide between fields that match equally well.
CODE_FIELDS = ("nuts_id", "jpt_kod_je", "teryt", "teryt6", "teryt7", "teryt4", "com_istat_code", "insee", "code", "id")
NAME_FIELDS = ("name", "nazwa", "jpt_nazwa_", "nom", "nuts_name", "name_latn", "reg_name")
#: A field is believed to hold codes or names when at least this share of the outlines is found by it.
ENOUGH = 0.5
#: Codes are believed when this share of the territories they name lies at the outlines (a few of our points are wrong).
IN_PLACE = 0.8
_WORDS = ("powiat ", "gmina ", "wojewodztwo ", "obcina ", "mestna obcina ", "m st ", "comune di ")


@dataclass(frozen=True)
class Known:
    """A territory as matching needs it."""

    pk: int
    scheme: str
    code: str
    name: str
    level: int
    lat: float | None
    lon: float | None

    def is_at(self, shape: Shape) -> bool:
        """Whether our point of it lies at the shape; a territory without a point is believed."""
        return self.lat is None or self.lon is None or holds(shape.area, self.lat, self.lon, NEAR)


@dataclass(frozen=True)
class Reading:
    """One way to read a file: a field, how its values are understood, and which shape is then which territory."""

    column: str
    how: Sentence
    by_name: bool
    found: dict[int, Known] = field(default_factory=dict)


def known_territories(scheme: str = "") -> list[Known]:
    """Every territory, or those of one scheme; one query."""
    rows = Territory.objects.filter(scheme=scheme) if scheme else Territory.objects.all()
    return [Known(*row) for row in rows.values_list("pk", "scheme", "code", "name", "level", "lat", "lon")]


def match(shapes: Sequence[Shape], territories: Sequence[Known], code_field: str = "", name_field: str = "") -> Reading:
    """The best reading of the file. Refused where no outline is a territory we know."""
    fields = list(dict.fromkeys(name for shape in shapes for name in shape.properties))
    for wanted in (code_field, name_field):
        if wanted and wanted not in fields:
            raise Refused(
                Sentence(_("The file has no field %(name)s. It has: %(names)s."), name=wanted, names=", ".join(fields))
            )
    codes = [] if name_field and not code_field else _code_readings(shapes, territories, [code_field] if code_field else fields)
    best = max(codes, key=_worth, default=None)
    if best and best.found and (code_field or len(best.found) >= ENOUGH * len(shapes)):
        return best
    names = [] if code_field else _name_readings(shapes, territories, [name_field] if name_field else fields)
    best = max([*codes, *names], key=_worth, default=None)
    if best is None or not best.found:
        raise Refused(_no_match(shapes, territories, fields))
    if not (code_field or name_field) and len(best.found) < ENOUGH * len(shapes):
        words = _(
            "Too few outlines are territories we know to trust the file: %(found)s of %(all)s by the field %(field)s "
            "(%(how)s). If that field is right, name it, and those will be imported."
        )
        raise Refused(Sentence(words, found=len(best.found), all=len(shapes), field=best.column, how=best.how))
    return best


def _worth(reading: Reading) -> tuple[int, int]:
    usual = NAME_FIELDS if reading.by_name else CODE_FIELDS
    name = reading.column.lower()
    return len(reading.found), len(usual) - usual.index(name) if name in usual else 0


def _values(shapes: Sequence[Shape], name: str) -> dict[int, str]:
    """{number of the shape: value as text} of a field, without what cannot be a code or a name."""
    values = {}
    for number, shape in enumerate(shapes):
        value = shape.properties.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            values[number] = str(value).strip()
    return values


def _code_readings(shapes: Sequence[Shape], territories: Sequence[Known], fields: Iterable[str]) -> list[Reading]:
    """Every field read as codes of every list, as they are, by the first six digits, or with the country in front."""
    find: Callable[[str], Known | None]
    by_code: dict[str, dict[str, Known]] = defaultdict(dict)
    by_six: dict[str, list[Known]] = defaultdict(list)
    countries = set()
    for one in territories:
        by_code[one.scheme][one.code] = one
        if one.scheme == "TERYT" and len(one.code) == 7:
            by_six[one.code[:6]].append(one)
        if one.scheme == "LAU":
            countries.add(one.code[:2])
    six = {code: those[0] for code, those in by_six.items() if len(those) == 1}
    ways: list[tuple[Sentence, Callable[[str], Known | None]]] = [
        *((Sentence(_("codes of %(list)s"), list=scheme), known.get) for scheme, known in by_code.items()),
        (Sentence(_("first six digits of TERYT codes")), six.get),
    ]
    lau = by_code.get("LAU", {})
    for country in sorted(countries):
        how = Sentence(_("codes of %(list)s"), list=f"LAU {country}")
        ways.append((how, lambda value, country=country: lau.get(country + value)))  # type: ignore[misc]
    readings = []
    for name in fields:
        values = _values(shapes, name)
        for how, find in ways:
            hits = {number: known for number, value in values.items() if (known := find(value))}
            if hits and sum(known.is_at(shapes[number]) for number, known in hits.items()) >= IN_PLACE * len(hits):
                readings.append(Reading(name, how, False, hits))
    return readings


def plain_name(text: str) -> str:
    """A folded name without the word for its kind."""
    name = fold(text)
    for word in _WORDS:
        name = name.removeprefix(word)
    return name


def spellings(text: str) -> set[str]:
    """A name as it is and, where it is given in two languages, each of them."""
    return {name for part in (text, *text.split("/")) if (name := plain_name(part))}


def _name_readings(shapes: Sequence[Shape], territories: Sequence[Known], fields: Iterable[str]) -> list[Reading]:
    """Every field read as names of every list and level; a name counts where exactly one such territory lies there."""
    levels: dict[tuple[str, int], dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
    for one in territories:
        for spelling in spellings(one.name):
            levels[one.scheme, one.level][spelling].append(one)
    readings = []
    for field_name in fields:
        values = {number: spellings(value) for number, value in _values(shapes, field_name).items()}
        for (scheme, level), named in levels.items():
            hits = _only_one(
                {
                    number: _nearest(shapes[number], [one for name in names for one in named.get(name, ())])
                    for number, names in values.items()
                }
            )
            if hits:
                how = Sentence(_("names in %(list)s, level %(level)s"), list=scheme, level=level)
                readings.append(Reading(field_name, how, True, hits))
    return readings


def _nearest(shape: Shape, candidates: list[Known]) -> Known | None:
    """The one candidate at the shape: the only one near, or the only one inside."""
    candidates = list(dict.fromkeys(candidates))
    near = [one for one in candidates if one.lat is not None and one.is_at(shape)]
    if len(near) > 1:
        near = [one for one in near if distance(shape.area, one.lat or 0, one.lon or 0) == 0]
    if not near and len(candidates) == 1 and candidates[0].lat is None:
        return candidates[0]
    return near[0] if len(near) == 1 else None


def _only_one(hits: dict[int, Known | None]) -> dict[int, Known]:
    """Without the territories that two shapes claim by name."""
    claims = Counter(one.pk for one in hits.values() if one)
    return {number: one for number, one in hits.items() if one and claims[one.pk] == 1}


def label(shape: Shape, reading: Reading) -> str:
    """What the file calls a shape, for the list of those not matched; empty where it has no name."""
    own: dict[str, Any] = {str(name).lower(): value for name, value in shape.properties.items() if value not in (None, "")}
    name = next((str(own[usual]) for usual in NAME_FIELDS if usual in own), "")
    code = "" if reading.by_name else str(shape.properties.get(reading.column) or "")
    return " ".join(part for part in (code, name) if part)


def _no_match(shapes: Sequence[Shape], territories: Sequence[Known], fields: Sequence[str]) -> Sentence:
    """Why nothing matched: no tables, latitude and longitude swapped, or fields that hold no codes or names of ours."""
    if not territories:
        return Sentence(_("There are no territories to match with. Load them first: osnowa places load"))
    middles = [shape.area.centroid for shape in shapes[:200]]
    known = [one for one in territories if one.lat is not None]
    swapped = sum(1 for middle in middles if 35 <= middle.x <= 72 and -25 <= middle.y <= 34)
    if known and swapped > len(middles) / 2:
        return Sentence(_("No outline lies where our territories lie: latitude and longitude seem to be swapped in this file."))
    return Sentence(_("No outline of this file is a territory we know. Its fields are: %(names)s."), names=", ".join(fields))
