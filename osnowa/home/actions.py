"""Verbs of the house itself."""

from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.people.actions import invite
from osnowa.people.models import Person


@action("home.operator_made", says=gettext_lazy("made somebody operator of the instance"))
def make_operator(*, by: Person | None, email: str, name: str = "", language: str = "en") -> Deed:
    """The person with this address, invited if she cannot sign in yet, and operator of the instance from now on."""
    person: Person = invite(by=by, email=email, name=name, language=language)
    changes = {} if person.is_operator else {"is_operator": [False, True]}
    person.is_operator = True
    person.save(update_fields=["is_operator"])
    return Deed(person, changes)
