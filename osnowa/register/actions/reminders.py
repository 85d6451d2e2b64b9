"""Reminders of what has an end (V19): reviews of statuses, yearly reports, contacts. One letter a coordinator and region."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit import letters
from osnowa.people.models import Person
from osnowa.places.models import Region, RegionSeat
from osnowa.register import codes
from osnowa.register.actions.recognitions import open_reports
from osnowa.register.models import Contact, Organisation, Recognition, StatusReport
from osnowa.register.queries.recognitions import SOON

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Kind:
    """Something coordinators are reminded of: its heading in the letter, its rows, the field of the day each is due."""

    heading: Promise
    rows: QuerySet[Any]
    field: str
    organisation: Callable[[Any], Organisation]
    what: Callable[[Any], str]


RECOGNITIONS = Kind(
    gettext_lazy("Statuses and certificates to be reviewed"),
    Recognition.objects.filter(state=Recognition.State.GRANTED, organisation__merged_into=None).select_related("organisation__region"),
    "review_on", lambda row: row.organisation, lambda row: codes.RECOGNITIONS.label(row.code),
)  # fmt: skip
REPORTS = Kind(
    gettext_lazy("Yearly reports that are due"),
    StatusReport.objects.filter(filed_on=None, recognition__organisation__merged_into=None).select_related("recognition__organisation__region"),
    "due_on", lambda row: row.recognition.organisation,
    lambda row: f"{codes.RECOGNITIONS.label(row.recognition.code)}, {row.year}",
)  # fmt: skip
#: A contact is named by its function alone: the letter carries no more of a person than it must.
CONTACTS = Kind(
    gettext_lazy("Contacts whose keeping ends: ask again, or let them be erased"),
    Contact.objects.filter(organisation__merged_into=None).select_related("organisation__region"),
    "keep_until", lambda row: row.organisation, lambda row: row.function,
)  # fmt: skip
_PAGES = {Recognition: "register:recognitions", StatusReport: "register:recognitions", Contact: "register:contacts"}


def is_to_remind(due: date, reminded_on: date | None, today: date) -> bool:
    """Once within the thirty days before the day, and once more when the day has passed."""
    if due > today + SOON:
        return False
    begins = due - SOON if today <= due else due + timedelta(days=1)
    return reminded_on is None or reminded_on < begins


@dataclass(frozen=True)
class Item:
    """A line of the letter."""

    kind: Kind
    row: Any

    @property
    def due(self) -> date:
        day: date = getattr(self.row, self.kind.field)
        return day

    @property
    def organisation(self) -> Organisation:
        return self.kind.organisation(self.row)

    @property
    def what(self) -> str:
        return self.kind.what(self.row)

    def link(self, language: str) -> str:
        where = self.organisation
        return letters.link(_PAGES[type(self.row)], language, region=where.region.slug, slug=where.slug)


def _items(kinds: Iterable[Kind], today: date) -> dict[Region, list[Item]]:
    """What to remind of today, by region; of closed organisations only their contacts."""
    due: dict[Region, list[Item]] = {}
    for kind in kinds:
        for row in kind.rows.filter(**{f"{kind.field}__lte": today + SOON}):
            item = Item(kind, row)
            skipped = item.organisation.is_closed and kind is not CONTACTS
            if not skipped and is_to_remind(item.due, row.reminded_on, today):
                due.setdefault(item.organisation.region, []).append(item)
    return due


def coordinators(region: Region, today: date) -> list[Person]:
    """The persons who coordinate a region on a day, each once."""
    seats = RegionSeat.objects.filter(region=region, role=RegionSeat.Role.COORDINATOR, ended_reason="")
    holding = seats.filter(valid_from__lte=today, valid_to__gte=today).values("person")
    return list(Person.objects.filter(pk__in=holding, is_active=True).order_by("pk"))


@action("register.reminded", says=gettext_lazy("reminded the coordinators of what is due"))
def _remind(*, by: Any, region: Region, items: list[Item], people: list[Person], today: date) -> Deed:
    """Marks the rows and writes the letters; where a letter fails nothing is marked, and tomorrow tries again."""
    _mark((item.row for item in items), today)
    for person in people:
        _write(person, region, items, today)
    return Deed(region, None, place=region.slug, value=len(items))


def _mark(rows: Iterable[Model], today: date) -> None:
    ids: dict[type[Model], list[int]] = {}
    for row in rows:
        ids.setdefault(type(row), []).append(row.pk)
    for model, keys in ids.items():
        model._default_manager.filter(pk__in=keys).update(reminded_on=today)


def _write(person: Person, region: Region, items: list[Item], today: date) -> None:
    groups: dict[Kind, list[dict[str, Any]]] = {}
    for item in sorted(items, key=lambda item: item.due):
        line = {"item": item, "link": item.link(person.language), "is_late": item.due < today}
        groups.setdefault(item.kind, []).append(line)
    letters.send(
        "register/mail/reminder.txt", to=person.email, language=person.language, person=person, region=region,
        groups=[(kind.heading, lines) for kind, lines in groups.items()], count=len(items),
    )  # fmt: skip


def remind_of_due_days(*, by: Any = None, today: date | None = None, kinds: Iterable[Kind] = (RECOGNITIONS, REPORTS, CONTACTS)) -> int:
    """Reminds the coordinators of everything that is due, in one letter a person and region; returns of how many things.

    Safe to run every day. Regions without a coordinator wait for one.
    """
    day, count, chosen = today or timezone.localdate(), 0, tuple(kinds)
    if REPORTS in chosen:
        open_reports(by=by, today=day)
    for region, items in _items(chosen, day).items():
        people = coordinators(region, day)
        if not people:
            continue
        try:
            count += _remind(by=by, region=region, items=items, people=people, today=day)
        except (SMTPException, OSError) as error:
            log.warning("reminders of %s were not sent", region.slug, exc_info=error)
    return count


def remind_of_recognitions(*, by: Any = None, today: date | None = None) -> int:
    """Reminds of statuses and certificates to be reviewed."""
    return remind_of_due_days(by=by, today=today, kinds=(RECOGNITIONS,))


def remind_of_reports(*, by: Any = None, today: date | None = None) -> int:
    """Reminds of yearly reports: thirty days before they are due, and when they are overdue."""
    return remind_of_due_days(by=by, today=today, kinds=(REPORTS,))


def remind_of_contacts(*, by: Any = None, today: date | None = None) -> int:
    """Reminds of contacts whose keeping ends."""
    return remind_of_due_days(by=by, today=today, kinds=(CONTACTS,))
