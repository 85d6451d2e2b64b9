"""Which municipality a postal code serves: a piece of the organisation's form."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.kit.doors import public
from osnowa.places.queries import find_municipalities, municipalities_of

_MOST_FOUND = 20


@public()
def municipalities(request: HttpRequest) -> HttpResponse:
    """One municipality is stated, several are asked about, none is searched by name; never guessed."""
    country = request.GET.get("country", "").upper()[:2]
    code = request.GET.get("postal_code", "").strip()[:10]
    words = request.GET.get("municipality_name", "").strip()[:60]
    served = municipalities_of(country, code) if code else []
    named = list(find_municipalities(country, words)[: _MOST_FOUND + 1]) if words and not served else []
    options = served or named[:_MOST_FOUND]
    chosen = request.GET.get("municipality", "")
    if len(served) == 1:
        chosen = str(served[0].pk)
    context = {
        "country": country, "code": code, "words": words, "served": served, "options": options, "chosen": chosen,
        "has_more": len(named) > _MOST_FOUND,
    }  # fmt: skip
    return render(request, "places/municipalities.html", context)
