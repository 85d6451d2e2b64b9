"""What is done every day: signing closes on its day, coordinators are reminded of days that come (V19)."""

import logging
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.agreements import close
from osnowa.agreements.models import Agreement
from osnowa.journal.actions import Deed, action
from osnowa.kit import letters
from osnowa.places.models import Region
from osnowa.register.actions.reminders import coordinators

log = logging.getLogger(__name__)
State = Agreement.State
#: Coordinators are reminded so long before the last day of signing, and before a review.
BEFORE_CLOSING = timedelta(days=14)
BEFORE_REVIEW = timedelta(days=30)


def close_agreements(*, by: Any = None, today: date | None = None) -> int:
    """Closes the signing of agreements whose last day has passed; returns of how many. Safe to run every day."""
    day = today or timezone.localdate()
    past = list(Agreement.objects.filter(state=State.OPEN, closes_on__lt=day).select_related("region"))
    for agreement in past:
        close(by=by, agreement=agreement)
    return len(past)


@dataclass(frozen=True)
class Due:
    """A day of an agreement that comes or has passed."""

    agreement: Agreement
    what: str
    on: date
    is_late: bool


def _begins(due: date, before: timedelta, today: date) -> date:
    return due - before if today <= due else due + timedelta(days=1)


def due_days(agreement: Agreement, today: date) -> list[Due]:
    """What an agreement is to be reminded of on a day and was not yet: the end of signing, its review."""
    found = []
    for what, on, before in (("closing", agreement.closes_on, BEFORE_CLOSING), ("review", agreement.review_on, BEFORE_REVIEW)):
        counts = agreement.state == State.OPEN if what == "closing" else agreement.state in (State.OPEN, State.CLOSED)
        if on is None or not counts or on > today + before:
            continue
        begins = _begins(on, before, today)
        if agreement.reminded_on is None or agreement.reminded_on < begins:
            found.append(Due(agreement, what, on, on < today))
    return found


def remind_of_agreements(*, by: Any = None, today: date | None = None) -> int:
    """Reminds the coordinators of the last days of signing and of reviews; returns of how many. Closes first what is over."""
    day = today or timezone.localdate()
    close_agreements(by=by, today=day)
    near = Q(closes_on__lte=day + BEFORE_CLOSING) | Q(review_on__lte=day + BEFORE_REVIEW)
    rows = Agreement.objects.filter(near, state__in=(State.OPEN, State.CLOSED)).select_related("region").order_by("pk")
    due: dict[Region, list[Due]] = {}
    for agreement in rows:
        for one in due_days(agreement, day):
            due.setdefault(agreement.region, []).append(one)
    return sum(_try(by, region, items, day) for region, items in due.items())


def _try(by: Any, region: Region, items: list[Due], day: date) -> int:
    if not coordinators(region, day):
        return 0
    try:
        return int(_remind(by=by, region=region, items=items, day=day))
    except (SMTPException, OSError) as error:
        log.warning("reminders of agreements in %s were not sent", region.slug, exc_info=error)
        return 0


@action("agreements.reminded", says=gettext_lazy("reminded the coordinators of days of agreements"))
def _remind(*, by: Any, region: Region, items: list[Due], day: date) -> Deed:
    """Marks the agreements and writes the letters; where a letter fails nothing is marked, and tomorrow tries again."""
    Agreement.objects.filter(pk__in={item.agreement.pk for item in items}).update(reminded_on=day)
    for person in coordinators(region, day):
        lines = [{"it": item, "page": letters.link("agreements:agreement", person.language, region=region.slug, slug=item.agreement.slug)} for item in items]
        letters.send("agreements/mail/days.txt", to=person.email, language=person.language, person=person, region=region, lines=lines, count=len(lines))
    return Deed(region, None, place=region.slug, value=len(items))
