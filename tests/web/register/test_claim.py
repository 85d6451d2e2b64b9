"""`register:claim`: somebody acts for an organisation."""

import pytest
from django.test import Client

from osnowa.register.models import Proposal
from osnowa.register.views.proposals import TRAP
from tests.world import World

URL = "/en/pomorskie/register/dobry-chleb/claim/"
FACTS = {"name": "Jan", "email": "jan@example.org", "function": "chair", "basis": "register", "message": ""}


def test_everyone_may_claim(client: Client, world: World) -> None:
    assert client.get(URL).status_code == 200
    assert client.post(URL, FACTS).status_code == 302
    made = Proposal.objects.get()
    assert (made.kind, made.organisation, made.basis, made.name) == ("claim", world.chleb, "register", "Jan")
    assert made.values == {"function": "chair"}


def test_a_claim_gives_nothing_by_itself(client: Client, world: World) -> None:
    before = world.chleb.seats.count()
    client.post(URL, FACTS)
    assert world.chleb.seats.count() == before


@pytest.mark.parametrize("missing", ["name", "email", "function", "basis"])
def test_a_claim_says_who_and_why(client: Client, world: World, missing: str) -> None:
    assert client.post(URL, FACTS | {missing: ""}).status_code == 422
    assert not Proposal.objects.exists()


def test_who_acts_for_it_already_is_told(signed_in, world: World) -> None:
    answer = signed_in(world.ala).post(URL, FACTS)
    assert answer.status_code == 422
    assert "You act for this organisation already" in answer.content.decode()


def test_one_claim_at_a_time(signed_in, world: World) -> None:
    her = signed_in(world.celina)
    assert her.post(URL, FACTS).status_code == 302
    assert her.post(URL, FACTS).status_code == 422


def test_the_trap_works_here_too(client: Client, world: World) -> None:
    client.post(URL, FACTS | {TRAP: "x"})
    assert not Proposal.objects.exists()
