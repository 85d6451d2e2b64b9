"""Who may do what with accounts. Persons see and change themselves; everything else is a matter of seats."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from osnowa.people.models import Invitation, Person

Anyone = Person | AnonymousUser


def find_invitation(person: Anyone, token: str) -> Invitation:
    """The invitation a link names, open or not: its page says which."""
    found = Invitation.objects.select_related("person", "invited_by").filter(token=token).first()
    if found is None:
        raise Http404
    return found


def find_session(person: Anyone, session: int) -> Any:
    """One of the person's own sessions."""
    if not isinstance(person, Person):
        raise Http404
    found = UserSession.objects.filter(user=person, pk=session).first()
    if found is None:
        raise Http404
    return found


def has_second_factor(person: Person) -> bool:
    """Whether an authenticator app or a passkey is set up; recovery codes alone do not count."""
    return bool(
        Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES).exists()
    )


def needs_second_factor(person: Person) -> bool:
    """Operators, and those who coordinate a region today.

    The seats of regions belong to a room above. Django hangs them on the person under this name, and that name is all
    this room knows of them.
    """
    if person.is_operator:
        return True
    today = timezone.localdate()
    seats = person.regionseats.filter(role="coordinator", ended_reason="")  # type: ignore[attr-defined,unused-ignore]
    return bool(seats.filter(valid_from__lte=today, valid_to__gte=today).exists())
