"""How far the signing of agreements is (C16), with names and rows beside the bare sums; founding and ordinary (V10)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from osnowa.agreements.models import Agreement, Signatory
from osnowa.agreements.queries.signing import last_day
from osnowa.compute import signing
from osnowa.compute.signing import Counts
from osnowa.kit.words import fold
from osnowa.places.models import Region, Subregion
from osnowa.register import codes

State = Signatory.State
FOUNDING, ORDINARY = "founding", "ordinary"
#: Which division of a region the counter uses, where it has several and the targets name none: the first of these.
_KINDS = (Subregion.Kind.SUPPORT_CENTRE, Subregion.Kind.SUBREGION, Subregion.Kind.OTHER)


@dataclass(frozen=True)
class Part:
    """A sector, subregion or legal form with its counts, and how many were wanted where there is a target."""

    code: str
    label: str
    counts: Counts
    wanted: int | None = None

    @property
    def missing(self) -> int:
        return max(0, (self.wanted or 0) - self.counts.signed)


@dataclass(frozen=True)
class Aim:
    """A target in words."""

    way: str
    code: str
    label: str
    wanted: int
    reached: int
    missing: int

    @property
    def is_met(self) -> bool:
        return self.missing == 0


@dataclass(frozen=True)
class Tally:
    """The counter of one agreement on a day. `chase` are those to call, the most useful first; `unchecked` signed without a checked mandate."""

    agreement: Agreement
    on: date
    total: Counts
    by_sector: list[Part]
    by_subregion: list[Part]
    by_legal_form: list[Part]
    aims: list[Aim]
    days_left: int | None
    chase: list[Signatory]
    unchecked: list[Signatory]
    signed: list[Signatory]
    waiting: list[Signatory] = field(default_factory=list)
    founding: int = 0
    ordinary: int = 0
    declarations: int = 0

    @property
    def is_met(self) -> bool:
        return all(aim.is_met for aim in self.aims)

    @property
    def sectors(self) -> int:
        """How many sectors have signed."""
        return sum(1 for part in self.by_sector if part.code and part.counts.signed)

    @property
    def ways(self) -> list[tuple[str, str, list[Part]]]:
        """The divisions that say something: (way, heading, parts)."""
        told = (("sector", _("By sector"), self.by_sector), ("subregion", _("By subregion"), self.by_subregion), ("kind", _("By legal form"), self.by_legal_form))
        return [(way, heading, parts) for way, heading, parts in told if parts]


def class_of(signatory: Signatory) -> str:
    """`founding` or `ordinary` for who signed (V10), derived from the day and the agreement's cut-off; empty for who did not.

    An agreement that names no cut-off takes its last day of signing; one without either has only founding signatories.
    """
    if signatory.signed_on is None:
        return ""
    agreement = signatory.agreement
    return signing.class_of(signatory.signed_on, agreement.founding_until or last_day(agreement))


def class_label(code: str) -> str:
    """What a class is called."""
    return {FOUNDING: pgettext("a signatory", "founding"), ORDINARY: pgettext("a signatory", "ordinary")}.get(code, "")


def targets_of(agreement: Agreement) -> signing.Targets:
    """The agreement's targets; 20 signatories of 4 sectors where it says nothing else."""
    said: dict[str, Any] = agreement.targets or {}
    parts = {way: {code: int(many) for code, many in (said.get(way) or {}).items() if many} for way in signing.WAYS}
    return signing.Targets(int(said.get("signatories", signing.SIGNATORIES)), int(said.get("sectors", signing.SECTORS)), parts)


# --- Rows -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Division:
    """The division of a region the counter uses: its parts in order, and the part of each municipality."""

    names: dict[str, str]
    of: dict[int, str]


def _division(found: Iterable[Subregion], wanted: Iterable[str]) -> Division:
    """The division whose codes the targets name, else the first kind there is. A municipality belongs to one part."""
    areas = list(found)
    named = next((area.kind for area in areas if area.code in set(wanted)), None)
    kind = named or next((kind for kind in _KINDS if any(area.kind == kind for area in areas)), "")
    chosen = [area for area in areas if area.kind == kind]
    of: dict[int, str] = {}
    for area in chosen:
        for place in area.municipalities.all():
            of.setdefault(place.pk, area.code)
    return Division({area.code: area.name for area in chosen}, of)


def _who(row: Signatory) -> str:
    return f"organisation {row.organisation_id}" if row.organisation_id else f"name {fold(row.name)}"


def _heard_on(row: Signatory) -> date | None:
    last = max((at for at in (row.invited_at, row.reminded_at, row.declared_at) if at), default=None)
    return timezone.localtime(last).date() if last else None


