"""The shipped tables, loaded once for all tests of a file."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from osnowa.places.actions import load_tables


@pytest.fixture(scope="module")
def shipped(django_db_setup: None, django_db_blocker: Any) -> Iterator[dict[str, Any]]:
    """What the loader says; the tables stand until the end of the file. Not to be used together with `world`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_tables(by=None)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(shipped: dict[str, Any], db: None) -> dict[str, Any]:
    """The shipped tables, in a transaction of the test's own."""
    return shipped
