"""The five regions of the founding documents: their workspaces and their own divisions."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from osnowa.places.models import Region, Subregion, Territory
from osnowa.places.queries import municipalities_in

#: Which municipalities belong to a division: told by a municipality with its parent.
Holds = Callable[[Territory], bool]


@dataclass(frozen=True)
class Division:
    code: str
    name: str
    holds: Holds
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Workspace:
    """What a region of the sample is made of; `series` keeps its invented numbers apart from those of the others."""

    slug: str
    territory: str
    names: dict[str, str]
    languages: tuple[str, ...]
    currency: str
    jurisdiction: str
    coordinator: str
    about: dict[str, str]
    divisions: tuple[Division, ...]
    series: str
    own_language: str
    kind: str = "support_centre"
    vocabulary: dict[str, dict[str, str]] = field(default_factory=dict)


def _counties(*codes: str) -> Holds:
    return lambda town: town.code[:4] in codes


def _nuts(*codes: str) -> Holds:
    return lambda town: town.nuts3 in codes


def _among(*codes: str) -> Holds:
    return lambda town: town.code in codes


def _north_of(lat: float, until: float = 90.0, west: float = -9.0, east: float = 9.0) -> Holds:
    return lambda town: town.lat is not None and town.lon is not None and lat <= town.lat < until and west <= town.lon < east


_JOBS_NOTES = {
    "pl": "Podział na powiaty jest przykładowy. Liczba miejsc pracy na 30 czerwca 2024 r. pochodzi z dokumentu założycielskiego "
          "004; przypisanie jego pięciu liczb do obszarów jest niepewne, bo układ tabeli się nie zachował.",
    "sl": "Razdelitev na okraje je zgled. Število delovnih mest na dan 30. junija 2024 je iz ustanovnega dokumenta 004; katera "
          "od petih številk pripada kateremu območju, ni zanesljivo, ker se postavitev tabele ni ohranila.",
    "en": "The division into counties is an example. Jobs on 30 June 2024 come from founding document 004; which of its five "
          "numbers belongs to which area is uncertain, because the layout of its table was lost.",
}  # fmt: skip
_INVENTED = {
    "pl": "Wszystkie organizacje są zmyślone; gminy i kody pocztowe są prawdziwe.",
    "sl": "Vse organizacije so izmišljene; občine in poštne številke so resnične.",
    "en": "All organisations are invented; municipalities and postal codes are real.",
}


def _about(pl: str, sl: str, en: str) -> dict[str, str]:
    return {"pl": f"{pl} {_INVENTED['pl']}", "sl": f"{sl} {_INVENTED['sl']}", "en": f"{en} {_INVENTED['en']}"}


def _same(name: str, sl: str | None = None, en: str | None = None) -> dict[str, str]:
    return {"pl": name, "sl": sl or name, "en": en or name}


WORKSPACES = (
    Workspace(
        "pomorskie", "PL63", _same("Pomorskie", "Pomorjansko vojvodstvo", "Pomorskie (Pomerania)"), ("pl", "en"), "PLN", "PL",
        "Regionalny ośrodek polityki społecznej (kontakt zmyślony)",
        _about(
            "Region uczy się pracować w klastrze innowacji społecznych i ekologicznych. Stan na 30 czerwca 2023 i 2024 oddaje "
            "liczby z dokumentu założycielskiego 004 (Sektor ES w województwie pomorskim).",
            "Regija se uči delati v grozdu družbenih in ekoloških inovacij. Stanje na dan 30. junija 2023 in 2024 ponovi "
            "številke iz ustanovnega dokumenta 004.",
            "The region learns to work as a cluster of social and ecological innovation. Its state on 30 June 2023 and 2024 "
            "repeats the figures of founding document 004.",
        ),
        (
            Division("slupski", "Słupski", _counties("2263", "2212", "2208", "2201"), _JOBS_NOTES),
            Division("metropolitalny-polnocny", "Metropolitalny północny", _counties("2262", "2264", "2211", "2215"), _JOBS_NOTES),
            Division("metropolitalny-poludniowy", "Metropolitalny południowy", _counties("2261", "2204", "2205"), _JOBS_NOTES),
            Division("nadwislanski", "Nadwiślański", _counties("2207", "2209", "2210", "2214", "2216"), _JOBS_NOTES),
            Division("poludniowy", "Południowy", _counties("2202", "2203", "2206", "2213"), _JOBS_NOTES),
        ),
        series="1", own_language="pl",
    ),
    Workspace(
        "dolnoslaskie", "PL51", _same("Dolnośląskie", "Spodnješlezijsko vojvodstvo", "Dolnośląskie (Lower Silesia)"), ("pl", "en"),
        "PLN", "PL", "Wojewódzki ośrodek polityki społecznej (kontakt zmyślony)",
        _about(
            "Region szuka modelu partnerstwa publiczno-prywatnego dla ekonomii społecznej: sieci, wspólne zakupy, widoczność.",
            "Regija išče model javno-zasebnega partnerstva za socialno ekonomijo: mreže, skupni nakupi, prepoznavnost.",
            "The region looks for a model of public-private partnership in the social economy: networks, joint purchasing, visibility.",
        ),
        (
            Division("wroclawski", "Wrocławski", _nuts("PL514", "PL518")),
            Division("jeleniogorski", "Jeleniogórski", _nuts("PL515")),
            Division("legnicki", "Legnicki", _nuts("PL516")),
            Division("walbrzyski", "Wałbrzyski", _nuts("PL517")),
        ),
        series="2", own_language="pl",
    ),
    Workspace(
        "malopolskie", "PL21", _same("Małopolskie", "Malopoljsko vojvodstvo", "Małopolskie (Lesser Poland)"), ("pl", "en"), "PLN", "PL",
        "Regionalny ośrodek polityki społecznej (kontakt zmyślony)",
        _about(
            "Region łączy ekonomię społeczną z zieloną transformacją: wspólnoty energetyczne i gospodarka o obiegu zamkniętym.",
            "Regija povezuje socialno ekonomijo z zelenim prehodom: energetske skupnosti in krožno gospodarstvo.",
            "The region joins the social economy with the green transition: energy communities and the circular economy.",
        ),
        (
            Division("krakowski", "Krakowski", _nuts("PL213", "PL214")),
            Division("tarnowski", "Tarnowski", _nuts("PL217")),
            Division("sadecki", "Sądecki", _nuts("PL218")),
            Division("podhalanski", "Podhalański", _nuts("PL219")),
            Division("zachodni", "Zachodni", _nuts("PL21A")),
        ),
        series="3", own_language="pl",
    ),
    Workspace(
        "podravje", "SI032", _same("Podravje"), ("sl", "en"), "EUR", "SI", "Regionalna razvojna agencija (izmišljen stik)",
        _about(
            "Region rozwija ekosystem przedsiębiorczości społecznej z pięcioma partnerami w Europie.",
            "Regija krepi ekosistem socialne ekonomije skupaj s petimi evropskimi regijami.",
            "The region strengthens its social-economy ecosystem together with five European regions.",
        ),
        (
            Division("maribor", "Maribor z okolico", _among("SI026", "SI055", "SI070", "SI089", "SI098", "SI115", "SI118", "SI160", "SI169")),
            Division("drava-pohorje", "Drava in Pohorje", _among("SI108", "SI167", "SI178")),
            Division("slovenske-gorice", "Slovenske gorice", _among("SI058", "SI148", "SI153", "SI181", "SI204", "SI210")),
            Division("ptuj-haloze", "Ptuj in Haloze", _among(
                "SI018", "SI024", "SI028", "SI042", "SI045", "SI069", "SI096", "SI135", "SI143", "SI159", "SI168", "SI172", "SI182",
                "SI185", "SI191", "SI196",
            )),
            Division("prlekija", "Prlekija", _among("SI087", "SI202", "SI205")),
            Division("bistrica", "Slovenska Bistrica", _among("SI113", "SI171", "SI198", "SI200")),
        ),
        series="4", own_language="sl", kind="subregion",
        vocabulary={
            "cluster": {"pl": "klaster", "sl": "stičišče", "en": "cluster"},
            "clusters": {"pl": "klastry", "sl": "stičišča", "en": "clusters"},
        },
    ),
    Workspace(
        "navarra", "ES22", _same("Nawarra", "Navarra", "Navarre") | {"es": "Navarra"}, ("es", "en"), "EUR", "ES",
        "Dirección regional de economía social (contacto inventado)",
        _about(
            "Region przewodzi wymianie wiedzy o ekosystemach ekonomii społecznej w sześciu regionach Europy.",
            "Regija vodi izmenjavo znanja o ekosistemih socialne ekonomije v šestih evropskih regijah.",
            "The region leads an exchange on social-economy ecosystems among six European regions.",
        ),
        (
            Division("montana", "Montaña", _north_of(42.93)),
            Division("cuenca", "Cuenca de Pamplona", _north_of(42.70, 42.93, -1.80, -1.50)),
            Division("estella", "Tierra Estella", _north_of(42.38, 42.93, -9.0, -1.80)),
            Division("zona-media", "Zona Media y Pirineo", _north_of(42.38, 42.93, -1.80, 9.0)),
            Division("ribera", "Ribera", _north_of(0, 42.38)),
        ),
        series="5", own_language="es", kind="subregion",
        vocabulary={
            "cluster": {"pl": "hub", "sl": "vozlišče", "en": "hub"},
            "clusters": {"pl": "huby", "sl": "vozlišča", "en": "hubs"},
        },
    ),
)  # fmt: skip


def make_region(workspace: Workspace) -> Region:
    """Writes the region and its divisions; every municipality stands in the first division that holds it, or in none."""
    region = Region.objects.create(
        slug=workspace.slug,
        name=workspace.names.get(workspace.own_language, workspace.slug),
        names={language: workspace.names[language] for language in ("pl", "sl", "en")},
        languages=list(workspace.languages),
        currency=workspace.currency,
        jurisdiction=workspace.jurisdiction,
        vocabulary=workspace.vocabulary,
        territory=Territory.objects.get(scheme="NUTS", code=workspace.territory),
        coordinator_name=workspace.coordinator,
        coordinator_email=f"{workspace.slug}@example.org",
        about=workspace.about,
        is_invented=True,
    )
    _divide(region, workspace)
    return region


def _divide(region: Region, workspace: Workspace) -> None:
    towns = list(municipalities_in(region).order_by("code"))
    held: set[int] = set()
    for order, division in enumerate(workspace.divisions, start=1):
        inside = [town for town in towns if town.pk not in held and division.holds(town)]
        held.update(town.pk for town in inside)
        made = Subregion.objects.create(
            region=region, kind=workspace.kind, code=division.code, name=division.name, notes=dict(division.notes), order=order
        )
        made.municipalities.set(inside)


def facts(workspace: Workspace) -> dict[str, Any]:
    """Address, name and size of the division, for the command line."""
    return {"slug": workspace.slug, "name": workspace.names["en"], "divisions": len(workspace.divisions)}
