"""`osnowa sample --europe N`: a region of the size of a continent, for seeing how the register behaves when it is large."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, through
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.places.models import Region, Territory
from osnowa.register.actions import load_many
from osnowa.sample.europe.making import European

SLUG = "europe"
#: When it was collected, so to say; no clock is read.
COLLECTED_AT = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
_NAMES = {"pl": "Europa (zmyślona)", "sl": "Evropa (izmišljena)", "en": "Europe (invented)"}
_ABOUT = {
    "pl": "Region służy do sprawdzenia, jak serwis działa przy milionach wpisów. Wszystkie organizacje i numery są zmyślone; "
          "kraje, regiony i gminy są prawdziwe.",
    "sl": "Regija služi preizkusu, kako sistem deluje z milijoni vpisov. Vse organizacije in številke so izmišljene; "
          "države, regije in občine so resnične.",
    "en": "This region shows how the system works with millions of records. All organisations and numbers are invented; "
          "countries, regions and municipalities are real.",
}  # fmt: skip


@action("sample.europe_made", says=gettext_lazy("made the region of Europe"))
def make_europe(*, by: Person | None) -> Deed:
    """Makes the region, whose territory is the union of the countries of NUTS."""
    if Region.objects.filter(slug=SLUG).exists():
        raise Refused(_("The region %(region)s is there already. Start with an empty database.") % {"region": SLUG})
    union, _made = Territory.objects.get_or_create(
        scheme="NUTS", code="EU", defaults={"name": "European Union", "name_fold": fold("European Union"), "level": 0, "kind": "union"}
    )
    region = Region.objects.create(
        slug=SLUG, name=_NAMES["en"], names=_NAMES, languages=["en"], currency="EUR", jurisdiction="EU", territory=union,
        coordinator_name="Osnowa", about=_ABOUT, is_invented=True,
    )  # fmt: skip
    return Deed(region, {"name": [None, region.name]}, place=region.slug)


def load_europe(number: int, *, by: Person | None = None, seed: str = "", told: Callable[[int, int], None] | None = None) -> int:
    """Makes the region and fills it with so many invented organisations; the same number and seed give the same rows."""
    if not Territory.objects.filter(scheme="NUTS", level=3).exists():
        raise Refused(_("The tables of places are not loaded yet. Run: osnowa places load"))
    with transaction.atomic(), through("sample"):
        region: Region = make_europe(by=by)
        return load_many(
            by=by, region=region, rows=European(seed).rows(number), total=number, source="sample", at=COLLECTED_AT,
            is_invented=True, told=told,
        )  # fmt: skip
