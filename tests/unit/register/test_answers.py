"""What readers usually ask is answered beforehand beside the frozen register, equals what is counted, and is nobody else's."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from osnowa.journal.models import Job
from osnowa.register import answers
from osnowa.register.actions import (
    change_organisation,
    close_organisation,
    queue_refreshing,
    refresh_snapshot,
    take_snapshot,
)
from osnowa.register.actions.answers import is_answered
from osnowa.register.actions.snapshots import sweep
from osnowa.register.models import Snapshot
from osnowa.register.queries import keeping
from osnowa.register.queries.frame import Frame, folder, frame_of
from osnowa.register.queries.keeping import Kept
from tests.world import World

pytestmark = pytest.mark.django_db

FORMS = "SELECT legal_form, count(*) FROM register GROUP BY legal_form"
PAGES = ("home:region", "maps:map", "indicators:statistics", "indicators:tables", "indicators:changes", "indicators:sector_table",
         "indicators:figures", "indicators:strengths")  # fmt: skip


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.SNAPSHOTS = tmp_path
    keeping.forget()
    yield
    keeping.forget()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is asked of frozen registers, past all that is kept."""
    found: list[str] = []

    def told(own: Callable[..., Any]) -> Callable[..., Any]:
        return lambda frame, sql, **words: (found.extend([sql] if frame.snapshot else []), own(frame, sql, **words))[1]

    for name in ("rows", "table"):
        monkeypatch.setattr(Frame, name, told(getattr(Frame, name)))
    return found


def _files(snapshot: Snapshot) -> list[Path]:
    return sorted((folder(snapshot.sha256) / answers.HOME).glob("*.parquet"))


def _page(world: World, name: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", Client().get(reverse(name, args=[world.pomorskie.slug])).text)


def test_the_first_reader_of_a_process_asks_the_frame_nothing(world: World, asked: list[str]) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    keeping.forget()
    asked.clear()
    beforehand = {name: _page(world, name) for name in PAGES}
    assert asked == []
    shutil.rmtree(folder(made.sha256) / answers.HOME)
    keeping.forget()
    assert {name: _page(world, name) for name in PAGES} == beforehand
    assert asked


def test_answers_are_those_of_the_frame_before_and_after_a_deed(world: World) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    for form in ("PL-WTZ", "PL-FUN"):
        change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_form": form})
        frame = frame_of(world.pomorskie, AnonymousUser())
        assert sorted(Kept(frame).counts(FORMS, 1)) == sorted(frame.rows(FORMS))
    shutil.rmtree(folder(made.sha256) / answers.HOME)
    keeping.forget()
    assert sorted(Kept(frame).counts(FORMS, 1)) == sorted(frame.rows(FORMS))


def test_after_deeds_every_page_is_what_it_is_without_a_snapshot(world: World) -> None:
    take_snapshot(by=None, region=world.pomorskie)
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_form": "PL-FUN", "municipality": world.slupsk})
    close_organisation(by=world.bolek, organisation=world.wtz, ended_on=date(2026, 11, 1), end_reason="liquidation")
    beside = {name: _page(world, name) for name in PAGES}
    Snapshot.objects.all().delete()
    keeping.forget()
    assert {name: _page(world, name) for name in PAGES} == beside


def test_readers_never_share_and_write_nothing(world: World) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    beforehand = _files(made)
    for person in (None, AnonymousUser(), world.celina, world.ala, world.bolek):
        frame = frame_of(world.pomorskie, person)
        assert sorted(Kept(frame).rows(FORMS)) == sorted(frame.rows(FORMS))
    assert _files(made) == beforehand


@pytest.mark.parametrize("damage", [lambda whole: whole[: len(whole) // 2], lambda whole: b"", lambda whole: whole[:20] + b"!!!!" + whole[24:]])
def test_a_damaged_answer_is_asked_anew(world: World, damage: Callable[[bytes], bytes]) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    whole = _page(world, "indicators:statistics")
    for path in _files(made):
        path.write_bytes(damage(path.read_bytes()))
    keeping.forget()
    assert _page(world, "indicators:statistics") == whole


def test_answers_go_with_their_snapshot(world: World) -> None:
    first = take_snapshot(by=None, region=world.pomorskie, keep=True)
    before = _files(first)
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_form": "PL-FUN"})
    second = take_snapshot(by=None, region=world.pomorskie)
    assert before
    assert _files(second)
    assert len(_files(first)) < len(before)
    second.delete()
    os.utime(folder(second.sha256), (0, 0))
    sweep()
    assert not folder(second.sha256).exists()


def test_every_day_is_answered_anew(world: World) -> None:
    made = take_snapshot(by=None, region=world.pomorskie)
    assert is_answered(made)
    before, queued = _files(made), Job.objects.filter(place=world.pomorskie.slug)
    queue_refreshing()
    assert not queued.exists()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert not is_answered(made)
        queue_refreshing()
        assert queued.exists()
        assert refresh_snapshot(world.pomorskie) is None
        assert is_answered(made)
        assert _files(made) != before


def test_what_is_written_is_read(tmp_path: Path) -> None:
    rows = [("a", 1, None, 2.5, timezone.localdate(), ["x", "y"]), ("b", 2, None, 0.5, None, [])]
    assert answers.write(tmp_path / "rows", rows, answers.ROWS)
    assert answers.read(tmp_path / "rows", answers.ROWS) == rows
    assert answers.write(tmp_path / "none", [], answers.ROWS)
    assert answers.read(tmp_path / "none", answers.ROWS) == []
    answers.write(tmp_path / "columns", {"n": np.arange(3)}, answers.COLUMNS)
    found = answers.read(tmp_path / "columns", answers.COLUMNS)
    assert found
    assert found["n"].tolist() == [0, 1, 2]
    assert not answers.write(tmp_path / "mixed", [("a",), (1,)], answers.ROWS)
