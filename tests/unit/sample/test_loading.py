"""Loading is reproducible, idempotent, chooses regions, and makes people only on a demonstration."""

import hashlib
import json
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction

from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.access import roles
from osnowa.places.models import Region, RegionSeat, Subregion
from osnowa.register.models import Contact, Organisation, OrganisationSeat
from osnowa.register.queries import facts
from osnowa.sample.actions import load
from osnowa.sample.people import LOGINS
from osnowa.sample.regions import WORKSPACES
from tests.samples import load_places
from tests.world import World

pytestmark = pytest.mark.django_db
SMALL = ("podravje", "navarra")
#: What both databases and every machine must come to.
FINGERPRINT = "7f930a331ac4c29d"


@pytest.fixture
def places() -> None:
    load_places("SI032", "ES22")


def _fingerprint() -> str:
    """All facts of all organisations with names in the place of keys."""
    told: list[Any] = []
    for one in Organisation.objects.select_related("region", "parent", "municipality").order_by("region__slug", "slug"):
        known = facts(one) | {"parent": one.parent and one.parent.slug, "municipality": one.municipality and one.municipality.code}
        parts = sorted(json.dumps(v, sort_keys=True, cls=DjangoJSONEncoder) for k, v in known.items() if ":" in k)
        plain = {k: v for k, v in known.items() if ":" not in k}
        contacts = list(one.contacts.order_by("email").values_list("email", "person_name", "keep_until"))
        told.append([one.region.slug, one.slug, plain, parts, contacts])
    areas = Subregion.objects.order_by("region__slug", "code")
    told += [[area.code, area.name, sorted(area.municipalities.values_list("code", flat=True))] for area in areas]
    text = json.dumps(told, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def test_two_loads_into_empty_databases_are_alike(places: None) -> None:
    prints = []
    for _ in range(2):
        with transaction.atomic():
            assert load(regions=SMALL) == {"podravje": 110, "navarra": 90}
            prints.append(_fingerprint())
            transaction.set_rollback(True)
    assert prints[0] == prints[1]
    assert prints[0][:16] == FINGERPRINT, "the sample was changed: if on purpose, put the new fingerprint here"


def test_a_region_comes_out_alike_without_the_others(places: None) -> None:
    with transaction.atomic():
        load(regions=["navarra"])
        alone = sorted(Organisation.objects.values_list("slug", flat=True))
        transaction.set_rollback(True)
    load(regions=SMALL)
    assert sorted(Organisation.objects.filter(region__slug="navarra").values_list("slug", flat=True)) == alone


def test_a_second_load_leaves_regions_alone(places: None) -> None:
    load(regions=["navarra"])
    before = _fingerprint()
    assert load(regions=["navarra"]) == {"navarra": 0}
    assert _fingerprint() == before


def test_the_hub_of_navarra_and_its_languages(places: None) -> None:
    load(regions=["navarra"])
    region = Region.objects.get(slug="navarra")
    assert region.term("cluster") == "hub"
    assert (region.currency, region.languages) == ("EUR", ["es", "en"])
    assert {area.code for area in Subregion.objects.filter(region=region, municipalities=None)} == set()


def test_outside_a_demonstration_there_are_no_people(places: None, settings: Any) -> None:
    settings.IS_DEMO = False
    load(regions=["podravje"])
    assert not Person.objects.exists()


def test_on_a_demonstration_people_sign_in_with_the_printed_password(places: None, settings: Any) -> None:
    settings.IS_DEMO = True
    load(regions=["podravje"])
    region = Region.objects.get(slug="podravje")
    petra = Person.objects.get(email="podravje-koordinator@example.org")
    assert petra.check_password(LOGINS[0].password)
    assert roles(petra, region) == {RegionSeat.Role.COORDINATOR}
    assert Person.objects.get(is_operator=True).email == "operator@example.org"


def test_every_region_has_a_coordinator_among_the_logins() -> None:
    assert {login.region for login in LOGINS if login.role == "coordinator"} == {w.slug for w in WORKSPACES}


def test_a_representative_sits_in_an_organisation(places: None, settings: Any) -> None:
    load_places("PL63")
    settings.IS_DEMO = True
    load(regions=["pomorskie"])
    seat = OrganisationSeat.objects.get()
    assert (seat.person.email, seat.organisation.legal_form) == ("organizacja@example.org", "PL-SPSOC")


def test_an_unknown_region_is_refused(places: None) -> None:
    with pytest.raises(Refused, match="atlantyda"):
        load(regions=["atlantyda"])


def test_without_the_tables_of_places_the_way_is_told(db: None) -> None:
    with pytest.raises(Refused, match="osnowa places load"):
        load()


def test_a_region_of_that_address_is_never_overwritten(world: World) -> None:
    load_places("ES22")
    assert load(regions=["pomorskie"]) == {"pomorskie": 0}
    assert world.pomorskie.organisations.count() == 3


def test_contacts_are_not_public_unless_they_say_so(places: None) -> None:
    load(regions=["navarra"])
    assert not Contact.objects.filter(may_publish=True).exclude(person_name="").exists()
