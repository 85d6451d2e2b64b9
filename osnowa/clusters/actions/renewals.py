"""The renewal campaign: whoever is due gets one letter; begun anew it goes on where it stopped and writes to nobody twice."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.actions.members_letters import write
from osnowa.clusters.models import Cluster, Membership
from osnowa.clusters.queries.members import BEFORE_RENEWAL
from osnowa.clusters.queries.renewals import to_ask
from osnowa.journal import jobs
from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused

LETTERS = "clusters.renewal_letters"


@action("clusters.renewal_asked", says=gettext_lazy("asked members to renew"))
def ask_to_renew(*, by: Any, cluster: Cluster) -> Deed:
    """Starts the letters to all who are due and were not asked; returns to how many members."""
    rows = to_ask(cluster, timezone.localdate())
    if not rows:
        raise Refused(_("There is nobody to write to: whoever is due was asked already, or has no address."))
    jobs.start(LETTERS, by=by, place=cluster.region.slug, members=[it.pk for it in rows])
    return Deed(cluster, {"asked_to_renew": [0, len(rows)]}, place=cluster.region.slug, value=len(rows))


def ask_one(number: int) -> bool:
    """Writes to one member, once a renewal: it is marked first, and the mark is taken back only where no letter went out."""
    today = timezone.localdate()
    with transaction.atomic():
        it = Membership.objects.select_for_update(of=("self",)).select_related("organisation", "cluster__region").filter(pk=number, state=Membership.State.MEMBER).first()
        if it is None or it.asked_to_renew_on is not None or it.renew_by is None or it.renew_by > today + BEFORE_RENEWAL:
            return False
        it.asked_to_renew_on = today
        it.save(update_fields=["asked_to_renew_on"])
    if write("renew", it):
        return True
    Membership.objects.filter(pk=number, asked_to_renew_on=today).update(asked_to_renew_on=None)
    return False
