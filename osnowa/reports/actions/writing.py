"""A document is begun, its sections are written, version by version."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences, next_number
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.places.models import Region
from osnowa.reports.models import Report, Section
from osnowa.reports.queries.kinds import KINDS, kind_of
from osnowa.reports.queries.writing import newest_text

#: Words that follow the list in addresses.
_TAKEN = frozenset({"new"})
LONGEST = 60_000


@action("reports.report_begun", says=gettext_lazy("began a document"))
def begin_report(*, by: Any, region: Region, values: dict[str, Any]) -> Deed:
    """Begins a document of a kind. Refused where the kind is about a cluster or a meeting and none of the region is named."""
    kind = KINDS.get(values.get("kind", ""))
    if kind is None:
        raise Refused(_("There is no such kind of document."))
    about = {name: values.get(name) for name in ("cluster", "meeting") if name == kind.needs}
    for name, thing in about.items():
        if thing is None or thing.region_id != region.pk:
            raise Refused(_("Choose the cluster the document is about.") if name == "cluster" else _("Choose the meeting the document is about."))
    title = values.get("title") or " · ".join(filter(None, [str(kind.name), *map(str, about.values())]))
    taken = set(Report.objects.filter(region=region).values_list("slug", flat=True)) | _TAKEN
    made = Report.objects.create(
        region=region, kind=kind.code, slug=address_word(title, taken), title=title[:200], titles=values.get("titles") or {},
        due_on=values.get("due_on"), is_invented=bool(values.get("is_invented", region.is_invented)), **about,
    )  # fmt: skip
    return Deed(made, {"kind": [None, made.kind], "title": [None, made.title]}, place=region.slug)


@action("reports.report_changed", says=gettext_lazy("changed the title or the day of a document"))
def change_report(*, by: Any, report: Report, values: dict[str, Any]) -> Deed:
    """Changes the titles and the day it is due."""
    names = ("title", "titles", "due_on")
    before = {name: _plain(getattr(report, name)) for name in names}
    for name in names:
        setattr(report, name, values.get(name, getattr(report, name)))
    report.save(update_fields=names)
    return Deed(report, differences(before, {name: _plain(getattr(report, name)) for name in names}), place=report.region.slug)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | dict | None) else value.isoformat()


@action("reports.report_shelved", says=gettext_lazy("put a document aside, or took it up again"))
def shelve_report(*, by: Any, report: Report, is_shelved: bool) -> Deed:
    """Puts a document aside, or takes it up again; what was published stays public."""
    state = Report.State.SHELVED if is_shelved else Report.State.PUBLISHED if report.editions.filter(is_public=True).exists() else Report.State.WRITING
    before, report.state = report.state, state
    report.save(update_fields=["state"])
    return Deed(report, differences({"state": before}, {"state": str(state)}), place=report.region.slug)


@action("reports.section_written", says=gettext_lazy("wrote a section of a document"))
def write_section(*, by: Any, report: Report, key: str, language: str, text: str, note: str = "", seen: int | None = None) -> Deed:
    """Adds a version of a section. Refused where somebody else saved since the version that was seen (decision 0012).

    The same words again are no new version. The entry says which section, never what stands in it.
    """
    if kind_of(report).place(key) is None:
        raise Refused(_("The document has no such section."))
    plain = text.replace("\r\n", "\n").strip()
    if len(plain) > LONGEST:
        raise Refused(_("This is longer than a section may be: %(n)s signs, %(most)s at most. Part it, or put the rest into an annex.") % {"n": len(plain), "most": LONGEST})
    Report.objects.select_for_update().get(pk=report.pk)
    before = newest_text(report, key, language)
    if (before and before.text == plain) or (before is None and not plain):
        return Deed(report, {}, value=before or report)
    number = next_number(before, seen)
    made = Section.objects.create(report=report, key=key, language=language, number=number, text=plain, note=note[:200], made_by=by)
    return Deed(report, {f"{key} {language}": [before.number if before else None, number]}, place=report.region.slug, value=made)
