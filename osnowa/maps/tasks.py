"""Background work of maps: what a map usually asks is asked beforehand."""

from datetime import date

from django.contrib.auth.models import AnonymousUser

from osnowa.maps.queries import amounts, cells
from osnowa.maps.queries.atlas import LEVELS, divisions_of
from osnowa.maps.queries.facets import facets_of
from osnowa.maps.queries.keeping import question_of
from osnowa.places.models import Region
from osnowa.register.actions import usual
from osnowa.register.queries.directory import Wish


@usual
def ask_map(region: Region, on: date) -> None:
    """The cells of every zoom, the places of every level, the filters, without any filter chosen."""
    question, divisions = question_of(region, AnonymousUser(), Wish()), divisions_of(region)
    cells.total(question)
    cells.points(question)
    for zoom in range(cells.COARSEST, cells.GRID + 1):
        cells.grid(question, zoom)
    for level in LEVELS:
        amounts.organisations(question, level, divisions)
    facets_of(question, Wish())
