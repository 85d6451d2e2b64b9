"""The cast and the region every test may lean on.

Bolek coordinates Pomorskie, Edyta edits its register, Rafal reviews proposals, Olga observes; Ala represents the
co-operative Dobry Chleb; Celina has an account and no seat; Darek operates the instance; Maja coordinates Podravje.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.places.models import PostalCode, Region, RegionSeat, Subregion, Territory
from osnowa.register.actions import add_organisation
from osnowa.register.models import Organisation, OrganisationSeat


@dataclass
class World:
    pomorskie: Region
    podravje: Region
    gdansk: Territory
    slupsk: Territory
    maribor: Territory
    ala: Person
    bolek: Person
    celina: Person
    darek: Person
    edyta: Person
    rafal: Person
    olga: Person
    maja: Person
    chleb: Organisation
    wtz: Organisation
    ukryty: Organisation
    zadruga: Organisation


def territory(scheme: str, code: str, name: str, level: int, parent: Territory | None = None, **more: object) -> Territory:
    return Territory.objects.create(
        scheme=scheme, code=code, name=name, name_fold=fold(name), level=level, parent=parent, **more
    )


def person(email: str, name: str, **more: object) -> Person:
    from allauth.account.models import EmailAddress

    made = Person.objects.create_user(email, "dobre-haslo-123", name=name, **more)
    EmailAddress.objects.create(user=made, email=made.email, primary=True, verified=True)
    return made


def seat(who: Person, region: Region, role: str) -> RegionSeat:
    today = timezone.localdate()
    return RegionSeat.objects.create(
        person=who, region=region, role=role, valid_from=today - timedelta(days=30), valid_to=today + timedelta(days=300)
    )


def make_world() -> World:
    pl6 = territory("NUTS", "PL6", "Makroregion północny", 1)
    pl63 = territory("NUTS", "PL63", "Pomorskie", 2, pl6)
    woj = territory("TERYT", "22", "pomorskie", 1, pl63, kind="wojewodztwo")
    pow_gd = territory("TERYT", "2261", "Gdańsk", 2, woj, kind="miasto na prawach powiatu", nuts3="PL633")
    gdansk = territory("TERYT", "2261011", "Gdańsk", 3, pow_gd, kind="miejska", nuts3="PL633", lat=54.352, lon=18.6466)
    pow_sl = territory("TERYT", "2263", "Słupsk", 2, woj, kind="miasto na prawach powiatu", nuts3="PL636")
    slupsk = territory("TERYT", "2263011", "Słupsk", 3, pow_sl, kind="miejska", nuts3="PL636", lat=54.464, lon=17.028)
    si032 = territory("NUTS", "SI032", "Podravska", 3)
    maribor = territory("LAU", "SI070", "Maribor", 4, si032, kind="municipality", nuts3="SI032", lat=46.5547, lon=15.6467)
    PostalCode.objects.bulk_create([
        PostalCode(country="PL", code="80-001", place="Gdańsk", municipality=gdansk, nuts3="PL633", lat=54.33, lon=18.62),
        PostalCode(country="PL", code="76-200", place="Słupsk", municipality=slupsk, nuts3="PL636", lat=54.46, lon=17.03),
        PostalCode(country="PL", code="83-000", place="Granica", municipality=gdansk, nuts3="PL633", lat=54.30, lon=18.60),
        PostalCode(country="PL", code="83-000", place="Granica", municipality=slupsk, nuts3="PL636", lat=54.40, lon=17.10),
        PostalCode(country="SI", code="2000", place="Maribor", municipality=maribor, nuts3="SI032", lat=46.55, lon=15.64),
    ])  # fmt: skip
    pomorskie = Region.objects.create(
        slug="pomorskie", name="Pomorskie", languages=["pl", "en"], currency="PLN", jurisdiction="PL", territory=pl63
    )
    podravje = Region.objects.create(
        slug="podravje", name="Podravje", languages=["sl", "en"], currency="EUR", jurisdiction="SI", territory=si032
    )
    area = Subregion.objects.create(region=pomorskie, code="gdanski", name="Obszar gdański", order=1)
    area.municipalities.add(gdansk)
    cast = {
        "ala": person("ala@example.org", "Ala", language="pl"),
        "bolek": person("bolek@example.org", "Bolek", language="pl"),
        "celina": person("celina@example.org", "Celina", language="pl"),
        "darek": person("darek@example.org", "Darek", is_operator=True, language="en"),
        "edyta": person("edyta@example.org", "Edyta", language="pl"),
        "rafal": person("rafal@example.org", "Rafal", language="pl"),
        "olga": person("olga@example.org", "Olga", language="pl"),
        "maja": person("maja@example.org", "Maja", language="sl"),
    }
    seat(cast["bolek"], pomorskie, "coordinator")
    seat(cast["edyta"], pomorskie, "editor")
    seat(cast["rafal"], pomorskie, "reviewer")
    seat(cast["olga"], pomorskie, "observer")
    seat(cast["maja"], podravje, "coordinator")
    on = date(2024, 1, 15)
    chleb = add_organisation(
        by=cast["bolek"], region=pomorskie, on=on,
        values={
            "legal_name": "Spółdzielnia Socjalna Dobry Chleb", "short_name": "Dobry Chleb", "legal_form": "PL-SPSOC",
            "sector": "social_economy", "activity_status": "active", "last_confirmed_on": on, "founded_on": date(2015, 5, 4),
            "street": "Długa 1", "postal_code": "80-001", "locality": "Gdańsk", "municipality": gdansk,
            "identifiers": {"PL-NIP": "1234563218", "PL-REGON": "123456785", "PL-KRS": "0000123456"},
            "activities": ["10.71", "56.21"], "service_areas": ["catering", "local_food"],
        },
    )  # fmt: skip
    fundacja = add_organisation(
        by=cast["bolek"], region=pomorskie, on=on,
        values={
            "legal_name": "Fundacja Przystań", "legal_form": "PL-FUN", "sector": "civil_society", "activity_status": "active",
            "postal_code": "76-200", "locality": "Słupsk", "municipality": slupsk, "identifiers": {"PL-REGON": "010944940"},
            "is_location_hidden": True, "visibility": "coordinator",
        },
    )  # fmt: skip
    wtz = add_organisation(
        by=cast["bolek"], region=pomorskie, on=on,
        values={
            "kind": "unit", "parent": fundacja, "legal_name": "Warsztat Terapii Zajęciowej w Słupsku", "legal_form": "PL-WTZ",
            "sector": "social_economy", "activity_status": "not_confirmed", "postal_code": "76-200", "locality": "Słupsk",
            "municipality": slupsk, "visibility": "members",
        },
    )  # fmt: skip
    zadruga = add_organisation(
        by=cast["maja"], region=podravje, on=on,
        values={
            "legal_name": "Zadruga Dobrina z.o.o.", "short_name": "Dobrina", "legal_form": "SI-ZAD", "sector": "social_economy",
            "activity_status": "active", "postal_code": "2000", "locality": "Maribor", "municipality": maribor,
        },
    )  # fmt: skip
    today = timezone.localdate()
    OrganisationSeat.objects.create(
        person=cast["ala"], organisation=chleb, role="representative", basis="register",
        valid_from=today - timedelta(days=30), valid_to=today + timedelta(days=300),
    )  # fmt: skip
    return World(
        pomorskie=pomorskie, podravje=podravje, gdansk=gdansk, slupsk=slupsk, maribor=maribor,
        chleb=chleb, wtz=wtz, ukryty=fundacja, zadruga=zadruga, **cast,
    )  # fmt: skip
