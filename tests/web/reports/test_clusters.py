"""Documents about a cluster: its concept with a fund, its letter with the register; and the pack of a meeting."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from osnowa.agreements.actions.agreements import freeze, make_agreement
from osnowa.agreements.actions.texts import write_text
from osnowa.agreements.models import Signatory
from osnowa.assessments.models import Round
from osnowa.clusters.models import BudgetLine, Cluster, Point, Wording
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Card, Meeting, Participation, Series
from osnowa.register.actions import take_snapshot
from osnowa.reports.actions import begin_report, publish_edition
from osnowa.reports.models import Report
from osnowa.reports.queries.kinds import KINDS
from tests.unit.assessments.making import a_round
from tests.unit.clusters.making import a_cluster, a_member
from tests.web.reports.making import frozen, written
from tests.web.reports.test_writing import way
from tests.world import World


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.SNAPSHOTS = settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def cluster(world: World) -> Cluster:
    """A cluster with a canvas, a budget, a member, and a letter that one organisation signed."""
    made = a_cluster(world)
    a_member(made, world.chleb)
    Wording.objects.create(cluster=made, dimension="D1", language="pl", number=1, text="Praca dla każdego.")
    Point.objects.create(cluster=made, dimension="D1", kind="decision", text="Zaczynamy od piekarni.")
    for year in (2027, 2028):
        BudgetLine.objects.create(cluster=made, year=year, side="cost", title="Koordynator", amount=90000)
        BudgetLine.objects.create(cluster=made, year=year, side="source", title="Dotacja", origin="grant", giver="Fundusz X", amount=60000, is_secured=True)
    letter = make_agreement(by=None, region=world.pomorskie, values={"title": "List intencyjny", "kind": "letter", "language": "pl"})
    write_text(by=None, agreement=letter, language="pl", blocks=[{"key": "purpose", "heading": "Cel", "text": "Budujemy klaster."}])
    letter = freeze(by=None, agreement=letter)
    Signatory.objects.create(
        agreement=letter, organisation=world.chleb, name="Dobry Chleb", sector="social_economy", state="signed", way="email", signed_sha256=letter.sha256,
        signed_on=date(2026, 11, 1), person_name="Jan Tajny", function="prezes", basis="register", email="jan@example.org",
    )  # fmt: skip
    made.letter = letter
    made.save()
    return made


def of(cluster: Cluster, kind: str, world: World) -> Report:
    report: Report = begin_report(by=world.bolek, region=cluster.region, values={"kind": kind, "cluster": cluster})
    return report


def words_of(report: Report, by: Any, language: str = "en") -> tuple[Any, str]:
    made = frozen(report, by)
    return made, json.dumps(made.texts[language], ensure_ascii=False)


def test_a_concept_holds_canvas_money_members_and_letter(cluster: Cluster, world: World) -> None:
    made, words = words_of(of(cluster, "concept", world), world.bolek)
    for told in ("Praca dla każdego.", "Zaczynamy od piekarni.", "Koordynator", "Spółdzielnia Socjalna Dobry Chleb", "Costs and what is secured", "Annex A. Concept of a support fund", "A. Network hosted by a public body"):
        assert told in words
    for hidden in ("Jan Tajny", "jan@example.org", "Fundusz X"):
        assert hidden not in words
    (costs,) = [table for table, cells in zip([one for one in made.texts["en"]["parts"] if one["kind"] == "table"], made.texts["en"]["cells"], strict=True) if table.get("key") == "costs"]
    assert costs["rows"][-1] == ["Total", "90,000.00", "90,000.00"]
    assert {"kind": "foreign", "text": "Praca dla każdego.", "language": "pl"} in made.texts["en"]["parts"]


def test_publishing_says_that_everybody_will_read_the_budget(cluster: Cluster, world: World, signed_in: Any, client: Client) -> None:
    made = frozen(of(cluster, "concept", world), world.bolek)
    letter = frozen(of(cluster, "letter", world), world.bolek)
    writer = signed_in(world.bolek)
    assert "tells the budget of the cluster" in writer.get(way(made.report, "edition", 1)).content.decode()
    assert "tells the budget of the cluster" not in writer.get(way(letter.report, "edition", 1)).content.decode()
    publish_edition(by=world.bolek, edition=made)
    assert client.get(reverse("clusters:money", args=["pomorskie", cluster.slug])).status_code == 302
    page = client.get(way(made.report, "edition", 1)).content.decode()
    assert "Koordynator" in page
    assert "Fundusz X" not in page


def test_freezing_a_concept_tells_the_pilot_that_its_report_is_there(cluster: Cluster, world: World) -> None:
    report = of(cluster, "concept", world)
    frozen(report, world.bolek)
    cluster.refresh_from_db()
    assert cluster.pilot["report_on"] == "2026-11-20"
    assert "fund_concept_on" not in cluster.pilot
    written(report, world.bolek, "Fundusz poręczeń.", key="annex-fund")
    frozen(report, world.bolek)
    cluster.refresh_from_db()
    assert cluster.pilot["fund_concept_on"] == "2026-11-20"


def test_a_letter_stands_with_its_register_and_names_nobody(cluster: Cluster, world: World) -> None:
    _made, words = words_of(of(cluster, "letter", world), world.bolek, "pl")
    for told in ("Budujemy klaster.", "Dobry Chleb", cluster.letter.sha256 if cluster.letter else ""):
        assert told in words
    assert "Jan Tajny" not in words


def test_what_is_not_public_is_not_published(cluster: Cluster, world: World) -> None:
    made = frozen(of(cluster, "concept", world), world.bolek)
    assert cluster.letter is not None
    cluster.letter.is_public = False
    cluster.letter.save()
    made.report.refresh_from_db()
    with pytest.raises(Refused, match="letter of the cluster is not public"):
        publish_edition(by=world.bolek, edition=made)
    Cluster.objects.filter(pk=cluster.pk).update(is_public=False)
    made.report.refresh_from_db()
    with pytest.raises(Refused, match="The cluster is not public"):
        publish_edition(by=world.bolek, edition=made)


def test_a_cluster_of_another_region_is_none_to_write_about(cluster: Cluster, world: World) -> None:
    with pytest.raises(Refused):
        begin_report(by=world.maja, region=world.podravje, values={"kind": "concept", "cluster": cluster})


def test_a_pack_says_who_was_there_in_numbers_and_what_came_out(world: World, signed_in: Any) -> None:
    now = timezone.now()
    series = Series.objects.create(region=world.pomorskie, slug="cykl", name="Cykl", planned={"workshop": 4})
    meeting = Meeting.objects.create(
        region=world.pomorskie, series=series, slug="w1", title="Warsztat 1", starts_at=now - timedelta(hours=4), ends_at=now - timedelta(hours=1),
        time_zone="Europe/Warsaw", state="held", keep_until=now.date() + timedelta(days=9), visibility="members",
    )  # fmt: skip
    block = Block.objects.create(meeting=meeting, kind="cards", title="Czego brakuje?", state="closed")
    Card.objects.create(block=block, text="Brakuje busa")
    Participation.objects.create(meeting=meeting, person_name="Anna Tajna", organisation=world.chleb, checked_in_at=now, checked_in_via="list")
    report = begin_report(by=world.bolek, region=world.pomorskie, values={"kind": "pack", "meeting": meeting})
    page = signed_in(world.bolek).get(way(report, "preview")).content.decode()
    for told in ("Brakuje busa", "Czego brakuje?", "Who was there, by sector"):
        assert told in page
    assert "Anna Tajna" not in page
    with pytest.raises(Refused, match="meeting is not public"):
        publish_edition(by=world.bolek, edition=frozen(report, world.bolek))


MORE = {"summary": 13, "diagnosis": 13, "organisation": 13, "preview": 40}


@pytest.mark.parametrize("name", [*(place.key for place in KINDS["concept"].places), "preview"])
def test_the_number_of_queries_is_bounded(cluster: Cluster, world: World, signed_in: Any, django_assert_max_num_queries: Any, name: str) -> None:
    report = of(cluster, "concept", world)
    take_snapshot(by=None, region=world.pomorskie)
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(MORE.get(name, 12)):
        assert client.get(way(report, name) if name == "preview" else way(report, "section", name)).status_code == 200


def test_more_meetings_and_rounds_ask_no_more_questions(cluster: Cluster, world: World, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    report = begin_report(by=world.bolek, region=world.pomorskie, values={"kind": "diagnosis"})
    now = timezone.now()
    client = signed_in(world.bolek)
    asked = []
    for turn in range(2):
        for number in range(1 + 3 * turn):
            Round.objects.filter(pk=a_round(world, title=f"Runda {turn}{number}", is_public=True).pk).update(state="closed", closed_at=now, is_public=True)
            Meeting.objects.create(
                region=world.pomorskie, slug=f"m{turn}{number}", title="Warsztat", starts_at=now, ends_at=now + timedelta(hours=1), time_zone="Europe/Warsaw", state="held", visibility="public", keep_until=now.date(),
            )  # fmt: skip
        with CaptureQueriesContext(connection) as seen:
            assert client.get(way(report, "preview")).status_code == 200
        asked.append(len(seen))
    assert asked[1] <= asked[0]


@pytest.mark.parametrize("kind", ["concept", "letter"])
def test_pages_of_a_document_of_a_cluster_are_there_without_a_letter_and_without_words(world: World, signed_in: Any, kind: str) -> None:
    report = of(a_cluster(world), kind, world)
    client = signed_in(world.bolek)
    assert client.get(way(report, "report")).status_code == 200
    assert "no letter of intent yet" in client.get(way(report, "preview")).content.decode()
