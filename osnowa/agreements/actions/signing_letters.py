"""Letters to those who are asked to sign, in their language. The link in them is the right to sign: no page shows it."""

import logging
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from osnowa.agreements.models import Signatory
from osnowa.journal import jobs
from osnowa.kit import letters

log = logging.getLogger(__name__)
#: The kind of background work that writes to many.
LETTERS = "agreements.letters"
#: Letters that ask for a signature; of these nobody gets two in a day.
ASKING = ("signing_invitation", "signing_reminder")


def write(letter: str, signatory: Signatory, **words: Any) -> bool:
    """Sends `agreements/mail/<letter>.txt` to a signatory who has an address; False where the mail server would not take it."""
    if not signatory.email:
        return False
    language, agreement = letters.spoken(signatory.language), signatory.agreement
    try:
        letters.send(
            f"agreements/mail/{letter}.txt", to=signatory.email, language=language, signatory=signatory, agreement=agreement, region=agreement.region,
            own_page=letters.link("agreements:sign", language, token=signatory.token), address=settings.ADDRESS.rstrip("/"), **words,
        )  # fmt: skip
    except (SMTPException, OSError) as error:
        log.warning("a letter about signature %s was not sent", signatory.pk, exc_info=error)
        return False
    return True


def write_soon(letter: str, signatory: Signatory) -> None:
    """Sends the letter once the deed is done."""
    transaction.on_commit(partial(write, letter, signatory))


def write_to_all(letter: str, signatories: Iterable[Signatory], *, by: Any, place: str) -> int:
    """Asks many for their signature as background work, which holds numbers and no addresses; returns how many."""
    numbers = [row.pk for row in signatories if row.email]
    if numbers:
        jobs.start(LETTERS, by=by, place=place, letter=letter, signatories=numbers, since=timezone.now().isoformat())
    return len(numbers)


def not_written_to(moment: datetime) -> Q:
    """Rows to which nobody wrote on the day of this moment."""
    began = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return (Q(invited_at=None) | Q(invited_at__lt=began)) & (Q(reminded_at=None) | Q(reminded_at__lt=began))


def ask(letter: str, signatory: Signatory, since: datetime | None = None) -> bool:
    """One letter that asks for a signature, never two in a day: the day is taken first and given back where the letter did not go out.

    `since` is when the work began: who was written to after it got its letter already, though midnight passed meanwhile.
    """
    field = "invited_at" if letter == "signing_invitation" else "reminded_at"
    free = not_written_to(timezone.now())
    if since is not None:
        free &= (Q(invited_at=None) | Q(invited_at__lt=since)) & (Q(reminded_at=None) | Q(reminded_at__lt=since))
    open_ones = Signatory.objects.filter(free, pk=signatory.pk, state__in=(Signatory.State.INVITED, Signatory.State.DECLARED))
    if not open_ones.update(**{field: timezone.now()}):
        return False
    went_out = False
    try:
        went_out = write(letter, signatory)
    finally:
        if not went_out:
            Signatory.objects.filter(pk=signatory.pk).update(**{field: getattr(signatory, field)})
    return went_out
