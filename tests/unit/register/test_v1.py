"""V1: valid numbers; a number belongs to one legal person; a unit has a parent and no KRS."""

import pytest
from django.db import IntegrityError, transaction

from osnowa.kit.errors import Refused
from osnowa.register.actions import add_organisation, change_organisation, checked_identifier
from osnowa.register.models import Identifier, Organisation

FORM = {"legal_form": "PL-FUN", "sector": "civil_society"}


@pytest.mark.parametrize(
    ("scheme", "value", "compact"),
    [("PL-NIP", "123-456-32-18", "1234563218"), ("PL-NIP", "5241015572", "5241015572"), ("PL-REGON", "010944940", "010944940"),
     ("PL-REGON", "732065814", "732065814"), ("PL-REGON", "12345678512347", "12345678512347"), ("PL-KRS", "0000 123456", "0000123456")],
)  # fmt: skip
def test_v1_good_numbers_pass(scheme, value, compact):
    assert checked_identifier(scheme, value) == compact


@pytest.mark.parametrize(
    ("scheme", "value"),
    [("PL-NIP", "1234563219"), ("PL-REGON", "732065834"), ("PL-REGON", "12345"), ("PL-KRS", "123456"), ("XX-1", "1")],
)
def test_v1_bad_numbers_are_refused(scheme, value):
    with pytest.raises(Refused):
        checked_identifier(scheme, value)


def test_v1_a_number_belongs_to_one_organisation(world):
    with pytest.raises(Refused, match="another record"):
        add_organisation(by=world.bolek, region=world.pomorskie, values=FORM | {"legal_name": "X", "identifiers": {"PL-NIP": "1234563218"}})
    with pytest.raises(IntegrityError), transaction.atomic():
        Identifier.objects.create(organisation=world.wtz, scheme="PL-NIP", value="1234563218")


def test_v1_a_unit_has_a_parent_that_is_a_legal_person_of_its_region(world):
    unit = FORM | {"legal_name": "KIS", "kind": "unit"}
    for parent in (None, world.wtz, world.zadruga):
        with pytest.raises(Refused):
            add_organisation(by=world.bolek, region=world.pomorskie, values=unit | {"parent": parent})
    with pytest.raises(Refused):
        add_organisation(by=world.bolek, region=world.pomorskie, values=FORM | {"legal_name": "Z", "parent": world.chleb})
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.filter(pk=world.wtz.pk).update(parent=None)


def test_v1_a_unit_has_no_krs(world):
    with pytest.raises(Refused, match="legal person"):
        change_organisation(by=world.bolek, organisation=world.wtz, values={"identifiers": {"PL-KRS": "0000999999"}})


def test_nothing_is_half_applied_when_the_rules_say_no(world):
    with pytest.raises(Refused):
        change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_name": "Y", "identifiers": {"PL-NIP": "1"}})
    world.chleb.refresh_from_db()
    assert world.chleb.legal_name == "Spółdzielnia Socjalna Dobry Chleb"
