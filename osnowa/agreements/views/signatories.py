"""For who keeps an agreement: the list of those asked, whom to call next, one row with its files, invitations."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from osnowa.agreements import access
from osnowa.agreements.actions import signatories as actions
from osnowa.agreements.actions import signing
from osnowa.agreements.forms.signatories import InvitationForm, MendForm
from osnowa.agreements.forms.signing import CheckForm, DoubtForm, NoteForm, PaperForm, WithdrawalForm
from osnowa.agreements.models import Agreement, Paper, Signatory
from osnowa.agreements.queries import signing as queries
from osnowa.agreements.queries.commitments import has_commitments
from osnowa.agreements.queries.counting import class_label, class_of, tally
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door
from osnowa.kit.uploads import disk_was_full
from osnowa.kit.words import fold, typed
from osnowa.ui.forms import refusals, status_of

_PAGE = 100
#: So many are named on the list of whom to call.
_CHASE = 12
State = Signatory.State


def to_row(it: Signatory) -> HttpResponse:
    """Back to the page of a row."""
    return redirect("agreements:signatory", it.agreement.region.slug, it.agreement.slug, it.pk)


def to_list(it: Agreement) -> HttpResponse:
    return redirect("agreements:signatories", it.region.slug, it.slug)


@door(access.may_keep, find=access.find_agreement)
def signatories(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Everybody asked, by state and name; whom to call next; letters to those who are silent."""
    if request.method == "POST":
        count = actions.remind(by=request.user, agreement=it)
        words = ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", count) % {"n": count}
        messages.success(request, words if count else _("Nobody was written to: everybody has signed or declined, has no address, or got a letter today."))
        return to_list(it)
    words, state = typed(request.GET.get("q", "")), request.GET.get("state", "")
    rows = it.signatories.select_related("organisation", "municipality").order_by("name", "pk")
    if state in State.values:
        rows = rows.filter(state=state)
    found: Any = [row for row in rows if fold(words) in fold(f"{row.name} {row.email}")] if words else rows
    counted = tally(it)
    context = {
        "region": it.region, "agreement": it, "page": Paginator(found, _PAGE).get_page(request.GET.get("page")), "words": words, "state": state,
        "states": State.choices, "tally": counted, "chase": counted.chase[:_CHASE], "silent": len(actions.silent(it)), "is_open": not queries.why_not_signing(it),
    }  # fmt: skip
    return render(request, "agreements/signatories.html", context)


