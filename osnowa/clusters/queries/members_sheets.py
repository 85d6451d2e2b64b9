"""The register of members as spreadsheets: for everybody organisation and class, inside names, fees and what is due as well."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from osnowa.clusters.models import Cluster, Fee
from osnowa.clusters.queries.mandates import mandates_on
from osnowa.clusters.queries.members import Counts, Row, counts_of
from osnowa.register import codes

Table = tuple[Sequence[Any], Iterable[Sequence[Any]]]


def sheets_of(cluster: Cluster, rows: Sequence[Row], day: date, *, is_inside: bool) -> dict[str, Table]:
    """{name of the sheet: (headings, rows)}; three queries at most."""
    listed = _inside(rows, day) if is_inside else _public(rows)
    return {_("Register of members"): listed, _("Counts"): _counts(counts_of(rows))}


def _facts(row: Row) -> list[Any]:
    it = row.it.organisation
    return [it.legal_name, codes.SECTORS.label(it.sector), codes.LEGAL_FORMS.label(it.legal_form), str(it.municipality or it.locality), row.class_words]


def _headings() -> list[str]:
    return [_("Organisation"), _("Sector"), _("Legal form"), _("Municipality"), _("Class")]


def _public(rows: Sequence[Row]) -> Table:
    return _headings(), [_facts(row) for row in rows]


def _inside(rows: Sequence[Row], day: date) -> Table:
    memberships = [row.it for row in rows]
    acting = mandates_on(memberships, day)
    fees = {fee.membership_id: fee for fee in Fee.objects.filter(membership__in=memberships, year=day.year)}
    headings = [
        *_headings(), _("State"), _("Applied on"), _("Decided on"), _("Basis of the decision"), _("Member since"), _("Renewed on"), _("To be renewed by"), _("Left on"), _("Last sign of life"),
        _("Who acts for it"), _("Fee %(year)s") % {"year": day.year}, _("Paid"), _("Paid on"),
    ]  # fmt: skip
    return headings, [[*_facts(row), *_path(row), *_people(acting.get(row.it.pk, [])), *_fee(fees.get(row.it.pk))] for row in rows]


def _path(row: Row) -> list[Any]:
    it = row.it
    return [row.state_words, it.applied_on, it.decided_on, it.decision, it.joined_on, it.renewed_on, it.renew_by, it.left_on, row.heard_on]


def _people(mandates: Sequence[Any]) -> list[Any]:
    return ["; ".join(f"{one.person_name}{f', {one.function}' if one.function else ''}" for one in mandates if one.person_name)]


def _fee(fee: Fee | None) -> list[Any]:
    return [fee.amount, fee.paid, fee.paid_on] if fee else [None, None, None]


def _counts(it: Counts) -> Table:
    body: list[list[Any]] = [[_("All members"), "", it.members], [_("Entitled to vote"), "", it.entitled]]
    for what, shares in ((_("Class"), it.classes), (_("Sector"), it.sectors), (_("Legal form"), it.forms)):
        body += [[what, share.name, share.count] for share in shares]
        body.append([_("Sum of the parts"), what, sum(share.count for share in shares)])
    return [_("What"), _("Which"), _("Number of members")], body
