"""How many requests an hour: reading by network address, writing by key; counted in the cache under a hash."""

import math
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

_HOUR = 3600


@dataclass(frozen=True)
class Allowance:
    """What is left of the hour."""

    most: int
    used: int
    seconds_left: int

    @property
    def is_used_up(self) -> bool:
        return self.used > self.most

    @property
    def headers(self) -> dict[str, str]:
        left = {"Limit": self.most, "Remaining": max(0, self.most - self.used), "Reset": self.seconds_left}
        told = {f"RateLimit-{name}": str(value) for name, value in left.items()}
        return told | ({"Retry-After": str(self.seconds_left)} if self.is_used_up else {})


def _count(kind: str, who: str, most: int) -> Allowance:
    now = time.time()
    hour = math.floor(now / _HOUR)
    key = f"api:{kind}:{hour}:{salted_hmac('osnowa.api', who).hexdigest()}"
    cache.add(key, 0, timeout=_HOUR)
    try:
        used = cache.incr(key)
    except ValueError:  # a full cache let it go in between
        cache.set(key, 1, timeout=_HOUR)
        used = 1
    return Allowance(most, used, math.ceil((hour + 1) * _HOUR - now))


def _address(request: HttpRequest) -> str:
    """The network address of who asks; whoever hides it shares one allowance with all who do."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:
        return ""


def reading(request: HttpRequest) -> Allowance:
    return _count("read", _address(request), settings.API_READS_AN_HOUR)


def writing(request: HttpRequest, key: str) -> Allowance:
    """One more by this key; without a valid one it counts for the address, so that keys are not guessed."""
    return _count("write", key or f"address {_address(request)}", settings.API_WRITES_AN_HOUR)
