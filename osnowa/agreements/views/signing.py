"""Signing without an account: the link of the letter, and asking to join."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.agreements import access
from osnowa.agreements.actions import signatories as asking
from osnowa.agreements.actions import signing as actions
from osnowa.agreements.forms.signatories import JoinForm
from osnowa.agreements.forms.signing import SignForm, WithdrawalForm
from osnowa.agreements.models import Agreement, Signatory
from osnowa.agreements.queries import signing as queries
from osnowa.agreements.queries import texts
from osnowa.agreements.queries.commitments import has_commitments
from osnowa.journal.actions import through
from osnowa.kit.doors import public
from osnowa.kit.limits import not_more_than
from osnowa.kit.uploads import disk_was_full
from osnowa.ui.forms import refusals, status_of

#: So often somebody may sign or answer, and ask to join, within an hour.
AN_HOUR = 20
ASKING_AN_HOUR = 5
#: A field no person sees and no browser knows; whoever fills it in is a machine.
TRAP = "thread_dye"
State = Signatory.State


def text_of(it: Agreement, wanted: str) -> dict[str, Any]:
    """The frozen text in a language, for a page."""
    text = texts.newest(it)
    language = texts.language_for(it, text, wanted)
    return {
        "agreement": it, "region": it.region, "blocks": texts.blocks_in(text, language), "text_language": language,
        "languages": texts.languages_of(it, text), "is_whole": texts.is_whole(it, text),
    }  # fmt: skip


def _page(request: HttpRequest, it: Signatory, form: SignForm) -> HttpResponse:
    agreement, today = it.agreement, timezone.localdate()
    late = queries.joins_by_declaration(agreement, it.signed_on or today)
    context = text_of(agreement, request.GET.get("text", "")) | {
        "signatory": it, "form": form, "why_not": queries.why_not_signing(agreement), "may_sign": it.state in (State.INVITED, State.DECLARED, State.DECLINED) and not it.is_waiting,
        "declaration": queries.declaration(agreement, agreement.language, it.name) if late else "", "way": queries.way_words(it),
        "mandate": queries.mandate_words(it), "withdrawal": WithdrawalForm(is_own=True), "has_commitments": has_commitments(agreement),
    }  # fmt: skip
    return render(request, "agreements/sign.html", context, status=status_of(form))


@public(find=access.find_by_token)
def sign(request: HttpRequest, it: Signatory) -> HttpResponse:
    """The frozen text, what one says to it, and the form that signs it."""
    form = SignForm(request.POST or None, request.FILES or None, signatory=it)
    if request.method == "POST":
        not_more_than(AN_HOUR, an_hour_of="signatures", by=request)
        if disk_was_full(request):
            form.add_error("proof", _("The file could not be kept: the disk is full. Nothing was signed."))
        if form.is_valid() and _signed(request, it, form):
            messages.success(request, _("Thank you. The signature is noted, and a letter that says so is on its way."))
            return redirect("agreements:sign", token=it.token)
        it = access.find_by_token(request.user, it.token)
    return _page(request, it, form)


def _signed(request: HttpRequest, it: Signatory, form: SignForm) -> bool:
    with refusals(form), through("link"):
        read = {"sha256": form.cleaned_data["sha256"], "is_text_alone": request.POST.get("read") == "text"}
        actions.sign(by=None, signatory=it, mandate=form.mandate, proof=form.cleaned_data["proof"], **read)
        return True
    return False


@require_POST
@public(find=access.find_by_token)
def sign_answer(request: HttpRequest, it: Signatory) -> HttpResponse:
    """The organisation will sign, or will not."""
    not_more_than(AN_HOUR, an_hour_of="signing_answers", by=request)
    with through("link"):
        if request.POST.get("answer") == "will":
            asking.declare(by=None, signatory=it)
            messages.success(request, _("Noted: your organisation will sign. Sign here when the person who may do so has read the text."))
        else:
            asking.decline(by=None, signatory=it)
            messages.success(request, _("Noted: your organisation will not sign. You get no more letters about it, and may still change your mind here."))
    return redirect("agreements:sign", token=it.token)


@public(find=access.find_by_token)
def sign_withdraw(request: HttpRequest, it: Signatory) -> HttpResponse:
    """Who signed withdraws, with a reason."""
    form = WithdrawalForm(request.POST or None, is_own=True)
    if request.method == "POST":
        not_more_than(AN_HOUR, an_hour_of="signing_answers", by=request)
        if form.is_valid():
            with refusals(form), through("link"):
                actions.withdraw(by=None, signatory=it, **form.words)
                messages.success(request, _("Noted: your organisation withdrew."))
                return redirect("agreements:sign", token=it.token)
    context = {"signatory": it, "agreement": it.agreement, "region": it.agreement.region, "form": form, "back": ""}
    return render(request, "agreements/signatory_withdraw.html", context | {"is_own": True}, status=status_of(form))


@public(find=access.find_agreement)
def join(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Whoever was not asked says that it will sign, and waits for who keeps the agreement; the answer is the same for all."""
    form = JoinForm(request.POST or None, agreement=it, person=request.user)
    if request.method == "POST" and _asked(request, it, form):
        return redirect(f"{request.path}?sent=1")
    closed = queries.why_not_signing(it) or ("" if it.is_public else _("Nobody can ask to join this agreement; write to the coordinator."))
    context = {"region": it.region, "agreement": it, "form": form, "trap": TRAP, "sent": "sent" in request.GET, "why_not": closed, "is_late": queries.joins_by_declaration(it, timezone.localdate())}
    return render(request, "agreements/join.html", context, status=status_of(form))


def _asked(request: HttpRequest, it: Agreement, form: JoinForm) -> bool:
    """Whether it waits now; machines are told so too."""
    if request.POST.get(TRAP):
        return True
    if not form.is_valid():
        return False
    not_more_than(ASKING_AN_HOUR, an_hour_of="wishes_to_join", by=request)
    with refusals(form):
        asking.ask_to_join(by=None, agreement=it, asked=form.asked)
        return True
    return False
