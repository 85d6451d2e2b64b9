"""Template words of signing: tones of states, commitments in words."""

from decimal import Decimal

from django import template
from django.template.defaultfilters import floatformat

from osnowa.agreements.models import Commitment, Signatory
from osnowa.agreements.queries import commitments
from osnowa.agreements.queries.signing import NOT_VALIDATED
from osnowa.register import codes

register = template.Library()
_TONES = {"invited": "plain", "declared": "warn", "signed": "good", "declined": "plain", "withdrawn": "bad", "planned": "plain", "done": "good", "partly": "warn", "not_done": "bad"}


@register.filter
def state_tone(it: Signatory | Commitment) -> str:
    """The tone of a badge that tells the state of a signatory or a commitment."""
    return _TONES[it.state]


@register.filter
def is_not_validated(it: Signatory) -> bool:
    """Whether it was signed with a file that nobody validated here."""
    return it.way in NOT_VALIDATED


@register.filter
def legal_form(code: str) -> str:
    """What a legal form is called; nothing where none is known."""
    return codes.LEGAL_FORMS.label(code) if code else ""


@register.filter
def commitment_words(it: Commitment) -> str:
    """A commitment in the reader's language."""
    return commitments.title(it)


@register.filter
def amount(number: Decimal | None, unit: str) -> str:
    """A number as the reader writes it, with its unit where it has one."""
    return "" if number is None else " ".join(filter(None, (floatformat(number, -2), unit)))


@register.filter
def commitment_unit(it: Commitment) -> str:
    """The unit of its target."""
    return commitments.unit(it)


@register.filter
def is_due(it: Commitment) -> bool:
    """Whether its year is over and nobody told how it went."""
    return commitments.is_due(it)
