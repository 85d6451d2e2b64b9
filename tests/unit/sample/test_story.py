"""The story leads from the shipped list to the papers of a cluster, step by step."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from click.testing import CliRunner
from django.core import mail
from django.db import transaction
from python_calamine import CalamineWorkbook

from osnowa.agreements.models import Signatory
from osnowa.agreements.queries.texts import blocks_in, newest
from osnowa.assessments.queries.results import results
from osnowa.cli import command_line
from osnowa.clusters.queries.members import class_of
from osnowa.imports.models import Row
from osnowa.journal.models import Job
from osnowa.meetings.models import Participation, Voice
from osnowa.register.models import Merge, Organisation
from osnowa.register.queries.duplicates import queue
from osnowa.reports.queries.editions import is_whole
from osnowa.sample.story import STEPS, Broken, Story, Told, story_of, tell
from osnowa.sample.story.words import REAL, SHIPPED
from tests.conftest import NOW
from tests.samples import load_places

pytestmark = pytest.mark.django_db
#: How the postal codes of Nouvelle-Aquitaine begin.
_AQUITAINE = {"16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87"}


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Story, list[Told]]]:
    """The story told once, taken back at the end."""
    it = Story("opowiesc", tmp_path_factory.mktemp("papers"))
    with django_db_blocker.unblock(), time_machine.travel(NOW, tick=False):
        frame = transaction.atomic()
        frame.__enter__()
        load_places("PL63")
        done = tell(it)
    try:
        yield it, done
    finally:
        with django_db_blocker.unblock():
            transaction.set_rollback(True)
            frame.__exit__(None, None, None)


@pytest.fixture
def story(told: tuple[Story, list[Told]], db: None) -> Story:
    return told[0]


def test_every_step_is_told_in_its_order(told: tuple[Story, list[Told]]) -> None:
    assert [one.step for one in told[1]] == [name for name, _do in STEPS]
    assert all(one.result for one in told[1])


def test_wrong_rows_are_mended_and_twins_become_one(story: Story) -> None:
    first, second = story.imports
    assert (first.counts["errors"], first.rows.filter(set_aside="repeated").count()) == (11, 3)
    assert second.rows.filter(outcome=Row.Outcome.ERROR).count() == 3
    assert Merge.objects.filter(kept__region=story.region).count() >= 4
    assert Organisation.objects.filter(region=story.region).count() > 100


def test_what_was_merged_is_told_and_what_is_doubtful_waits_for_people(told: tuple[Story, list[Told]], db: None) -> None:
    step = told[1][3]
    merged = [one for one in step.notes if one.startswith("merged: ")]
    assert len(merged) == Merge.objects.filter(kept__region=told[0].region).count() == 4
    assert all("Name: the same words" in one and "against" not in one for one in merged)
    waiting = list(queue(told[0].region))
    assert [one.startswith("left for people: Ochotnicza Straż Pożarna") for one in step.notes[4:]] == [True] == [bool(one.why) for one in waiting]
    assert "4 pairs merged, 1 doubtful ones left for people" in step.result


def test_all_dimensions_are_agreed_from_cards(story: Story) -> None:
    assert story.cluster.canvas.count() == 8
    assert all(wording.cards.exists() for wording in story.cluster.canvas.all())
    assert len(results(story.round).rows) == 8


def test_more_than_twenty_sign_the_frozen_text(story: Story) -> None:
    signed = story.letter.signatories.filter(state=Signatory.State.SIGNED)
    assert signed.count() == 23
    assert set(signed.values_list("signed_sha256", flat=True)) == {story.letter.sha256}
    assert signed.exclude(mandate_checked_at=None).count() == 21
    assert not signed.exclude(person_name__contains="zmyślona").exists()


def test_who_signed_is_a_founding_member(story: Story) -> None:
    members = list(story.cluster.memberships.all())
    assert len(members) == 23
    assert {class_of(it, story.cluster, NOW.date()) for it in members} == {"founding"}


def test_everything_says_that_it_is_invented_and_nobody_is_written_to(story: Story) -> None:
    things: tuple[Any, ...] = (story.region, story.meeting, story.series, story.cluster, story.letter, *(one.report for one in story.editions.values()))
    for thing in things:
        assert thing.is_invented
    assert not Organisation.objects.filter(region=story.region, is_invented=False).exists()
    assert mail.outbox == []
    assert not Job.objects.filter(kind__contains="letters").exists()


def test_editions_are_whole_and_public(story: Story) -> None:
    for edition in story.editions.values():
        assert edition.is_public
        assert is_whole(edition)
    story.cluster.refresh_from_db()
    assert {"report_on", "fund_concept_on"} <= set(story.cluster.pilot)


def test_the_papers_lie_in_the_folder(story: Story) -> None:
    assert {path.name for path in story.out.iterdir()} == {"diagnosis.pdf", "minutes.pdf", "letter.pdf", "members.xlsx", "concept.pdf"}
    assert all(path.read_bytes()[:5] == b"%PDF-" for path in story.out.glob("*.pdf"))


def test_signatures_say_that_they_are_invented_wherever_they_stand(story: Story) -> None:
    for title in (story.letter.title, story.cluster.name, str(story.editions["concept"].report)):
        assert "podpisy zmyślone" in title
    first = blocks_in(newest(story.letter), "pl")[0]
    assert first["heading"] == "To jest pokaz"
    assert "żadna niczego nie podpisała" in first["text"]
    notice, members, *_rest = CalamineWorkbook.from_path(story.out / "members.xlsx").sheet_names
    assert (notice, members) == ("To jest pokaz", "Rejestr członków")


@pytest.mark.skipif(not REAL.is_file(), reason="no folder of real lists beside the project (shared/data/registers)")
@pytest.mark.usefixtures("story")
def test_a_real_list_is_told_without_a_word_put_into_a_real_mouth(tmp_path: Path) -> None:
    with REAL.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["post_code"][:2] in _AQUITAINE]
    load_places("FRI")
    it = story_of("prawdziwa", tmp_path)
    with transaction.atomic():
        done = {one.step: one for one in tell(it)}
        there = Organisation.objects.filter(region=it.region, is_invented=False)
        ours = {int(row["pk"]) for row in rows}
        imported = {int(key) for key in it.imports[0].rows.filter(is_written=True).values_list("key", flat=True)}
        assert len(ours) == 405
        assert len(ours - imported) <= 3, "two with the postal code of another town, one with a point far away"
        assert len(imported - ours) <= 4, "neighbours in Touraine whose codes begin as those of Vienne"
        assert there.count() == len(imported)
        assert done["Duplicates merged"].result.startswith("0 pairs merged")
        assert not it.region.is_invented
        assert not Participation.objects.filter(meeting=it.meeting, organisation__isnull=False).exists()
        assert not Voice.objects.filter(meeting=it.meeting).exclude(organisation_name="").exists()
        assert it.letter.signatories.filter(state=Signatory.State.SIGNED).exclude(person_name__contains="invented person").count() == 0
        for title in (it.letter.title, it.cluster.name, str(it.editions["concept"].report)):
            assert "demonstration: invented signatures" in title
        transaction.set_rollback(True)


def test_a_second_story_at_the_address_is_refused(story: Story) -> None:
    with pytest.raises(Broken, match="already"):
        tell(Story(story.slug, story.out))


def _run(*words: str) -> Any:
    return CliRunner().invoke(command_line(), ["story", *words])


@pytest.mark.usefixtures("story")
def test_a_step_that_cannot_be_done_ends_with_a_sentence(tmp_path: Path) -> None:
    few = tmp_path / "few.csv"
    few.write_text("Nazwa,Forma prawna,Miejscowość,Kod pocztowy\nFundacja „Próba”,Fundacja,Gdańsk,80-001\n")
    answer = _run("--address", "krotka", "--territory", "PL63", "--list", str(few), "--out", str(tmp_path))
    assert answer.exit_code == 1
    assert "Letter of intent: The register holds 1 organisations" in answer.stderr


@pytest.mark.usefixtures("story")
def test_an_unknown_territory_is_told(tmp_path: Path) -> None:
    answer = _run("--territory", "XX99", "--out", str(tmp_path), "--json")
    assert answer.exit_code == 1
    assert "no territory XX99" in answer.stderr


def test_a_list_without_its_territory_is_a_wrong_command(tmp_path: Path) -> None:
    (tmp_path / "few.csv").write_text("Nazwa\nFundacja\n")
    answer = _run("--list", str(tmp_path / "few.csv"))
    assert (answer.exit_code, "--territory" in answer.stderr) == (2, True)


def test_without_a_list_it_is_the_real_one_or_the_shipped_one(tmp_path: Path) -> None:
    usual, shipped, elsewhere = story_of("a", tmp_path), story_of("a", tmp_path, is_shipped=True), story_of("a", tmp_path, territory="PL22")
    assert usual.file == (REAL if REAL.is_file() else SHIPPED)
    assert (shipped.file, shipped.territory, shipped.language) == (SHIPPED, "PL63", "pl")
    assert (elsewhere.file, elsewhere.territory) == (SHIPPED, "PL22")


def test_scratch_leaves_nothing_but_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    def run(words: list[str], around: dict[str, str], *, is_quiet: bool = False) -> int:
        asked.append(list(words))
        return 0

    monkeypatch.setattr("osnowa.sample.scratch._run", run)
    monkeypatch.setattr("sys.argv", ["osnowa", "story", "--scratch", "--json"])
    assert _run("--scratch", "--json").exit_code == 0
    assert asked == [["migrate"], ["story", "--json"]]
