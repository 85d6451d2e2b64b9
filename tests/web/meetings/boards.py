"""A meeting with a board, and phones that take part in it."""

import json
import uuid
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from osnowa.meetings.models import Block, Meeting, Voice
from osnowa.places.models import Region


def a_meeting(region: Region, **more: Any) -> Meeting:
    starts_at = timezone.now()
    words: dict[str, Any] = {
        "slug": "warsztat", "title": "Warsztat 1: Cel", "state": Meeting.State.ANNOUNCED, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=3),
        "time_zone": "Europe/Warsaw", "languages": ["pl", "en"], "keep_until": (starts_at + timedelta(days=90)).date(),
    }  # fmt: skip
    return Meeting.objects.create(region=region, **words | more)


def a_block(meeting: Meeting, kind: str = "cards", **more: Any) -> Block:
    order = Block.objects.filter(meeting=meeting).count()
    return Block.objects.create(meeting=meeting, kind=kind, **{"title": f"Part {order + 1}", "order": order, "minutes": 15} | more)


@dataclass
class Phone:
    """A browser that has joined a meeting."""

    meeting: Meeting
    client: Client = field(default_factory=Client)
    turns: Any = field(default_factory=lambda: count(1))

    def join(self, **words: Any) -> "Phone":
        page = self.client.get(self.address("join"))
        response = self.client.post(self.address("join"), {"key": page.context["form"].initial["key"], **words})
        assert response.status_code == 302, response.content.decode()
        return self

    def address(self, name: str) -> str:
        return reverse(f"meetings:{name}", kwargs={"code": self.meeting.code})

    @property
    def voice(self) -> Voice:
        name = f"voice-{self.meeting.code}"
        return Voice.objects.get(key=self.client.cookies[name].value.split(":")[0])

    def message(self, block: Block, what: str, key: str | None = None, turn: int | None = None, **words: Any) -> dict[str, Any]:
        return {"block": block.pk, "what": what, "key": key or str(uuid.uuid4()), "turn": turn or next(self.turns), "words": words}

    def say(self, *messages: dict[str, Any]) -> Any:
        return self.client.post(self.address("say"), json.dumps({"messages": messages}), content_type="application/json")

    def now(self, seen: object = "") -> Any:
        return self.client.get(self.address("now"), {"seen": str(seen)})


def a_phone(meeting: Meeting, **words: Any) -> Phone:
    return Phone(meeting).join(**words)
