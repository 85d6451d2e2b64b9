"""The directory, its downloads and saved views."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import public, signed_in
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.actions import views as saved
from osnowa.register.models import SavedView
from osnowa.register.queries import directory as books
from osnowa.register.queries import facets
from osnowa.register.queries.pages import pages_of

PAGE = 25


@public(find=access.find_region)
def directory(request: HttpRequest, it: Region) -> HttpResponse:
    wish = books.Wish.of(request.GET)
    seen = access.visible(request.user, it)
    hits = wish.hits(seen, it)
    count = facets.count(it, request.user, seen, wish)
    page = pages_of(count, seen, wish, access.levels(request.user, it), PAGE).get_page(request.GET.get("page"))
    context = {
        "region": it,
        "wish": wish,
        "hits": hits,
        "page": page,
        "rows": [(one, [books.cell(one, column) for column in wish.columns]) for one in page.object_list],
        "headings": [(column, books.COLUMNS[column]) for column in wish.columns],
        "columns": books.COLUMNS,
        "sorts": _sorts(wish),
        "facets": _facets(it, count.facets, wish),
        "saved_views": _saved(request.user, it),
        "may_add": access.may_add(request.user, it),
    }
    return render(request, "register/directory.html", context)


def _sorts(wish: books.Wish) -> list[tuple[str, str]]:
    best = [(books.BEST, _("best match first"))] if wish.q else []
    return [*best, ("name", _("by name")), ("confirmed", _("longest not confirmed first")), ("changed", _("lately changed first")),
            ("place", _("by place")), ("form", _("by legal form"))]  # fmt: skip


def _facets(it: Region, counts: facets.Counts, wish: books.Wish) -> list[dict[str, Any]]:
    """The filters with their choices: (code, label, count, chosen), most frequent first."""
    headings = {"form": _("Legal form"), "area": _("Area"), "sector": _("Sector"), "service": _("Services"),
                "recognition": _("Status or certificate"), "status": _("Activity status")}  # fmt: skip
    labels, offered = books.facet_labels(it), []
    for name, heading in headings.items():
        chosen = wish.facets.get(name, ())
        found = counts[name] | {code: counts[name].get(code, 0) for code in chosen}
        choices = [(code, labels[name](code), n, code in chosen) for code, n in found.items()]
        choices.sort(key=lambda choice: (-choice[2], choice[1]))
        offered.append({"name": name, "heading": heading, "choices": choices, "is_open": bool(chosen)})
    return [facet for facet in offered if facet["choices"]]


def _saved(person: Any, it: Region) -> list[SavedView]:
    return list(SavedView.objects.filter(person=person, region=it)) if person.is_authenticated else []


@public(find=lambda person, region, form: (access.find_region(person, region), form))
def export(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """Exactly what the directory shows: the same filters, order and columns, all pages."""
    it, form = wanted
    if form not in sheets.CONTENT_TYPES:
        raise Http404
    wish = books.Wish.of(request.GET)
    seen = access.visible(request.user, it)
    wish.hits(seen, it)
    rows = books.in_order(books.wanted(seen, wish), wish, access.levels(request.user, it))
    headings = [_("Name"), *(str(books.COLUMNS[column]) for column in wish.columns)]
    table = [[one.legal_name, *(books.cell(one, column) for column in wish.columns)] for one in rows]
    if form == "csv":
        content = sheets.as_csv(headings, table)
    else:
        content = sheets.as_xlsx({str(_("Register")): (headings, table), str(_("About this table")): ((), _about(request, it, len(table)))})
    name = f"osnowa-{it.slug}-{timezone.localdate():%Y-%m-%d}.{form}"
    return attached(content, name, sheets.CONTENT_TYPES[form])


def _about(request: HttpRequest, it: Region, count: int) -> list[list[Any]]:
    """Where a downloaded sheet comes from, so that it can be told years later."""
    return [
        [_("Region"), str(it)],
        [_("Organisations"), count],
        [_("Taken on"), timezone.localdate()],
        [_("Address"), request.build_absolute_uri(reverse("register:directory", args=[it.slug]) + "?" + request.GET.urlencode())],
        *([[_("Note"), _("Invented sample: these organisations do not exist.")]] if it.is_invented else []),
    ]


@require_POST
@signed_in(find=access.find_region)
def save_view(request: HttpRequest, it: Region) -> HttpResponse:
    name, query = request.POST.get("name", "").strip()[:60], request.POST.get("query", "")[:1000]
    if not name:
        messages.error(request, _("Give the view a name."))
    else:
        saved.save_view(by=request.user, region=it, name=name, query=query)
        messages.success(request, _("The view is saved under your account."))
    return redirect(reverse("register:directory", args=[it.slug]) + ("?" + query if query else ""))


@require_POST
@signed_in(find=access.find_region)
def remove_view(request: HttpRequest, it: Region) -> HttpResponse:
    view = get_object_or_404(SavedView, person=request.user, region=it, pk=request.POST.get("view", "0"))
    saved.remove_view(by=request.user, view=view)
    messages.success(request, _("The view is gone."))
    return redirect("register:directory", region=it.slug)


