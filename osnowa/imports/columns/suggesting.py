"""Suggests what each column means: from its heading, from its cells, from what was decided for an earlier file."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_noop as _

from osnowa.imports.columns.header import Header
from osnowa.imports.columns.lexicon import LANGUAGES_OF, LEFT_OUT, OWN, PERSONAL, UNIT_NAME, Meaning, meanings
from osnowa.imports.columns.signs import Signs, signs_of
from osnowa.imports.fields import FIELDS, FIGURES
from osnowa.imports.values.activities import pieces
from osnowa.imports.values.home import home_of
from osnowa.imports.values.numbers import year_in
from osnowa.kit.reading import Cell, column_letters
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.register import codes

#: A column is suggested for a field from this score on.
ENOUGH = 0.4
#: Rows of the table that are looked at, evenly spread.
_ROWS = 2_000
#: The cells alone tell nothing where fewer than this share of them are filled and a heading stands above.
_SPARSE = 0.2


@dataclass(frozen=True)
class Suggestion:
    """What a column is taken for: a field, or "" to leave it out; how surely (0 to 1), and why, for people."""

    column: int
    heading: str
    field: str
    confidence: float
    why: Sentence


@dataclass(frozen=True)
class _Candidate:
    column: int
    field: str
    score: float
    why: Sentence
    is_guess: bool = False  # told by the cells alone


def suggest(
    rows: Sequence[Sequence[Cell]], header: Header, remembered: Mapping[str, str] | None = None, country: str = ""
) -> list[Suggestion]:
    """One suggestion a column. `remembered` ({folded heading: field}) wins; `country` is the region's (two letters)."""
    return _Table(rows, header, remembered or {}, country).suggestions()


