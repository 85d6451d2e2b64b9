"""Statuses and certificates of an organisation and the yearly reports that go with them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.kit.doors import door
from osnowa.register import access, actions
from osnowa.register.forms.recognitions import FiledForm, RecognitionForm
from osnowa.register.models import Organisation, Recognition, StatusReport
from osnowa.register.queries.recognitions import shown_recognitions
from osnowa.register.views.organisations import source_of
from osnowa.ui.forms import refusals, status_of


def _saved(request: HttpRequest, form: RecognitionForm) -> bool:
    """Saves what was typed if it holds and the rules allow it."""
    if request.method != "POST" or not form.is_valid():
        return False
    source = source_of(request.user, form.organisation)
    with refusals(form):
        actions.save_recognition(by=request.user, organisation=form.organisation, row=form.instance, source=source)
        messages.success(request, _("Saved."))
        return True
    return False


def _back(organisation: Organisation) -> HttpResponse:
    return redirect("register:recognitions", region=organisation.region.slug, slug=organisation.slug)


@door(access.may_edit, find=access.find_organisation)
def recognitions(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = RecognitionForm(request.POST or None, organisation=organisation)
    if _saved(request, form):
        return _back(organisation)
    shown = shown_recognitions(organisation.recognitions.all(), may_edit=True, today=timezone.localdate())
    context = {"region": organisation.region, "organisation": organisation, "form": form, "rows": shown}
    return render(request, "register/recognitions.html", context, status=status_of(form))


@door(access.may_edit_row, find=access.find_recognition)
def recognition(request: HttpRequest, row: Recognition) -> HttpResponse:
    organisation, deed = row.organisation, request.POST.get("deed", "")
    if deed == "remove":
        actions.remove_recognition(by=request.user, row=row)
        messages.success(request, _("Removed. The history keeps it, and can bring it back."))
        return _back(organisation)
    shown = shown_recognitions(organisation.recognitions.filter(pk=row.pk), may_edit=True, today=timezone.localdate())[0]
    reports = [(report, standing, _filed_form(request, report)) for report, standing in shown.reports]
    if any(_filed(request, report, form) for report, _standing, form in reports):
        return redirect("register:recognition", region=organisation.region.slug, slug=organisation.slug, number=row.pk)
    form = RecognitionForm(None if deed else request.POST or None, instance=row, organisation=organisation)
    if _saved(request, form):
        return _back(organisation)
    context = {"region": organisation.region, "organisation": organisation, "form": form, "shown": shown, "reports": reports}
    wrong = [status_of(form), *(status_of(filed) for _report, _standing, filed in reports)]
    return render(request, "register/recognition.html", context, status=max(wrong))


def _filed_form(request: HttpRequest, report: StatusReport) -> FiledForm:
    name = f"report-{report.pk}"
    sent = request.POST if request.POST.get("deed") == name else None
    return FiledForm(sent, prefix=name, initial={"filed_on": report.filed_on})


def _filed(request: HttpRequest, report: StatusReport, form: FiledForm) -> bool:
    if not form.is_valid():
        return False
    with refusals(form, "filed_on"):
        actions.file_report(by=request.user, report=report, filed_on=form.cleaned_data["filed_on"])
        messages.success(request, _("The report of %(year)s is noted.") % {"year": report.year})
        return True
    return False
