"""Which municipality each row means: by its code, its postal code, its name; never by guess."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from osnowa.kit.distances import KM_A_DEGREE, kilometres
from osnowa.kit.words import fold
from osnowa.places.models import PostalCode, Region, Territory
from osnowa.places.queries import municipalities_in

Values = dict[str, Any]
_AT_ONCE = 500
#: Words that stand before the name of a municipality or of what lies above it.
_BEFORE = ("miasto i gmina", "mestna obcina", "gmina", "obcina", "miasto", "gm", "m", "powiat", "pow", "wojewodztwo", "woj", "comune di")

#: A point so far from the seat of every municipality of a region does not lie in it.
_FAR_KM = 40


def bare(name: str) -> str:
    """The name of a place, folded and without the word for what it is."""
    words = fold(name)
    for before in _BEFORE:
        if words.startswith(before + " "):
            return words.removeprefix(before + " ")
    return words


def _begin(code: str) -> str:
    """The part of a postal code that tells a part of a country: two of four signs, three of more."""
    return code[: min(3, len(code) - 2)]


class Places:
    """Finds the municipalities of rows, chunk by chunk; a region's own municipalities are asked for once."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self._known: dict[int, Territory] = {}

    @cached_property
    def inside(self) -> dict[int, Territory]:
        """The municipalities of the region."""
        return {one.pk: one for one in municipalities_in(self.region).select_related("parent")}

    @cached_property
    def _by_name(self) -> dict[str, list[Territory]]:
        found: dict[str, list[Territory]] = defaultdict(list)
        for one in self.inside.values():
            found[bare(one.name)].append(one)
        return found

    @cached_property
    def _codes(self) -> set[str]:
        """The postal codes of the region; none where those of many of its municipalities are not known."""
        codes = PostalCode.objects.filter(country=self.region.jurisdiction, municipality__in=self.inside)
        known = list(codes.values_list("code", "municipality_id"))
        return {code for code, _key in known} if len({key for _code, key in known}) > 0.95 * len(self.inside) else set()

    @cached_property
    def _codes_begin(self) -> set[str]:
        return {_begin(code) for code in self._codes}

    @cached_property
    def _seats(self) -> list[tuple[float, float]]:
        return [(one.lat, one.lon) for one in self.inside.values() if one.lat is not None and one.lon is not None]

    def _code_is_elsewhere(self, row: Values) -> bool | None:
        """Whether the postal code begins as none of the region does, whose own codes may be the only known ones; None where it does not tell."""
        code = row.get("postal_code", "")
        if not code or not self._codes or (_begin(code) in self._codes_begin and code not in self._codes):
            return None
        return code not in self._codes

    def _point_is_elsewhere(self, row: Values) -> bool:
        lat, lon = row.get("lat"), row.get("lon")
        if lat is None or lon is None or not self._seats:
            return False
        return not any(
            abs(lat - north) * KM_A_DEGREE <= _FAR_KM and kilometres(lat, lon, north, east) <= _FAR_KM  # most are too far north or south
            for north, east in self._seats
        )

    def locate(self, rows: Sequence[Values]) -> None:
        """Adds `municipality` (its key) to the values of each row whose place is certain."""
        served = self._served({(row.get("country", ""), row["postal_code"]) for row in rows if row.get("postal_code")})
        codes = self._coded({str(row["place"]["code"]) for row in rows if row.get("place", {}).get("code")})
        for row in rows:
            hints = row.get("place", {})
            found = codes.get(str(hints.get("code", ""))) or self._served_one(row, served) or self._named(row)
            if found:
                row["municipality"] = found

    def _served(self, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[tuple[int, str]]]:
        found: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
        codes = sorted({code for _country, code in wanted})
        for start in range(0, len(codes), _AT_ONCE):
            rows = PostalCode.objects.filter(code__in=codes[start : start + _AT_ONCE], municipality__isnull=False)
            for country, code, municipality, place in rows.values_list("country", "code", "municipality_id", "place"):
                found[country, code].append((municipality, bare(place)))
        return found

    def _coded(self, codes: set[str]) -> dict[str, int]:
        """{code: municipality}; Polish lists often leave out the last digit of the TERYT code, which tells the kind."""
        if not codes:
            return {}
        rows = Territory.objects.filter(level__gte=3, code__in=codes).values_list("code", "pk")
        found = dict(rows)
        short = {code for code in codes - found.keys() if len(code) == 6 and code.isdigit()}
        for code in short:
            ours = [one.pk for one in self.inside.values() if one.code[:6] == code]
            if len(ours) == 1:
                found[code] = ours[0]
        return found

    def _served_one(self, row: Values, served: dict[tuple[str, str], list[tuple[int, str]]]) -> int | None:
        candidates = served.get((row.get("country", ""), row.get("postal_code", "")), [])
        keys = {key for key, _place in candidates}
        if len(keys) == 1:
            return keys.pop()
        names = {bare(name) for name in (row.get("place", {}).get("name", ""), row.get("locality", "")) if name}
        named = {key for key, place in candidates if place in names}
        named = named or {key for key in keys if key in self.inside and bare(self.inside[key].name) in names}
        return named.pop() if len(named) == 1 else None

    def _named(self, row: Values) -> int | None:
        if row.get("country") != self.region.jurisdiction or self._code_is_elsewhere(row):
            return None
        hints = row.get("place", {})
        for name in (hints.get("name", ""), row.get("locality", "")):
            found = self._by_name.get(bare(name), []) if name else []
            if len(found) > 1 and hints.get("county"):
                found = [one for one in found if one.parent and bare(one.parent.name) == bare(hints["county"])]
            if len(found) == 1:
                return found[0].pk
        return None

    def is_elsewhere(self, row: Values) -> bool:
        """Whether the row certainly lies outside the region."""
        if row.get("country", self.region.jurisdiction) != self.region.jurisdiction:
            return True
        if "municipality" in row:
            return row["municipality"] not in self.inside
        province = row.get("place", {}).get("province", "")
        if province:
            return bare(province) not in {bare(self.region.territory.name), bare(self.region.name)}
        told = self._code_is_elsewhere(row)
        return self._point_is_elsewhere(row) if told is None else told

    def territories(self, keys: Iterable[int]) -> dict[int, Territory]:
        """The municipalities of these keys, each asked for once."""
        missing = [key for key in set(keys) if key not in self._known]
        for start in range(0, len(missing), _AT_ONCE):
            self._known |= Territory.objects.in_bulk(missing[start : start + _AT_ONCE])
        return self._known
