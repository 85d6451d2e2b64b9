"""Pages for when something is wrong: polite, useful, and there even when nothing else is."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client, RequestFactory

from osnowa.kit.errors import Polite, Refused
from osnowa.ui import views
from tests.world import World


def _visited(path: str = "/en/x/") -> HttpRequest:
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get(path)
    request.user = AnonymousUser()
    return request


def test_an_unknown_address_is_answered_with_ways_on(client: Client, db: None) -> None:
    answer = client.get("/en/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "There is no such page" in page
    assert 'href="/en/search/"' in page


def test_what_one_may_not_do_is_said_plainly() -> None:
    answer = views.forbidden(_visited(), PermissionDenied())
    assert answer.status_code == 403
    assert "You may not do this" in answer.content.decode()


def test_a_broken_request_is_400() -> None:
    assert views.bad_request(_visited()).status_code == 400


def test_the_last_page_needs_no_database_and_no_context(settings: Any) -> None:
    settings.TEMPLATES[0]["OPTIONS"]["context_processors"] = ["no.such.thing"]
    answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something broke on our side" in answer.content.decode()


def test_the_last_page_comes_even_when_templates_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_words: object, **_more: object) -> str:
        raise OSError

    monkeypatch.setattr(views, "render_to_string", fails)
    answer = views.broken(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert b"Osnowa" in answer.content


def test_a_refusal_becomes_a_page_that_says_why() -> None:
    answer = Polite(lambda request: None).process_exception(_visited(), Refused("The register is frozen."))  # type: ignore[arg-type,return-value]
    assert answer is not None
    assert answer.status_code == 409
    assert "The register is frozen." in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_our_words() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/en/look/", {"text": "2"})
    assert answer.status_code == 403
    assert "This request cannot be understood" in answer.content.decode()


def test_too_many_tries_have_a_page() -> None:
    from django.template.loader import render_to_string

    assert "Too many tries" in render_to_string("429.html", request=_visited())


def test_a_form_without_its_token_says_its_number() -> None:
    assert "Error 403" in Client(enforce_csrf_checks=True).post("/en/look/", {"text": "2"}).content.decode()


def test_an_address_for_forms_alone_has_a_page_that_leads_on(world: World, signed_in: Any) -> None:
    answer = signed_in(world.edyta).get("/pl/pomorskie/register/dobry-chleb/ask/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "405" in page
    assert 'href="/pl/"' in page


def test_a_wrong_method_at_an_address_of_others_has_the_page_too(client: Client, db: None) -> None:
    assert "Error 405" in client.delete("/en/account/login/").content.decode()
