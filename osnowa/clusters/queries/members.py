"""Reads of members: who was one on a day and as what, who is silent, whose renewal is due, how they divide by sector and form."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet, Value
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from osnowa.agreements.models import Signatory
from osnowa.clusters.models import Cluster, Mandate, Membership, Term, Use
from osnowa.clusters.queries.rules import rule
from osnowa.compute import membership as sums
from osnowa.kit.words import fold
from osnowa.meetings.models import Participation
from osnowa.places.access import Anyone
from osnowa.register import access as register_access
from osnowa.register import codes

CLASSES: dict[str, Any] = {
    "founding": gettext_lazy("founding member"), "ordinary": gettext_lazy("ordinary member"), "supporting": gettext_lazy("supporting member"),
    "candidate": pgettext_lazy("an organisation", "candidate"), "": "",
}  # fmt: skip
STATES: dict[str, Any] = {
    "candidate": pgettext_lazy("an organisation", "candidate"), "applied": pgettext_lazy("an organisation", "applied"), "accepted": pgettext_lazy("an organisation", "accepted, not yet a member"),
    "member": pgettext_lazy("an organisation", "member"), "refused": pgettext_lazy("an organisation", "refused"), "left": pgettext_lazy("an organisation", "left"),
}  # fmt: skip
#: Renewal is due from so long before its day on.
BEFORE_RENEWAL = timedelta(days=60)
#: What is taken for a sign of life.
SIGNS: dict[str, Any] = {
    "attendance": gettext_lazy("came to a meeting"), "use": gettext_lazy("used a service"), "renewal": gettext_lazy("renewed"),
    "mandate": gettext_lazy("gave a mandate"), "term": gettext_lazy("took a place in a body"),
}  # fmt: skip


def path_of(it: Membership) -> sums.Path:
    """The dated steps of a membership, as the sums take them."""
    return sums.Path(
        it.applied_on, it.decided_on, it.joined_on, it.left_on, it.ending, it.state == Membership.State.REFUSED, it.is_supporting, it.renewed_on, it.renew_by
    )  # fmt: skip


def class_of(it: Membership, cluster: Cluster, day: date) -> str:
    """As what an organisation belongs on a day (V10): founding, ordinary, supporting, candidate; empty once it left."""
    return sums.class_on(path_of(it), day, cluster.founding_until)


def _memberships(cluster: Cluster) -> QuerySet[Membership]:
    return cluster.memberships.select_related("organisation__municipality", "tier").order_by("organisation__name_fold", "pk")


def members_on(cluster: Cluster, day: date) -> list[Membership]:
    """Who was a member on a day, by name; one query."""
    return [it for it in _memberships(cluster) if it.was_member_on(day)]


def entitled_on(cluster: Cluster, day: date) -> list[Membership]:
    """Who may vote on a day: members that are not supporting; one query."""
    return [it for it in members_on(cluster, day) if not it.is_supporting]


def quorum_on(cluster: Cluster, day: date) -> int:
    """How many of those entitled must be present on a day by the cluster's rules."""
    return sums.quorum(len(entitled_on(cluster, day)), rule(cluster, "quorum") or 0)


def signs_of(cluster: Cluster, memberships: Iterable[Membership], day: date) -> dict[int, dict[str, date]]:
    """{membership: {sign of life: its latest day}} as known on a day; one query whatever the number of members."""
    rows = list(memberships)
    found: dict[int, dict[str, date]] = {it.pk: {"renewal": it.renewed_on} if it.renewed_on and it.renewed_on <= day else {} for it in rows}
    of = {it.organisation_id: it.pk for it in rows}
    own = (
        _latest(Mandate.objects.filter(membership__in=rows, valid_from__lte=day), "mandate", "membership", "valid_from"),
        _latest(Term.objects.filter(membership__in=rows, starts_on__lte=day), "term", "membership", "starts_on"),
        _latest(Use.objects.filter(membership__in=rows, on__lte=day, reverses=None, reversed_by=None), "use", "membership", "on"),
    )
    for sign, key, latest in _latest(_attended(cluster, list(of), day), "attendance", "organisation", TruncDate("checked_in_at")).union(*own):
        found[of[key] if sign == "attendance" else key][sign] = latest
    return found


