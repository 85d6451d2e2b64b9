"""Reads of people: the seats a person has in any room, and everything the instance keeps about her."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db.models import Q, QuerySet

from osnowa.journal.models import Entry
from osnowa.journal.queries import jobs_of
from osnowa.people.models import Invitation, Person, Seat

S = TypeVar("S", bound=Seat)


def seat_kinds() -> list[type[Seat]]:
    """Every kind of seat, of whatever room."""
    return [model for model in apps.get_models() if issubclass(model, Seat)]


def seats_of(person: Person) -> list[Seat]:
    """The seats of a person in all rooms, the latest end first."""
    seats = [seat for kind in seat_kinds() for seat in kind._default_manager.filter(person=person).select_related()]
    return sorted(seats, key=lambda seat: (bool(seat.ended_reason), -seat.valid_to.toordinal()))


def seats_that_hold(kind: type[S], today: date) -> QuerySet[S]:
    """The seats of a kind that hold on a day."""
    return kind._default_manager.filter(ended_reason="", valid_from__lte=today, valid_to__gte=today)


def seats_to_remind_of(kind: type[S], today: date) -> QuerySet[S]:
    """The seats of a kind that end within thirty days and whose holder has not been reminded (V19)."""
    ending = seats_that_hold(kind, today).filter(valid_to__lte=today + Seat.ENDS_SOON, reminded_on=None)
    return ending.filter(person__is_active=True).select_related()


def open_invitation(person: Person) -> Invitation | None:
    """The newest invitation a person has not accepted, expired or not."""
    return person.invitations.filter(accepted_at=None).order_by("-pk").first()


@dataclass(frozen=True)
class Contribution:
    """What a room keeps about a person, and the panel that shows it on her own page, if there is one."""

    facts: Callable[[Person], list[dict[str, Any]]]
    panel: str


_CONTRIBUTIONS: dict[str, Contribution] = {}


def contribute(name: str, panel: str = "") -> Callable[[Callable[[Person], Any]], Callable[[Person], Any]]:
    """Registers a reading of what a room keeps about a person: `@contribute("saved_views")` over a function of her.

    The rooms above call this from their queries, which people.apps reads at the start. A `panel` is a template
    that shows the same list as `rows` on the person's own page.
    """

    def fit(facts: Callable[[Person], Any]) -> Callable[[Person], Any]:
        _CONTRIBUTIONS[name] = Contribution(facts, panel)
        return facts

    return fit


def panels_about(person: Person) -> list[dict[str, Any]]:
    """The panels of other rooms for the person's own page."""
    return [{"template": c.panel, "rows": c.facts(person)} for c in _CONTRIBUTIONS.values() if c.panel]


def everything_about(person: Person) -> dict[str, Any]:
    """All that the instance keeps about a person, of all rooms, fit for JSON."""
    return {
        "account": {
            "number": person.pk, "e_mail": person.email, "name": person.name, "language": person.language,
            "joined_at": person.joined_at, "last_sign_in_at": person.last_login, "is_operator": person.is_operator,
        },
        "e_mail_addresses": list(EmailAddress.objects.filter(user=person).values("email", "primary", "verified")),
        "second_factors": list(Authenticator.objects.filter(user=person).values("type", "created_at", "last_used_at")),
        "sessions": list(UserSession.objects.filter(user=person).values("created_at", "ip", "user_agent")),
        "invitations": list(person.invitations.values("sent_at", "expires_at", "accepted_at", "invited_by_id")),
        "seats": [_seat_facts(seat) for seat in seats_of(person)],
        "deeds_by_or_about_the_person": list(
            Entry.objects.filter(Q(by=person) | Q(thing_type="people.person", thing_id=str(person.pk))).values(
                "id", "at", "by_id", "via", "deed", "place", "thing_type", "thing_id"
            )
        ),
        "background_work": list(jobs_of(person).values("id", "kind", "place", "state", "queued_at")),
        **{name: contribution.facts(person) for name, contribution in _CONTRIBUTIONS.items()},
    }  # fmt: skip


def _seat_facts(seat: Seat) -> dict[str, Any]:
    return {
        "seat": str(seat), "basis": seat.basis, "valid_from": seat.valid_from, "valid_until": seat.valid_to,
        "reminded_on": seat.reminded_on, "ended_reason": seat.ended_reason,
    }  # fmt: skip
