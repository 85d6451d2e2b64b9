"""Verbs about keys: make one, end one; and what a key leaves behind when it writes."""

import secrets
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.opendata.access import hashed
from osnowa.opendata.models import ApiKey
from osnowa.people.actions import at_erasure
from osnowa.people.models import Person
from osnowa.register.models import Organisation

#: No key holds longer, and nobody has more of them at once.
LONGEST = timedelta(days=365)
MOST = 20
_BEGINS = "osn_"


@action("opendata.key_made", says=gettext_lazy("made a key for programs"))
def make_key(*, by: Person, name: str, expires_on: date) -> Deed:
    """A key of the person; its value is (key, secret), and the secret is never seen again."""
    today = timezone.localdate()
    if not today <= expires_on <= today + LONGEST:
        raise Refused(_("A key holds for a year at most, and until today at least."))
    if ApiKey.objects.filter(person=by, ended_at=None, expires_on__gte=today).count() >= MOST:
        raise Refused(_("You have %(n)s keys already. End one that is not used any more.") % {"n": MOST})
    secret = _BEGINS + secrets.token_urlsafe(32)
    key = ApiKey.objects.create(person=by, name=name, begins=secret[:12], hashed=hashed(secret), expires_on=expires_on)
    return Deed(key, {"expires_on": [None, expires_on.isoformat()]}, value=(key, secret))


@action("opendata.key_ended", says=gettext_lazy("ended a key for programs"))
def end_key(*, by: Person, key: ApiKey) -> Deed:
    """The key stops at once."""
    key.ended_at = timezone.now()
    key.save(update_fields=["ended_at"])
    return Deed(key)


@at_erasure
def _forget_keys(person: Person) -> None:
    ApiKey.objects.filter(person=person).delete()


def note_use(key: ApiKey) -> None:
    """The day a key was last used, written once a day; what it wrote stands in the journal. Others of the key wait for this."""
    ApiKey.objects.select_for_update().get(pk=key.pk)
    today = timezone.localdate()
    if key.last_used_on != today:
        ApiKey.objects.filter(pk=key.pk).update(last_used_on=today)


def _mark(key: ApiKey, once: str) -> str:
    return f"api {sha256(f'{key.pk} {once}'.encode()).hexdigest()[:20]}."


def _body(request: HttpRequest) -> str:
    return sha256(f"{request.path} ".encode() + request.body).hexdigest()[:14]


def request_before(key: ApiKey, once: str, request: HttpRequest) -> Organisation | None:
    """What the same request wrote before. Refused where the same Idempotency-Key came with another request."""
    if not once:
        return None
    mark = _mark(key, once)
    entry = Entry.objects.filter(batch__gte=mark, batch__lt=f"{mark}~").exclude(batch="").first()
    if entry is None:
        return None
    if entry.batch != mark + _body(request):
        raise Refused(_("This Idempotency-Key came with another request before."))
    return Organisation.every_record.select_related("region").filter(pk=int(entry.thing_id)).first()


def note_request(key: ApiKey, once: str, request: HttpRequest, it: Organisation) -> None:
    """Marks the entry just written as done by this request, so that it is not done again."""
    written = Entry.objects.filter(thing_type=it._meta.label_lower, thing_id=str(it.pk), via="api")
    newest: Any = written.values_list("pk", flat=True).first()
    if once and newest:
        Entry.objects.filter(pk=newest, batch="").update(batch=_mark(key, once) + _body(request))
