from datetime import date

import pytest
from django.urls import reverse

from osnowa.register.models import YearlyFigures


def page(it, number=None):
    words = {"region": it.region.slug, "slug": it.slug} | ({"number": number} if number else {})
    return reverse("register:figures_row" if number else "register:figures", kwargs=words)


def organisation_page(it):
    return reverse("register:organisation", kwargs={"region": it.region.slug, "slug": it.slug})


def figures_of(it, year=2023, **more):
    return YearlyFigures.objects.create(organisation=it, year=year, as_of_on=date(year, 12, 31), **more)


def sent(**more):
    return {"as_of_on": "2024-12-31", "visibility": "public", "is_one_member_one_vote": "true", "has_staff_body": "unknown"} | more


def test_who_may_edit_the_figures(client, world, signed_in):
    row = figures_of(world.chleb, employees=7)
    for url in (page(world.chleb), page(world.chleb, row.pk)):
        assert client.get(url).status_code == 302
        for person, status in [(world.ala, 200), (world.bolek, 200), (world.edyta, 200), (world.darek, 200),
                               (world.celina, 403), (world.olga, 403), (world.rafal, 403), (world.maja, 403)]:  # fmt: skip
            assert signed_in(person).get(url).status_code == status, (url, person)


def test_a_hidden_organisation_and_rows_of_others_are_not_found(client, world, signed_in):
    row = figures_of(world.ukryty)
    for url in (page(world.ukryty), page(world.ukryty, row.pk), page(world.chleb, row.pk), page(world.chleb, 999)):
        assert signed_in(world.ala).get(url).status_code == 404, url
        assert client.get(url).status_code == 404


def test_the_representative_adds_figures_as_her_own_declaration(world, signed_in):
    reply = signed_in(world.ala).post(page(world.chleb), sent(employees="1 2", revenue_total="1 000", revenue_market="1 000"))
    assert reply.status_code == 302
    row = world.chleb.figures.get()
    assert (row.year, row.employees, row.revenue_total, row.source) == (2024, 12, 1000, "self_declared")
    assert (row.is_one_member_one_vote, row.has_staff_body, row.volunteers) == (True, None, None)
    signed_in(world.edyta).post(page(world.chleb, row.pk), sent(employees="13"))
    row.refresh_from_db()
    assert (row.employees, row.revenue_total, row.source) == (13, None, "coordinator")


def test_what_contradicts_itself_is_said_beside_the_field_and_not_saved(world, signed_in):
    reply = signed_in(world.ala).post(page(world.chleb), sent(revenue_total="1000", revenue_market="900"))
    assert reply.status_code == 422
    text = reply.content.decode()
    assert "100 less than the revenue of 1,000" in text
    assert '<output class="num" data-sum' in text
    assert ">900</output>" in text
    assert not world.chleb.figures.exists()


def test_the_form_shows_the_year_before(world, signed_in):
    figures_of(world.chleb, employees=7, revenue_total=250_000)
    text = signed_in(world.ala).get(page(world.chleb)).content.decode()
    assert "250,000 PLN" in text
    assert "An empty field means: not known." in text


def test_figures_are_removed_and_the_history_keeps_them(world, signed_in):
    row = figures_of(world.chleb, employees=7)
    assert signed_in(world.ala).post(page(world.chleb, row.pk), {"deed": "remove"}).status_code == 302
    assert not world.chleb.figures.exists()
    history = reverse("register:history", kwargs={"region": "pomorskie", "slug": world.chleb.slug})
    assert "Details removed" in signed_in(world.ala).get(history).content.decode()


@pytest.mark.parametrize("name", ["employees_at_risk", "participants"])
def test_v3_small_counts_are_not_on_the_public_page(client, world, signed_in, name):
    figures_of(world.chleb, 2023, visibility="public", employees=9876, **{name: 3})
    figures_of(world.chleb, 2022, visibility="public", employees=8765, **{name: 4321})
    text = client.get(organisation_page(world.chleb)).content.decode()
    assert "9,876" in text
    assert "fewer than 5" in text
    assert "4,321" not in text
    text = signed_in(world.ala).get(organisation_page(world.chleb)).content.decode()
    assert "4,321" in text
    assert "fewer than 5" not in text


def test_figures_for_members_are_not_on_the_public_page(client, world, signed_in):
    figures_of(world.chleb, employees=9876)
    assert "9,876" not in client.get(organisation_page(world.chleb)).content.decode()
    assert "9,876" in signed_in(world.olga).get(organisation_page(world.chleb)).content.decode()


def test_the_pages_take_few_queries(world, signed_in, django_assert_max_num_queries):
    rows = [figures_of(world.chleb, year, employees=year) for year in range(2010, 2024)]
    ala = signed_in(world.ala)
    for url in (page(world.chleb), page(world.chleb, rows[3].pk), organisation_page(world.chleb)):
        with django_assert_max_num_queries(12):
            assert ala.get(url).status_code == 200
