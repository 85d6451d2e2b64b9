"""The ecosystem: roles, who plays them, what is missing, and organisations that may fit."""

from datetime import date

import pytest
from django.urls import reverse

from osnowa.clusters.actions.ecosystem import add_actor
from osnowa.clusters.models import Actor, Cluster
from osnowa.clusters.queries.ecosystem import RINGS, ROLES, ecosystem, fitting, picture
from osnowa.journal.models import Entry
from osnowa.places.models import Subregion
from osnowa.register import codes
from osnowa.register.models import Recognition
from tests.unit.clusters.making import a_cluster, an_organisation


def address(it: Cluster, name: str = "ecosystem", *words) -> str:
    return reverse(f"clusters:{name}", args=[it.region.slug, it.slug, *words])


def test_every_role_stands_in_a_ring_and_a_sector_and_is_found_by_codes_that_exist():
    for role in ROLES:
        assert role["ring"] in RINGS
        assert role["sector"] in codes.SECTORS
        assert role["is_expected"] in ("yes", "no")
        assert {code for code in role["found_by"].split() if code not in codes.LEGAL_FORMS and code not in codes.RECOGNITIONS} == set()


def test_at_first_every_expected_role_sector_and_part_is_missing(client, world):
    it = a_cluster(world)
    found = ecosystem(it, world.bolek)
    assert len(found.missing_roles) == sum(role["is_expected"] == "yes" for role in ROLES)
    assert [part.name for part in found.subregions] == ["Obszar gdański"]
    page = client.get(address(it)).text
    assert "Managing authority" in page
    assert "Academia" in page


def test_an_organisation_fills_its_role_its_sector_and_its_part_of_the_region(world):
    it = a_cluster(world)
    add_actor(by=world.bolek, cluster=it, values={"role": "enterprise", "organisation": world.chleb})
    found = ecosystem(it, world.bolek)
    assert "enterprise" not in {role.code.code for role in found.missing_roles}
    assert codes.SECTORS.label("social_economy") not in found.sectors
    assert found.subregions == ()


def test_a_name_of_its_own_may_act_for_a_part_of_the_region(world):
    it, part = a_cluster(world), Subregion.objects.get(code="gdanski")
    add_actor(by=world.bolek, cluster=it, values={"role": "voivode", "name": "Wojewoda Pomorski", "subregion": part})
    found = ecosystem(it, world.bolek)
    assert found.subregions == ()
    assert codes.SECTORS.label("public") not in found.sectors


def test_the_picture_shows_every_role_once_and_how_it_is_played(world):
    it = a_cluster(world)
    add_actor(by=world.bolek, cluster=it, values={"role": "enterprise", "organisation": world.chleb})
    dots = {dot.role.code.code: dot.look for dot in picture(ecosystem(it, world.bolek)).dots}
    assert set(dots) == set(ROLES.rows)
    assert (dots["enterprise"], dots["voivode"], dots["media"]) == ("played", "missing", "possible")


def test_an_organisation_that_is_not_public_has_no_name_for_the_public(client, signed_in, world):
    it = a_cluster(world)
    add_actor(by=world.bolek, cluster=it, values={"role": "ngo", "organisation": world.ukryty, "note": "prowadzi schronisko"})
    page = client.get(address(it)).text
    assert "Przystań" not in page
    assert "schronisko" not in page
    assert "an organisation that is not public" in page
    assert "Przystań" in signed_in(world.bolek).get(address(it)).text


def test_the_register_suggests_who_has_the_status_or_the_legal_form(signed_in, world):
    it = a_cluster(world)
    centre = an_organisation(world.pomorskie, "Stowarzyszenie Wsparcie", "civil_society", "PL-STO")
    Recognition.objects.create(organisation=centre, code="PL-OWES", state="granted", granted_on=date(2024, 1, 1), review_on=date(2027, 1, 1))
    assert fitting(it, ROLES["support_centre"], world.bolek) == [centre]
    page = signed_in(world.bolek).get(address(it, "add_actor") + "?role=support_centre").text
    assert "Stowarzyszenie Wsparcie" in page
    add_actor(by=world.bolek, cluster=it, values={"role": "support_centre", "organisation": centre})
    assert fitting(it, ROLES["support_centre"], world.bolek) == []


def test_what_the_register_suggests_is_added_with_one_press(signed_in, world):
    it = a_cluster(world)
    signed_in(world.edyta).post(address(it, "add_actor"), {"role": "enterprise", "organisation": world.chleb.legal_name})
    actor = Actor.objects.get()
    assert (actor.organisation, actor.name) == (world.chleb, "")
    assert Entry.objects.get(deed="clusters.actor_added").changes["role"] == [None, "enterprise"]


def test_nobody_stands_in_one_role_twice(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    for name in ("Wojewoda Pomorski", "wojewoda pomorski"):
        answer = client.post(address(it, "add_actor"), {"role": "voivode", "organisation": name})
    assert answer.status_code == 422
    assert "in this role already" in answer.text


def test_an_actor_is_changed_and_taken_out(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    actor = add_actor(by=None, cluster=it, values={"role": "media", "name": "Radio"})
    client.post(address(it, "actor", actor.pk), {"role": "media", "organisation": "Radio Gdańsk", "note": "audycje"})
    actor.refresh_from_db()
    assert (actor.name, actor.note) == ("Radio Gdańsk", "audycje")
    client.post(address(it, "remove_actor", actor.pk))
    assert not Actor.objects.exists()
    assert Entry.objects.get(deed="clusters.actor_removed").changes["actor"] == ["Radio Gdańsk", None]


def test_an_actor_of_another_cluster_is_not_there(signed_in, world):
    it, other = a_cluster(world), a_cluster(world, name="Inny")
    actor = add_actor(by=None, cluster=other, values={"role": "media", "name": "Radio"})
    assert signed_in(world.edyta).get(address(it, "actor", actor.pk)).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_more_actors_ask_the_database_no_more(client, world, count, django_assert_max_num_queries):
    it = a_cluster(world)
    for number in range(count):
        add_actor(by=None, cluster=it, values={"role": "enterprise", "organisation": an_organisation(world.pomorskie, f"Spółdzielnia {number}")})
    with django_assert_max_num_queries(7):
        client.get(address(it))
