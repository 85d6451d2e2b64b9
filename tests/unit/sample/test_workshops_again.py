"""The workshops of Podravje, and that two loads say the same."""

import json
import re
from typing import Any

import pytest
from django.db import transaction

from osnowa.assessments.models import Round
from osnowa.assessments.queries.results import results
from osnowa.meetings.models import Card, Mark, Meeting, Minutes, Participation
from osnowa.sample.actions import load
from tests.samples import load_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> None:
    load_places("SI032")


def _said() -> list[Any]:
    """All that was said and by whom, without the secrets."""
    guests = Participation.objects.values_list("meeting__slug", "email", "state", "sector", "organisation__slug", "checked_in_at", "checked_in_via")
    marks = Mark.objects.values_list("block__title", "voice__number", "card__text", "value", "reason", "said_at")
    scores = Round.objects.values_list("slug", "respondents__number", "respondents__sector", "respondents__answers__item", "respondents__answers__value")
    minutes = [(one.meeting.slug, _without_keys(one.texts), one.frozen_at) for one in Minutes.objects.select_related("meeting")]
    cards = Card.objects.values_list("text", "voice__number", "group__title", "said_at")
    meetings = Meeting.objects.values_list("slug", "uid", "state")
    return [sorted(map(str, rows)) for rows in (guests, marks, scores, minutes, cards, meetings)]


def _without_keys(texts: Any) -> str:
    """The frozen minutes; promises are named by keys of the database, which counts on from load to load."""
    return re.sub(r"\{promise \d+\}", "{promise}", json.dumps(texts, sort_keys=True))


def test_two_loads_say_the_same(places: None) -> None:
    told = []
    for _ in range(2):
        with transaction.atomic():
            load(regions=["podravje"])
            told.append(_said())
            transaction.set_rollback(True)
    assert told[0] == told[1]
    assert all(told[0])


def test_podravje_has_a_workshop_with_scores_and_one_to_come(places: None) -> None:
    load(regions=["podravje"])
    assert list(Meeting.objects.order_by("starts_at").values_list("state", flat=True)) == ["held", "announced"]
    assert Card.objects.filter(block__kind="cards").count() == 12
    it = results(Round.objects.get())
    assert it.respondents == 17
    assert not it.is_empty
    assert set(Minutes.objects.get().texts) == {"pl", "sl", "en"}
