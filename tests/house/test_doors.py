"""Every URL has exactly one door, and a GET never writes."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from osnowa.kit.doors import GetsDoNotWrite
from osnowa.people.models import Person
from tests.house.urls import addresses


def doors(view: object) -> list[str]:
    """The doors one goes through to a view, outermost first."""
    found = []
    while view is not None:
        code = getattr(view, "__code__", None)
        if code and code.co_filename.endswith("kit/doors.py"):
            found.append(view.door)
        view = getattr(view, "__wrapped__", None)
    return found


def test_every_address_of_ours_has_exactly_one_door():
    wrong = {address.pattern: doors(address.view) for address in addresses() if address.is_ours}
    assert {pattern: found for pattern, found in wrong.items() if len(found) != 1} == {}


def test_only_allauth_brings_addresses_without_doors():
    others = {address.view.__module__.split(".")[0] for address in addresses() if not address.is_ours}
    assert others <= {"allauth"}


def test_every_address_of_ours_has_a_name_of_its_own():
    names = [address.name for address in addresses() if address.is_ours]
    assert all(names)
    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_gets_do_not_write_is_on():
    assert "osnowa.kit.doors.GetsDoNotWrite" in settings.MIDDLEWARE


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head"])
def test_a_get_that_writes_is_refused_loudly(method):
    def page(request):
        Person.objects.create_user("nobody@example.org")
        return HttpResponse()

    with pytest.raises(RuntimeError, match="A GET may not write"):
        GetsDoNotWrite(page)(getattr(RequestFactory(), method)("/"))


@pytest.mark.django_db
def test_a_get_that_deletes_is_refused_even_when_nothing_is_there():
    def page(request):
        Person.objects.filter(email="x").update(name="y")
        return HttpResponse()

    with pytest.raises(RuntimeError, match="A GET may not write"):
        GetsDoNotWrite(page)(RequestFactory().get("/"))


@pytest.mark.django_db
def test_a_post_may_write():
    def page(request):
        Person.objects.create_user("nobody@example.org")
        return HttpResponse()

    assert GetsDoNotWrite(page)(RequestFactory().post("/")).status_code == 200
