"""How often somebody may do something; counted in the cache under a hash, so that no address is kept."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from osnowa.kit.errors import Refused


def not_more_than(times: int, *, an_hour_of: str, by: HttpRequest) -> None:
    """Refused (429) when the same person, or the same network address, did it that many times within an hour."""
    person = by.user.pk or get_adapter().get_client_ip(by)
    key = f"limit:{an_hour_of}:{salted_hmac('osnowa.limits', str(person)).hexdigest()}"
    cache.add(key, 0, timeout=3600)
    if cache.incr(key) > times:
        raise Refused(_("That was a lot for one hour. Please come back later, or write to the coordinator."), status=429)
