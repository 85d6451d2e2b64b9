"""Background work of the house: what its front pages usually ask is asked beforehand."""

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser

from osnowa.home.overview import status_of
from osnowa.home.queries import counted_in_frame
from osnowa.places.models import Region
from osnowa.register.actions import usual
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.region import portrait


@usual
def ask_front_pages(region: Region, on: date) -> None:
    """The numbers of the region's page, and those of the page of all regions."""
    portrait(frame_of(region, AnonymousUser()), status_of(region))
    counted_in_frame(region, on - timedelta(days=365))
