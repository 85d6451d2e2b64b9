"""Letters to persons, in their language, sent once the deed is done."""

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction

from osnowa.kit import letters
from osnowa.people.models import Person


def write_to(person: Person, letter: str, **words: Any) -> None:
    """Sends the letter `<letter>.txt` (its first line is the subject) when the transaction is committed."""
    if person.is_active:
        words |= {"person": person, "address": settings.ADDRESS.rstrip("/")}
        transaction.on_commit(
            partial(letters.send, f"{letter}.txt", to=person.email, language=person.language, **words)
        )
