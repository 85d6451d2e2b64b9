"""Fixtures of all tests."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.world import World, make_world


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