def _row(it: Signatory, division: Division) -> signing.Row:
    return signing.Row(
        it.pk, _who(it), fold(it.name), it.state, it.sector, division.of.get(it.municipality_id or 0, ""), it.legal_form,
        it.mandate_checked_at is not None, _heard_on(it),
    )  # fmt: skip


# --- The counter ------------------------------------------------------------------------------------------------


def _parts(found: Mapping[str, Counts], names: Mapping[str, str], wanted: Mapping[str, int], unknown: str) -> list[Part]:
    """The parts in the order of their names; those nobody stands in and nobody asked for are there where `names` lists them."""
    codes_here = [*names, *sorted((found.keys() | wanted.keys()) - names.keys() - {""})]
    rows = [Part(code, names.get(code, code), found.get(code, Counts()), wanted.get(code)) for code in codes_here]
    return rows + ([Part("", unknown, found[""])] if "" in found else [])


def _forms(found: Mapping[str, Counts], wanted: Mapping[str, int]) -> dict[str, str]:
    named = {code: codes.LEGAL_FORMS.label(code) for code in found.keys() | wanted.keys() if code}
    return dict(sorted(named.items(), key=lambda pair: fold(pair[1])))


def _tally(agreement: Agreement, rows: list[Signatory], areas: Iterable[Subregion], today: date) -> Tally:
    targets = targets_of(agreement)
    division = _division(areas, targets.parts["subregion"])
    known = {row.pk: row for row in rows}
    counted = [_row(row, division) for row in rows if not row.is_waiting]
    found = signing.standing(counted, targets, today=today, closes_on=agreement.closes_on)
    parts = {
        "sector": _parts(found.parts["sector"], dict(codes.SECTORS.choices()), targets.parts["sector"], _("sector not known")),
        "subregion": _parts(found.parts["subregion"], division.names, targets.parts["subregion"], _("elsewhere or not known")),
        "kind": _parts(found.parts["kind"], _forms(found.parts["kind"], targets.parts["kind"]), targets.parts["kind"], _("legal form not known")),
    }
    signed = sorted((row for row in rows if row.state == State.SIGNED), key=lambda row: (fold(row.name), row.pk))
    classes = [class_of(row) for row in signed]
    return Tally(
        agreement, today, found.total, parts["sector"], parts["subregion"] if division.names else [], parts["kind"], _aims(found.goals, parts), found.days_left,
        [known[number] for number in found.chase], [row for row in signed if row.mandate_checked_at is None], signed,
        [row for row in rows if row.is_waiting and row.state == State.DECLARED], classes.count(FOUNDING), classes.count(ORDINARY), sum(row.is_declaration for row in signed),
    )  # fmt: skip


def _aims(found: Iterable[signing.Goal], parts: Mapping[str, list[Part]]) -> list[Aim]:
    whole = {"signatories": _("signatories"), "sectors": _("sectors represented")}
    names = {(way, part.code): part.label for way, rows in parts.items() for part in rows}
    return [Aim(goal.way, goal.code, whole.get(goal.way) or names.get((goal.way, goal.code), goal.code), goal.wanted, goal.reached, goal.missing) for goal in found]


def tallies(agreements: Iterable[Agreement], today: date | None = None, *, is_divided: bool = True) -> dict[int, Tally]:
    """The counters of several agreements, by their number; three queries however many there are, one where parts of the region are not asked for."""
    asked, day = list(agreements), today or timezone.localdate()
    of: dict[int, list[Signatory]] = {it.pk: [] for it in asked}
    known = {it.pk: it for it in asked}
    for row in Signatory.objects.filter(agreement__in=of).select_related("organisation").order_by("pk"):
        row.agreement = known[row.agreement_id]
        of[row.agreement_id].append(row)
    areas: dict[int, list[Subregion]] = {}
    for area in Subregion.objects.filter(region__in={it.region_id for it in asked if is_divided}).prefetch_related("municipalities").order_by("kind", "order", "name"):
        areas.setdefault(area.region_id, []).append(area)
    return {it.pk: _tally(it, of[it.pk], areas.get(it.region_id, []), day) for it in asked}


def tally(agreement: Agreement, today: date | None = None, *, is_divided: bool = True) -> Tally:
    """The counter of one agreement."""
    return tallies([agreement], today, is_divided=is_divided)[agreement.pk]


def open_tallies(region: Region, today: date | None = None) -> list[Tally]:
    """The counters of a region's frozen agreements that have not ended, the newest first; for rooms above."""
    rows = list(Agreement.objects.filter(region=region, state__in=(Agreement.State.OPEN, Agreement.State.CLOSED)))
    found = tallies(rows, today)
    return [found[row.pk] for row in rows]
