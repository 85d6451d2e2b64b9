"""Statistics count what the reader may see: else the difference to the lists would describe records that are not public."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from osnowa.people.models import Person
from osnowa.register import access
from osnowa.register.actions import take_snapshot
from tests.world import World


def _total(client: Client, page: str) -> Any:
    context = client.get(reverse(f"indicators:{page}", args=["pomorskie"])).context
    return context["table"]["it"].total if page == "tables" else context["found"].total.after


def test_tables_and_changes_are_of_what_each_reader_may_see(world: World, client: Client, signed_in: Callable[[Person], Client]) -> None:
    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True)
    for reader, who in ((client, world.celina), (signed_in(world.bolek), world.bolek)):
        seen = access.visible(who, world.pomorskie).exclude(activity_status="closed").count()
        assert _total(reader, "tables") == seen
        assert _total(reader, "changes") == seen
    assert _total(client, "tables") < _total(signed_in(world.bolek), "tables")
