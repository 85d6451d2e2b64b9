"""Saved views of the directory."""

from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.places.models import Region
from osnowa.register.models import SavedView


@action("register.view_saved", says=gettext_lazy("saved a view"))
def save_view(*, by: Any, region: Region, name: str, query: str) -> Deed:
    """Keeps a filtered, sorted directory under a name; the same name is replaced."""
    view, _made = SavedView.objects.update_or_create(person=by, region=region, name=name, defaults={"query": query})
    return Deed(view, place=region.slug)


@action("register.view_removed", says=gettext_lazy("removed a saved view"))
def remove_view(*, by: Any, view: SavedView) -> Deed:
    """Forgets a saved view."""
    thing = SavedView(pk=view.pk, name=view.name, person=view.person, region=view.region)
    view.delete()
    return Deed(thing, place=thing.region.slug, value=thing)
