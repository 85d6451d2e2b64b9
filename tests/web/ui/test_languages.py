"""The language switch keeps the place, and the choice is remembered."""

from django.test import Client


def test_the_switch_keeps_path_and_query(world: object, client: Client) -> None:
    page = client.get("/pl/search/?q=chleb").content.decode()
    for language in ("pl", "sl", "en"):
        assert f'href="/{language}/search/?q=chleb" lang="{language}"' in page


def test_the_page_says_which_language_is_chosen(world: object, client: Client) -> None:
    page = client.get("/sl/").content.decode()
    assert '<html lang="sl"' in page
    assert 'hreflang="sl" aria-current="true"' in page


def test_a_language_turned_to_is_remembered(world: object, client: Client) -> None:
    client.get("/sl/", headers={"accept-language": "pl"})
    assert client.cookies["django_language"].value == "sl"
    assert client.get("/", headers={"accept-language": "pl"})["Location"] == "/sl/"


def test_no_cookie_is_set_where_the_browser_asks_for_that_language(world: object, client: Client) -> None:
    client.get("/pl/", headers={"accept-language": "pl"})
    assert "django_language" not in client.cookies
