"""Who may do what with open data. Everybody reads; a key writes what its person may write in the register."""

from hashlib import sha256

from django.http import Http404
from django.utils import timezone

from osnowa.opendata.models import ApiKey
from osnowa.places.access import Anyone


def hashed(secret: str) -> str:
    """What is kept of a key: nobody can make the key of it."""
    return sha256(secret.encode()).hexdigest()


def key_that_holds(secret: str) -> ApiKey | None:
    """The key with this secret, while it has not ended and its person still has an account."""
    known = ApiKey.objects.select_related("person").filter(hashed=hashed(secret), ended_at=None, person__is_active=True)
    return known.filter(expires_on__gte=timezone.localdate()).first()


def find_key(person: Anyone, number: int) -> ApiKey:
    """A key of the person herself."""
    found = ApiKey.objects.filter(pk=number, ended_at=None).first()
    if found is None or found.person_id != person.pk:
        raise Http404
    return found
