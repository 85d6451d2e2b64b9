"""What a region is strong in, compared with others and area by area."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.indicators.queries.dimensions import dimensions
from osnowa.indicators.queries.strengths import KINDS, MOST_OTHERS, Strengths, comparable, strengths
from osnowa.kit.doors import public
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept
from osnowa.ui.charts import Chart, Series

_IN_CHART = 8


@public(find=access.find_region)
def strong_in(request: HttpRequest, region: Region) -> HttpResponse:
    """Unknown words of the address are passed over; without a choice the region is compared with all, six at most."""
    kind = request.GET.get("by", "")
    kind = kind if kind in KINDS else KINDS[0]
    possible = comparable(region)
    chosen = [other for other in possible if other.slug in request.GET.getlist("with")] or possible
    found = strengths(region, Kept(frame_of(region, request.user)), chosen[:MOST_OTHERS], kind, timezone.localdate(), request.user)
    known = dimensions(region)
    context: dict[str, Any] = {
        "region": region, "found": found, "kind": kind, "possible": possible, "most": MOST_OTHERS,
        "kinds": [(key, known[key].words) for key in KINDS], "chart": _chart(found) if found.own else None,
    }  # fmt: skip
    return render(request, "indicators/strengths.html", context)


def _chart(found: Strengths) -> Chart:
    """The strongest and the weakest as bars; 1 is "as common as elsewhere"."""
    shown = [*found.own[:_IN_CHART], *found.own[_IN_CHART:][-3:]]
    directory = reverse("register:directory", args=[found.region.slug])
    filtered = found.dimension.filter
    return Chart(
        "bars", _("How many times as common as in all compared regions together"), "×", tuple(one.name for one in shown),
        (Series(_("Cautious location quotient"), tuple(round(one.cautious, 2) for one in shown), tuple("own" if one.verdict == "strong" else "" for one in shown)),),
        source=_("Counted from the registers of %(regions)s.") % {"regions": ", ".join(map(str, (found.region, *found.others)))},
        as_of=found.on, links=tuple(f"{directory}?{filtered}={one.code}" for one in shown) if filtered else (),
    )  # fmt: skip
