"""What this installation publishes as a DCAT-AP 3 catalogue: per region its register, statistics and indicators."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from osnowa.opendata.formats.licence import licence
from osnowa.opendata.formats.rdf import Iri, Statement, Text, about
from osnowa.opendata.formats.tables import TABLES

_EU = "http://publications.europa.eu/resource/authority/"
_FILES = {
    "csv": ("text/csv", "CSV"), "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
    "geojson": ("application/geo+json", "GEOJSON"), "parquet": ("application/vnd.apache.parquet", "PARQUET"),
    "jsonld": ("application/ld+json", "JSON_LD"),
}  # fmt: skip
LANGUAGES = {"pl": "POL", "sl": "SLV", "en": "ENG"}


@dataclass(frozen=True)
class File:
    """A file that can be taken: a table in a form, its size and hash where it is made already."""

    table: str
    form: str
    bytes: int | None = None
    sha256: str = ""


@dataclass(frozen=True)
class Place:
    """A region as the catalogue needs it; days and moments as ISO text."""

    slug: str
    names: dict[str, str]
    nuts: str
    country: str
    coordinator: str
    email: str
    began_on: str
    changed_at: str
    is_invented: bool
    languages: tuple[str, ...] = ()
    files: tuple[File, ...] = field(default=())


def catalogue(address: str, places: Iterable[Place], today: str) -> list[Statement]:
    """The whole catalogue: itself, its publisher, the interface, and what each region gives."""
    own, agent, api = Iri(f"{address}/data/catalog"), Iri(f"{address}/data/catalog#publisher"), Iri(f"{address}/data/catalog#api")
    known = list(places)
    sets = [Iri(_set(address, place, kind)) for place in known for kind in _KINDS]
    newest = max((place.changed_at for place in known), default="")
    found = about(
        own, "dcat:Catalog", dct_title=_TITLE, dct_description=_ABOUT, dct_publisher=agent, dct_license=Iri(licence().address),
        foaf_homepage=Iri(f"{address}/"), dct_language=[Iri(f"{_EU}language/{code}") for code in LANGUAGES.values()],
        dcat_themeTaxonomy=Iri(f"{_EU}data-theme"), dcat_dataset=sets, dcat_service=api,
        dcat_record=[Iri(f"{one.text}-record") for one in sets],
        dct_spatial=_places(known), dct_issued=Text(min((p.began_on for p in known if p.began_on), default=today), kind="date"),
        dct_modified=Text(newest, kind="dateTime") if newest else Text(today, kind="date"),
    )  # fmt: skip
    found += about(agent, "foaf:Agent", foaf_name=_PUBLISHER, foaf_homepage=Iri(f"{address}/"))
    found += _api(api, address, agent, sets)
    for place in known:
        for kind in _KINDS:
            found += _dataset(address, place, kind)
    return found


_TITLE = [
    Text("Open data of the registers of the social economy", "en"),
    Text("Otwarte dane rejestrów ekonomii społecznej", "pl"),
    Text("Odprti podatki registrov socialne ekonomije", "sl"),
]
_ABOUT = [
    Text("Who is there in the social economy of these regions, where, and how many: registers, statistics, indicators.", "en"),
    Text("Kto, gdzie i ilu: rejestry, statystyki i wskaźniki ekonomii społecznej tych regionów.", "pl"),
    Text("Kdo, kje in koliko: registri, statistika in kazalniki socialne ekonomije teh regij.", "sl"),
]
_PUBLISHER = [Text("Osnowa")]
#: {kind: (title in each language, what it is, path of the page)}
_KINDS = {
    "register": (
        {"en": "Register of the social economy", "pl": "Rejestr ekonomii społecznej", "sl": "Register socialne ekonomije"},
        {"en": "Public facts of the organisations, their public yearly figures, offers and needs.",
         "pl": "Publiczne fakty o organizacjach, ich publiczne dane roczne, oferty i potrzeby.",
         "sl": "Javna dejstva o organizacijah, njihovi javni letni podatki, ponudbe in potrebe."},
        "data/",
    ),
    "statistics": (
        {"en": "Statistics of the register", "pl": "Statystyki rejestru", "sl": "Statistika registra"},
        {"en": "How many organisations of each kind on two days, and what changed; small counts are not told.",
         "pl": "Ile organizacji każdego rodzaju w dwóch dniach i co się zmieniło; małych liczb nie podaje się.",
         "sl": "Koliko organizacij vsake vrste na dva dneva in kaj se je spremenilo; majhna števila niso objavljena."},
        "statistics/",
    ),
    "indicators": (
        {"en": "Indicators of the region", "pl": "Wskaźniki regionu", "sl": "Kazalniki regije"},
        {"en": "What official statistics say of the region, beside other regions.",
         "pl": "Co o regionie mówią statystyki publiczne, obok innych regionów.",
         "sl": "Kaj o regiji pove uradna statistika, v primerjavi z drugimi."},
        "indicators/",
    ),
}  # fmt: skip


def _set(address: str, place: Place, kind: str) -> str:
    return f"{address}/data/{place.slug}/{kind}"


def _places(places: Iterable[Place]) -> list[Iri]:
    return [Iri(f"http://data.europa.eu/nuts/code/{code}") for code in dict.fromkeys(place.nuts for place in places) if code]


def _page(address: str, place: Place, kind: str) -> str:
    language = next((code for code in place.languages if code in LANGUAGES), "en")
    return f"{address}/{language}/{place.slug}/{_KINDS[kind][2]}"


def _api(api: Iri, address: str, agent: Iri, sets: list[Iri]) -> list[Statement]:
    return about(
        api, "dcat:DataService", dct_title=[Text("Interface for programs", "en"), Text("Interfejs dla programów", "pl"), Text("Vmesnik za programe", "sl")],
        dcat_endpointURL=Iri(f"{address}/api/v1/"), dcat_endpointDescription=Iri(f"{address}/api/v1/openapi.json"),
        dct_publisher=agent, dct_license=Iri(licence().address), dcat_servesDataset=sets,
        dct_accessRights=Iri(f"{_EU}access-right/PUBLIC"),
    )  # fmt: skip


def _dataset(address: str, place: Place, kind: str) -> list[Statement]:
    """A dataset with its record, the one who answers for it and its distributions."""
    own, titles, described = Iri(_set(address, place, kind)), _KINDS[kind][0], _KINDS[kind][1]
    agent, contact, when = Iri(f"{own.text}-publisher"), Iri(f"{own.text}-contact"), Iri(f"{own.text}-period")
    shares = _distributions(address, place, kind)
    names = {language: place.names.get(language) or place.names["en"] for language in LANGUAGES}
    invented = {
        "en": " Invented for a sample: these organisations do not exist.", "pl": " Zmyślone na potrzeby przykładu: tych organizacji nie ma.",
        "sl": " Izmišljeno za vzorec: teh organizacij ni."} if place.is_invented and kind != "indicators" else {}  # fmt: skip
    found = about(
        own, "dcat:Dataset",
        dct_title=[Text(f"{titles[code]}: {names[code]}", code) for code in LANGUAGES],
        dct_description=[Text(described[code] + invented.get(code, ""), code) for code in LANGUAGES],
        dct_identifier=Text(own.text), dct_publisher=agent, dcat_contactPoint=contact, dct_license=Iri(licence().address),
        dcat_theme=[Iri(f"{_EU}data-theme/{code}") for code in ("SOCI", "ECON")],
        dcat_keyword=[Text("social economy", "en"), Text("ekonomia społeczna", "pl"), Text("socialna ekonomija", "sl")],
        dct_spatial=_places([place]), dct_temporal=when, dct_accrualPeriodicity=Iri(f"{_EU}frequency/CONT"),
        dct_accessRights=Iri(f"{_EU}access-right/PUBLIC"), dcat_landingPage=Iri(_page(address, place, kind)),
        dct_issued=Text(place.began_on, kind="date") if place.began_on else [],
        dct_modified=Text(place.changed_at, kind="dateTime") if place.changed_at else [],
        dcat_distribution=[one[0][0] for one in shares],
    )  # fmt: skip
    found += about(agent, "foaf:Agent", foaf_name=[Text(place.coordinator or names["en"])])
    mail = Iri(f"mailto:{place.email}") if place.email else None
    found += about(contact, "vcard:Organization", vcard_fn=Text(place.coordinator or names["en"]), vcard_hasEmail=mail or [],
                   vcard_hasURL=Iri(_page(address, place, kind)))  # fmt: skip
    found += about(when, "dct:PeriodOfTime", dcat_startDate=Text(place.began_on, kind="date") if place.began_on else [],
                   dcat_endDate=Text(place.changed_at[:10], kind="date") if place.changed_at else [])  # fmt: skip
    found += about(Iri(f"{own.text}-record"), "dcat:CatalogRecord", foaf_primaryTopic=own,
                   dct_modified=Text(place.changed_at, kind="dateTime") if place.changed_at else Text(place.began_on, kind="date"))  # fmt: skip
    return found + [statement for one in shares for statement in one]


def _distributions(address: str, place: Place, kind: str) -> list[list[Statement]]:
    """Files of the register; for the others the page and its table as spreadsheets."""
    if kind != "register":
        return [_page_as(address, place, kind), *(_sheet(address, place, kind, form) for form in ("csv", "xlsx"))]
    made = {(one.table, one.form): one for one in place.files}
    return [_file(address, place, made.get((table, form), File(table, form))) for table in TABLES for form in TABLES[table].forms]


def _page_as(address: str, place: Place, kind: str) -> list[Statement]:
    """The page itself, for people."""
    return about(
        Iri(f"{_set(address, place, kind)}-page"), "dcat:Distribution", dct_title=Text("Web page", "en"),
        dcat_accessURL=Iri(_page(address, place, kind)), dct_license=Iri(licence().address),
        dct_format=Iri(f"{_EU}file-type/HTML"), dcat_mediaType=_media("text/html"),
    )  # fmt: skip


def _sheet(address: str, place: Place, kind: str, form: str) -> list[Statement]:
    """The table of a page as a spreadsheet."""
    media, listed = _FILES[form]
    there = f"{_page(address, place, kind)}{'tables/' if kind == 'statistics' else ''}{form}/"
    return about(
        Iri(f"{_set(address, place, kind)}-{form}"), "dcat:Distribution", dct_title=Text(f"{kind}.{form}"), dcat_accessURL=Iri(there),
        dcat_downloadURL=Iri(there), dct_license=Iri(licence().address), dcat_mediaType=_media(media), dct_format=Iri(f"{_EU}file-type/{listed}"),
    )  # fmt: skip


def _media(kind: str) -> Iri:
    return Iri(f"http://www.iana.org/assignments/media-types/{kind}")


def _file(address: str, place: Place, one: File) -> list[Statement]:
    there = f"{address}/data/{place.slug}/{one.table}.{one.form}"
    media, kind = _FILES[one.form]
    own, check = Iri(f"{there}#file"), Iri(f"{there}#checksum")
    found = about(
        own, "dcat:Distribution", dct_title=Text(f"{one.table}.{one.form}"), dcat_accessURL=Iri(there), dcat_downloadURL=Iri(there),
        dct_license=Iri(licence().address), dcat_mediaType=_media(media), dct_format=Iri(f"{_EU}file-type/{kind}"),
        dct_modified=Text(place.changed_at, kind="dateTime") if place.changed_at else [],
        dcat_byteSize=Text(str(one.bytes), kind="nonNegativeInteger") if one.bytes is not None else [],
        spdx_checksum=check if one.sha256 else [],
    )  # fmt: skip
    if one.sha256:
        found += about(check, "spdx:Checksum", spdx_algorithm=Iri("http://spdx.org/rdf/terms#checksumAlgorithm_sha256"),
                       spdx_checksumValue=Text(one.sha256, kind="hexBinary"))  # fmt: skip
    return found
