"""The page a code on paper leads to: what the sheet must say, and whether what a reader holds is the frozen text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.agreements import access
from osnowa.agreements.forms.verifying import VerifyForm
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries import texts, verifying
from osnowa.agreements.queries.agreements import roll_of
from osnowa.agreements.queries.papers import frozen_on
from osnowa.kit.doors import public
from osnowa.kit.limits import not_more_than
from osnowa.ui.forms import status_of

#: A file costs setting a PDF in every language.
_AN_HOUR = 60


@public(find=access.find_by_code)
def verify(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Title, hash, days and number of signatures; compares a hash, words or a file and keeps nothing."""
    form, finding = VerifyForm(request.POST or None, request.FILES or None), None
    if request.method == "POST":
        not_more_than(_AN_HOUR, an_hour_of="agreements.verify", by=request)
        form = VerifyForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            finding = verifying.compare_file(it, file.read()) if file else verifying.compare_words(it, form.cleaned_data["said"])
    text = texts.newest(it)
    context = {
        "agreement": it, "region": it.region, "form": form, "finding": finding, "roll": roll_of(it), "frozen_on": frozen_on(it), "is_whole": texts.is_whole(it, text),
        "languages": texts.languages_of(it, text), "may_see": access.visible(request.user, it.region).filter(pk=it.pk).exists(),
    }  # fmt: skip
    return render(request, "agreements/verify.html", context, status=status_of(form))
