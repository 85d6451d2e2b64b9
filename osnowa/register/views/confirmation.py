""""Is this still true?": asking one or many, and the page the link in the e-mail opens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.journal import jobs
from osnowa.kit.doors import door, public
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.actions import confirmation as actions
from osnowa.register.forms.confirmation import AskForm, CorrectionForm, GoneForm
from osnowa.register.models import ConfirmationRequest, Organisation
from osnowa.register.queries.confirmation import just_asked, plain_facts
from osnowa.ui.forms import status_of


@require_POST
@door(access.may_ask_confirmation, find=access.find_organisation)
def ask(request: HttpRequest, it: Organisation) -> HttpResponse:
    form = AskForm(request.POST, organisation=it)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors), status=422)
    again = form.cleaned_data["again"]
    if form.target["email"] and not again and (day := just_asked(it)):
        context = {"region": it.region, "organisation": it, "day": day, "form": form, "target": form.target}
        return render(request, "register/ask_again.html", context, status=409)
    actions.ask_confirmation(by=request.user, organisation=it, again=again, **form.target)
    messages.success(request, _("The question is on its way. The link works for 30 days."))
    return redirect("register:organisation", region=it.region.slug, slug=it.slug)


@require_POST
@door(access.may_ask_confirmation, find=access.find_region)
def campaign(request: HttpRequest, region: Region) -> HttpResponse:
    job = jobs.start(actions.CAMPAIGN, by=request.user, place=region.slug)
    return redirect("journal:job", job=job.pk)


@public(find=access.find_confirmation_request)
def answer(request: HttpRequest, asked: ConfirmationRequest) -> HttpResponse:
    it = asked.organisation
    context: dict[str, Any] = {"asked": asked, "organisation": it, "region_of": it.region}
    if not asked.is_open_on(timezone.localdate()) or it.is_closed:
        return render(request, "register/answer_done.html", context, status=200 if asked.answer else 410)
    step = request.GET.get("step", "")
    if step == "changed":
        return _changed(request, asked, context)
    if step == "gone":
        return _gone(request, asked, context)
    if request.method == "POST":
        actions.confirm_by_link(by=None, asked=asked)
        return redirect(request.path)
    return render(request, "register/answer.html", context | {"facts": plain_facts(it)})


def _changed(request: HttpRequest, asked: ConfirmationRequest, context: dict[str, Any]) -> HttpResponse:
    form = CorrectionForm(request.POST or None, organisation=asked.organisation)
    if request.method == "POST" and form.is_valid():
        _correct(asked, form.values, form.cleaned_data["message"])
        return redirect(request.path)
    status = status_of(form)
    return render(request, "register/answer_changed.html", context | {"form": form}, status=status)


def _gone(request: HttpRequest, asked: ConfirmationRequest, context: dict[str, Any]) -> HttpResponse:
    form = GoneForm(request.POST or None)
    if request.method == "POST":
        form = GoneForm(request.POST)
        if form.is_valid():
            _correct(asked, {}, form.cleaned_data["message"], is_gone=True)
            return redirect(request.path)
    status = status_of(form)
    return render(request, "register/answer_gone.html", context | {"form": form}, status=status)


def _correct(asked: ConfirmationRequest, values: dict[str, Any], message: str, *, is_gone: bool = False) -> None:
    actions.correct_by_link(
        by=None, asked=asked, values=values, message=message, is_gone=is_gone, language=get_language() or "en"
    )
