"""The navigation of a region: only the ways that exist and that the person may go."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from osnowa.places import access

register = template.Library()

#: (URL name, words, who may; None is everybody, names of views that lie under it)
WAYS = (
    ("home:region", _("Overview"), None, ()),
    ("register:directory", _("Register"), None, ("register",)),
    ("maps:map", _("Map"), None, ("maps",)),
    ("indicators:statistics", _("Statistics"), None, ("indicators",)),
    ("indicators:profile", _("Indicators"), None, ("indicators:indicator",)),
    ("meetings:meetings", _("Meetings"), None, ("meetings",)),
    ("assessments:rounds", _("Assessments"), None, ("assessments",)),
    ("agreements:agreements", _("Agreements"), None, ("agreements",)),
    ("clusters:clusters", _("Clusters"), None, ("clusters",)),
    ("reports:reports", _("Documents"), None, ("reports",)),
    ("imports:imports", _("Imports"), access.may_edit_register, ("imports",)),
    ("register:duplicates", _("Duplicates"), access.may_edit_register, ("register:duplicate", "register:merge")),
    ("register:quality", _("Data quality"), None, ()),
    ("opendata:region", _("Open data"), None, ("opendata",)),
    ("journal:lately", _("What happened"), access.may_look_inside, ("journal",)),
    ("register:moderation", _("Moderation"), access.may_review, ("register:proposal",)),
    ("places:seats", _("People"), access.may_coordinate, ("places:seat",)),
    ("places:settings", _("Settings"), access.may_coordinate, ("places",)),
)

#: Ways that a region may call by its own word.
OWN_WORDS = {"clusters:clusters": "clusters"}


def _current(view: str, own: str, under: tuple[str, ...]) -> str:
    """"page" on the page itself, "true" on a page below it that no other way claims, else nothing."""
    if view == own:
        return "page"
    if any(view == name for name, *_rest in WAYS):
        return ""
    claimed = any(view in names for _name, _words, _may, names in WAYS)
    return "true" if view in under or (not claimed and view.split(":")[0] in under) else ""


@register.simple_tag(takes_context=True)
def region_ways(context: template.Context) -> list[dict[str, Any]]:
    """The ways of the region in the context: address, words, aria-current."""
    region, request = context["region"], context.get("request")
    if not isinstance(request, HttpRequest):
        return []
    view = request.resolver_match.view_name if request.resolver_match else ""
    ways = []
    for name, words, may, under in WAYS:
        if may and not may(request.user, region):
            continue
        try:
            url = reverse(name, args=[region.slug])
        except NoReverseMatch:
            continue
        own = region.term(OWN_WORDS[name], str(words)) if name in OWN_WORDS else words
        ways.append({"url": url, "words": capfirst(own), "current": _current(view, name, under)})
    return ways
