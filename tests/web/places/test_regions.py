"""Settings of a region, and opening a new one."""

import pytest
from django.urls import reverse

from osnowa.journal.models import Entry
from osnowa.places.models import Region


def typed(**more):
    return {
        "name": "Pomorskie", "territory": "PL63", "jurisdiction": "PL", "currency": "PLN", "languages": ["pl", "en"],
        "coordinator_name": "ROPS", "coordinator_email": "rops@example.org", **more,
    }  # fmt: skip


def address(region):
    return reverse("places:settings", args=[region.slug])


@pytest.mark.parametrize(("who", "status"), [("bolek", 200), ("darek", 200), ("edyta", 403), ("rafal", 403), ("olga", 403), ("celina", 403), ("maja", 403)])
def test_only_the_coordinator_and_the_operator_open_the_settings(world, signed_in, who, status):
    assert signed_in(getattr(world, who)).get(address(world.pomorskie)).status_code == status


def test_strangers_are_asked_to_sign_in(world, client):
    assert client.get(address(world.pomorskie)).status_code == 302


def test_settings_are_saved_and_journaled(world, signed_in):
    words = typed(name_pl="Pomorze", about_pl="Nasz region.", term_cluster_pl="hub", term_clusters_pl="huby")
    answer = signed_in(world.bolek).post(address(world.pomorskie), words)
    assert answer.status_code == 302
    region = Region.objects.get(pk=world.pomorskie.pk)
    assert region.names == {"pl": "Pomorze"}
    assert region.vocabulary == {"cluster": {"pl": "hub"}, "clusters": {"pl": "huby"}}
    entry = Entry.objects.get(deed="places.region_changed")
    assert entry.by == world.bolek
    assert entry.place == "pomorskie"
    assert entry.changes["names"] == [{}, {"pl": "Pomorze"}]


def test_saving_without_a_change_writes_no_entry(world, signed_in):
    client = signed_in(world.bolek)
    for _ in range(2):
        client.post(address(world.pomorskie), typed())
    assert Entry.objects.filter(deed="places.region_changed").count() == 1


def test_an_unknown_territory_is_explained(world, signed_in):
    answer = signed_in(world.bolek).post(address(world.pomorskie), typed(territory="XX9"))
    assert answer.status_code == 422
    assert "No code list knows the code XX9" in answer.content.decode()


def test_personal_numbers_are_refused_in_the_introduction(world, signed_in):
    answer = signed_in(world.bolek).post(address(world.pomorskie), typed(about_pl="44051401359"))
    assert answer.status_code == 422


def test_the_settings_need_few_queries(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(12):
        client.get(address(world.pomorskie))


def test_only_the_operator_opens_regions(world, signed_in):
    assert signed_in(world.bolek).get(reverse("places:new")).status_code == 403
    assert signed_in(world.darek).get(reverse("places:new")).status_code == 200


def test_a_territory_is_found_by_name_and_by_code(world, signed_in):
    client = signed_in(world.darek)
    for words in ("gdansk", "22", "PL63", "teryt 22"):
        assert client.get(reverse("places:new"), {"q": words}).context["found"], words


def test_a_chosen_territory_fills_the_form(world, signed_in):
    form = signed_in(world.darek).get(reverse("places:new"), {"territory": "TERYT:22"}).context["form"]
    assert form["jurisdiction"].value() == "PL"
    assert form["slug"].value() == "pomorskie-2"


def test_a_region_is_opened(world, signed_in):
    answer = signed_in(world.darek).post(reverse("places:new"), typed(name="Gdańsk", slug="gdansk", territory="2261011"))
    assert answer.status_code == 302
    assert Region.objects.get(slug="gdansk").territory == world.gdansk
    assert Entry.objects.filter(deed="places.region_added", place="gdansk").exists()


@pytest.mark.parametrize("slug", ["regions", "pomorskie", "Ą b"])
def test_an_address_that_cannot_be_is_refused(world, signed_in, slug):
    answer = signed_in(world.darek).post(reverse("places:new"), typed(slug=slug))
    assert answer.status_code == 422
    assert Region.objects.count() == 2