@door(access.may_keep, find=access.find_agreement)
def invite(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Put organisations on the list and write to them."""
    form = InvitationForm(request.POST or None, agreement=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            count = actions.invite(by=request.user, agreement=it, asked=form.asked)
            messages.success(request, ngettext("%(n)s organisation is new on the list.", "%(n)s organisations are new on the list.", count) % {"n": count})
            return to_list(it)
    context = {"region": it.region, "agreement": it, "form": form}
    return render(request, "agreements/invite.html", context, status=status_of(form))


def _row(it: Signatory, **more: Any) -> dict[str, Any]:
    return {"region": it.agreement.region, "agreement": it.agreement, "signatory": it, **more}


@door(access.may_keep, find=access.find_signatory)
def signatory(request: HttpRequest, it: Signatory) -> HttpResponse:
    """One row: what is known, how it was signed, its files, what can be done; mends what is said of the organisation."""
    form = MendForm(request.POST or None, signatory=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_signatory(by=request.user, signatory=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_row(it)
    may_note = it.state in (State.INVITED, State.DECLARED, State.DECLINED) and not it.is_waiting and not queries.why_not_signing(it.agreement)
    context = _row(
        it, form=form, papers=queries.papers_of(it), way=queries.way_words(it), mandate=queries.mandate_words(it), class_label=class_label(class_of(it)),
        paper_form=PaperForm(), may_note=may_note, has_commitments=has_commitments(it.agreement), is_asked=it.state in actions.OPEN_STATES,
    )  # fmt: skip
    return render(request, "agreements/signatory.html", context, status=status_of(form))


@require_POST
@door(access.may_keep, find=access.find_signatory)
def signatory_deed(request: HttpRequest, it: Signatory) -> HttpResponse:
    """One button of a row: let in, take off, will sign, will not, write again."""
    deed = request.POST.get("deed", "")
    if deed == "take_off":
        agreement = actions.take_off(by=request.user, signatory=it)
        return to_list(agreement)
    if deed == "let_in":
        actions.let_in(by=request.user, signatory=it)
    elif deed == "declare":
        actions.declare(by=request.user, signatory=it)
    elif deed == "decline":
        actions.decline(by=request.user, signatory=it)
    elif deed == "write":
        count = actions.remind(by=request.user, agreement=it.agreement, only=[it.pk])
        messages.success(request, _("The letter is on its way.") if count else _("No letter went out: there is no address, or one went out today."))
    return to_row(it)


def _with_files(request: HttpRequest, form: Any) -> bool:
    """Whether the form is whole; a file the disk had no room for is said."""
    if request.method == "POST" and disk_was_full(request):
        form.add_error(None, _("The file could not be kept: the disk is full. Nothing was saved."))
    return request.method == "POST" and form.is_valid()


@door(access.may_keep, find=access.find_signatory)
def note_signature(request: HttpRequest, it: Signatory) -> HttpResponse:
    """A signature on paper or in a file is noted, with the file."""
    form = NoteForm(request.POST or None, request.FILES or None)
    if _with_files(request, form):
        with refusals(form):
            signing.note_signature(by=request.user, signatory=it, **form.words)
            messages.success(request, _("The signature is noted. Its mandate is not checked yet."))
            return to_row(it)
    return render(request, "agreements/signatory_note.html", _row(it, form=form), status=status_of(form))


@door(access.may_keep, find=access.find_signatory)
def check_mandate(request: HttpRequest, it: Signatory) -> HttpResponse:
    """Somebody checked whether who signed may sign; or takes that back."""
    is_doubt = request.POST.get("deed") == "doubt"
    form = CheckForm(None if is_doubt else request.POST or None, None if is_doubt else request.FILES or None, initial={"basis": it.basis, "seen": it.mandate_note if it.mandate_checked_at else ""})
    doubt = DoubtForm(request.POST if is_doubt else None)
    if is_doubt and doubt.is_valid():
        signing.doubt_mandate(by=request.user, signatory=it, **doubt.cleaned_data)
        return to_row(it)
    if not is_doubt and _with_files(request, form):
        with refusals(form):
            signing.check_mandate(by=request.user, signatory=it, **form.cleaned_data)
            messages.success(request, _("Noted: the mandate was checked."))
            return to_row(it)
    context = _row(it, form=form, doubt=doubt, mandate=queries.mandate_words(it), papers=queries.papers_of(it))
    return render(request, "agreements/signatory_mandate.html", context, status=status_of(form, doubt))


@door(access.may_keep, find=access.find_signatory)
def withdraw_signatory(request: HttpRequest, it: Signatory) -> HttpResponse:
    """An organisation withdrew; day and reason stay."""
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            signing.withdraw(by=request.user, signatory=it, **form.words)
            messages.success(request, _("The withdrawal is noted."))
            return to_row(it)
    return render(request, "agreements/signatory_withdraw.html", _row(it, form=form), status=status_of(form))


@require_POST
@door(access.may_keep, find=access.find_signatory)
def add_paper(request: HttpRequest, it: Signatory) -> HttpResponse:
    """One more file about a signature."""
    form = PaperForm(request.POST, request.FILES)
    if _with_files(request, form):
        with refusals(form):
            signing.add_paper(by=request.user, signatory=it, **form.cleaned_data)
            messages.success(request, _("The file is kept."))
            return to_row(it)
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return to_row(it)


@require_GET
@door(access.may_keep, find=access.find_paper)
def paper_file(request: HttpRequest, it: Paper) -> HttpResponse:
    """A file as it came, never shown within the house; of an erased one only its hash is left."""
    if not it.size or not it.name:
        return redirect("agreements:signatory", it.signatory.agreement.region.slug, it.signatory.agreement.slug, it.signatory.pk)
    plain = it.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    return attached(bytes(it.content), plain, it.content_type)
