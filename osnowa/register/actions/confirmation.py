""""Is this still true?": a link by e-mail whose holder confirms or corrects a record without an account."""

import logging
from datetime import timedelta
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, through
from osnowa.kit import letters
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.register.actions.organisations import confirm_organisation
from osnowa.register.actions.proposals import propose
from osnowa.register.models import ConfirmationRequest, Organisation, Proposal
from osnowa.register.queries.confirmation import just_asked

log = logging.getLogger(__name__)
#: How long a link can be answered.
OPEN_FOR = timedelta(days=30)
#: The kind of background work that asks many.
CAMPAIGN = "register.campaign"
CONFIRMED, CHANGED, GONE = "confirmed", "changed", "gone"


@action("register.confirmation_asked", says=gettext_lazy("asked whether the record is still true"))
def ask_confirmation(*, by: Person | None, organisation: Organisation, email: str, language: str,
                     again: bool = False) -> Deed:  # fmt: skip
    """Sends the link, a second one within a week only on purpose; the journal keeps that it was sent, never to whom."""
    if organisation.is_closed:
        raise Refused(_("It is closed: there is nothing to confirm."))
    if not email:
        raise Refused(_("There is no e-mail address to ask at. Add a contact first."))
    Organisation.objects.select_for_update().only("pk").get(pk=organisation.pk)
    if not again and (day := just_asked(organisation)):
        raise Refused(_("Asked on %(day)s already.") % {"day": date_format(day, "SHORT_DATE_FORMAT")})
    made = ConfirmationRequest.objects.create(
        organisation=organisation, sent_to=email, sent_by=by, expires_on=timezone.localdate() + OPEN_FOR
    )
    transaction.on_commit(partial(_send, made, letters.spoken(language)))
    return Deed(organisation, None, place=organisation.region.slug, value=made)


def _send(asked: ConfirmationRequest, language: str) -> None:
    """Sends the question; where the mail server fails, the question is taken back, so that it can be asked again."""
    try:
        letters.send(
            "register/mail/question.txt", to=asked.sent_to, language=language, organisation=asked.organisation,
            region=asked.organisation.region, expires_on=asked.expires_on,
            page=letters.link("register:answer", language, token=asked.token),
        )  # fmt: skip
    except (SMTPException, OSError) as error:
        log.warning("a question was not sent", exc_info=error)
        take_back_question(by=asked.sent_by, asked=asked)
        raise Refused(_("The e-mail could not be sent. Please try again later."), status=502) from error


@action("register.confirmation_not_sent", says=gettext_lazy("could not send a question"))
def take_back_question(*, by: Person | None, asked: ConfirmationRequest) -> Deed:
    """Forgets a question that never left the house."""
    organisation = asked.organisation
    ConfirmationRequest.objects.filter(pk=asked.pk).delete()
    return Deed(organisation, None, place=organisation.region.slug)


def _answered(asked: ConfirmationRequest, answer: str) -> None:
    """Uses the link up. Refused where it is used or too old."""
    now = timezone.now()
    still_open = ConfirmationRequest.objects.filter(pk=asked.pk, answer="", expires_on__gte=timezone.localdate())
    if not still_open.update(answer=answer, answered_at=now):
        raise Refused(_("This link was answered already, or it is too old."))
    asked.answer, asked.answered_at = answer, now


def confirm_by_link(*, by: None, asked: ConfirmationRequest) -> Organisation:
    """The holder of the link says that all of it is true."""
    with through("link"), transaction.atomic():
        _answered(asked, CONFIRMED)
        organisation: Organisation = confirm_organisation(
            by=by, organisation=asked.organisation, source="confirmation_link"
        )
    return organisation


def correct_by_link(*, by: None, asked: ConfirmationRequest, values: dict[str, Any], message: str, language: str,
                    is_gone: bool = False) -> Proposal:  # fmt: skip
    """The holder of the link says what changed; a reviewer decides, as with every other proposal."""
    gone = {"activity_status": Organisation.Status.CLOSED.value} if is_gone else {}
    with through("link"), transaction.atomic():
        _answered(asked, GONE if is_gone else CHANGED)
        proposal: Proposal = propose(
            by=by, region=asked.organisation.region, kind=Proposal.Kind.CHANGE, organisation=asked.organisation,
            values=values | gone, message=message, email=asked.sent_to, language=language,
        )  # fmt: skip
    return proposal
