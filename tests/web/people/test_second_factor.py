"""Where the instance demands a second factor, coordinators and operators set it up before anything else."""

import pytest
from allauth.mfa.models import Authenticator

from osnowa.places.models import RegionSeat

HOME = "/en/account/me/"


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.mark.parametrize("who", ["bolek", "darek", "maja"])
def test_coordinators_and_operators_are_led_to_set_it_up(world, signed_in, who):
    client = signed_in(getattr(world, who))
    assert client.get(HOME)["Location"] == "/en/account/2fa/"
    assert "second step" in client.get("/en/account/2fa/").content.decode()
    assert client.get("/en/account/logout/").status_code == 200
    assert client.get("/health/").status_code != 302


@pytest.mark.parametrize("who", ["ala", "celina", "edyta", "rafal", "olga"])
def test_others_are_left_in_peace(world, signed_in, who):
    assert signed_in(getattr(world, who)).get(HOME).status_code == 200


def test_after_it_stands_everything_opens(world, signed_in):
    Authenticator.objects.create(user=world.bolek, type="totp", data={})
    assert signed_in(world.bolek).get(HOME).status_code == 200


def test_recovery_codes_alone_do_not_count(world, signed_in):
    Authenticator.objects.create(user=world.bolek, type="recovery_codes", data={})
    assert signed_in(world.bolek).get(HOME).status_code == 302


def test_a_seat_that_has_ended_demands_nothing(world, signed_in):
    RegionSeat.objects.filter(person=world.bolek).update(ended_reason="moved")
    assert signed_in(world.bolek).get(HOME).status_code == 200


def test_nothing_is_demanded_where_the_instance_does_not(world, signed_in, settings):
    settings.REQUIRE_SECOND_FACTOR = False
    assert signed_in(world.bolek).get(HOME).status_code == 200
