from django.urls import reverse

from osnowa.journal.queries import entries_of
from osnowa.register.actions import change_organisation, close_organisation


def page(it, name="organisation", **more):
    return reverse(f"register:{name}", kwargs={"region": it.region.slug, "slug": it.slug, **more})


def test_everyone_sees_a_public_organisation_and_nobody_else_a_hidden_one(client, world, signed_in):
    assert client.get(page(world.chleb)).status_code == 200
    for person, status in [(None, 404), (world.celina, 404), (world.ala, 404), (world.olga, 404), (world.maja, 404),
                           (world.rafal, 200), (world.edyta, 200), (world.bolek, 200), (world.darek, 200)]:  # fmt: skip
        one = signed_in(person) if person else client
        assert one.get(page(world.ukryty)).status_code == status, person


def test_members_of_the_register_see_what_is_for_members(client, world, signed_in):
    assert client.get(page(world.wtz)).status_code == 404
    assert signed_in(world.celina).get(page(world.wtz)).status_code == 404
    assert signed_in(world.ala).get(page(world.wtz)).status_code == 200
    assert signed_in(world.olga).get(page(world.wtz)).status_code == 200


def test_the_page_of_a_unit_does_not_name_a_parent_the_reader_may_not_see(world, signed_in):
    assert "Fundacja Przystań" not in signed_in(world.olga).get(page(world.wtz)).content.decode()
    assert "Fundacja Przystań" in signed_in(world.edyta).get(page(world.wtz)).content.decode()


def test_a_hidden_place_is_exact_only_for_those_who_edit(client, world, signed_in):
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"visibility": "public", "street": "Tajna 7"})
    assert "Tajna 7" not in client.get(page(world.ukryty)).content.decode()
    assert "54.46" not in client.get(page(world.ukryty)).content.decode()
    assert "Tajna 7" in signed_in(world.edyta).get(page(world.ukryty)).content.decode()


def test_the_page_takes_few_queries(client, world, signed_in, django_assert_max_num_queries):
    bolek = signed_in(world.bolek)
    bolek.get(page(world.chleb))
    with django_assert_max_num_queries(16):
        bolek.get(page(world.chleb))
    with django_assert_max_num_queries(12):
        client.get(page(world.chleb))


def test_confirming_takes_one_click_of_those_who_may_edit(client, world, signed_in):
    assert client.post(page(world.wtz, "confirm")).status_code in (302, 404)
    assert signed_in(world.olga).post(page(world.chleb, "confirm")).status_code == 403
    assert signed_in(world.ala).post(page(world.chleb, "confirm")).status_code == 302
    world.chleb.refresh_from_db()
    assert world.chleb.confirmed_by == "self_declared"
    assert signed_in(world.bolek).get(page(world.chleb, "confirm")).status_code == 405


def test_closing_needs_a_date_and_a_reason_and_can_be_taken_back(world, signed_in):
    bolek = signed_in(world.bolek)
    assert signed_in(world.ala).get(page(world.chleb, "close")).status_code == 403
    assert bolek.post(page(world.chleb, "close"), {"ended_on": "2024-05-01"}).status_code == 422
    assert bolek.post(page(world.chleb, "close"), {"ended_on": "2014-05-01", "end_reason": "merged"}).status_code == 422
    done = bolek.post(page(world.chleb, "close"), {"ended_on": "2024-05-01", "end_reason": "merged", "successor": world.wtz.slug})
    assert done.status_code == 302
    world.chleb.refresh_from_db()
    assert (world.chleb.activity_status, world.chleb.end_reason, world.chleb.successor) == ("closed", "merged", world.wtz)
    assert bolek.post(page(world.chleb, "reopen"), {"reason": ""}).status_code == 422
    assert bolek.post(page(world.chleb, "reopen"), {"reason": "It was a mistake"}).status_code == 302
    world.chleb.refresh_from_db()
    assert (world.chleb.activity_status, world.chleb.ended_on, world.chleb.successor) == ("not_confirmed", None, None)


def test_a_parent_with_open_units_cannot_close(world, signed_in):
    done = signed_in(world.bolek).post(page(world.ukryty, "close"), {"ended_on": "2024-05-01", "end_reason": "merged"})
    assert done.status_code == 422
    assert world.ukryty.units.count() == 1


def test_history_shows_each_change_and_restores_an_earlier_state(world, signed_in):
    first = entries_of(world.chleb).first()
    change_organisation(by=world.ala, organisation=world.chleb, values={"legal_name": "Inna Nazwa", "service_areas": ["cleaning"]})
    close_organisation(by=world.bolek, organisation=world.chleb, ended_on=world.chleb.founded_on.replace(year=2020), end_reason="merged")
    edyta = signed_in(world.edyta)
    shown = edyta.get(page(world.chleb, "history")).content.decode()
    assert "Inna Nazwa" in shown
    assert "Ala" in shown
    assert signed_in(world.olga).get(page(world.chleb, "history")).status_code == 403
    assert signed_in(world.olga).post(page(world.chleb, "restore", entry=first.pk)).status_code == 403
    assert edyta.post(page(world.chleb, "restore", entry=first.pk)).status_code == 302
    world.chleb.refresh_from_db()
    assert world.chleb.legal_name == "Spółdzielnia Socjalna Dobry Chleb"
    assert (world.chleb.activity_status, world.chleb.end_reason) == ("closed", "merged")
    assert sorted(a.code for a in world.chleb.service_areas.all()) == ["catering", "local_food"]
    assert entries_of(world.chleb).count() == 4
    other = entries_of(world.wtz).first()
    assert edyta.post(page(world.chleb, "restore", entry=other.pk)).status_code == 404
