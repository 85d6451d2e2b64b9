"""Making an agreement, changing what is said of it, and its stages: freeze, close, end, review."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.agreements import access
from osnowa.agreements.actions import agreements as actions
from osnowa.agreements.actions.texts import begin_with_template
from osnowa.agreements.forms.agreements import AgreementForm, EndForm, ReviewForm
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries import texts
from osnowa.kit.doors import door
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of


def to_agreement(it: Agreement, page: str = "agreement") -> HttpResponse:
    """On to a page of the agreement."""
    return redirect(f"agreements:{page}", region=it.region.slug, slug=it.slug)


@door(access.may_keep, find=access.find_region)
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """Begin an agreement; its text comes from the template or is written next."""
    form = AgreementForm(request.POST or None, region=region)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made: Agreement = actions.make_agreement(by=request.user, region=region, values=form.values)
            if form.cleaned_data["with_template"] and not texts.newest(made):
                begin_with_template(by=request.user, agreement=made, languages=region.languages)
            messages.success(request, _("The agreement is begun. Write its text, then freeze it."))
            return to_agreement(made, "text")
    return render(request, "agreements/edit.html", {"region": region, "form": form}, status=status_of(form))


@door(access.may_keep, find=access.find_agreement)
def edit(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Change what is said of an agreement; of a frozen one not what its hash covers."""
    form = AgreementForm(request.POST or None, region=it.region, agreement=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_agreement(by=request.user, agreement=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_agreement(it)
    return render(request, "agreements/edit.html", {"region": it.region, "agreement": it, "form": form}, status=status_of(form))


@door(access.may_freeze, find=access.find_agreement)
def freeze(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Freeze the text, once it is clear what that means and that nothing is missing."""
    if request.method == "POST":
        actions.freeze(by=request.user, agreement=it)
        messages.success(request, _("The text is frozen. It can be signed now."))
        return to_agreement(it)
    text = texts.newest(it)
    context = {"region": it.region, "agreement": it, "text": text, "missing": texts.missing(it, text), "languages": texts.languages_of(it, text)}
    return render(request, "agreements/freeze.html", context)


@door(access.may_freeze, find=access.find_agreement)
def close(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Close signing before or without a last day, once it is clear that it does not open again."""
    if request.method == "POST":
        actions.close(by=request.user, agreement=it)
        messages.success(request, _("Signing is closed. Who joins now does so by a declaration."))
        return to_agreement(it)
    return render(request, "agreements/close.html", {"region": it.region, "agreement": it})


@door(access.may_freeze, find=access.find_agreement)
def end(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Say that an agreement ended."""
    form = EndForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.end(by=request.user, agreement=it, **form.cleaned_data)
            messages.success(request, _("Noted: the agreement ended."))
            return to_agreement(it)
    return render(request, "agreements/end.html", {"region": it.region, "agreement": it, "form": form}, status=status_of(form))


@door(access.may_freeze, find=access.find_agreement)
def reviewed(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Say that an agreement was looked at again, and when it is next."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.review(by=request.user, agreement=it, **form.cleaned_data)
            messages.success(request, _("Noted."))
            return to_agreement(it)
    return render(request, "agreements/reviewed.html", {"region": it.region, "agreement": it, "form": form}, status=status_of(form))
