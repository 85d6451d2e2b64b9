"""Verbs about accounts: invite, accept, change, end a session, erase."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.people.letters import write_to
from osnowa.people.models import Invitation, Person
from osnowa.people.queries import open_invitation, seat_kinds

#: How long the link of an invitation works.
LINK_WORKS_FOR = timedelta(days=14)


@action("people.invited", says=gettext_lazy("invited somebody"))
def invite(*, by: Person | None, email: str, name: str = "", language: str = "en", place: str = "") -> Deed:
    """The person with this address, made if there is none. Unless she can sign in already, she gets a link by e-mail."""
    address = email.strip().lower()
    person = Person.objects.filter(email=address).first()
    if person is None:
        known = EmailAddress.objects.filter(email=address, verified=True).select_related("user").first()
        person = known.user if known else Person.objects.create_user(address, name=name.strip(), language=language)
    if not person.is_active:
        raise Refused(_("The account with this address is closed."))
    if person.has_usable_password():
        return Deed(person, {}, place=place)
    if name and not person.name:
        Person.objects.filter(pk=person.pk).update(name=name.strip())
        person.name = name.strip()
    invitation = open_invitation(person) or Invitation.objects.create(person=person, invited_by=by)
    _send(invitation)
    return Deed(invitation, place=place, value=person)


@action("people.invitation_sent_again", says=gettext_lazy("sent an invitation again"))
def resend_invitation(*, by: Person | None, invitation: Invitation, place: str = "") -> Deed:
    """Sends the same link once more; it works for two weeks from now."""
    if invitation.accepted_at:
        raise Refused(_("This invitation has been accepted already."))
    _send(invitation)
    return Deed(invitation, place=place)


def _send(invitation: Invitation) -> None:
    invitation.sent_at = timezone.now()
    invitation.expires_at = invitation.sent_at + LINK_WORKS_FOR
    invitation.save()
    write_to(invitation.person, "people/letters/invitation", invitation=invitation)


@action("people.invitation_accepted", says=gettext_lazy("accepted an invitation"))
def accept_invitation(*, by: Person, invitation: Invitation, name: str, password: str) -> Deed:
    """Sets name and password of the invited; opening the link has proved that the address is hers."""
    taken = Invitation.objects.select_for_update().select_related("person").get(pk=invitation.pk)
    if not taken.is_open:
        raise Refused(_("This link has been used already or is too old."))
    person = taken.person
    person.name = name
    person.set_password(password)
    person.save()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"primary": True, "verified": True})
    person.invitations.filter(accepted_at=None).update(accepted_at=timezone.now())
    return Deed(taken, value=person)


@action("people.profile_changed", says=gettext_lazy("changed the own account"))
def change_profile(*, by: Person, name: str, language: str) -> Deed:
    """Changes the person's own name and language. The journal learns that the name changed, not how."""
    changes = differences({"language": by.language}, {"language": language})
    if name != by.name:
        changes["name"] = ["…", "…"]
    by.name, by.language = name, language
    by.save(update_fields=["name", "language"])
    return Deed(by, changes)


@action("people.session_ended", says=gettext_lazy("ended a session"))
def end_session(*, by: Person, session: Any) -> Deed:
    """Signs one of the person's own devices out."""
    session.end()
    return Deed(by)


_AT_ERASURE: list[Callable[[Person], None]] = []


def at_erasure(then: Callable[[Person], None]) -> Callable[[Person], None]:
    """Registers what a room does when a person is erased: it forgets what is hers, or raises Refused to stop it all."""
    _AT_ERASURE.append(then)
    return then


@action("people.erased", says=gettext_lazy("erased the own account"))
def erase(*, by: Person, person: Person) -> Deed:
    """Takes name, address, password, devices and seats away; the number stays, because the journal refers to it."""
    others = Person.objects.filter(is_operator=True, is_active=True).exclude(pk=person.pk)
    if person.is_operator and not others.exists():
        raise Refused(_("You are the only operator of this instance. Name another one first."))
    for then in _AT_ERASURE:
        then(person)
    today = timezone.localdate()
    for kind in seat_kinds():
        hers = kind._default_manager.filter(person=person)
        hers.filter(ended_reason="", valid_from__lte=today, valid_to__gt=today).update(valid_to=today)
        hers.update(ended_reason="erased")
    for session in UserSession.objects.filter(user=person):
        session.end()
    for kept in (Authenticator, EmailAddress):
        kept.objects.filter(user=person).delete()
    person.invitations.all().delete()
    person.email = f"erased-{person.pk}@invalid"
    person.name = ""
    person.is_active = person.is_operator = False
    person.erased_at = timezone.now()
    person.set_unusable_password()
    person.save()
    return Deed(person)
