"""The register of members on any day, and the ways into it: candidates, signatories of the letter, applications."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from osnowa.clusters import access
from osnowa.clusters.actions import members as actions
from osnowa.clusters.forms.members import ApplyForm
from osnowa.clusters.models import Cluster, Membership
from osnowa.clusters.queries import members as queries
from osnowa.clusters.queries.members_sheets import sheets_of
from osnowa.clusters.queries.rules import rule
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door, public
from osnowa.kit.words import typed
from osnowa.register import access as register_access
from osnowa.register import codes
from osnowa.register.queries.search import best_first, search
from osnowa.ui.forms import refusals, status_of

_PAGE, _FOUND = 100, 50


def around(request: HttpRequest, of: Cluster, /, **more: Any) -> dict[str, Any]:
    """What every page of members knows."""
    inside = access.may_look_inside(request.user, of)
    return {"region": of.region, "cluster": of, "may_lead": access.may_lead(request.user, of), "is_inside": inside, "today": timezone.localdate(), **more}


def to(it: Cluster, page: str, **words: Any) -> HttpResponse:
    """On to a page of the cluster."""
    there: HttpResponse = redirect(f"clusters:{page}", region=it.region.slug, cluster=it.slug, **words)
    return there


def day_of(request: HttpRequest) -> date:
    """The day asked for with `?on=`, at most today; today where it is none."""
    today = timezone.localdate()
    try:
        return min(today, date.fromisoformat(request.GET.get("on", "")))
    except ValueError:
        return today


def wish_of(request: HttpRequest, *, is_inside: bool) -> queries.Wish:
    """What the register is narrowed to; only who sees inside asks for what is not public."""
    asked = request.GET
    as_what = asked.get("class", "")
    return queries.Wish(typed(asked.get("q", "")), asked.get("sector", ""), as_what if as_what in queries.CLASSES else "", asked.get("state", "") if is_inside else "")


@public(find=access.find_cluster)
def members(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Who belongs to the cluster on a day: for everybody organisation and class, for who sees inside the path as well."""
    day, context = day_of(request), around(request, it)
    inside = context["is_inside"]
    rows = queries.rows_on(it, day, with_signs=inside)
    wish, seen = wish_of(request, is_inside=inside), queries.seen_by(request.user, it, rows)
    found = [row for row in seen if wish.fits(row)]
    counts = queries.counts_of(rows)
    context |= {
        "day": day, "is_past": day < timezone.localdate(), "wish": wish, "page": Paginator(found, _PAGE).get_page(request.GET.get("page")), "counts": counts,
        "unseen": counts.members - sum(row.is_member for row in seen), "sectors": codes.SECTORS.choices(), "least_share": rule(it, "social_economy_share"),
        "classes": [(code, words) for code, words in queries.CLASSES.items() if code not in ("", "candidate")], "states": queries.state_choices(),
        "renewals": queries.renewals_of(it, rows, day) if inside else None, "waiting": sum(row.state == "applied" for row in rows) if inside else 0,
        "may_apply": context["may_lead"] or queries.may_still_apply(access.represented(request.user, it.region), rows), "application_days": rule(it, "application_days"),
    }  # fmt: skip
    return render(request, "clusters/members.html", context)


@public(find=lambda person, region, cluster, form: (access.find_cluster(person, region, cluster), form))
def members_file(request: HttpRequest, wanted: tuple[Cluster, str]) -> HttpResponse:
    """The register of members of a day as a spreadsheet; names and fees only for who sees inside."""
    it, form = wanted
    if form not in sheets.CONTENT_TYPES:
        raise Http404
    day, inside = day_of(request), access.may_look_inside(request.user, it)
    rows = queries.seen_by(request.user, it, queries.rows_on(it, day, with_signs=inside))
    found = [row for row in rows if wish_of(request, is_inside=inside).fits(row)]
    tables = sheets_of(it, found, day, is_inside=inside)
    content = sheets.as_xlsx(tables) if form == "xlsx" else sheets.as_csv(*next(iter(tables.values())))
    return attached(content, f"members-{it.slug}-{day.isoformat()}.{form}", sheets.CONTENT_TYPES[form])


