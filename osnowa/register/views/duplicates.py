"""Records that may be one: the queue, two side by side, what a merge did, and naming a duplicate oneself."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.journal import jobs
from osnowa.journal.models import Job
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register import access, actions
from osnowa.register.actions.duplicates import SEARCH
from osnowa.register.forms.duplicates import MergeForm
from osnowa.register.models import Merge, Organisation, PossibleDuplicate
from osnowa.register.queries import duplicates as queries
from osnowa.register.queries import merges
from osnowa.ui.forms import refusals, status_of

State = PossibleDuplicate.State
#: Records found that are shown at once.
_MOST = 12


@door(access.may_merge, find=access.find_region)
def duplicates(request: HttpRequest, region: Region) -> HttpResponse:
    state = request.GET.get("state", State.WAITING)
    counts = queries.counts_by_state(region)
    states = [(code, label, counts[code]) for code, label in State.choices]
    page = Paginator(queries.queue(region, state), 25).get_page(request.GET.get("page"))
    search = Job.objects.filter(kind=SEARCH, place=region.slug).first()
    context = {
        "region": region, "page": page, "states": [*states, ("all", _("all"), sum(counts.values()))], "chosen": state,
        "rows": [(pair, [reason for reason in queries.reasons(pair.why) if reason.speaks_for][:3]) for pair in page.object_list],
        "search": search, "is_searching": _is_under_way(search),
    }  # fmt: skip
    return render(request, "register/duplicates.html", context)


def _is_under_way(search: Job | None) -> bool:
    return search is not None and search.state in (Job.State.QUEUED, Job.State.RUNNING)


@require_POST
@door(access.may_merge, find=access.find_region)
def look(request: HttpRequest, region: Region) -> HttpResponse:
    """Starts looking for duplicates; who asks while it is under way is told so."""
    if _is_under_way(Job.objects.filter(kind=SEARCH, place=region.slug).first()):
        messages.info(request, _("Duplicates are being looked for already."))
        return redirect("register:duplicates", region=region.slug)
    job = jobs.start(SEARCH, by=request.user, place=region.slug)
    return redirect("journal:job", job=job.pk)


@door(access.may_merge, find=access.find_pair)
def duplicate(request: HttpRequest, pair: PossibleDuplicate) -> HttpResponse:
    it = queries.compare(pair.first, pair.second)
    form = MergeForm(request.POST if request.POST.get("decision") == "merge" else None, comparison=it)
    if request.method == "POST" and (done := _decided(request, pair, form)):
        return done
    context = {
        "region": pair.region, "pair": pair, "comparison": it, "form": form, "reasons": queries.reasons(pair.why),
        "merged": _merged_meanwhile(pair), "differing": len(it.choices),
    }  # fmt: skip
    return render(request, "register/duplicate.html", context, status=status_of(form))


def _merged_meanwhile(pair: PossibleDuplicate) -> Merge | None:
    """The standing merge that took one of the two up."""
    return Merge.objects.filter(Q(gone=pair.first) | Q(gone=pair.second), undone_at=None).select_related("gone", "kept").first()


def _decided(request: HttpRequest, pair: PossibleDuplicate, form: MergeForm) -> HttpResponse | None:
    """Does what was decided; None where the form must be mended."""
    region = pair.region.slug
    match request.POST.get("decision"):
        case "different":
            actions.tell_apart(by=request.user, pair=pair)
            messages.success(request, _("Never the same: these two are not proposed again."))
            return redirect("register:duplicates", region=region)
        case "doubt":
            actions.doubt_again(by=request.user, pair=pair)
            messages.success(request, _("The pair waits again."))
            return redirect("register:duplicate", region=region, number=pair.pk)
        case "merge" if form.is_valid():
            with refusals(form):
                kept, gone, choices = form.chosen()
                reason = form.cleaned_data["reason"]
                merged: Merge = actions.merge_organisations(by=request.user, kept=kept, gone=gone, choices=choices, reason=reason)
                messages.success(request, _("Two records are one now. This can be taken back at any time."))
                return redirect("register:merge", region=region, number=merged.pk)
        case "merge":
            pass
        case _:
            raise Refused(_("Choose what to do with the two."), status=422)
    return None


@door(access.may_undo, find=access.find_merge)
def merge(request: HttpRequest, it: Merge) -> HttpResponse:
    """What a merge did, for ever; its button takes it back."""
    region = it.kept.region
    if request.method == "POST":
        actions.unmerge(by=request.user, merge=it)
        messages.success(request, _("The merge is taken back: two records again."))
        return redirect("register:merge", region=region.slug, number=it.pk)
    pair = PossibleDuplicate.objects.filter(first=min(it.kept_id, it.gone_id), second=max(it.kept_id, it.gone_id)).first()
    context = {"region": region, "merge": it, "pair": pair, **merges.told_of(it)}
    return render(request, "register/merge.html", context)


@door(access.may_merge, find=access.find_organisation)
def same(request: HttpRequest, it: Organisation) -> HttpResponse:
    """Names the record that is this one entered twice, found by name or number, and leads to the two side by side."""
    if request.method == "POST":
        others = Organisation.objects.filter(region=it.region)
        other = get_object_or_404(others, pk=request.POST.get("other") if request.POST.get("other", "").isdecimal() else 0)
        pair = actions.name_pair(by=request.user, one=it, other=other)
        return redirect("register:duplicate", region=it.region.slug, number=pair.pk)
    words = request.GET.get("q", "").strip()[:100]
    found = list(queries.mergeable_like(it, words)[: _MOST + 1]) if words else []
    context: dict[str, Any] = {
        "region": it.region, "organisation": it, "words": words, "found": found[:_MOST], "more": len(found) > _MOST,
    }  # fmt: skip
    return render(request, "register/same.html", context)
