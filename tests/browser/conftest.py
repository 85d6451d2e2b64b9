"""Chromium against the real server: hashed static files, strict Content-Security-Policy, no other host, no error unnoticed."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import handlers
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, sync_playwright
from pytest_django.live_server_helper import LiveServer

from osnowa.home.preparation import collect_static
from osnowa.people.models import Person
from tools.outfit import chromium

# Playwright keeps an event loop in this thread; Django would take it for an asynchronous one.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--disable-quic", "--disable-extensions", "--mute-audio"]  # fmt: skip
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test with a database of its own; without the switch it is skipped."""
    for item in items:
        if HERE not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.django_db(transaction=True))
        if "OSNOWA_TESTS_IN_BROWSER" not in os.environ:
            item.add_marker(pytest.mark.skip(reason="python -m tools.check --only browser"))


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """Serves static files through WhiteNoise under hashed names, as in production."""
    collect_static()
    usual = handlers.StaticFilesHandler

    class PassThrough(usual):  # type: ignore[misc,valid-type]
        def _should_handle(self, path: str) -> bool:
            return False

    handlers.StaticFilesHandler = PassThrough  # type: ignore[misc]
    try:
        server = LiveServer("localhost")
    finally:
        handlers.StaticFilesHandler = usual  # type: ignore[misc]
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def problems() -> Iterator[list[str]]:
    """What went wrong in any page of the test: script errors, refused by the policy, failed requests. Must stay empty."""
    found: list[str] = []
    yield found
    assert found == []


@pytest.fixture
def open_context(browser: Browser, live_server: LiveServer, problems: list[str]) -> Iterator[Callable[..., BrowserContext]]:
    """open_context(person, width=…, …) gives a browser of her own, signed in, watched for problems."""
    made: list[BrowserContext] = []

    def open_one(person: Person | None = None, *, width: int = 1280, height: int = 800, **more: Any) -> BrowserContext:
        more.setdefault("locale", "en-GB")
        context = browser.new_context(
            base_url=live_server.url, reduced_motion="reduce", timezone_id="Europe/Warsaw",
            viewport={"width": width, "height": height}, **more,
        )  # fmt: skip
        context.set_default_timeout(15_000)
        context.on("request", lambda request: only_here(request, live_server.url, problems))
        context.on("console", lambda said: complain(said, problems))
        context.on("weberror", lambda error: problems.append(str(error.error)))
        context.on("response", lambda response: watch(response, problems))
        if person:
            sign_in(context, person, live_server.url)
        made.append(context)
        return context

    yield open_one
    for context in made:
        context.close()


def only_here(request: Request, address: str, problems: list[str]) -> None:
    """Listens instead of standing in the way: a route would ask for every file anew, and turn the browser's cache off."""
    if not request.url.startswith((address, "data:", "blob:")):
        problems.append(f"asked another host: {request.url}")


def complain(said: ConsoleMessage, problems: list[str]) -> None:
    """Errors of scripts and of the policy; failed requests are told by `watch`."""
    if said.type == "error" and not said.text.startswith("Failed to load resource"):
        problems.append(said.text)


def watch(response: Response, problems: list[str]) -> None:
    if response.status >= 500 or (response.status >= 400 and response.request.resource_type != "document"):
        problems.append(f"{response.status} {response.url}")


def sign_in(context: BrowserContext, person: Person, address: str) -> None:
    """Puts the cookie of a session into the browser."""
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": address}])


@pytest.fixture
def page(open_context: Callable[..., BrowserContext]) -> Page:
    """A page of somebody who has not signed in, in English."""
    return open_context().new_page()
