"""Adding many organisations at once keeps the rules of adding one (V1), and one line in the journal for the batch."""

from datetime import date
from typing import Any

import pytest

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.kit.errors import Refused
from osnowa.register.actions import NewOrganisation, add_organisation, add_organisations
from osnowa.register.models import Organisation
from osnowa.register.queries import facts
from tests.world import World


def _new(name: str, **more: Any) -> NewOrganisation:
    values = {"legal_name": name, "legal_form": "PL-FUN", "sector": "civil_society", **more}
    return NewOrganisation(values)


def test_a_batch_is_one_deed_and_a_first_entry_for_each(world: World) -> None:
    before = Entry.objects.count()
    assert add_organisations(by=world.bolek, region=world.pomorskie, rows=[_new("A"), _new("B")]) == 2
    assert Entry.objects.count() == before + 3
    assert Entry.objects.filter(deed="register.organisations_added").get().changes == {"organisations": [3, 5]}


def test_one_of_a_batch_equals_one_added_alone(world: World) -> None:
    values = {
        "legal_name": "Fundacja Próba", "legal_form": "PL-FUN", "sector": "civil_society", "postal_code": "80-001", "locality": "Gdańsk",
        "municipality": world.gdansk, "activities": ["88.10", "85.59"],
        "service_areas": ["education", "catering"], "founded_on": date(2020, 1, 1),
    }  # fmt: skip
    alone = add_organisation(by=None, region=world.pomorskie, values=dict(values))
    add_organisations(by=None, region=world.pomorskie, rows=[NewOrganisation(dict(values))])
    batched = Organisation.objects.latest("pk")
    assert facts(batched) == facts(alone)
    assert (batched.name_fold, batched.lat) == (alone.name_fold, alone.lat)
    assert batched.slug == f"{alone.slug}-2"
    assert entries_of(batched).get().changes == entries_of(alone).get().changes
    assert set(batched.provenance) == set(alone.provenance)


def test_a_unit_finds_its_parent_in_the_batch(world: World) -> None:
    parent = _new("Rodzic")
    unit = NewOrganisation({"legal_name": "WTZ", "legal_form": "PL-WTZ", "sector": "social_economy", "kind": "unit"}, parent=parent)
    add_organisations(by=None, region=world.pomorskie, rows=[unit, parent])
    assert unit.made is not None
    assert unit.made.parent == parent.made


@pytest.mark.parametrize(("rows", "says"), [
    ([_new("A", identifiers={"PL-NIP": "1234563219"})], "not a valid"),
    ([_new("A", identifiers={"PL-NIP": "1234563218"})], "already belongs"),
    ([_new("A", identifiers={"PL-REGON": "123456785"}), _new("B", identifiers={"PL-REGON": "123-456-785"})], "twice"),
    ([_new("A", kind="unit")], "legal person it belongs to"),
    ([NewOrganisation({"legal_name": "A", "legal_form": "PL-FUN", "sector": "x"}, parent=_new("B"))], "belongs to nobody"),
    ([NewOrganisation({"legal_name": "A", "legal_form": "PL-WTZ", "sector": "x", "kind": "unit", "identifiers": {"PL-KRS": "0000000001"}},
                      parent=_new("B"))], "of its own"),
])  # fmt: skip
def test_v1_holds_for_a_batch(world: World, rows: list[NewOrganisation], says: str) -> None:
    with pytest.raises(Refused, match=says):
        add_organisations(by=None, region=world.pomorskie, rows=rows)
    assert Organisation.objects.count() == 4
