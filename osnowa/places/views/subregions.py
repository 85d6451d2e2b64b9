"""A region's own divisions: the public list with its map, and the coordinator's form."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.kit.doors import door, public
from osnowa.places import access
from osnowa.places.actions import remove_subregion, save_subregion
from osnowa.places.forms.subregions import SubregionForm
from osnowa.places.models import Region, Subregion
from osnowa.places.queries import divisions_of, region_map
from osnowa.ui.forms import refusals, status_of


@public(find=access.find_region)
def subregions(request: HttpRequest, region: Region) -> HttpResponse:
    """The divisions by kind with their municipalities, those in none, and a map of one kind."""
    kinds = divisions_of(region)
    wanted = request.GET.get("kind", "")
    shown = next((kind for kind in kinds if kind.code == wanted), kinds[0] if kinds else None)
    context = {
        "region": region,
        "kinds": kinds,
        "shown": shown,
        "picture": region_map(region, kind=shown.code if shown else ""),
        "may_edit": access.may_coordinate(request.user, region),
    }
    return render(request, "places/subregions.html", context)


@door(access.may_coordinate, find=access.find_region)
def add_subregion(request: HttpRequest, region: Region) -> HttpResponse:
    """A new division of the region."""
    return _edit(request, region, Subregion(region=region, kind=request.GET.get("kind", Subregion.Kind.SUPPORT_CENTRE)))


@door(access.may_redraw, find=access.find_subregion)
def subregion(request: HttpRequest, subregion: Subregion) -> HttpResponse:
    """Changes a division."""
    return _edit(request, subregion.region, subregion)


def _edit(request: HttpRequest, region: Region, it: Subregion) -> HttpResponse:
    is_new, name = it.pk is None, it.name
    form = SubregionForm(request.POST or None, instance=it, region=region)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            save_subregion(by=request.user, subregion=form.instance, municipalities=form.municipalities())
            messages.success(request, _("%(name)s is saved.") % {"name": form.instance.name})
            return redirect("places:subregions", region=region.slug)
    context = {"region": region, "form": form, "is_new": is_new, "name": name}
    return render(request, "places/subregion.html", context, status=status_of(form))


@door(access.may_redraw, find=access.find_subregion)
@require_POST
def remove(request: HttpRequest, subregion: Subregion) -> HttpResponse:
    """Removes a division; its municipalities stay."""
    region, name = subregion.region, subregion.name
    remove_subregion(by=request.user, subregion=subregion)
    messages.success(request, _("%(name)s is removed.") % {"name": name})
    return redirect("places:subregions", region=region.slug)
