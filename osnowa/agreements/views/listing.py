"""The agreements of a region, and one of them as everybody it is for may see it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from osnowa.agreements import access
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries import agreements as queries
from osnowa.agreements.queries import texts
from osnowa.agreements.queries.counting import tally
from osnowa.kit.doors import public
from osnowa.places.models import Region


@public(find=access.find_region)
def agreements(request: HttpRequest, region: Region) -> HttpResponse:
    """What can be signed, what was."""
    context = {"region": region, "agreements": queries.agreements_of(request.user, region), "may_keep": access.may_keep(request.user, region)}
    return render(request, "agreements/agreements.html", context)


@public(find=access.find_agreement)
def agreement(request: HttpRequest, it: Agreement) -> HttpResponse:
    """The text, who signed, how far it is, and how to see that it is the text that was frozen."""
    text = texts.newest(it)
    language = texts.language_for(it, text, request.GET.get("text", ""))
    context: dict[str, Any] = {
        "region": it.region, "agreement": it, "text": text, "blocks": texts.blocks_in(text, language), "text_language": language,
        "languages": texts.languages_of(it, text), "is_whole": texts.is_whole(it, text), "may_keep": access.may_keep(request.user, it),
        "may_freeze": access.may_freeze(request.user, it),
    }  # fmt: skip
    if it.state != Agreement.State.DRAFT:
        context |= {"tally": tally(it), "roll": queries.roll_of(it), "is_late": bool(it.review_on and it.review_on < timezone.localdate())}
    return render(request, "agreements/agreement.html", context)
