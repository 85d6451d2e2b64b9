"""A meeting one can register for, and what its forms are sent."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from osnowa.meetings.models import Meeting, Participation
from osnowa.places.models import Region


def a_gathering(region: Region, **more: Any) -> Meeting:
    """A workshop announced for next week, in a room and online."""
    starts_at = timezone.now() + timedelta(days=7)
    words: dict[str, Any] = {
        "slug": "2026-11-27-warsztat", "title": "Warsztat 1", "state": "announced", "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=4),
        "time_zone": "Europe/Warsaw", "venue": "ECS, sala 3", "address": "pl. Solidarności 1, Gdańsk", "link": "https://join.example.org/abc",
        "languages": ["pl", "en"], "keep_until": (starts_at + timedelta(days=90)).date(),
    }  # fmt: skip
    return Meeting.objects.create(region=region, **words | more)


def a_guest(meeting: Meeting, name: str, **more: Any) -> Participation:
    words = {"person_name": name, "email": f"{name.lower()}@example.org", "registered_at": timezone.now(), "language": "pl"}
    return Participation.objects.create(meeting=meeting, **words | more)


def said(**more: Any) -> dict[str, Any]:
    """What somebody types into the registration."""
    return {"person_name": "Jan Nowak", "email": "jan@example.org", "language": "pl", "country": "PL", "sector": "", "organisation": "", "needs": ""} | more
