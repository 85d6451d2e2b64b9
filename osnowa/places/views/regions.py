"""Opening a region, and its settings."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.places import access
from osnowa.places.actions import add_region, change_region
from osnowa.places.forms.regions import USUAL_CURRENCIES, USUAL_LANGUAGES, NewRegionForm, RegionForm, country_of
from osnowa.places.models import Region
from osnowa.places.queries import find_territories, territory_by_code
from osnowa.ui.forms import refusals, status_of

_MOST_FOUND = 40


@door(access.may_coordinate, find=access.find_region)
def settings(request: HttpRequest, region: Region) -> HttpResponse:
    """Names, languages, money, law and words of a region."""
    form = RegionForm(request.POST or None, region=region)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            change_region(by=request.user, region=region, values=form.values())
            messages.success(request, _("The settings are saved."))
            return redirect("places:settings", region=region.slug)
    return render(request, "places/settings.html", {"region": region, "form": form}, status=status_of(form))


@door(access.may_operate)
def new(request: HttpRequest) -> HttpResponse:
    """Finds a territory by code or name and opens a region in it."""
    form = NewRegionForm(request.POST or None, initial=_proposed(request.GET.get("territory", "")))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            region = add_region(by=request.user, slug=form.cleaned_data["slug"], values=form.values())
            messages.success(request, _("The region is open. Invite its coordinator next."))
            return redirect("places:settings", region=region.slug)
    words = request.GET.get("q", "").strip()
    found = list(find_territories(words)[:_MOST_FOUND]) if words else []
    context = {"form": form, "words": words, "found": found}
    return render(request, "places/new.html", context, status=status_of(form))


def _proposed(code: str) -> dict[str, object]:
    """What a chosen territory suggests for the form; nothing where there is none."""
    if not code:
        return {}
    try:
        territory = territory_by_code(code)
    except Refused:
        return {"territory": code}
    country = country_of(territory)
    languages = list(dict.fromkeys([USUAL_LANGUAGES.get(country, "en"), "en"]))
    taken = set(Region.objects.values_list("slug", flat=True))
    name = territory.name[:1].upper() + territory.name[1:]
    return {
        "territory": f"{territory.scheme} {territory.code}", "name": name, "slug": address_word(name, taken, 40),
        "jurisdiction": country, "currency": USUAL_CURRENCIES.get(country, "EUR"), "languages": languages,
    }  # fmt: skip
