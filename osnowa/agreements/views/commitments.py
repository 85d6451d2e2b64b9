"""A pact: what signatories promise year by year and what they tell, for who keeps it and through the link of a letter."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from osnowa.agreements import access
from osnowa.agreements.actions import commitments as actions
from osnowa.agreements.forms.commitments import CommitmentForm, TellForm
from osnowa.agreements.models import Agreement, Commitment, Signatory
from osnowa.agreements.queries import commitments as queries
from osnowa.journal.actions import through
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door, public
from osnowa.kit.limits import not_more_than
from osnowa.kit.uploads import disk_was_full
from osnowa.ui.forms import refusals, status_of

#: So often somebody may write through a link within an hour.
AN_HOUR = 60


@public(find=access.find_pact)
def commitments(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Signatories × years: how much was promised, told, not told in time; words and evidence are for who keeps the pact."""
    may_keep = access.may_keep(request.user, it)
    context = {"region": it.region, "agreement": it, "overview": queries.overview(it, only_signed=not may_keep), "may_keep": may_keep}
    return render(request, "agreements/commitments.html", context)


@require_GET
@door(access.may_keep, find=access.find_pact)
def commitments_file(request: HttpRequest, it: Agreement) -> HttpResponse:
    """The overview and every commitment as a spreadsheet."""
    return attached(sheets.as_xlsx(queries.sheets_of(it)), f"commitments-{it.slug}.xlsx", sheets.CONTENT_TYPES["xlsx"])


def _list(request: HttpRequest, it: Signatory, *, is_own: bool) -> HttpResponse:
    """The commitments of one signatory, and the form for one more."""
    form = CommitmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form), through("link" if is_own else "web"):
            actions.commit(by=None if is_own else request.user, signatory=it, values=form.values)
            messages.success(request, _("Saved."))
            return redirect(request.path)
    context = {"region": it.agreement.region, "agreement": it.agreement, "signatory": it, "form": form, "rows": queries.commitments_of(it), "is_own": is_own}
    return render(request, "agreements/commitments_of.html", context, status=status_of(form))


@door(access.may_keep, find=access.find_signatory)
def signatory_commitments(request: HttpRequest, it: Signatory) -> HttpResponse:
    """What one signatory promised, noted by who keeps the pact."""
    access.find_pact(request.user, it.agreement.region.slug, it.agreement.slug)
    return _list(request, it, is_own=False)


@public(find=access.find_own_pact)
def own_commitments(request: HttpRequest, it: Signatory) -> HttpResponse:
    """What a signatory promises, through its link."""
    if request.method == "POST":
        not_more_than(AN_HOUR, an_hour_of="commitments", by=request)
    return _list(request, it, is_own=True)


def _one(request: HttpRequest, it: Commitment, back: str, *, is_own: bool) -> HttpResponse:
    """One commitment: tell how it went, change it, take it back."""
    deed, by = request.POST.get("deed", ""), None if is_own else request.user
    tell = TellForm(request.POST if deed == "tell" else None, request.FILES if deed == "tell" else None, commitment=it)
    change = CommitmentForm(request.POST if deed == "change" else None, commitment=it)
    with through("link" if is_own else "web"):
        if deed == "take_back":
            actions.take_back(by=by, commitment=it)
            return redirect(back)
        if deed == "tell" and disk_was_full(request):
            tell.add_error("sheet", _("The file could not be kept: the disk is full. Nothing was saved."))
        if deed == "tell" and tell.is_valid():
            with refusals(tell):
                actions.tell(by=by, commitment=it, **tell.words)
                messages.success(request, _("Saved."))
                return redirect(back)
        if deed == "change" and change.is_valid():
            with refusals(change):
                actions.change_commitment(by=by, commitment=it, values=change.values)
                messages.success(request, _("Saved."))
                return redirect(back)
    row = it.signatory
    context = {"region": row.agreement.region, "agreement": row.agreement, "signatory": row, "it": it, "title": queries.title(it), "unit": queries.unit(it), "tell": tell, "change": change, "is_own": is_own, "back": back, "papers": it.papers.defer("content")}
    return render(request, "agreements/commitment.html", context, status=status_of(tell, change))


@door(access.may_keep, find=access.find_commitment)
def commitment(request: HttpRequest, it: Commitment) -> HttpResponse:
    """One commitment, for who keeps the pact."""
    row = it.signatory
    back = redirect("agreements:signatory_commitments", row.agreement.region.slug, row.agreement.slug, row.pk).url
    return _one(request, it, back, is_own=False)


@public(find=access.find_own_commitment)
def own_commitment(request: HttpRequest, it: Commitment) -> HttpResponse:
    """One commitment, through the signatory's link."""
    if request.method == "POST":
        not_more_than(AN_HOUR, an_hour_of="commitments", by=request)
    return _one(request, it, redirect("agreements:own_commitments", it.signatory.token).url, is_own=True)
