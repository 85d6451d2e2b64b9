"""Checks the rows of a sheet one by one: what each says as values of the register, what is wrong in which cell, how to mend it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from osnowa.imports.fields import FIELDS, FIGURES
from osnowa.imports.mending import mend
from osnowa.imports.values import activities, contacts, countries, identifiers, legal_forms, numbers, places, words
from osnowa.imports.values.asides import Asides
from osnowa.imports.values.cells import EMPTY, Read, cut, is_nothing, line_of, text_of
from osnowa.imports.values.dates import order_of, read_day
from osnowa.imports.values.home import home_of
from osnowa.kit.reading import Cell, Sheet, cell_name
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold
from osnowa.register import codes
from osnowa.ui.forms import personal_numbers

if TYPE_CHECKING:
    from osnowa.imports.columns import Header

#: Room the register has for a text.
_LONGEST = {"legal_name": 300, "short_name": 120, "street": 160, "locality": 120, "person_name": 120}
_QUOTES = (('"', '"'), ("„", "”"), ("„", "“"), ("“", "”"), ("«", "»"), ("'", "'"), ("”", "”"))
_LOOKED_AT = 3_000

Reader = Callable[[Cell], Read]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be told of a cell: the reason and the mend. A grave one stops the row."""

    column: int
    cell: str
    grave: bool
    said: Sentence


@dataclass
class Checked:
    """One row: `number` counts from 1 below the headings, `line` is what a spreadsheet shows; values are plain JSON."""

    number: int
    line: int
    raw: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    set_aside: str = ""


def check_rows(
    sheet: Sheet, header: "Header", mapping: Mapping[int, str], *, country: str, lenient: bool = False
) -> Iterator[Checked]:
    """Every row below the headings, in order. `country` is the region's; with `lenient` only a missing name stops a row."""
    table = _Table(sheet, header, mapping, country, lenient)
    aside = table.asides()
    for number, row in enumerate(sheet.rows[header.line + 1 :], start=1):
        line = sheet.first_line + header.line + number
        raw = [cell if isinstance(cell, str) else text_of(cell) for cell in row]
        if kind := aside.kind(raw):
            yield Checked(number, line, raw, set_aside=kind)
        else:
            checked = Checked(number, line, raw)
            _Row(table, row, checked).read()
            yield checked


