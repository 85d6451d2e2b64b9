"""What somebody signs: the frozen text with its hash, whether now or by a declaration that refers to it (V9)."""

from datetime import date

from django.conf import settings
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from osnowa.agreements.models import Agreement, Paper, Signatory

State = Agreement.State
#: Ways whose file nobody checked here: every page that shows one says so.
NOT_VALIDATED = (Signatory.Way.QUALIFIED, Signatory.Way.TRUSTED)


def closed_by_hand_on(agreement: Agreement) -> date | None:
    """The day on which somebody closed the signing; None where it closes, or closed, after its planned last day."""
    closed = timezone.localtime(agreement.closed_at).date() if agreement.closed_at else None
    return closed if closed and (agreement.closes_on is None or closed <= agreement.closes_on) else None


def last_day(agreement: Agreement) -> date | None:
    """The last day on which the text itself is signed; None while there is none."""
    return closed_by_hand_on(agreement) or agreement.closes_on


def joins_by_declaration(agreement: Agreement, on: date) -> bool:
    """Whether who signs on this day signs a declaration instead of the text (V9): after the last day, and from a closing by hand on."""
    if by_hand := closed_by_hand_on(agreement):
        return on >= by_hand
    return agreement.closes_on is not None and on > agreement.closes_on


def why_not_signing(agreement: Agreement) -> str:
    """Why nobody can sign; empty where one can."""
    if agreement.state == State.DRAFT:
        return _("The text is not frozen yet. Freeze it first: only a frozen text is signed.")
    return _("This agreement has ended.") if agreement.state == State.ENDED else ""


def declaration(agreement: Agreement, language: str, name: str = "") -> str:
    """The words of who joins later: they cite title, day and hash of the frozen text, which stays as it is."""
    with translation.override(language if language in dict(settings.LANGUAGES) else "en"):
        day = formats.date_format(timezone.localtime(agreement.frozen_at), "DATE_FORMAT") if agreement.frozen_at else "–"
        return _("%(organisation)s joins “%(title)s” in the wording frozen on %(day)s (SHA-256 %(sha256)s), knows its text and takes it over without changes.") % {
            "organisation": name or _("The organisation"), "title": agreement.title, "day": day, "sha256": agreement.sha256,
        }  # fmt: skip


def way_words(signatory: Signatory) -> str:
    """How it was signed, with what that proves and what it does not."""
    if signatory.way == Signatory.Way.EMAIL:
        return _("consent through the link of a letter: whoever signed could read the mailbox it was sent to; who that was is not verified")
    return signatory.get_way_display() if signatory.way else ""


def mandate_words(signatory: Signatory) -> str:
    """Whether somebody checked that who signed may sign for the organisation; "not checked" is said, never left out."""
    if signatory.mandate_checked_at is None:
        return _("mandate not checked")
    return _("mandate checked on %(day)s") % {"day": formats.date_format(timezone.localtime(signatory.mandate_checked_at), "DATE_FORMAT")}


def papers_of(signatory: Signatory) -> list[Paper]:
    """The files kept about a signature, without their content."""
    return list(signatory.papers.filter(commitment=None).defer("content"))
