"""Which municipality a postal code serves."""

from django.urls import reverse


def ask(client, **words):
    return client.get(reverse("places:municipalities"), words).content.decode()


def test_an_ambiguous_code_asks_and_chooses_nothing(world, client):
    page = ask(client, country="PL", postal_code="83-000")
    assert "serves 2 municipalities. Which one is it?" in page
    assert page.count('type="radio"') == 2
    assert "checked" not in page


def test_what_was_chosen_before_stays_chosen(world, client):
    page = ask(client, country="PL", postal_code="83-000", municipality=world.slupsk.pk)
    assert page.count("checked") == 1


def test_a_code_of_one_municipality_is_stated_and_chosen(world, client):
    page = ask(client, country="PL", postal_code="80-001")
    assert "The postal code 80-001 serves Gdańsk." in page
    assert page.count("checked") == 1


def test_an_unknown_code_leads_to_a_search_by_folded_name(world, client):
    page = ask(client, country="PL", postal_code="00-000", municipality_name="gdan")
    assert "We know no municipality of the postal code 00-000" in page
    assert f'value="{world.gdansk.pk}"' in page


def test_another_country_is_another_list(world, client):
    assert "Maribor" in ask(client, country="SI", postal_code="2000")
    assert "Maribor" not in ask(client, country="PL", postal_code="2000")


def test_it_needs_few_queries(world, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(3):
        ask(client, country="PL", postal_code="83-000")
