"""The shapes of what the interface tells. Field names are those of the glossary; what codes mean is told by the code lists."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import create_model

from osnowa.opendata.queries.public import FIGURES
from osnowa.register import models


class Problem(Schema):
    """What could not be done, and why (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, str]] = Field(
        default=[], description="One for each wrong value: `parameter`, `header` or `pointer` (a JSON pointer into the body), and `detail`; for an unknown code its `value` and in `known` the address of the known ones."
    )


class Page(Schema):
    """What every list has."""

    next: str | None = Field(None, description="The address of the next page; null on the last one. Also in the Link header.")
    count: int | None = Field(None, description="How many there are in all: on the first page, where that is known; else null.")


class Area(Schema):
    code: str
    name: str
    kind: str


class Region(Schema):
    """A coordinator's workspace."""

    slug: str
    name: str
    names: dict[str, str]
    territory: "Territory"
    country: str = Field(description="ISO 3166-1 code of the country whose law holds.")
    currency: str
    languages: list[str]
    coordinator: str
    is_invented: bool = Field(description="True for samples: their organisations do not exist.")
    organisations: str = Field(description="Address of the region's organisations.")


class RegionWithAreas(Region):
    areas: list[Area] = Field(description="The region's own divisions; `code` is the word of the filter `area`.")


class Regions(Page):
    items: list[Region]


class Territory(Schema):
    """A place of an official code list: NUTS 2024, TERYT, LAU."""

    scheme: str
    code: str
    name: str


class PlaceOfList(Territory):
    kind: str
    level: int
    nuts3: str
    lat: float | None
    lon: float | None
    parent: Territory | None


class Places(Page):
    items: list[PlaceOfList]


class Other(Schema):
    """Another organisation of the register."""

    uid: UUID
    slug: str
    legal_name: str


class Identifier(Schema):
    scheme: str
    value: str
    org_id: str = Field(description="Identifier after org-id.guide, such as PL-KRS-0000123456.")


class Activity(Schema):
    nace: str
    is_main: bool


class Recognition(Schema):
    """A status or certificate that an authority granted, in force or ended."""

    code: str
    state: Literal["granted", "withdrawn", "expired"]
    regime: str
    goal: str
    issuer: str
    decision_no: str
    granted_on: date | None
    review_on: date | None
    ended_on: date | None


class Contact(Schema):
    """A contact that agreed to be published."""

    person_name: str
    function: str
    email: str
    phone: str
    language: str


class Listing(Schema):
    """An offer, a need, or a resource to share."""

    number: int
    kind: Literal["offer", "need", "resource"]
    type_code: str
    name: str
    description: str
    unit: str
    capacity_per_month: float | None
    price_from: float | None
    price_to: float | None
    lead_time_days: int | None
    cpv: str
    urgency: str
    until_on: date | None


class _FiguresOfADay(Schema):
    """What was counted on a day or over the year up to it. Null: not known, or named in `hidden`."""

    year: int
    as_of_on: date
    source: str
    hidden: list[str] = Field(description="Counts of people that are known and too small to be told.")


def _kind_of(name: str) -> Any:
    kind = models.YearlyFigures._meta.get_field(name).get_internal_type()
    return {"BooleanField": bool, "DecimalField": float}.get(kind, int) | None


_COUNTED: dict[str, Any] = {name: (_kind_of(name), ...) for name in FIGURES}
Figures = create_model("Figures", __base__=_FiguresOfADay, __doc__=str(_FiguresOfADay.__doc__), **_COUNTED)


class Place(Schema):
    """Where an organisation is. Of a hidden place only the municipality and its middle."""

    country: str
    municipality: Territory | None
    nuts3: str
    street: str
    postal_code: str
    locality: str
    lat: float | None
    lon: float | None
    precision: str
    is_hidden: bool


class Organisation(Schema):
    """The public facts of an organisation; with `fields` only those asked for."""

    uid: UUID = Field(description="Stays for ever.")
    id: str = Field("", description="The address that means the organisation.")
    page: str = Field("", description="The page people read.")
    region: str = ""
    slug: str = ""
    kind: Literal["legal_person", "unit"] = "legal_person"
    legal_name: str = ""
    short_name: str = ""
    other_names: list[str] = []
    legal_form: str = Field("", description="Code list legal_forms.")
    sector: str = Field("", description="Code list sectors.")
    pes_category: str = ""
    economic_activity: list[str] = []
    target_groups: list[str] = []
    about: str = ""
    links: list[dict[str, str]] = []
    founded_on: date | None = None
    registered_on: date | None = None
    activity_status: Literal["active", "suspended", "not_confirmed", "in_liquidation", "closed"] = "not_confirmed"
    last_confirmed_on: date | None = None
    confirmed_by: str = ""
    ended_on: date | None = None
    end_reason: str = Field("", description="Code list end_reasons.")
    parent: Other | None = None
    successor: Other | None = None
    place: Place | None = None
    operating_area: list[Any] = []
    nace_version: str = ""
    sources: dict[str, dict[str, Any]] = Field({}, description="For each fact: `source` (code list sources) and the day it is of.")
    is_invented: bool = False
    changed_at: datetime | None = None
    identifiers: list[Identifier] = []
    activities: list[Activity] = []
    services: list[str] = []
    recognitions: list[Recognition] = []
    contacts: list[Contact] = []
    figures: list[Figures] = []  # type: ignore[valid-type]
    listings: list[Listing] = []
    units: list[Other] = []


