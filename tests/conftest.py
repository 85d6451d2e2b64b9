"""Fixtures of all tests."""

import os
from collections.abc import Callable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from tests.world import World, make_world

#: It is always Friday morning in Pomorskie.
NOW = datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


def pytest_configure() -> None:
    """The catalogues are compiled once, before any worker of xdist begins."""
    from osnowa.home.preparation import compile_words

    compile_words()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database runs: the rest was said on SQLite already."""
    if "DATABASE_URL" not in os.environ:
        return
    quiet = [item for item in items if not asks_a_database(item)]
    config.hook.pytest_deselected(items=quiet)
    items[:] = [item for item in items if asks_a_database(item)]


def asks_a_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or "django_db_setup" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def frozen_time(request: pytest.FixtureRequest) -> Iterator[time_machine.Traveller | None]:
    """Time stands still at NOW in every test but those in a browser, which has a clock of its own."""
    if request.node.get_closest_marker("browser") or request.node.get_closest_marker("real_time"):
        yield None
        return
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def no_limits_from_before() -> None:
    """What an earlier test did does not count for the limits of this one."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def plain_language() -> Iterator[None]:
    """A test begins in English and leaves no language behind."""
    from django.utils import translation

    with translation.override("en"):
        yield


@pytest.fixture
def world(db: None) -> World:
    """The cast of tests/world.py, in a fresh transaction."""
    return make_world()


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """signed_in(person) gives a test client with that person signed in."""

    def client_of(person: object) -> Client:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
        return client

    return client_of
