"""The interface keeps what its description promises, whatever it is asked (schemathesis, a fixed seed, in this process)."""

from contextlib import suppress
from datetime import date

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from osnowa.opendata.actions import make_key
from osnowa.opendata.api.app import document
from osnowa.wsgi import application

FEW = settings(max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
#: Codes, days and versions have rules that types do not tell: what is well formed may still be refused (422, 412).
BEYOND = [positive_data_acceptance]
OPERATIONS = [(path, method) for path, methods in document()["paths"].items() for method in methods]


def _of_this_machine(environ, start):
    """The application behind a server, which knows the address of who asks."""
    return application({"REMOTE_ADDR": "127.0.0.1", **environ}, start)


@pytest.fixture(autouse=True)
def _one_connection():
    """The connection of the test stays open between requests, as Django's own test client keeps it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def secret(world, settings):
    settings.API_READS_AN_HOUR = settings.API_WRITES_AN_HOUR = 10**6
    return make_key(by=world.bolek, name="contract", expires_on=date(2026, 12, 31))[1]


@pytest.fixture
def schema(secret):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", _of_this_machine)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_whatever_it_is_asked_it_answers_as_described(path, method, mode, schema, secret):
    @FEW
    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=BEYOND)

    with suppress(Unsatisfiable):  # some addresses take no word that could be wrong
        ask()


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_about_things_that_are_there_it_answers_as_described(path, method, schema, secret, world):
    there = {"region": "pomorskie", "slug": world.chleb.slug, "uid": str(world.chleb.uid), "scheme": "TERYT", "code": "2261011", "name": "sectors"}

    @FEW
    @given(case=schema[path][method].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def ask(case):
        case.path_parameters = {name: there.get(name, value) for name, value in (case.path_parameters or {}).items()}
        if case.method == "PATCH":
            case.headers["If-Match"] = "*"
        case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, excluded_checks=BEYOND)

    ask()