class Organisations(Page):
    items: list[Organisation]


class FiguresOf(Page):
    items: list[Figures]  # type: ignore[valid-type]


class Listings(Page):
    items: list[Listing]


class Recognitions(Page):
    items: list[Recognition]


class Change(Schema):
    """What became of an organisation, told once for each page however often it was changed."""

    uid: UUID
    what: Literal["added", "changed", "closed", "merged", "gone"]
    into: UUID | None = Field(description="For a merged record the one that stands for it.")
    at: datetime


class Changes(Schema):
    items: list[Change]
    next: str = Field(description="Ask here for what comes later; kept by followers, also when nothing is new.")
    has_more: bool = Field(description="Whether there is more already.")


class CodeListName(Schema):
    name: str
    codes: str = Field(description="Address of the codes.")
    count: int


class CodeLists(Page):
    items: list[CodeListName]


class CodeRow(Schema):
    code: str
    labels: dict[str, str]
    more: dict[str, str] = Field(description="The other columns of the list, such as country or basis in law.")


class CodeRows(Page):
    items: list[CodeRow]


class Indicator(Schema):
    code: str
    name: str
    names: dict[str, str]
    definition: str
    unit: str
    polarity: Literal["higher", "lower", "neutral"]
    theme: str
    values: str = Field(description="Address of the values.")


class Indicators(Page):
    items: list[Indicator]


class IndicatorValue(Schema):
    geo: str
    geo_name: str
    period: str
    value: float | None
    flag: str
    source: str
    licence: str


class IndicatorValues(Page):
    items: list[IndicatorValue]


class TypeCount(Schema):
    code: str
    earlier: int
    new: int
    closed: int
    now: int


class SectorTable(Schema):
    """How many organisations of each type there were on two days, and what came and went between them."""

    region: str
    on: date
    against: date
    types: list[TypeCount]
    status: TypeCount | None
    source: str
    is_invented: bool


class Counted(Schema):
    """What every answer of statistics says of itself."""

    region: str
    source: str = Field(description="Where the numbers come from.")
    licence: str = Field(description="SPDX name of the licence they are given away under.")
    is_invented: bool


class Dimension(Schema):
    """Something organisations are counted by."""

    key: str = Field(description="Its word in the address.")
    name: str
    overlaps: bool = Field(description="Whether one organisation may stand in several rows, so that these do not add up.")


class Head(Schema):
    """A column: a code of a dimension, or a day."""

    code: str
    name: str
    on: date
    is_snapshot: bool = Field(description="Whether it tells the register as it was kept on that day; else it is computed from the dates of life.")


class CountsOfRow(Schema):
    code: str = Field(description="Empty where it is not known; “…” for all rows the table has no room for.")
    name: str
    counts: list[int]
    total: int | None = Field(description="Null where the columns are days.")


class Statistics(Counted):
    """Organisations by rows and columns."""

    on: date
    rows: Dimension
    columns: Dimension | None = Field(description="Null where the columns are days.")
    dimensions: list[Dimension] = Field(description="Everything rows and columns may be in this region.")
    heads: list[Head]
    lines: list[CountsOfRow]
    totals: list[int] = Field(description="Organisations of each column, counted apart from the cells.")
    total: int | None = Field(description="All organisations; null where the columns are days.")
    adds_up: bool


class Moved(Schema):
    """How many organisations a cause brought and took."""

    cause: Literal["new", "closed", "type", "place", "corrected"]
    came: int
    went: int
    net: int


class Explained(Schema):
    """before + the net of every cause = after."""

    before: int
    after: int
    change: int
    causes: list[Moved]


class ExplainedRow(Explained):
    code: str
    name: str


class DaySide(Schema):
    on: date
    is_snapshot: bool = Field(description="Whether it is the register as it was kept on that day; else it is computed from the dates of life.")


class ExplainedChanges(Counted):
    """Why the number of organisations changed between two days."""

    by: Dimension
    start: DaySide
    end: DaySide
    lines: list[ExplainedRow]
    total: Explained = Field(description="The whole, without moves among the rows.")
    adds_up: bool


class FigureCell(Schema):
    value: float | None = Field(description="Null where it is hidden or nobody told.")
    is_hidden: bool = Field(description="Whether it is known and stays hidden, so that nobody can be made out.")
    told: int = Field(description="Organisations that told it.")
    of: int = Field(description="Organisations there were.")


class FiguresOfRow(Schema):
    code: str
    name: str
    cells: list[FigureCell]


class YearlyFigures(Counted):
    """A number by year and one division, the whole of each year beneath."""

    figure: str
    name: str
    unit: str = Field(description="The currency of money; empty for people and work.")
    by: Dimension
    years: list[int]
    breaks: list[bool] = Field(description="Whether a year cannot be compared with the one before: much fewer or many more told.")
    lines: list[FiguresOfRow]
    totals: list[FigureCell]


class Written(Schema):
    """What was written; read the record at its address. The ETag header names its version."""

    uid: UUID
    id: str
    page: str
    region: str
    slug: str
    visibility: str
