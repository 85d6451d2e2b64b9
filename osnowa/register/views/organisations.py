"""One organisation: its page, adding, editing, closing, confirming, its history."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of, newest_entry
from osnowa.kit.doors import door, public
from osnowa.places.models import Region
from osnowa.register import access, actions, codes
from osnowa.register.forms.organisations import CloseForm, OrganisationForm, ReasonForm
from osnowa.register.models import Organisation
from osnowa.register.queries import changes, facts, facts_after, merges, profile
from osnowa.ui.forms import refusals, status_of


def _page(organisation: Organisation) -> HttpResponse:
    return redirect("register:organisation", region=organisation.region.slug, slug=organisation.slug)


def source_of(person: Any, organisation: Organisation) -> str:
    """Who edits an organisation as its own representative declares; the office's word is the coordinator's."""
    return "coordinator" if access.may_close(person, organisation) else "self_declared"


@public(find=access.find_organisation)
def organisation(request: HttpRequest, it: Organisation) -> HttpResponse:
    return render(request, "register/organisation.html", profile.of(request.user, it))


@door(access.may_add, find=access.find_region)
def add(request: HttpRequest, region: Region) -> HttpResponse:
    parent = None
    if request.GET.get("parent"):
        whole = access.visible(request.user, region).filter(kind=Organisation.Kind.LEGAL_PERSON)
        parent = get_object_or_404(whole, slug=request.GET["parent"])
    form = OrganisationForm(request.POST or None, region=region, parent=parent)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = actions.add_organisation(by=request.user, region=region, values=form.values)
            messages.success(request, _("%(name)s is in the register.") % {"name": made})
            return _page(made)
    return render(request, "register/edit.html", {"region": region, "form": form, "parent": parent}, status=status_of(form))


@door(access.may_edit, find=access.find_organisation)
def edit(request: HttpRequest, it: Organisation) -> HttpResponse:
    form = OrganisationForm(request.POST or None, region=it.region, instance=it)
    if request.method == "POST" and form.is_valid():
        fresh = Organisation.objects.select_related("municipality", "region", "parent").get(pk=it.pk)
        newest = newest_entry(it)
        seen = int(form.cleaned_data["seen"] or newest)
        mine = form.unlike(facts_after(fresh, seen))
        both = changes.since(fresh, seen) & mine.keys() & form.unlike(facts(fresh)).keys()
        if both:
            form.take_over(OrganisationForm(region=it.region, instance=fresh), mine, str(newest))
            names = ", ".join(sorted(changes.label_of(name) for name in both))
            form.add_error(None, _("Somebody else has changed the same meanwhile: %(fields)s. Compare with the history and save again.") % {"fields": names})
        else:
            with refusals(form):
                source = source_of(request.user, fresh)
                actions.change_organisation(by=request.user, organisation=fresh, values=mine, source=source)
                messages.success(request, _("Saved."))
                return _page(fresh)
    context = {"region": it.region, "organisation": it, "form": form, "parent": it.parent}
    return render(request, "register/edit.html", context, status=status_of(form))


@door(access.may_see_history, find=access.find_organisation)
def history(request: HttpRequest, it: Organisation) -> HttpResponse:
    merged = merges.taken_up(it)
    names = {str(merge.gone_id): str(merge.gone) for merge in merged}
    page = Paginator(merges.entries_with_merged(it, merged), 20).get_page(request.GET.get("page"))
    told = [(one, names.get(one.entry.thing_id, "")) for one in changes.told(page.object_list)]
    context = {
        "region": it.region, "organisation": it, "page": page, "told": told, "newest": newest_entry(it),
        "oldest": merges.newest_merge_entry(it) if merged else 0,
    }  # fmt: skip
    return render(request, "register/history.html", context)


@dataclass(frozen=True)
class _Past:
    organisation: Organisation
    entry: Entry


def _find_past(person: Any, region: str, slug: str, entry: int) -> _Past:
    it = access.find_organisation(person, region, slug)
    found = entries_of(it).filter(pk=entry).first()
    if found is None:
        raise Http404
    return _Past(it, found)


@require_POST
@door(lambda person, past: access.may_edit(person, past.organisation), find=_find_past)
def restore(request: HttpRequest, past: _Past) -> HttpResponse:
    actions.restore_organisation(by=request.user, organisation=past.organisation, entry_id=past.entry.pk)
    messages.success(request, _("The earlier state is back. The history keeps both."))
    return _page(past.organisation)


@door(access.may_close, find=access.find_organisation)
def close(request: HttpRequest, it: Organisation) -> HttpResponse:
    form = CloseForm(request.POST or None, organisation=it)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        with refusals(form):
            actions.close_organisation(
                by=request.user, organisation=it, ended_on=cleaned["ended_on"], end_reason=cleaned["end_reason"],
                successor=cleaned["successor"], reason=cleaned["note"],
            )  # fmt: skip
            messages.success(request, _("Closed. It stays in the register and can be reopened."))
            return _page(it)
    context = {"region": it.region, "organisation": it, "form": form, "submit": _("Close the organisation")}
    return render(request, "register/close.html", context, status=status_of(form))


@door(access.may_close, find=access.find_organisation)
def reopen(request: HttpRequest, it: Organisation) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_organisation(by=request.user, organisation=it, reason=form.cleaned_data["reason"])
        messages.success(request, _("Open again. Please confirm that the record is true."))
        return _page(it)
    context = {"region": it.region, "organisation": it, "form": form, "submit": _("Reopen the organisation")}
    return render(request, "register/close.html", context, status=status_of(form))


@require_POST
@door(access.may_edit, find=access.find_organisation)
def confirm(request: HttpRequest, it: Organisation) -> HttpResponse:
    actions.confirm_organisation(by=request.user, organisation=it, source=source_of(request.user, it))
    messages.success(request, _("Confirmed as of today."))
    return _page(it)


@public()
def activities(request: HttpRequest) -> HttpResponse:
    """Suggestions for the field of activities: NACE classes whose code or label holds the words typed."""
    return render(request, "register/activities.html", {"found": codes.find_activities(request.GET.get("main_activity", ""))})
