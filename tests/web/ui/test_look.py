"""The reader's own look: text size and colours, kept in cookies."""

from django.test import Client
from django.urls import reverse


def test_a_chosen_text_size_is_kept_and_the_place_too(world: object, client: Client) -> None:
    answer = client.post(reverse("ui:look"), {"text": "3", "next": "/pl/search/?q=chleb"})
    assert answer.status_code == 302
    assert answer["Location"] == "/pl/search/?q=chleb"
    assert client.cookies["text"].value == "3"
    assert 'data-text="3"' in client.get("/pl/").content.decode()


def test_a_chosen_theme_is_kept(world: object, client: Client) -> None:
    client.post(reverse("ui:look"), {"theme": "dark", "next": "/pl/"})
    page = client.get("/pl/").content.decode()
    assert 'data-theme="dark"' in page
    assert "text" not in client.cookies


def test_nobody_is_led_to_another_host(db: None, client: Client) -> None:
    for trap in ("https://evil.example/", "//evil.example/x", "javascript:alert(1)", ""):
        answer = client.post(reverse("ui:look"), {"text": "2", "next": trap})
        assert answer["Location"] == reverse("home:front")


def test_an_unknown_look_is_not_kept(db: None, client: Client) -> None:
    client.post(reverse("ui:look"), {"text": "9", "theme": "pink"})
    assert not client.cookies.keys() & {"text", "theme"}


def test_a_cookie_written_by_hand_falls_back_to_the_usual_look(world: object, client: Client) -> None:
    client.cookies.load({"text": '"><script>', "theme": "x"})
    page = client.get("/pl/").content.decode()
    assert 'data-theme="auto" data-text="1"' in page


def test_opening_the_address_leads_to_the_first_page(db: None, client: Client) -> None:
    assert client.get(reverse("ui:look"))["Location"] == reverse("home:front")