def _latest(rows: QuerySet[Any], sign: str, whose: str, day: Any) -> QuerySet[Any, Any]:
    """(sign, whose it is, its latest day)."""
    told: QuerySet[Any, Any] = rows.order_by().values(whose).annotate(sign=Value(sign), latest=Max(day)).values_list("sign", whose, "latest")
    return told


def _attended(cluster: Cluster, organisations: list[int], day: date) -> QuerySet[Participation]:
    """Who came until a day: to the series of the cluster, where it has one, else to any meeting of the region."""
    came = Participation.objects.filter(organisation__in=organisations, checked_in_at__date__lte=day)
    return came.filter(meeting__series=cluster.series_id) if cluster.series_id else came.filter(meeting__region=cluster.region_id)


@dataclass(frozen=True)
class Row:
    """An organisation of the register of members as it stood on a day."""

    it: Membership
    day: date
    state: str
    as_what: str
    silence: str = ""
    heard_on: date | None = None
    heard_by: str = ""

    @property
    def class_words(self) -> str:
        return str(CLASSES[self.as_what])

    @property
    def state_words(self) -> str:
        return str(STATES[self.state])

    @property
    def is_member(self) -> bool:
        return self.state == "member"

    @property
    def is_due(self) -> bool:
        """Whether membership is to be renewed soon, or should have been."""
        return self.is_member and self.it.renew_by is not None and self.it.renew_by <= self.day + BEFORE_RENEWAL

    @property
    def is_overdue(self) -> bool:
        return self.is_member and self.it.renew_by is not None and self.it.renew_by < self.day

    @property
    def heard_words(self) -> str:
        return str(SIGNS.get(self.heard_by, ""))


def rows_on(cluster: Cluster, day: date, *, with_signs: bool = True) -> list[Row]:
    """Everybody on the path or a member on a day, by name; two queries, one without signs of life."""
    memberships = list(_memberships(cluster))
    inside = [it for it in memberships if it.was_member_on(day)]
    signs = signs_of(cluster, inside, day) if with_signs and inside else {}
    return [_row(cluster, it, day, signs.get(it.pk)) for it in memberships]


def _row(cluster: Cluster, it: Membership, day: date, signs: Mapping[str, date] | None) -> Row:
    path = path_of(it)
    state, as_what = sums.state_on(path, day), sums.class_on(path, day, cluster.founding_until)
    if signs is None or it.joined_on is None:
        return Row(it, day, state, as_what)
    silence = sums.silence(it.joined_on, signs.values(), day, rule(cluster, "silent_months") or 12)
    latest = max(((on, kind) for kind, on in signs.items()), default=None)
    return Row(it, day, state, as_what, silence, *(latest or (None, "")))


@dataclass(frozen=True)
class Wish:
    """What the register of members is narrowed to; states of a path stand beside two questions: silent, due."""

    words: str = ""
    sector: str = ""
    as_what: str = ""
    state: str = ""

    def fits(self, row: Row) -> bool:
        return (
            (not self.words or fold(self.words) in fold(f"{row.it.organisation.legal_name} {row.it.organisation.short_name}"))
            and (not self.sector or row.it.organisation.sector == self.sector)
            and (not self.as_what or row.as_what == self.as_what)
            and self._is_so(row)
        )

    def _is_so(self, row: Row) -> bool:
        match self.state:
            case "silent":
                return row.silence == "silent"
            case "due":
                return row.is_due
            case "path":
                return row.state in ("candidate", "applied", "accepted")
            case "gone":
                return row.state in ("left", "refused")
            case _:
                return row.is_member


def state_choices() -> list[tuple[str, str]]:
    """What the register can be narrowed to, for who sees inside."""
    return [
        ("", pgettext("members", "members")), ("due", _("renewal is due")), ("silent", _("silent for long")), ("path", _("on the way in")), ("gone", _("left or refused")),
    ]  # fmt: skip


