"""How long names are kept: as long as the agreement lives and so many days longer; organisation, day and hash stay."""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.agreements.models import Agreement, Paper, Signatory
from osnowa.journal.actions import Deed, action
from osnowa.people.actions import at_erasure
from osnowa.people.models import Person

State = Signatory.State
#: Who signed or withdrew is on record; all others were only asked.
ON_RECORD = (State.SIGNED, State.WITHDRAWN)
#: What a row says of a person, and what it says once that is gone.
_PERSONAL: dict[str, Any] = {"person_name": "", "function": "", "email": "", "mandate_note": ""}


def _forget(rows: Any, today: date) -> int:
    """Takes persons out of rows: names, addresses, files; the hash and size of a file stay, so that a copy can still be recognised."""
    papers = Paper.objects.filter(signatory__in=rows.values("pk"))
    papers.update(content=b"", name="", added_by=None)
    return int(rows.update(**_PERSONAL, mandate_checked_by=None, erased_on=today))


@action("agreements.names_erased", says=gettext_lazy("erased the names of those who signed an agreement"))
def erase_names(*, by: Any, agreement: Agreement, today: date) -> Deed:
    """Erases names, addresses and files of an ended agreement: of those only asked at once, of those on record after their keeping."""
    rows = agreement.signatories.filter(erased_on=None)
    assert agreement.ended_on is not None
    if agreement.ended_on + timedelta(days=settings.KEEP_SIGNERS_DAYS) >= today:
        rows = rows.exclude(state__in=ON_RECORD)
    count = _forget(Signatory.objects.filter(pk__in=list(rows.values_list("pk", flat=True))), today)
    return Deed(agreement, {"names": [count, 0]} if count else {}, place=agreement.region.slug, value=count)


def erase_signers(*, by: Any = None, today: date | None = None) -> int:
    """Erases the names of those whose keeping has ended; returns of how many. Safe to run every day."""
    day = today or timezone.localdate()
    over = day - timedelta(days=settings.KEEP_SIGNERS_DAYS)
    rows = Signatory.objects.filter(agreement__state=Agreement.State.ENDED, erased_on=None)
    due = rows.filter(~Q(state__in=ON_RECORD) | Q(agreement__ended_on__lt=over)).values("agreement")
    return sum(erase_names(by=by, agreement=agreement, today=day) for agreement in Agreement.objects.filter(pk__in=due).select_related("region"))


@at_erasure
def forget_signers(person: Person) -> None:
    """Takes the address of an erased person off the rows that are no record; a signature stays as long as its agreement is kept."""
    rows = Signatory.objects.filter(email__iexact=person.email).exclude(state__in=ON_RECORD)
    rows.update(person_name="", function="", email="")
    Signatory.objects.filter(mandate_checked_by=person).update(mandate_checked_by=None)
