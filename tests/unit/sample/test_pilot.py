"""The pilot of Pomorskie goes from the first invitation to more than twenty signatories, each deed at its day."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from osnowa.agreements.models import Agreement, Signatory
from osnowa.agreements.queries.counting import tally
from osnowa.agreements.queries.texts import is_whole, newest
from osnowa.clusters.models import Cluster, Point, Term, Use, Wording
from osnowa.clusters.queries import health
from osnowa.clusters.queries.members import class_of, members_on
from osnowa.compute.conditions import MET, NOT_MET
from osnowa.journal.models import Entry, Job
from osnowa.meetings.models import Meeting
from osnowa.places.models import Region
from osnowa.register.codes import SECTORS
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries import editions
from osnowa.sample import clock
from osnowa.sample.actions import COLLECTED_AT

pytestmark = pytest.mark.django_db
State = Signatory.State


@pytest.fixture
def cluster(pomorskie: Region) -> Cluster:
    return Cluster.objects.select_related("region", "letter", "series").get(region=pomorskie)


@pytest.fixture
def letter(cluster: Cluster) -> Agreement:
    assert cluster.letter is not None
    return cluster.letter


def test_everything_of_the_pilot_says_that_it_is_invented(cluster: Cluster, letter: Agreement) -> None:
    assert cluster.is_invented
    assert letter.is_invented
    assert not Report.objects.filter(is_invented=False).exists()
    assert not Signatory.objects.exclude(email="").exclude(email__endswith="@example.org").exists()


def test_nobody_is_written_to(cluster: Cluster) -> None:
    assert mail.outbox == []
    assert not Job.objects.filter(kind__contains="letters").exists()


def test_the_letter_was_frozen_after_two_versions_and_closed(letter: Agreement) -> None:
    assert letter.texts.count() == 2
    assert is_whole(letter, newest(letter))
    assert letter.state == Agreement.State.CLOSED
    assert letter.frozen_at is not None
    assert letter.closed_at is not None
    assert timezone.localdate(letter.frozen_at) == date(2025, 10, 28)
    assert timezone.localdate(letter.closed_at) == date(2025, 11, 30)


def test_26_were_asked_and_23_signed_in_three_ways(letter: Agreement) -> None:
    first = letter.signatories.filter(is_declaration=False)
    signed = first.exclude(signed_on=None)
    assert (first.count(), signed.count()) == (26, 23)
    assert set(signed.values_list("way", flat=True)) == {"scan", "email", "qualified"}
    assert signed.filter(mandate_checked_at=None).count() == 2
    assert set(first.values_list("state", flat=True)) == {"signed", "withdrawn", "declared", "declined", "invited"}


def test_more_than_twenty_of_all_sectors_stand_under_the_letter_today(letter: Agreement) -> None:
    signed = letter.signatories.filter(state=State.SIGNED)
    assert signed.count() > 20
    assert set(signed.values_list("sector", flat=True)) == set(SECTORS.rows)
    assert tally(letter).is_met


def test_who_came_later_joined_by_declaration_and_one_withdrew(letter: Agreement) -> None:
    late = letter.signatories.get(is_declaration=True)
    assert late.signed_on == date(2026, 2, 17)
    gone = letter.signatories.get(state=State.WITHDRAWN)
    assert gone.withdrawal_reason
    assert gone.signed_on is not None


def test_the_canvas_is_made_of_cards_in_two_versions(cluster: Cluster) -> None:
    assert {wording.number for wording in cluster.canvas.all()} == {1, 2}
    agreed = Wording.objects.filter(cluster=cluster, number=2)
    assert agreed.count() == 8
    assert sum(wording.cards.count() for wording in agreed) == 58
    assert cluster.rounds.count() == 2


def test_questions_are_settled_by_decisions_and_two_are_open(cluster: Cluster) -> None:
    questions = cluster.points.filter(kind=Point.Kind.QUESTION)
    assert questions.exclude(settled_by=None).count() == 6
    assert questions.filter(settled_by=None).count() == 2
    assert not questions.filter(meeting=None).exists()


def test_members_are_founding_ordinary_candidate_and_gone(cluster: Cluster) -> None:
    day = timezone.localdate()
    found = [class_of(it, cluster, day) for it in cluster.memberships.all()]
    assert {as_what: found.count(as_what) for as_what in set(found)} == {"founding": 22, "ordinary": 2, "candidate": 1, "": 1}
    assert len(members_on(cluster, date(2025, 12, 31))) == 23


def test_the_plan_of_the_document_is_met(cluster: Cluster) -> None:
    told = health.pilot_answers(cluster)
    assert len(told) == 6
    assert {one.outcome.state for one in told} == {MET}


def test_the_joint_initiative_is_a_fair_held_before_the_report(cluster: Cluster) -> None:
    fair = cluster.initiative
    assert fair is not None
    assert (fair.kind, fair.state, fair.is_invented) == ("fair", "held", True)
    assert fair.starts_at.date() < date(2025, 11, 30)
    Meeting.objects.filter(pk=fair.pk).update(state="cancelled")
    fair.refresh_from_db()
    told = {one.outcome.condition.code: one.outcome.state for one in health.pilot_answers(cluster)}
    assert told["initiative"] == NOT_MET


def test_uses_lie_within_membership_and_service(cluster: Cluster) -> None:
    uses = list(Use.objects.select_related("service", "membership"))
    assert len(uses) == 97
    assert all(use.membership.was_member_on(use.on) and use.service.starts_on and use.service.starts_on <= use.on for use in uses)


def test_everybody_in_a_body_sits_for_a_member_of_its_first_day(cluster: Cluster) -> None:
    terms = Term.objects.select_related("membership").filter(body__cluster=cluster)
    assert terms.count() == 12
    assert all(term.membership and term.membership.was_member_on(term.starts_on) for term in terms)


def test_the_report_was_public_before_the_end_of_november(cluster: Cluster) -> None:
    edition = Edition.objects.get(report__cluster=cluster)
    assert edition.is_public
    assert editions.is_whole(edition)
    assert edition.frozen_at.date() == date(2025, 11, 28)
    assert set(edition.texts) == {"pl", "sl", "en"}


def test_deeds_are_told_at_their_days(cluster: Cluster) -> None:
    told = Entry.objects.filter(deed__regex=r"^(clusters|agreements|reports)\.")
    assert told.count() > 200
    assert not told.exclude(via="sample").exists()
    assert min(told.values_list("at", flat=True)).date() == date(2025, 2, 4)
    assert max(told.values_list("at", flat=True)).date() < date(2026, 11, 1)


def test_the_clock_is_told_inside_and_true_outside() -> None:
    before = timezone.now()
    with clock.on(COLLECTED_AT):
        assert timezone.now() == COLLECTED_AT
        with clock.on(COLLECTED_AT + timedelta(days=1)):
            assert timezone.localdate() == date(2026, 1, 16)
        assert timezone.localdate() == date(2026, 1, 15)
    assert timezone.now() >= before
