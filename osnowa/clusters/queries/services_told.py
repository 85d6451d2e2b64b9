"""The ledger of uses in charts and in a workbook."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.clusters.models import Cluster, Service, Use
from osnowa.clusters.queries.services import INNOVATION, KINDS, Catalogue, Usage, month_words
from osnowa.ui.charts import Chart, Series

Sheet = tuple[list[str], list[list[Any]]]
_BARS = 15


def _source(cluster: Cluster) -> str:
    return _("Ledger of uses of %(cluster)s") % {"cluster": cluster}


def chart_of_months(cluster: Cluster, it: Usage) -> Chart:
    """How many uses were noted in each month."""
    series = Series(_("Uses"), tuple(float(count) for _month, count in it.by_month))
    return Chart("bars", _("Uses by month"), _("uses"), tuple(month_words(month) for month, _count in it.by_month), (series,), _source(cluster), it.period.ends)


def chart_of_services(cluster: Cluster, it: Usage) -> Chart:
    """How many members used each service."""
    rows = sorted((one for one in it.services if one.uses), key=lambda one: -one.members)[:_BARS]
    series = Series(_("Members that used it"), tuple(float(one.members) for one in rows))
    return Chart("bars", _("Members by service"), _("members"), tuple(one.service.title for one in rows), (series,), _source(cluster), it.period.ends)


def catalogue_sheet(it: Catalogue, owners: dict[int, str], currency: str) -> Sheet:
    """The catalogue; an organisation that provides a service is named where the reader may see it."""
    headings = [
        _("Name"), _("Group"), _("Kind"), _("State"), _("Who provides it"), _("For whom"), _("Type of innovation"), _("Price of one use, %(currency)s") % {"currency": currency},
        _("Unit of use"), _("Capacity a month"), _("Offered since"), _("Closed on"), _("What it is"),
    ]  # fmt: skip
    return headings, [_service(one, owners) for one in (*it.services, *it.strategies)]


def _service(it: Service, owners: dict[int, str]) -> list[Any]:
    return [
        it.title, _("shared strategy") if it.is_strategy else _("service"), KINDS.label(it.kind), str(it.get_state_display()), owners.get(it.owner_id or 0, ""),
        _("community") if it.is_for_community else _("members"), INNOVATION.label(it.innovation) if it.innovation else "", it.price, it.unit, it.capacity, it.starts_on, it.closed_on, it.about,
    ]  # fmt: skip


def usage_sheets(it: Usage, names: dict[int, str], currency: str) -> dict[str, Sheet]:
    """A period by service, by member and by month; members are named where the reader may see them."""
    paid, saved = _("Paid, %(currency)s") % {"currency": currency}, _("Saved, %(currency)s") % {"currency": currency}
    by_service: list[list[Any]] = [
        [one.service.title, one.uses, one.quantity, one.service.unit, one.members, one.paid, one.saved, one.satisfaction, _percent(one.capacity_used)] for one in it.services
    ]  # fmt: skip
    by_service.append([_("Total"), it.uses, "", "", it.users_then, it.paid, it.saved, it.satisfaction, ""])
    by_member: list[list[Any]] = [
        [names[one.membership.organisation_id], one.uses, ", ".join(one.services), one.paid, one.saved, one.last_on] for one in it.by_member if one.membership.organisation_id in names
    ]  # fmt: skip
    headings = [_("Service"), _("Uses"), _("How much"), _("Unit of use"), _("Members that used it"), paid, saved, _("Satisfaction, 1 to 5 (from four voices on)"), _("Capacity used, %")]
    return {
        _("By service"): (headings, by_service),
        _("By member"): ([_("Member"), _("Uses"), _("Services"), paid, saved, _("Last on")], by_member),
        _("By month"): ([_("Month"), _("Uses")], [*([month_words(month), count] for month, count in it.by_month), [_("Total"), it.uses]]),
    }


def _percent(part: Any) -> Any:
    return None if part is None else round(part * 100)


def ledger_sheet(lines: Iterable[Use], currency: str) -> Sheet:
    """All lines, reversed and reversing ones among them, so that every column adds up."""
    headings = [
        _("Number"), _("Date"), _("Service"), _("Member"), _("How much"), _("Paid, %(currency)s") % {"currency": currency}, _("Saved, %(currency)s") % {"currency": currency},
        _("Satisfaction, 1 to 5"), _("Note"), _("Reverses line"), _("Added on"),
    ]  # fmt: skip
    return headings, [
        [it.pk, it.on, it.service.title, str(it.membership), it.quantity, it.paid, it.saved, it.satisfaction, it.note, it.reverses_id, timezone.localdate(it.added_at)] for it in lines
    ]  # fmt: skip