@dataclass(frozen=True)
class Share:
    """A part of the members: code, words, number."""

    code: str
    name: str
    count: int


@dataclass(frozen=True)
class Counts:
    """How the members of a day divide; the parts of each division add up to all (V20)."""

    members: int
    entitled: int
    classes: tuple[Share, ...]
    sectors: tuple[Share, ...]
    forms: tuple[Share, ...]

    @property
    def social_economy(self) -> int:
        return next((share.count for share in self.sectors if share.code == "social_economy"), 0)

    @property
    def social_economy_percent(self) -> int | None:
        """The share of the social economy among members; None where there are none."""
        return round(100 * self.social_economy / self.members) if self.members else None


def counts_of(rows: Iterable[Row]) -> Counts:
    """The members among rows, counted by class, sector and legal form."""
    members = [row for row in rows if row.is_member]
    by_class, by_sector, by_form = (Counter(told) for told in ([row.as_what for row in members], [row.it.organisation.sector for row in members], [row.it.organisation.legal_form for row in members]))
    forms = sorted(by_form, key=lambda code: (-by_form[code], codes.LEGAL_FORMS.label(code)))
    return Counts(
        len(members), len(members) - by_class["supporting"],
        tuple(Share(code, str(CLASSES[code]), by_class[code]) for code in CLASSES if by_class[code]),
        tuple(Share(row.code, row.label, by_sector[row.code]) for row in codes.SECTORS if by_sector[row.code]),
        tuple(Share(code, codes.LEGAL_FORMS.label(code), by_form[code]) for code in forms),
    )  # fmt: skip


def may_still_apply(organisations: Iterable[int], rows: Iterable[Row]) -> bool:
    """Whether one of these organisations is neither a member nor waits for a decision; rows are those of today."""
    waiting = {row.it.organisation_id for row in rows if row.it.state in (Membership.State.APPLIED, Membership.State.MEMBER)}
    return bool(set(organisations) - waiting)


def renewals_of(cluster: Cluster, rows: Iterable[Row], day: date) -> sums.Renewals:
    """Of those whose renewal came up in the twelve months before a day: who renewed, left, let the day pass."""
    return sums.renewals((path_of(row.it) for row in rows), sums.months_before(day, 12), day)


def seen_by(person: Anyone, cluster: Cluster, rows: Iterable[Row]) -> list[Row]:
    """The rows whose organisation the person may see in the register; one query."""
    told = list(rows)
    seen = set(register_access.visible(person, cluster.region).filter(pk__in=[row.it.organisation_id for row in told]).values_list("pk", flat=True))
    return [row for row in told if row.it.organisation_id in seen]


def days_to_decide(cluster: Cluster, it: Membership, day: date) -> int | None:
    """How many days are left to decide on an application; negative when the rules' time has passed, None where there is none."""
    limit = rule(cluster, "application_days")
    if it.state != Membership.State.APPLIED or it.applied_on is None or not limit:
        return None
    return sums.days_left(it.applied_on, limit, day)


def next_renewal(cluster: Cluster, day: date) -> date:
    """The day by which one who joins or renews on a day renews next, by the cluster's rules."""
    return sums.next_renewal(day, rule(cluster, "renewal_month"), rule(cluster, "renewal_months") or 12)


def unlinked_signatories(cluster: Cluster) -> int:
    """How many signed the cluster's letter and are not known as a record of the register: nobody can make them members yet."""
    return Signatory.objects.filter(agreement=cluster.letter, state=Signatory.State.SIGNED, organisation=None).count() if cluster.letter else 0


def row_of(cluster: Cluster, it: Membership, day: date, *, with_signs: bool = True) -> Row:
    """One membership as it stands on a day; one query, none without signs of life."""
    signs = signs_of(cluster, [it], day).get(it.pk) if with_signs and it.was_member_on(day) else None
    return _row(cluster, it, day, signs)
