"""An agreement with a text that is ready to be frozen."""

from typing import Any

from osnowa.agreements.actions.agreements import make_agreement
from osnowa.agreements.actions.texts import write_text
from osnowa.agreements.models import Agreement
from tests.world import World

BLOCKS = [
    {"key": "parties", "heading": "Strony", "text": "Organizacje, które podpiszą list."},
    {"key": "purpose", "heading": "Cel", "text": "Budujemy wspólny klaster.\n\n- praca\n- usługi"},
]


def a_draft(world: World, **more: Any) -> Agreement:
    """A letter of intent in Polish with two parts."""
    values: dict[str, Any] = {"kind": "letter", "title": "List intencyjny", "language": "pl"} | more
    made: Agreement = make_agreement(by=world.bolek, region=world.pomorskie, values=values)
    write_text(by=world.bolek, agreement=made, language="pl", blocks=BLOCKS)
    return made
