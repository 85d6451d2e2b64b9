"""Contacts of an organisation: who may be written to, by what right, until when."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.kit.doors import door
from osnowa.register import access, actions
from osnowa.register.forms.contacts import ContactForm
from osnowa.register.models import Contact, Organisation
from osnowa.ui.forms import refusals, status_of


def _saved(request: HttpRequest, form: ContactForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    with refusals(form):
        actions.save_contact(by=request.user, organisation=form.organisation, contact=form.instance)
        messages.success(request, _("Saved."))
        return True
    return False


def _back(organisation: Organisation) -> HttpResponse:
    return redirect("register:contacts", region=organisation.region.slug, slug=organisation.slug)


@door(access.may_edit, find=access.find_organisation)
def contacts(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = ContactForm(request.POST or None, organisation=organisation)
    if _saved(request, form):
        return _back(organisation)
    context = {
        "region": organisation.region, "organisation": organisation, "form": form,
        "rows": organisation.contacts.all(), "today": timezone.localdate(),
    }  # fmt: skip
    return render(request, "register/contacts.html", context, status=status_of(form))


@door(access.may_edit_row, find=access.find_contact)
def contact(request: HttpRequest, row: Contact) -> HttpResponse:
    organisation = row.organisation
    if request.method == "POST" and request.POST.get("deed") == "erase":
        actions.erase_contact(by=request.user, contact=row)
        messages.success(request, _("Erased for good."))
        return _back(organisation)
    form = ContactForm(request.POST or None, instance=row, organisation=organisation)
    if _saved(request, form):
        return _back(organisation)
    context = {"region": organisation.region, "organisation": organisation, "form": form}
    return render(request, "register/contact.html", context, status=status_of(form))