class _Table:
    """What the columns of a sheet are, and how each of them is read: decided once, from the cells of the whole column."""

    def __init__(self, sheet: Sheet, header: "Header", mapping: Mapping[int, str], country: str, lenient: bool) -> None:
        self.rows, self.names, self.lenient = sheet.rows[header.line + 1 :], header.names, lenient
        self.mapping = {column: name for column, name in sorted(mapping.items()) if name in FIELDS}
        self.columns: dict[str, list[int]] = {}
        for column, name in self.mapping.items():
            self.columns.setdefault(name, []).append(column)
        self.first = {name: columns[0] for name, columns in self.columns.items()}
        self.region = country
        self.home = home_of(((name, self._cells(column)) for column, name in self.mapping.items()), country)
        self.today = timezone.localdate()
        self.numbers = [(column, name) for column, name in self.mapping.items() if FIELDS[name].kind == "number"]
        self.readers = {
            column: self._reader(column, name)
            for column, name in self.mapping.items()
            if FIELDS[name].group in ("life", "figures") or FIELDS[name].kind == "degrees"
        }
        self.figures = self._figures()
        self.nace = self._nace()
        whose = {"source_key", "number", "parent"} | {name for _column, name in self.numbers}
        self.needs_name = "legal_name" in self.columns or not whose & set(self.columns)

    def _cells(self, column: int) -> list[Cell]:
        step = max(1, len(self.rows) // _LOOKED_AT)
        return [row[column] for row in self.rows[::step] if column < len(row)]

    def one(self, name: str) -> int:
        """The column of a field; −1 where it has none."""
        return self.first.get(name, -1)

    def laws(self, country: str) -> tuple[str, ...]:
        """The countries whose law names the legal forms of a row: its own, that of the list, the region's."""
        nearby = "GB" if country in ("JE", "GG", "IM") else country
        return tuple(dict.fromkeys((country, nearby, self.home, self.region)))

    def _name_of(self, column: int) -> str:
        return self.names[column] if column < len(self.names) else ""

    def asides(self) -> Asides:
        some = [[text_of(cell) for cell in row] for row in self.rows[:: max(1, len(self.rows) // 500)]]
        return Asides(self.names, some, self.one("legal_name"), self.home)

    def _reader(self, column: int, name: str) -> Reader:
        """How the cells of a column of days, numbers or words of the figures are read."""
        kind, home, today = FIELDS[name].kind, self.home, self.today
        if kind == "date":
            order = order_of(row[column] for row in self.rows if column < len(row))
            return lambda cell: read_day(cell, order, home, today)
        if kind == "year":
            return lambda cell: numbers.read_year(cell, today.year)
        if kind == "yes_no":
            return numbers.read_yes_no
        if kind == "status":
            return lambda cell: words.read_status(line_of(cell)[0])
        if kind == "degrees":
            return places.read_degrees
        style = numbers.style_of(
            (row[column] for row in self.rows if column < len(row)), self._name_of(column), home, kind != "decimal"
        )
        if kind not in ("money", "balance"):
            style = replace(style, scale=1)
        return lambda cell: numbers.read_amount(cell, style, kind)

    def _figures(self) -> dict[str, list[tuple[int, str]]]:
        """{year of the heading or "": [(column, field)]}."""
        found: dict[str, list[tuple[int, str]]] = {}
        dated = "year" in self.columns or "as_of_on" in self.columns
        for column, name in self.mapping.items():
            if name in FIGURES:
                found.setdefault("" if dated else numbers.year_in(self._name_of(column)), []).append((column, name))
        return found

    def _nace(self) -> str:
        """The version of NACE of all columns of activities together."""
        found = self.columns.get("activity", [])
        cells = dict.fromkeys(cell for column in found for cell in self._cells(column) if cell is not None)
        return activities.version_of(cells, " ".join(self._name_of(column) for column in found)) if found else "2.1"


class _Row:
    """One row while it is read."""

    def __init__(self, table: _Table, row: Sequence[Cell], checked: Checked) -> None:
        self.table, self.row, self.checked = table, row, checked
        self.values, self.problems = checked.values, checked.problems
        self.country = table.home

    def read(self) -> None:
        self._point_and_country()
        self._names()
        self._identifiers()
        self._parent()
        self._legal_form()
        self._life()
        self._place()
        self._work()
        self._contacts()
        self._figures()
        self.problems.sort(key=lambda problem: problem.column)

    # -- cells -------------------------------------------------------------------------------------------------------

    def _cell(self, name: str) -> Cell:
        column = self.table.first.get(name, -1)
        return self.row[column] if 0 <= column < len(self.row) else None

    def _tell(self, column: int, said: Sentence | None, grave: bool = False) -> None:
        if said is not None:
            where = cell_name(self.checked.line, column) if column >= 0 else ""
            self.problems.append(Problem(column, where, grave and not self.table.lenient, said))

    def _taken(self, column: int, found: Read) -> Any:
        """The value of what was read; what is to be told of it is told."""
        if found.said is not None:
            self._tell(column, found.said, found.grave)
        return found.value

    def _line(self, name: str) -> str:
        """The cell of a field as one mended line."""
        cell = self._cell(name)
        if cell is None or cell == "":
            return ""
        text, said = line_of(cell)
        if said is not None:
            self._tell(self.table.one(name), said)
        return text

    def _by_reader(self, name: str) -> Any:
        column = self.table.one(name)
        if column < 0 or column >= len(self.row) or self.row[column] in (None, ""):
            return None
        return self._taken(column, self.table.readers[column](self.row[column]))

    def _put(self, name: str, value: Any) -> None:
        if value not in (None, "", [], {}):
            self.values[name] = value

    # -- what a row says ---------------------------------------------------------------------------------------------

    def _point_and_country(self) -> None:
        lat, lon = self._by_reader("lat"), self._by_reader("lon")
        text = self._line("country")
        if text:
            found = self._taken(self.table.one("country"), countries.read_country(text, self.table.region, lat, lon))
            self.country = found or self._unnamed_country(lat, lon)
        elif self.country:
            self.country = self._unnamed_country(lat, lon)
        if self.country:
            self.values["country"] = self.country
        if lat is not None or lon is not None:
            lat, lon, said, grave = places.point(lat, lon, self.country)
            self._tell(self.table.one("lat"), said, grave)
            if lat is not None:
                self.values |= {"lat": lat, "lon": lon}

    def _unnamed_country(self, lat: float | None, lon: float | None) -> str:
        """Where a row names no country: the one its postal code or its point can only be in, else the list's."""
        home, cell = self.table.home, self._cell("postal_code")
        if cell not in (None, "") and (told := home_of([("postal_code", [cell])], home)) != home:
            self._tell(
                self.table.one("postal_code"), Sentence(_("The postal code tells the country: %(country)s."), country=told)
            )
            return told
        if (
            lat is None
            or lon is None
            or home not in countries.countries()
            or countries.countries()[home].holds(lat, lon, 0.5)
            or countries.countries()[home].holds(lon, lat)
        ):
            return home
        around = [it.code for it in countries.countries().values() if it.holds(lat, lon, 0.0)]
        if len(around) == 1:
            self._tell(
                self.table.one("lat"), Sentence(_("The point on the map tells the country: %(country)s."), country=around[0])
            )
            return around[0]
        if around:
            self._tell(
                self.table.one("lat"),
                Sentence(
                    _("The point on the map lies outside of %(country)s, and no country is named: write it in."), country=home
                ),
            )
            return ""
        return home

    def _names(self) -> None:
        column = self.table.one("legal_name")
        name = _unquoted(self._line("legal_name"))
        if not name and self.table.needs_name:
            where = cell_name(self.checked.line, column) if column >= 0 else ""
            self.problems.append(Problem(column, where, True, Sentence(_("The name is missing: write it in."))))
        self._put("legal_name", self._taken(column, cut(name, _LONGEST["legal_name"])))
        self._put(
            "short_name",
            self._taken(self.table.one("short_name"), cut(_unquoted(self._line("short_name")), _LONGEST["short_name"])),
        )
        others: dict[str, str] = {}
        for other in self.table.columns.get("other_name", ()):
            cell = self.row[other] if other < len(self.row) else None
            text, said = mend(text_of(cell)) if isinstance(cell, str) else (text_of(cell), None)
            self._tell(other, said)
            for piece in text.replace("|", ";").replace("\n", ";").split(";"):
                piece = _unquoted(" ".join(piece.split()))
                if piece and not is_nothing(piece) and fold(piece) != fold(name):
                    others.setdefault(fold(piece), piece[:300])
        self._put("other_names", list(others.values()))
        self._put("source_key", self._key("source_key"))
        kind = self._line("kind")
        if kind and self._taken(self.table.one("kind"), words.read_kind(kind)) == "unit":
            self.values["kind"] = "unit"
        if sector := self._line("sector"):
            self._put("sector", self._taken(self.table.one("sector"), words.read_sector(sector)))
        if visibility := self._line("visibility"):
            self._put("visibility", self._taken(self.table.one("visibility"), words.read_visibility(visibility)))

    def _key(self, name: str) -> str:
        text = self._line(name)
        return (text[:-2] if text.endswith(".0") and text[:-2].isdecimal() else text)[:100]

    def _identifiers(self) -> None:
        found: dict[str, str] = {}
        for column, name in self.table.numbers:
            cell = self.row[column] if column < len(self.row) else None
            if cell in (None, ""):
                continue
            read = self._taken(column, identifiers.read_numbers(cell, name.partition(":")[2], self.country)) or {}
            for scheme, number in read.items():
                if found.setdefault(scheme, number) != number:
                    self._tell(
                        column,
                        Sentence(
                            _("This row has two numbers of one kind: %(first)s is kept, %(other)s is not."),
                            first=found[scheme],
                            other=number,
                        ),
                    )
        if whole := identifiers.unit_number(found.get("SI-MAT", "")):
            self._tell(
                self.table.one("number:SI-MAT"),
                Sentence(
                    _("%(number)s is the number of a part of the organisation %(whole)s: the row is taken for a unit."),
                    number=found["SI-MAT"],
                    whole=whole,
                ),
            )
            self.values["kind"] = "unit"
            self.values["parent"] = {"number": whole}
        self._put("identifiers", found)

    def _parent(self) -> None:
        key, name = self._key("parent"), _unquoted(self._line("parent_name"))
        if name and places.looks_like_a_street(name) and not self._line("street") and not self._line("address"):
            self._tell(
                self.table.one("parent_name"),
                Sentence(
                    _("“%(found)s” is an address and not the name of a legal person: it is taken for the street."), found=name
                ),
            )
            self.values["street"], name = name[: _LONGEST["street"]], ""
        parent: dict[str, str] = dict(self.values.get("parent", {}))
        if key:
            known = identifiers.recognised(key, self.country)
            parent["number" if known else "key"] = known[1] if known else key
        if name and fold(name) != fold(self.values.get("legal_name", "")):
            parent["name"] = name[:300]
        own = {self.values.get("source_key"), *self.values.get("identifiers", {}).values()}
        if parent and not (own - {None}) & {parent.get("key"), parent.get("number")}:
            self.values["parent"] = parent
            self.values["kind"] = "unit"

    def _legal_form(self) -> None:
        column, text = self.table.one("legal_form"), self._line("legal_form")
        found = legal_forms.read_form(text, self.table.laws(self.country)) if text else EMPTY
        if not found.value and self.values.get("legal_name"):
            named = legal_forms.from_name(self.values["legal_name"], self.country)
            is_unit = self.values.get("kind") == "unit"
            if named.value and (not is_unit or codes.LEGAL_FORMS[named.value]["kind"] == "unit"):
                found, column = named, column if text else self.table.one("legal_name")
        form = self._taken(column, found)
        self._put("legal_form", form)
        if form and codes.LEGAL_FORMS[form]["kind"] == "unit":
            self.values["kind"] = "unit"

    def _life(self) -> None:
        days = {name: self._by_reader(name) for name in ("founded_on", "registered_on", "ended_on")}
        for earlier, later in (("founded_on", "registered_on"), ("founded_on", "ended_on")):
            first, then = days[earlier], days[later]
            if first and then and then < first:
                source = {
                    "registered_on": _("%(then)s lies before %(first)s, the day it was founded: compare the two days."),
                    "ended_on": _("%(then)s lies before %(first)s, the day it began: compare the two days."),
                }[later]
                self._tell(self.table.one(later), Sentence(source, then=then, first=first), grave=True)
                days[later] = None
        for name, day in days.items():
            self._put(name, day)
        status = self._by_reader("activity_status")
        if days["ended_on"] and status not in (None, "closed"):
            self._tell(
                self.table.one("ended_on"),
                Sentence(_("It has a day of closing, but its status says it goes on: the day is left out.")),
            )
            del self.values["ended_on"]
        self._put("activity_status", status or ("closed" if days["ended_on"] else None))

    def _place(self) -> None:
        country, table = self.country, self.table
        street = code = locality = province = ""
        if text := self._lines("address"):
            parts = places.split_address(text, country)
            street, code, locality, province = parts.street, parts.postal_code, parts.locality, parts.province
        if text := self._lines("street"):
            parts = (
                places.split_address(text, country)
                if table.one("postal_code") < 0 and table.one("address") < 0
                else places.Address(text.replace("\n", ", "))
            )
            street, code, locality = parts.street, parts.postal_code or code, parts.locality or locality
        street = street or self.values.get("street", "")
        if (number := self._line("house_number")) and not f" {street}".endswith(f" {number}"):
            street = f"{street} {number[:-2] if number.endswith('.0') else number}".strip()
        cell = self._cell("postal_code")
        if cell not in (None, ""):
            own, behind = self._postal_code(cell)
            code, locality = own or code, locality or behind
        if town := self._line("locality"):
            inside, rest = places.code_in_place(town, country)
            if inside and code and inside != code:
                self._tell(
                    table.one("locality"),
                    Sentence(
                        _("The postal code %(inside)s in this cell is not the row's %(code)s, which is kept."),
                        inside=inside,
                        code=code,
                    ),
                )
            code, locality = code or inside, rest
        area = {
            "name": self._line("municipality"), "code": self._key("municipality_code"), "county": self._line("county"),
            "province": self._line("province") or province,
        }  # fmt: skip
        if not locality and area["name"] and country in places.COMMUNE_IS_PLACE and table.one("locality") < 0:
            locality = area["name"]
        self._put(
            "street",
            self._taken(max(table.one("street"), table.one("address")), cut(" ".join(street.split()), _LONGEST["street"])),
        )
        self._put("postal_code", code)
        self._put("locality", self._taken(table.one("locality"), cut(locality, _LONGEST["locality"])))
        self._put("place", {name: text for name, text in area.items() if text})

    def _lines(self, name: str) -> str:
        """The cell of a field as mended text that keeps its lines."""
        cell = self._cell(name)
        if not isinstance(cell, str):
            return text_of(cell)
        text, said = mend(cell)
        self._tell(self.table.one(name), said)
        return "" if is_nothing(text) else text.strip()

    def _postal_code(self, cell: Cell) -> tuple[str, str]:
        """(code, place behind it) of a cell of postal codes."""
        found = places.read_postal_code(cell, self.country)
        if found.value is None and found.said is not None:
            code, rest = places.code_in_place(" ".join(text_of(cell).split()), self.country)
            if code:
                return code, rest
        return self._taken(self.table.one("postal_code"), found) or "", ""

    def _work(self) -> None:
        found: dict[str, None] = {}
        for column in self.table.columns.get("activity", ()):
            if column < len(self.row) and self.row[column] not in (None, ""):
                found |= dict.fromkeys(self._taken(column, activities.read_activities(self.row[column], self.table.nace)) or ())
        if found:
            self.values |= {"activities": list(found), "nace_version": self.table.nace}
        if text := self._lines("about"):
            if personal_numbers(text):
                self._tell(
                    self.table.one("about"),
                    Sentence(
                        _(
                            "This looks like the personal number of somebody (PESEL, EMŠO). Take it out: the register keeps none."
                        )
                    ),
                    grave=True,
                )
            else:
                self.values["about"] = text

    def _contacts(self) -> None:
        links: dict[str, str] = {}
        for column in self.table.columns.get("website", ()):
            cell = self.row[column] if column < len(self.row) else None
            if cell not in (None, ""):
                text, said = line_of(cell)
                self._tell(column, said)
                links |= {url: kind for kind, url in self._taken(column, contacts.read_links(text)) or ()}
        self._put("links", [{"kind": kind, "url": url} for url, kind in links.items()])
        email, phone, person = self._line("email"), self._line("phone"), self._line("contact_name")
        contact = {
            "person_name": person[: _LONGEST["person_name"]],
            "email": self._taken(self.table.one("email"), contacts.read_email(email)) if email else "",
            "phone": self._taken(self.table.one("phone"), contacts.read_phone(phone)) if phone else "",
        }
        contact = {name: text for name, text in contact.items() if text}
        if set(contact) == {"person_name"}:
            self._tell(
                self.table.one("contact_name"),
                Sentence(_("A contact needs an e-mail address or a telephone number: the name alone is left out.")),
            )
        elif contact:
            self.values["contacts"] = [contact]

    # -- figures -----------------------------------------------------------------------------------------------------

    def _figures(self) -> None:
        if not self.table.figures:
            return
        year, day = self._by_reader("year"), self._by_reader("as_of_on")
        rows = []
        for heading_year, columns in self.table.figures.items():
            found: dict[str, Any] = {}
            for column, name in columns:
                if column < len(self.row) and self.row[column] not in (None, ""):
                    value = self._taken(column, self.table.readers[column](self.row[column]))
                    if value is not None:
                        found.setdefault(name, value)
            if not found:
                continue
            dated = self._dated(year or (int(heading_year) if heading_year else None), day)
            if dated is None:
                self._tell(
                    columns[0][0],
                    Sentence(_("These figures have no year and no day: they are left out. Add a column with the year.")),
                )
                continue
            rows.append(dated | found)
        self._put("figures", rows)

    def _dated(self, year: int | None, day: str | None) -> dict[str, Any] | None:
        """The year and the day of figures: a year alone is its last day, or today if it is not over."""
        if day:
            own = int(day[:4])
            if year and abs(year - own) > 1:
                said = Sentence(
                    _("The year %(year)s and the day %(day)s do not go together: the day counts."), year=year, day=day
                )
                self._tell(self.table.one("as_of_on"), said)
            return {"year": own, "as_of_on": day}
        if not year:
            return None
        return {"year": year, "as_of_on": min(date(year, 12, 31), self.table.today).isoformat()}


def _unquoted(name: str) -> str:
    """A name without quotation marks around all of it; those inside stay."""
    for first, last in _QUOTES:
        if (
            len(name) > 2
            and name.startswith(first)
            and name.endswith(last)
            and not any(sign in name[1:-1] for sign in first + last)
        ):
            return name[1:-1].strip()
    return name
