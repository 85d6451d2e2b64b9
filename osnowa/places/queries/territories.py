"""Finding a territory by its code or its name."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.places.models import Territory


def find_territories(words: str) -> QuerySet[Territory]:
    """Territories of any code list whose code is the word, or whose name begins with it; the largest first."""
    plain = words.strip()
    scheme, _colon, code = plain.replace(":", " ").rpartition(" ")
    wanted = Q(code__iexact=plain)
    if fold(plain):
        wanted |= Q(name_fold__startswith=fold(plain))
    if scheme.upper() in Territory.Scheme.values:
        wanted |= Q(scheme=scheme.upper(), code__iexact=code)
    return Territory.objects.filter(wanted).select_related("parent").order_by("level", "name_fold", "code")


def territory_by_code(text: str) -> Territory:
    """The territory of a code such as `PL63`, `22` or, where two lists know the code, `NUTS SI032`. Refused otherwise."""
    scheme, _colon, code = text.strip().replace(":", " ").rpartition(" ")
    found = Territory.objects.filter(code__iexact=code)
    if scheme:
        found = found.filter(scheme=scheme.strip().upper())
    several = list(found.order_by("scheme")[:3])
    if not several:
        raise Refused(_("No code list knows the code %(code)s. Search the territory by its name.") % {"code": text})
    if len(several) > 1:
        choices = ", ".join(f"{one.scheme} {one.code} ({one.name})" for one in several)
        raise Refused(_("This code is in two lists. Write which one you mean: %(choices)s.") % {"choices": choices})
    return several[0]
