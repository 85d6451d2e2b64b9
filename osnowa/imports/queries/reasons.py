"""Why two records look like one, in words: the roles and levels of the linkage engine as people say them."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.register import codes

#: What each role of the engine is called.
ROLES: dict[str, Any] = {
    "name": gettext_lazy("name"), "place": gettext_lazy("place"), "country": gettext_lazy("country"), "phone": gettext_lazy("telephone"),
    "email": gettext_lazy("e-mail"), "website": gettext_lazy("website"), "founded": gettext_lazy("founded"),
    "legal_form": gettext_lazy("legal form"), "activity": gettext_lazy("activity"),
}  # fmt: skip
#: What each level of the engine is called.
LEVELS: dict[str, Any] = {
    "same words": gettext_lazy("the same words"), "spelt alike": gettext_lazy("spelt alike"),
    "usual words more": gettext_lazy("a usual word more"), "words more": gettext_lazy("some words more"),
    "part of the other": gettext_lazy("one is part of the other"), "usual words differ": gettext_lazy("usual words differ"),
    "words differ": gettext_lazy("some words differ"), "numbers differ": gettext_lazy("numbers in it differ"),
    "nothing in common": gettext_lazy("nothing in common"), "same address": gettext_lazy("the same address"),
    "same postcode": gettext_lazy("the same postal code"), "same street": gettext_lazy("the same street"),
    "same town": gettext_lazy("the same town"), "near": gettext_lazy("nearby"), "same area": gettext_lazy("the same area"),
    "elsewhere": gettext_lazy("elsewhere"), "same point": gettext_lazy("the same point"), "under 1 km": gettext_lazy("less than 1 km apart"),
    "under 10 km": gettext_lazy("less than 10 km apart"), "same": gettext_lazy("the same"), "differs": gettext_lazy("differs"),
    "alike": gettext_lazy("alike"), "same day": gettext_lazy("the same day"), "same year": gettext_lazy("the same year"),
    "same domain": gettext_lazy("the same domain"), "same division": gettext_lazy("the same division"),
}  # fmt: skip
#: Bits below which a field says too little to be worth reading.
_WORTH = 1.0


def in_words(reasons: Iterable[tuple[str, str, float]]) -> tuple[list[str], list[str]]:
    """(what speaks for one organisation, what speaks against), the weightiest first, as "name: the same words"."""
    speaks_for, against = [], []
    for role, level, bits in reasons:
        if abs(bits) >= _WORTH:
            words = _("%(field)s: %(finding)s") % {"field": _role(role), "finding": LEVELS.get(level, level)}
            (speaks_for if bits > 0 else against).append(words)
    return speaks_for, against


def _role(role: str) -> str:
    plain = role.split(":")[0] if not role.startswith("number:") else role
    return str(ROLES.get(plain, "")) or codes.IDENTIFIERS.label(role.removeprefix("number:"))