class _Table:
    """The columns of one sheet while they are being understood."""

    def __init__(self, rows: Sequence[Sequence[Cell]], header: Header, remembered: Mapping[str, str], country: str) -> None:
        body = rows[header.line + 1 :]
        step = max(1, len(body) // _ROWS)
        self.rows = body[::step][:_ROWS]
        self.names = header.names
        self.remembered = {heading: field for heading, field in remembered.items() if field in FIELDS or field == ""}
        self.meant = [meanings(name) if name else () for name in self.names]
        likely = [(found[0].field if found else "", self._cells(column)) for column, found in enumerate(self.meant)]
        self.country = home_of(likely, country)
        self.signs = [self._signs(column) for column in range(len(self.names))]
        self.language = self._language()
        self.taken: dict[int, _Candidate] = {}

    def _cells(self, column: int) -> list[Cell]:
        return [row[column] if column < len(row) else None for row in self.rows]

    def _signs(self, column: int) -> Signs:
        schemes = [one.field.partition(":")[2] for one in self.meant[column] if ":" in one.field]
        return signs_of(self._cells(column), self.country, [scheme for scheme in schemes if scheme in codes.IDENTIFIERS])

    def _language(self) -> str:
        """The language most headings are in; the region's where they do not tell."""
        votes = Counter(
            language for found in self.meant for one in found[:1] for language in one.languages if len(one.languages) <= 2
        )
        votes.update({LANGUAGES_OF.get(self.country, "en"): 0.5})
        return max(sorted(votes), key=lambda language: votes[language])

    def suggestions(self) -> list[Suggestion]:
        candidates = [one for column in range(len(self.names)) for one in self._candidates(column)]
        self._remember()
        self._assign(sorted(candidates, key=lambda one: (-one.score, one.column, one.field)))
        self._name_without_heading()
        self._units()
        self._address_or_street()
        self._detailed_activities()
        self._dated_figures()
        return [self._suggestion(column, candidates) for column in range(len(self.names))]

    def _remember(self) -> None:
        why = Sentence(_("This was chosen for an earlier file of the same list."))
        for column, name in enumerate(self.names):
            field = self.remembered.get(fold(name)) if fold(name) else None
            if field is not None and (not field or FIELDS[field].repeats or not self._has(field)):
                self.taken[column] = _Candidate(column, field, 1.0, why)

    def _has(self, field: str) -> bool:
        return any(one.field == field for one in self.taken.values())

    def _assign(self, candidates: Iterable[_Candidate]) -> None:
        """The surest first; each column once, and each field once unless it repeats (figures: once a year)."""
        held = {self._slot(one) for one in self.taken.values()}
        for one in candidates:
            if one.column in self.taken or one.score < ENOUGH:
                continue
            if (
                one.is_guess
                and self.names[one.column]
                and held & {(one.field, ""), ("number" if ":" in one.field else one.field, "")}
            ):
                continue
            if one.field and one.field != UNIT_NAME and not FIELDS[one.field].repeats and self._slot(one) in held:
                continue
            self.taken[one.column] = one
            held.add(self._slot(one))

    def _slot(self, one: _Candidate) -> tuple[str, str]:
        return one.field, year_in(self.names[one.column]) if one.field in FIGURES else ""

    def _candidates(self, column: int) -> Iterator[_Candidate]:
        signs = self.signs[column]
        if signs.share("personal") >= 0.5:
            yield _Candidate(column, "", 1.2, Sentence(_("These are numbers of people, which the register must not keep.")))
        for one in self.meant[column]:
            yield from self._by_heading(column, one, signs)
        if signs.count and (not self.names[column] or signs.filled >= _SPARSE * len(self.rows)):
            yield from self._by_cells(column, signs)

    def _by_heading(self, column: int, one: Meaning, signs: Signs) -> Iterator[_Candidate]:
        heading = self.names[column]
        score = (
            one.score
            + (0.02 if self.language in one.languages else 0)
            + (0.005 if LANGUAGES_OF.get(self.country) in one.languages else 0)
        )
        if one.field == PERSONAL:
            yield _Candidate(
                column,
                "",
                score + 0.1,
                Sentence(_("“%(heading)s” is personal, and the register does not need it."), heading=heading),
            )
        elif one.field == OWN:
            yield _Candidate(column, "", 2.0, Sentence(_("Osnowa itself added this column to the file of rows to mend.")))
        elif one.field == LEFT_OUT:
            yield _Candidate(
                column, "", score - 0.01, Sentence(_("The register has no place for “%(heading)s”."), heading=heading)
            )
        elif one.field == UNIT_NAME:
            yield _Candidate(
                column,
                UNIT_NAME,
                score * _fit("legal_name", signs),
                Sentence(_("“%(heading)s” is the name of a unit."), heading=heading),
            )
        else:
            fits = _fit(one.field, signs)
            rate = _rate(one.field, signs)
            if signs.count and rate is not None and rate >= 0.5:
                why = Sentence(
                    _("The heading is usual for this, and %(percent)s%% of the cells fit."), percent=round(100 * rate)
                )
            else:
                why = (
                    Sentence(_("The heading is usual for this."))
                    if fits >= 0.9
                    else Sentence(_("The heading is usual for this, but many cells look otherwise."))
                )
            score = score if signs.count else score * 0.9
            yield _Candidate(column, one.field, score * fits, why)

    def _by_cells(self, column: int, signs: Signs) -> Iterator[_Candidate]:
        """What the cells alone tell; surer where the heading says nothing at all."""
        known = any(one.score >= 0.85 for one in self.meant[column])
        less = 0.5 if known and not self._may_be_phones(column) else 1.0

        def found(field: str, score: float, share: float, source: str) -> _Candidate:
            return _Candidate(column, field, score * less, Sentence(source, percent=round(100 * share)), is_guess=True)

        look = _("%(percent)s%% of the cells look like this.")
        for scheme, share in signs.numbers.items():
            row = codes.IDENTIFIERS[scheme]
            own = row["country"] == self.country
            if share >= (0.6 if own else 0.85) and signs.count >= 3 and signs.distinct > 0.3:
                rather = 0.03 if scheme in ("IT-CF", "PL-NIP") else 0
                yield found(
                    f"number:{scheme}",
                    0.75 + 0.1 * own + rather,
                    share,
                    _("%(percent)s%% of the cells are valid numbers of this kind by their check digit."),
                )
        for field, kind, least, score in (
            ("email", "email", 0.6, 0.8),
            ("website", "website", 0.6, 0.72),
            ("country", "country", 0.85, 0.6),
            ("phone", "phone", 0.8, 0.42),
        ):
            if signs.share(kind) >= least and not (
                kind == "phone" and (max(signs.numbers.values(), default=0) >= 0.5 or not self._may_be_phones(column))
            ):
                yield found(field, score, signs.share(kind), look)
        if signs.share("activity") >= 0.8 and signs.detail >= 3 and self._has_code_signs(column):
            yield found("activity", 0.6, signs.share("activity"), look)
        if signs.share("legal_form") >= 0.7 and signs.distinct < 0.5 and signs.count >= 5:
            yield found("legal_form", 0.55, signs.share("legal_form"), look)
        for land, share in signs.postal.items():
            if share >= 0.8:
                yield found(
                    "postal_code",
                    0.7 if land in ("PL", "GB", "NL") else 0.41 if land == self.country and not known else 0.3,
                    share,
                    look,
                )
        if not known and signs.share("address") >= 0.6:
            yield found("address", 0.5, signs.share("address"), look)
        if not self.names[column] and signs.share("day") >= 0.8:
            yield found("founded_on", 0.41, signs.share("day"), look)

    def _may_be_phones(self, column: int) -> bool:
        """Without a heading, or under one such as "Contact"."""
        return not self.names[column] or any(one.field == "contact_name" for one in self.meant[column])

    def _has_code_signs(self, column: int) -> bool:
        """Codes with a point, a letter or UKSIC in front: not years or counts."""
        texts = [piece for cell in self._cells(column)[:200] for piece in pieces(cell)[:1]]
        return sum("." in text or any(map(str.isalpha, text)) for text in texts) > 0.8 * max(1, len(texts))

    def _name_without_heading(self) -> None:
        """Where no heading tells the name: the column of texts whose cells differ most and tell legal forms."""
        if self._has("legal_name") or any(one.field == UNIT_NAME for one in self.taken.values()):
            return
        best, worth = -1, 0.0
        for column, signs in enumerate(self.signs):
            one = self.taken.get(column)
            is_free = one is None or (one.field in ("", "about") and one.score < 0.9)
            if (
                not is_free
                or not signs.count
                or signs.letters < 0.7
                or not 3 <= signs.length <= 120
                or signs.share("address") > 0.3
            ):
                continue
            if any(meaning.score >= 0.85 and meaning.field in (LEFT_OUT, PERSONAL, OWN) for meaning in self.meant[column]):
                continue
            value = signs.distinct + 2 * signs.share("named_form") - 0.02 * column + (0.3 if not self.names[column] else 0)
            if value > max(worth, 0.75):
                best, worth = column, value
        if best >= 0 and (not self.names[best] or self.signs[best].share("named_form") >= 0.3):
            self.taken[best] = _Candidate(
                best, "legal_name", 0.5, Sentence(_("These texts look most like names of organisations."))
            )

    def _units(self) -> None:
        """A list of units: its own names are the units', the name and numbers of the organisation are of the legal person."""
        named = [one for one in self.taken.values() if one.field == UNIT_NAME]
        first, rest = (named[0], named[1:]) if named else (None, [])
        for one in rest:
            del self.taken[one.column]
        if first is None:
            return
        self.taken[first.column] = replace(first, field="legal_name")
        why = Sentence(_("Each row is a unit: this is of the legal person it belongs to."))
        for one in list(self.taken.values()):
            if one.column == first.column:
                continue
            if one.field == "legal_name" and not self._has("parent_name"):
                self.taken[one.column] = replace(one, field="parent_name", why=why)
            elif one.field == "legal_name":
                del self.taken[one.column]
            is_key = one.field == "source_key" and 0 < self.signs[one.column].distinct < 0.98
            scheme = one.field.partition(":")[2]
            is_number = bool(scheme) and codes.IDENTIFIERS[scheme]["legal_person_only"] == "1"
            if (is_key or is_number) and not self._has("parent"):
                self.taken[one.column] = replace(one, field="parent", why=why)

    def _address_or_street(self) -> None:
        """Beside a column of postal codes or places, an address is the street; an address with all in it is whole."""
        by_field = {one.field: one for one in self.taken.values()}
        apart = any(field in by_field for field in ("postal_code", "locality", "municipality"))
        if (
            (one := by_field.get("address"))
            and "street" not in by_field
            and apart
            and self.signs[one.column].share("address") < 0.3
            and one.score < 1.5
            and not self._was_remembered(one)
        ):
            self.taken[one.column] = replace(
                one,
                field="street",
                why=Sentence(_("The postal code or the place stands in a column of its own, so this is the street.")),
            )
        elif (
            (one := by_field.get("street")) and "address" not in by_field and "postal_code" not in by_field
            and self.signs[one.column].share("address") >= 0.5 and not self._was_remembered(one)
        ):  # fmt: skip
            self.taken[one.column] = replace(
                one, field="address", why=Sentence(_("The cells hold whole addresses, with postal code and place."))
            )

    def _was_remembered(self, one: _Candidate) -> bool:
        return fold(self.names[one.column]) in self.remembered

    def _detailed_activities(self) -> None:
        """Of several levels of one classification the most detailed stays; second activities stay too."""
        found = sorted(
            (one for one in self.taken.values() if one.field == "activity"), key=lambda one: -self._tells(one.column)
        )
        kept: list[_Candidate] = []
        for one in found:
            finer = next((other for other in kept if self._is_level_of(one.column, other.column)), None)
            if finer is None or self._was_remembered(one):
                kept.append(one)
            else:
                self.taken[one.column] = replace(
                    one,
                    field="",
                    why=Sentence(
                        _("Column %(column)s tells the activity in more detail."), column=column_letters(finer.column)
                    ),
                )

    def _tells(self, column: int) -> float:
        """How much the codes of a column tell: digits times cells that have some."""
        return self.signs[column].detail * self.signs[column].filled

    def _is_level_of(self, column: int, other: int) -> bool:
        """Whether the codes of a column are the beginnings, or the same, or the finer ones of those of the other."""
        pairs = [(_digits(a), _digits(b)) for a, b in zip(self._cells(column), self._cells(other), strict=True)]
        pairs = [(a, b) for a, b in pairs if a and b]
        return bool(pairs) and sum(a.startswith(b) or b.startswith(a) for a, b in pairs) > 0.8 * len(pairs)

    def _dated_figures(self) -> None:
        """Figures need their year: in a column, or in their heading."""
        if self._has("year") or self._has("as_of_on"):
            return
        why = Sentence(
            _("Figures need a column with their year or day, or the year in the heading. Add one to the file to import them.")
        )
        for one in list(self.taken.values()):
            if one.field in FIGURES and not year_in(self.names[one.column]) and not self._was_remembered(one):
                self.taken[one.column] = replace(one, field="", why=why)

    def _suggestion(self, column: int, candidates: Sequence[_Candidate]) -> Suggestion:
        name = self.names[column]
        if one := self.taken.get(column):
            return Suggestion(column, name, one.field, round(min(1.0, one.score), 2), one.why)
        if not self.signs[column].count:
            return Suggestion(column, name, "", 1.0, Sentence(_("The column is empty.")))
        wanted = next(
            (
                one
                for one in sorted(candidates, key=lambda one: -one.score)
                if one.column == column and one.score >= ENOUGH and one.field
            ),
            None,
        )
        rival = next((one for one in self.taken.values() if wanted and one.field == wanted.field), None)
        if rival:
            return Suggestion(
                column, name, "", 0.6, Sentence(_("Column %(column)s fits better."), column=column_letters(rival.column))
            )
        if any(one.column == column and one.field for one in candidates):
            return Suggestion(column, name, "", 0.5, Sentence(_("The heading is known, but the cells do not fit it.")))
        return Suggestion(column, name, "", 0.5, Sentence(_("Nothing known is in its heading or cells.")))


def _digits(cell: Cell) -> str:
    found = pieces(cell)
    return re.sub(r"\D", "", re.sub(r"UKSIC07|20(?:07|08|09|25)", "", found[0]))[:5] if found else ""


def _rate(field: str, signs: Signs) -> float | None:
    """The share of cells that fit a field; None where any text would."""
    kind = FIELDS[field].kind
    if field == "number":
        return max(signs.numbers.values(), default=0.0)
    if kind == "number":
        return signs.numbers.get(field.partition(":")[2], 0.0)
    match kind:
        case "email" | "website" | "phone" | "status" | "sector" | "kind" | "visibility" | "activity" | "country":
            return signs.share(kind)
        case "date":
            return min(
                1.0,
                signs.share("day")
                + signs.share("year")
                + (signs.share("digits") if signs.share("amount") > 0.9 and 4.5 < signs.length < 8.5 else 0),
            )
        case "year":
            return signs.share("year")
        case "count" | "money" | "balance" | "decimal" | "percent":
            return signs.share("amount")
        case "degrees":
            return max(signs.share("degrees"), signs.share("amount") * 0.8)
        case "postal_code":
            return max([*signs.postal.values(), signs.share("coded_place"), 0.8 * signs.share("digits") if 3 <= signs.length <= 7 else 0.0], default=0.0)
        case "legal_form":
            return max(signs.share("legal_form"), signs.share("form_code"))
        case "house_number":
            return signs.share("house")
    return None


#: How little of a heading's score is left where no cell fits, by kind; between none and half the cells it grows.
_LEAST: dict[str, float] = {
    "email": 0.3, "website": 0.4, "phone": 0.3, "status": 0.3, "sector": 0.2, "kind": 0.1, "visibility": 0.1, "activity": 0.2, "country": 0.3, "date": 0.2, "year": 0.2,
    "count": 0.25, "money": 0.25, "balance": 0.25, "decimal": 0.25, "percent": 0.25, "degrees": 0.1, "postal_code": 0.25, "house_number": 0.3, "number": 0.25,
}  # fmt: skip


def _fit(field: str, signs: Signs) -> float:
    """How well the cells bear out a heading: 1 where they do or nothing can be said, towards 0 where they contradict."""
    if not signs.count:
        return 1.0
    kind, rate = FIELDS[field].kind, _rate(field, signs)
    if kind == "number":
        if field == "number":
            return 1.0 if rate and rate >= 0.5 else _LEAST[kind]
        looks = 0.9 if signs.share("digits") >= 0.5 or (signs.length < 24 and signs.letters < 0.5) else _LEAST[kind]
        return 1.0 if rate and rate >= 0.5 else looks
    if kind == "legal_form":
        if rate and rate >= 0.3:
            return 1.0
        if signs.count < 5:
            return 0.9
        return (
            0.8
            if rate and rate >= 0.1
            else 0.55
            if signs.distinct <= 0.5 and signs.length < 60 and signs.letters > 0.3
            else 0.35
        )
    if rate is not None:
        least = _LEAST[kind]
        return 1.0 if rate >= 0.5 else least + (1 - least) * rate * 2 * 0.8
    if kind in ("name", "names", "person"):
        few = field == "legal_name" and signs.count >= 50 and signs.distinct < 0.05
        return 0.15 if signs.letters < 0.4 else 0.6 if few or signs.share("website") > 0.5 else 1.0
    if kind == "locality" and signs.share("coded_place") >= 0.5:
        return 0.9 if signs.letters >= 0.5 else 0.35
    if kind in ("area", "locality"):
        return 1.0 if signs.letters >= 0.5 else 0.35
    if kind == "key":
        return 0.3 if signs.length > 80 else 0.95 if signs.letters > 0.9 and signs.distinct < 0.3 else 1.0
    if kind in ("street", "address"):
        return 1.0 if signs.letters >= 0.2 and signs.share("email") < 0.5 and signs.share("website") < 0.5 else 0.3
    if kind == "text":
        return 0.95 if signs.share("website") < 0.5 and signs.share("amount") < 0.5 else 0.3
    return 1.0


#: Where an organisation is: beside its name they make a list of organisations, whose figures come along.
_WHERE = frozenset(("locality", "postal_code"))
#: What a row can be mapped to and still be about figures only.
_WHOSE = frozenset(
    (
        "legal_name",
        "short_name",
        "other_name",
        "source_key",
        "number",
        "year",
        "as_of_on",
        "country",
        "postal_code",
        "locality",
        "legal_form",
    )
)


def subject_of(mapping: Mapping[Any, str]) -> str:
    """What each row is: "organisations", "units" (a legal person is named for it) or "figures" (a year of an organisation).

    Where a list has both legal persons and kinds (a column of legal forms), each row tells by itself whether it is a unit.
    """
    fields = {field for field in mapping.values() if field}
    if fields & {"parent", "parent_name"} and "legal_form" not in fields:
        return "units"
    if (
        fields & FIGURES
        and not ("legal_name" in fields and fields & _WHERE)
        and fields & {"year", "as_of_on"}
        and all(field in _WHOSE or field in FIGURES or field.startswith("number:") for field in fields)
    ):
        return "figures"
    return "organisations"


def counts(suggestions: Sequence[Suggestion]) -> dict[str, int]:
    """{field: columns} of the columns that are not left out."""
    found: dict[str, int] = defaultdict(int)
    for one in suggestions:
        if one.field:
            found[one.field] += 1
    return dict(found)
