"""Template words of agreements: tones, pieces of a text, sectors, the ways of who keeps one."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from osnowa.agreements import access
from osnowa.agreements.models import Agreement, Signatory
from osnowa.agreements.queries import signing, texts
from osnowa.kit.letterpress import Points
from osnowa.register import codes

register = template.Library()

#: (URL name, words, names of pages that lie under it)
WAYS: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("agreements:agreement", _("Agreement"), ("agreements:edit", "agreements:freeze", "agreements:end", "agreements:reviewed")),
    ("agreements:text", _("Text"), ()),
    ("agreements:versions", _("Versions"), ()),
    ("agreements:signatories", _("Signatories"), ("agreements:invite", "agreements:signatory")),
    ("agreements:commitments", _("Commitments"), ("agreements:commitment",)),
)
_TONES = {"draft": "plain", "open": "good", "closed": "plain", "ended": "warn"}


@register.filter
def tone(it: Agreement) -> str:
    """The tone of a badge that tells the state of an agreement."""
    return _TONES[it.state]


@register.filter
def pieces(words: str) -> list[tuple[bool, Any]]:
    """The words of a block as (is it a list, paragraph or points)."""
    return [(True, one.items) if isinstance(one, Points) else (False, one) for one in texts.pieces(words)]


@register.filter
def with_gaps(words: str) -> list[tuple[bool, str]]:
    """Words as (is it a place to fill in, words)."""
    return [(bool(number % 2), piece) for number, piece in enumerate(texts.GAP.split(words))]


@register.filter
def sector(code: str) -> str:
    """What a sector is called; nothing where none is known."""
    return codes.SECTORS.label(code) if code else ""


@register.filter
def language(code: str) -> str:
    """A language in its own words."""
    return texts.language_name(code)


@register.filter
def in_fours(sha256: str) -> str:
    """A hash in groups, so that eyes keep their place."""
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))


@register.filter
def whence(row: Signatory) -> str:
    """Sector and municipality of a signatory, as far as they are known."""
    return ", ".join(filter(None, (sector(row.sector), row.municipality.name if row.municipality else "")))


@register.filter
def last_day(it: Agreement) -> date | None:
    """The last day of signing: the one on which it was closed, else the planned one."""
    return signing.last_day(it)


@register.filter
def is_closed_by_hand(it: Agreement) -> bool:
    """Whether somebody closed the signing before its planned last day was over."""
    return signing.closed_by_hand_on(it) is not None


@register.filter
def takes_declarations(it: Agreement) -> bool:
    """Whether who joins today does so by a declaration."""
    return signing.joins_by_declaration(it, timezone.localdate())


@register.simple_tag(takes_context=True)
def agreement_ways(context: template.Context) -> list[dict[str, Any]]:
    """The ways of the agreement in the context, for who keeps it: address, words, aria-current."""
    agreement, request = context["agreement"], context.get("request")
    if not isinstance(request, HttpRequest) or not access.may_keep(request.user, agreement):
        return []
    view = request.resolver_match.view_name if request.resolver_match else ""
    ways = []
    for name, words, under in WAYS:
        if name == "agreements:commitments" and agreement.kind != Agreement.Kind.PACT:
            continue
        try:
            url = reverse(name, args=[agreement.region.slug, agreement.slug])
        except NoReverseMatch:
            continue
        ways.append({"url": url, "words": words, "current": "page" if view == name else "true" if view in under else ""})
    return ways
