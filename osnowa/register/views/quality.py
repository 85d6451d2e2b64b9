"""How good the register is, and what to mend next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from osnowa.kit.doors import public
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.models import Organisation
from osnowa.register.queries import quality as queries
from osnowa.register.queries.duplicates import waiting_count
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept


@dataclass(frozen=True)
class Correction:
    """One organisation, and a link for each thing to mend in its record."""

    organisation: Organisation
    links: list[tuple[str, str]]


@public(find=access.find_region)
def quality(request: HttpRequest, region: Region) -> HttpResponse:
    today = timezone.localdate()
    seen = access.visible(request.user, region)
    frame = Kept(frame_of(region, request.user))
    counted = queries.quality(frame, seen, today)
    checks = zip(queries.CHECKS.values(), counted.total.counts.values(), counted.total.shares, strict=True)
    context = {
        "region": region, "quality": counted, "checks": [(*check, n, share) for check, n, share in checks],
        "may_mend": access.may_ask_confirmation(request.user, region),
    }  # fmt: skip
    if context["may_mend"]:
        context |= _corrections(request, frame, queries.to_mend(seen, today), today) | {"duplicates_waiting": waiting_count(region)}
    return render(request, "register/quality.html", context)


class _Ranked:
    """The keys of what there is to mend, read a page at a time."""

    def __init__(self, part: Callable[[slice], list[int]], count: int) -> None:
        self._part, self._count = part, count

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, part: slice) -> list[int]:
        return self._part(part)


def _corrections(request: HttpRequest, frame: Kept, rows: QuerySet[Organisation], today: date) -> dict[str, object]:
    only = request.GET.get("mend", "")
    only = only if only in queries.MENDS else ""
    counts = queries.mend_counts(frame, rows, today)
    ranked = _Ranked(lambda part: queries.most_useful(frame, rows, today, only, part), counts[only or "anything"])
    page = Paginator(ranked, 20).get_page(request.GET.get("page"))  # type: ignore[arg-type, var-annotated]
    keys = list(page.object_list)
    found = rows.in_bulk(keys)
    return {
        "only": only, "page": page, "counts": counts,
        "mends": [(word, label, counts[word]) for word, (label, _) in queries.MENDS.items()],
        "corrections": [Correction(found[key], _links(frame.region, found[key])) for key in keys if key in found],
    }  # fmt: skip


def _links(region: Region, it: Organisation) -> list[tuple[str, str]]:
    words = {"region": region.slug, "slug": it.slug}
    return [
        (str(label), reverse(page, kwargs=words))
        for word, (label, page) in queries.MENDS.items()
        if getattr(it, f"mend_{word}")
    ]
