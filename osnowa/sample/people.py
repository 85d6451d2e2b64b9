"""The people of a demonstration, with a password that everybody may know."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from osnowa.people.models import Person
from osnowa.places.models import Region, RegionSeat
from osnowa.register.models import Organisation, OrganisationSeat

#: Printed at the start and on the sign-in page of a demonstration; no instance with real facts has these people.
PASSWORD = "osnowa-pokaz-2026"
_FROM, _UNTIL = date(2026, 1, 1), date(2030, 12, 31)


@dataclass(frozen=True)
class Login:
    """A person of the demonstration: `role` is a region's role, `operator`, or `representative` of an organisation."""

    email: str
    name: str
    role: str
    language: str
    region: str = ""
    password: str = PASSWORD


LOGINS = [
    Login("operator@example.org", "Ola Operatorska", "operator", "en"),
    Login("koordynator@example.org", "Kinga Koordynatorska", "coordinator", "pl", "pomorskie"),
    Login("redakcja@example.org", "Edyta Redakcyjna", "editor", "pl", "pomorskie"),
    Login("recenzja@example.org", "Rafał Recenzencki", "reviewer", "pl", "pomorskie"),
    Login("organizacja@example.org", "Ala Spółdzielcza", "representative", "pl", "pomorskie"),
    Login("dolnoslaskie-koordynator@example.org", "Dariusz Koordynatorski", "coordinator", "pl", "dolnoslaskie"),
    Login("malopolskie-koordynator@example.org", "Małgorzata Koordynatorska", "coordinator", "pl", "malopolskie"),
    Login("podravje-koordinator@example.org", "Petra Koordinatorska", "coordinator", "sl", "podravje"),
    Login("navarra-coordinadora@example.org", "Nerea Coordinadora", "coordinator", "en", "navarra"),
]


def make_people(region: Region) -> dict[str, Person]:
    """Makes the operator and the region's people where they are missing, with their seats; {role: person}."""
    made = {}
    for login in LOGINS:
        if login.region not in ("", region.slug):
            continue
        person = Person.objects.filter(email=login.email).first() or _sign_up(login)
        made[login.role] = person
        if login.role in RegionSeat.Role.values:
            RegionSeat.objects.get_or_create(
                person=person, region=region, role=login.role, defaults={"valid_from": _FROM, "valid_to": _UNTIL}
            )
    return made


@cache
def _sealed(password: str) -> str:
    """The password as it is kept; made once, since sealing is slow on purpose."""
    return make_password(password)


def _sign_up(login: Login) -> Person:
    person = Person.objects.create(
        email=login.email, password=_sealed(login.password), name=login.name, language=login.language,
        is_operator=login.role == "operator",
    )  # fmt: skip
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


def seat_in(organisation: Organisation, person: Person) -> None:
    """Makes a person the representative of an organisation."""
    OrganisationSeat.objects.get_or_create(
        person=person, organisation=organisation, role="representative",
        defaults={"basis": "register", "valid_from": _FROM, "valid_to": _UNTIL},
    )  # fmt: skip
