"""A document is begun and written section by section, with the facts of the house beside."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.meetings.models import Meeting
from osnowa.register.actions import take_snapshot
from osnowa.reports.models import Report, Section
from osnowa.reports.queries.kinds import KINDS
from tests.web.reports.making import a_diagnosis, written
from tests.world import World


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.SNAPSHOTS = tmp_path


def way(report: Report, name: str, *more: Any) -> str:
    return reverse(f"reports:{name}", args=[report.region.slug, report.slug, *more])


def test_a_document_is_begun_in_two_steps(world: World, signed_in: Any) -> None:
    client = signed_in(world.edyta)
    page = client.get(reverse("reports:new", args=["pomorskie"])).content.decode()
    assert "?kind=diagnosis" in page
    assert "?kind=pack" in page
    answer = client.post(reverse("reports:new", args=["pomorskie"]) + "?kind=diagnosis", {"title": "Diagnoza 2026", "title_en": "Diagnosis 2026", "due_on": "2026-12-31"})
    made = Report.objects.get()
    assert answer["Location"] == way(made, "report")
    assert (made.kind, made.slug, made.titles, str(made.due_on)) == ("diagnosis", "diagnoza-2026", {"en": "Diagnosis 2026"}, "2026-12-31")


def test_a_pack_asks_for_its_meeting(world: World, signed_in: Any) -> None:
    client = signed_in(world.edyta)
    address = reverse("reports:new", args=["pomorskie"]) + "?kind=pack"
    assert client.post(address, {"title": ""}).status_code == 422
    now = timezone.now()
    meeting = Meeting.objects.create(region=world.pomorskie, slug="w1", title="Warsztat 1", starts_at=now, ends_at=now + timedelta(hours=1), time_zone="Europe/Warsaw", keep_until=now.date())
    assert client.post(address, {"meeting": meeting.pk}).status_code == 302
    assert Report.objects.get().title == "Pack of a meeting · Warsztat 1"


def test_who_only_reads_begins_nothing(world: World, signed_in: Any, client: Client) -> None:
    for person, status in ((world.olga, 403), (world.ala, 403), (world.celina, 403)):
        assert signed_in(person).get(reverse("reports:new", args=["pomorskie"])).status_code == status
    assert client.get(reverse("reports:new", args=["pomorskie"])).status_code == 302


def test_a_draft_is_for_those_with_a_seat(world: World, signed_in: Any, client: Client) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    for name, more in (("report", ()), ("section", ("purpose",)), ("preview", ()), ("history", ("purpose",))):
        assert client.get(way(report, name, *more)).status_code == 404
        assert signed_in(world.celina).get(way(report, name, *more)).status_code == 404
        assert signed_in(world.olga).get(way(report, name, *more)).status_code == 200
    listed = reverse("reports:reports", args=["pomorskie"])
    assert "Diagnoza" not in client.get(listed).content.decode()
    assert "Diagnoza" in signed_in(world.olga).get(listed).content.decode()


def test_who_reads_drafts_writes_none(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    answer = signed_in(world.olga).post(way(report, "section", "purpose"), {"text": "x", "seen": "0"})
    assert answer.status_code == 403
    assert not Section.objects.exists()


def test_a_section_shows_what_belongs_there_and_the_facts(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    page = signed_in(world.bolek).get(way(report, "section", "types")).content.decode()
    place = KINDS["diagnosis"].place("types")
    assert place is not None
    assert f'placeholder="{place.guidance}"' in page
    assert "Organisations by type" in page
    assert "Facts of the house" in page


def test_every_version_stays_with_who_and_when(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    client = signed_in(world.edyta)
    client.post(way(report, "section", "purpose") + "?language=pl", {"text": "Jest nas 24.", "seen": "0"})
    client.post(way(report, "section", "purpose") + "?language=pl", {"text": "Jest nas 25.", "seen": "1", "note": "poprawka"})
    assert list(Section.objects.values_list("number", "language", "text")) == [(1, "pl", "Jest nas 24."), (2, "pl", "Jest nas 25.")]
    page = client.get(way(report, "history", "purpose") + "?language=pl").content.decode()
    assert "<del>24</del><ins>25</ins>" in page
    assert "Edyta" in page
    assert "poprawka" in page


def test_the_same_words_again_are_no_version(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    for seen in ("0", "1"):
        signed_in(world.edyta).post(way(report, "section", "purpose"), {"text": "Raz.", "seen": seen})
    assert Section.objects.count() == 1


def test_a_text_that_is_too_long_comes_back_whole_with_a_sentence(world: World, signed_in: Any) -> None:
    """No `maxlength`: with it a browser cuts off what is pasted, without a word."""
    report = a_diagnosis(world.bolek, world.pomorskie)
    client, address = signed_in(world.edyta), way(report, "section", "purpose")
    assert "maxlength" not in client.get(address).content.decode().split("<textarea")[1].split(">")[0]
    answer = client.post(address, {"text": "ą" * 60_001, "seen": "0"})
    assert "60001 signs, 60000 at most" in answer.content.decode()
    assert "ą" * 60_001 in answer.content.decode()
    assert not Section.objects.exists()


def test_of_two_who_write_at_once_the_second_sees_what_the_first_saved(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    address = way(report, "section", "purpose")
    signed_in(world.edyta).post(address, {"text": "Tekst Edyty.", "seen": "0"})
    answer = signed_in(world.bolek).post(address, {"text": "Tekst Bolka.", "seen": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tekst Edyty." in page
    assert "Tekst Bolka." in page
    assert 'name="seen" value="1"' in page
    assert signed_in(world.bolek).post(address, {"text": "Razem.", "seen": "1"}).status_code == 302
    assert Section.objects.order_by("-number")[0].text == "Razem."


def test_the_journal_says_which_section_and_never_what_stands_in_it(world: World) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    written(report, world.bolek, "Nikt poza nami nie wie.")
    entry = Entry.objects.get(deed="reports.section_written")
    assert entry.changes == {"purpose pl": [None, 1]}
    assert "Nikt" not in str(entry.changes) + entry.thing_label


def test_a_personal_number_is_not_taken(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    answer = signed_in(world.bolek).post(way(report, "section", "purpose"), {"text": "Jan 44051401359", "seen": "0"})
    assert answer.status_code == 422
    assert not Section.objects.exists()


def test_guidance_is_never_printed(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    page = signed_in(world.bolek).get(way(report, "preview")).content.decode()
    assert not [place for place in KINDS["diagnosis"].places if place.guidance and str(place.guidance) in page]


def test_a_text_of_another_language_says_which(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    written(report, world.bolek, "# Skąd\n\nBo tak trzeba.\n- raz\n- dwa")
    page = signed_in(world.bolek).get(way(report, "preview")).content.decode()
    assert '<p lang="pl">Bo tak trzeba.</p>' in page
    assert "<h3>Skąd</h3>" in page
    assert "<li>dwa</li>" in page


def test_titles_are_changed_and_a_document_is_put_aside(world: World, signed_in: Any) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    client = signed_in(world.bolek)
    client.post(way(report, "settings"), {"title": "Diagnoza województwa", "title_sl": "Diagnoza", "due_on": ""})
    client.post(way(report, "shelve"), {"aside": "1"})
    report.refresh_from_db()
    assert (report.title, report.titles, report.state) == ("Diagnoza województwa", {"sl": "Diagnoza"}, "shelved")
    client.post(way(report, "shelve"), {"aside": "0"})
    report.refresh_from_db()
    assert report.state == "writing"


#: Of what others are strong in the section on actors asks their registers, which have no snapshot here.
SECTIONS = [("section", (place.key,), 18 if place.key == "actors" else 12) for place in KINDS["diagnosis"].places]


@pytest.mark.parametrize(("name", "more", "most"), [("report", (), 12), *SECTIONS, ("history", ("purpose",), 12), ("preview", (), 36)])
def test_the_number_of_queries_is_bounded(world: World, signed_in: Any, django_assert_max_num_queries: Any, name: str, more: tuple[str, ...], most: int) -> None:
    report = a_diagnosis(world.bolek, world.pomorskie)
    for number in range(6):
        written(report, world.bolek, f"Wersja {number}")
    take_snapshot(by=None, region=world.pomorskie)
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(most):
        assert client.get(way(report, name, *more)).status_code == 200


def test_the_list_takes_few_queries(world: World, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    for number in range(4):
        a_diagnosis(world.bolek, world.pomorskie, title=f"Diagnoza {number}")
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(10):
        assert "Diagnoza 3" in client.get(reverse("reports:reports", args=["pomorskie"])).content.decode()