@door(access.may_lead, find=access.find_cluster)
def add_candidates(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Find organisations of the register and put several at once on the list of candidates."""
    if request.method == "POST":
        chosen = [int(key) for key in request.POST.getlist("organisation") if key.isdecimal()]
        found = list(register_access.visible(request.user, it.region).filter(pk__in=chosen))
        made = actions.add_candidates(by=request.user, cluster=it, organisations=found)
        if made:
            messages.success(request, ngettext("%(n)s candidate was added.", "%(n)s candidates were added.", len(made)) % {"n": len(made)})
        else:
            messages.info(request, _("Nobody was added: tick somebody who is not on the list yet."))
        return to(it, "add_candidates") if not made else redirect(f"{_address(it)}?state=path")
    words, sector = typed(request.GET.get("q", "")), request.GET.get("sector", "")
    context = around(request, it, words=words, sector=sector, sectors=codes.SECTORS.choices(), found=_offered(request, it, words, sector), most=_FOUND)
    return render(request, "clusters/members_add.html", context)


def _address(it: Cluster) -> str:
    return to(it, "members")["Location"]


def _offered(request: HttpRequest, it: Cluster, words: str, sector: str) -> list[Any]:
    """Organisations that fit and are not on the path yet; nothing until something is asked."""
    if not words and not sector:
        return []
    seen = register_access.visible(request.user, it.region).exclude(activity_status="closed")
    seen = seen.filter(sector=sector) if sector else seen
    there = it.memberships.exclude(state__in=(Membership.State.LEFT, Membership.State.REFUSED)).values("organisation")
    free = seen.exclude(pk__in=there).select_related("municipality")
    if not words:
        return list(free.order_by("name_fold", "pk")[:_FOUND])
    hits = search(it.region, seen=seen, words=words)
    return list(best_first(free.filter(pk__in=hits.ids), hits)[:_FOUND])


@require_POST
@door(access.may_lead, find=access.find_cluster)
def take_signatories(request: HttpRequest, it: Cluster) -> HttpResponse:
    """One press makes all who signed the letter members; who signed until the cut-off is founding."""
    made = actions.take_signatories(by=request.user, cluster=it)
    if made:
        messages.success(request, ngettext("%(n)s signatory became a member.", "%(n)s signatories became members.", len(made)) % {"n": len(made)})
    else:
        messages.info(request, _("Nobody was added: all signatories of the register are members already, or left since."))
    if unlinked := queries.unlinked_signatories(it):
        messages.warning(request, ngettext("%(n)s organisation signed and is not linked to the register: say on its row of the agreement which record it is, and take it then.", "%(n)s organisations signed and are not linked to the register: say on their rows of the agreement which records they are, and take them then.", unlinked) % {"n": unlinked})
    return to(it, "members")


@door(access.may_apply, find=access.find_cluster)
def apply(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Apply for membership: a representative for her organisation, who leads for one that applied on paper."""
    form = ApplyForm(request.POST or None, cluster=it, person=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made: Membership = actions.apply(by=request.user, cluster=it, **form.values)
            messages.success(request, _("The application is noted. It waits for a decision."))
            return to(it, "member", member=made.pk)
    days = rule(it, "application_days")
    lead = (ngettext("By the rules it is decided within %(n)s day.", "By the rules it is decided within %(n)s days.", days) % {"n": days}) if days else ""
    heading, button = (_("Note an application"), _("Note the application")) if form.leads else (_("Apply for membership"), _("Send the application"))
    context = around(request, it, form=form, heading=heading, lead=lead, button=button, back=_address(it), back_words=capfirst(it.region.term("members")))
    return render(request, "clusters/members_form.html", context, status=status_of(form))
