"""Template words of clusters: the region's own words, tones, the tabs of one cluster."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from osnowa.clusters import access
from osnowa.clusters.models import Cluster
from osnowa.places.models import Region, in_readers_language
from osnowa.register import codes

register = template.Library()

#: (URL name, words, who may see the tab; None is everybody who may see the cluster). A tab is shown once its address exists;
#: pages whose address begins with that of a tab lie under it.
TABS: tuple[tuple[str, Any, Any], ...] = (
    ("clusters:cluster", _("Overview"), None),
    ("clusters:canvas", _("Canvas"), None),
    ("clusters:portrait", _("Portrait"), None),
    ("clusters:ecosystem", _("Ecosystem"), None),
    ("clusters:members", _("Members"), None),
    ("clusters:bodies", _("Bodies and rules"), None),
    ("clusters:services", _("Services"), None),
    ("clusters:money", _("Money"), access.may_look_inside),
    ("clusters:health", _("Health"), access.may_look_inside),
)
#: Tabs that a region may call by its own word.
_OWN_WORDS = {"clusters:members": "members"}
_TONES = {"idea": "plain", "design": "warn", "running": "good", "resting": "plain", "ended": "bad"}


@register.filter
def term(region: Region, word: str) -> str:
    """The region's own word with a capital, as a heading begins: {{ region|term:"clusters" }}."""
    return capfirst(region.term(word))


@register.filter
def tone(cluster: Cluster) -> str:
    """The tone of the badge that tells a cluster's state."""
    return _TONES.get(cluster.state, "plain")


@register.filter
def in_language(texts: dict[str, str]) -> str:
    """The text of {language: text} for the reader, else any there is."""
    return in_readers_language(texts or {})


@register.filter
def language_told(texts: dict[str, str]) -> str:
    """The language of the text `in_language` gives, so that it is read aloud rightly."""
    said = in_readers_language(texts or {})
    return next((language for language, text in (texts or {}).items() if text == said), "")


@register.filter
def sector(code: str) -> str:
    """What a sector is called; nothing where none is known."""
    return codes.SECTORS.label(code) if code else ""


def _current(path: str, url: str, *, is_front: bool) -> str:
    """"page" on the page itself, "true" on a page below it."""
    if path == url:
        return "page"
    return "true" if path.startswith(url) and not is_front else ""


@register.simple_tag(takes_context=True)
def cluster_tabs(context: template.Context) -> list[dict[str, Any]]:
    """The tabs of the cluster in the context: address, words, aria-current."""
    cluster, request = context["cluster"], context.get("request")
    if not isinstance(request, HttpRequest):
        return []
    tabs = []
    for name, words, may in TABS:
        if may and not may(request.user, cluster):
            continue
        try:
            url = reverse(name, args=[cluster.region.slug, cluster.slug])
        except NoReverseMatch:
            continue
        own = cluster.region.term(_OWN_WORDS[name], str(words)) if name in _OWN_WORDS else words
        tabs.append({"url": url, "words": capfirst(str(own)), "current": _current(request.path, url, is_front=name == "clusters:cluster")})
    return tabs
