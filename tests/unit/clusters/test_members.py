"""The path of a member, and what is read of it: V10, the register on any day, silence."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.utils import timezone

from osnowa.agreements.models import Agreement, Signatory
from osnowa.clusters.actions import members as actions
from osnowa.clusters.models import Membership, Service, Term, Use
from osnowa.clusters.queries.members import class_of, counts_of, entitled_on, members_on, quorum_on, rows_on, seen_by
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Meeting, Participation
from tests.unit.clusters.making import a_cluster, a_member, an_organisation

TODAY = date(2026, 11, 20)


@pytest.fixture
def cluster(world):
    return a_cluster(world, founding_until=date(2026, 3, 31))


def deeds():
    return list(Entry.objects.filter(deed__startswith="clusters.").order_by("pk").values_list("deed", flat=True))


def test_the_whole_path_leaves_an_entry_a_step(world, cluster):
    actions.add_candidates(by=world.bolek, cluster=cluster, organisations=[world.chleb])
    it = actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=date(2026, 10, 1))
    actions.decide(by=world.bolek, membership=it, is_accepted=True, on=date(2026, 10, 20), decision="uchwała 7/2026")
    actions.end_membership(by=world.bolek, membership=it, on=TODAY, ending="own")
    it.refresh_from_db()
    assert deeds()[1:] == ["clusters.candidates_added", "clusters.applied", "clusters.decided", "clusters.left"]
    assert (it.state, it.joined_on, it.left_on, it.ending) == ("left", date(2026, 10, 20), TODAY, "own")
    assert it.renew_by == date(2027, 10, 20)


def test_candidates_are_added_several_at_once_and_never_twice(world, cluster):
    more = an_organisation(world.pomorskie, "Fundacja Most")
    actions.add_candidates(by=world.bolek, cluster=cluster, organisations=[world.chleb])
    made = actions.add_candidates(by=world.bolek, cluster=cluster, organisations=[world.chleb, more])
    assert [it.organisation for it in made] == [more]
    assert actions.add_candidates(by=world.bolek, cluster=cluster, organisations=[world.chleb, more]) == []


def test_candidates_are_of_the_regions_register(world, cluster):
    with pytest.raises(Refused, match="this region"):
        actions.add_candidates(by=world.bolek, cluster=cluster, organisations=[world.zadruga])


def test_an_application_is_decided_once_on_a_basis_and_not_before_it_came(world, cluster):
    it = actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=date(2026, 10, 1))
    for words, said in (
        ({"on": date(2026, 9, 1), "decision": "x"}, "before the application"),
        ({"on": date(2026, 11, 21), "decision": "x"}, "still to come"),
        ({"on": TODAY, "decision": " "}, "rests on"),
        ({"on": TODAY, "decision": "x", "joined_on": date(2028, 1, 1)}, "within a year"),
    ):
        with pytest.raises(Refused, match=said):
            actions.decide(by=world.bolek, membership=it, is_accepted=True, **words)
    actions.decide(by=world.bolek, membership=it, is_accepted=False, on=TODAY, decision="brak miejsca")
    with pytest.raises(Refused, match="waits"):
        actions.decide(by=world.bolek, membership=it, is_accepted=True, on=TODAY, decision="x")


def test_a_cluster_that_has_ended_takes_nobody_more(world):
    ended = a_cluster(world, state="ended", ended_on=date(2026, 11, 1))
    with pytest.raises(Refused, match="has ended and takes no more members"):
        actions.apply(by=world.bolek, cluster=ended, organisation=world.chleb, on=TODAY)


def test_who_was_refused_may_apply_again_who_is_a_member_may_not(world, cluster):
    it = actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=date(2026, 10, 1))
    with pytest.raises(Refused, match="applied already"):
        actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=TODAY)
    actions.decide(by=world.bolek, membership=it, is_accepted=False, on=TODAY, decision="x")
    again = actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=TODAY)
    assert again.pk != it.pk
    actions.decide(by=world.bolek, membership=again, is_accepted=True, on=TODAY, decision="x")
    with pytest.raises(Refused, match="member already"):
        actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=TODAY)


def test_who_is_accepted_is_written_to(world, cluster, django_capture_on_commit_callbacks):
    it = actions.apply(by=world.bolek, cluster=cluster, organisation=world.chleb, on=TODAY)
    it.mandates.create(person_name="Jan Nowak", email="jan@example.org", valid_from=TODAY, valid_to=TODAY + timedelta(days=90))
    with django_capture_on_commit_callbacks(execute=True):
        actions.decide(by=world.bolek, membership=it, is_accepted=True, on=TODAY, decision="uchwała 7")
    (letter,) = mail.outbox
    assert letter.to == ["jan@example.org"]
    assert "uchwała 7" in letter.body
    assert f"/members/{it.pk}/" in letter.body


def signed(letter, organisation, on, **more):
    return Signatory.objects.create(
        agreement=letter, organisation=organisation, name=str(organisation), sector=organisation.sector if organisation else "business", state="signed", way="email",
        signed_sha256="0" * 64, signed_on=on, basis="register", person_name="Jan Nowak", function="Prezes", **more,
    )  # fmt: skip


@pytest.fixture
def letter(world, cluster):
    made = Agreement.objects.create(
        region=world.pomorskie, slug="list", title="List intencyjny", language="pl", state="closed", sha256="0" * 64, frozen_at=timezone.now(), closes_on=date(2026, 3, 31)
    )
    cluster.letter = made
    cluster.save()
    return made


def test_v10_signatories_become_founding_members_in_one_deed(world, cluster, letter):
    late = an_organisation(world.pomorskie, "Fundacja Późna")
    signed(letter, world.chleb, date(2026, 3, 31))
    signed(letter, late, date(2026, 4, 1))
    signed(letter, None, date(2026, 3, 1))
    before = len(deeds())
    made = actions.take_signatories(by=world.bolek, cluster=cluster)
    assert {str(it): class_of(it, cluster, TODAY) for it in made} == {"Dobry Chleb": "founding", "Fundacja Późna": "ordinary"}
    assert deeds()[before:] == ["clusters.signatories_taken"]
    assert actions.take_signatories(by=world.bolek, cluster=cluster) == []


def test_a_candidate_who_signed_becomes_a_member_and_who_left_since_stays_out(world, cluster, letter):
    gone = an_organisation(world.pomorskie, "Fundacja Była")
    a_member(cluster, gone, state="left", left_on=date(2026, 5, 1), ending="own")
    a_member(cluster, world.chleb, state="candidate", applied_on=None, decided_on=None, joined_on=None)
    for organisation in (gone, world.chleb):
        signed(letter, organisation, date(2026, 3, 1))
    made = actions.take_signatories(by=world.bolek, cluster=cluster)
    assert [str(it) for it in made] == ["Dobry Chleb"]
    assert cluster.memberships.count() == 2


def test_the_cut_off_of_the_letter_is_taken_where_the_cluster_has_none(world, cluster, letter):
    cluster.founding_until = None
    cluster.save()
    signed(letter, world.chleb, date(2026, 3, 31))
    (made,) = actions.take_signatories(by=world.bolek, cluster=cluster)
    cluster.refresh_from_db()
    assert class_of(made, cluster, TODAY) == "founding"


def test_without_a_letter_there_are_no_signatories(world, cluster):
    with pytest.raises(Refused, match="No letter"):
        actions.take_signatories(by=world.bolek, cluster=cluster)


def test_the_register_stands_as_it_was_on_any_day(world, cluster):
    a_member(cluster, world.chleb, joined_on=date(2026, 3, 1), state="left", left_on=date(2026, 6, 1), ending="own")
    a_member(cluster, world.wtz, joined_on=date(2026, 5, 1))
    told = {day: [str(it) for it in members_on(cluster, day)] for day in (date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1))}
    assert [len(names) for names in told.values()] == [0, 1, 2, 1]


def test_who_supports_is_not_entitled_and_half_is_rounded_up(world, cluster):
    for number in range(3):
        a_member(cluster, an_organisation(world.pomorskie, f"Fundacja {number}"))
    a_member(cluster, world.chleb, is_supporting=True)
    assert (len(members_on(cluster, TODAY)), len(entitled_on(cluster, TODAY)), quorum_on(cluster, TODAY)) == (4, 3, 2)


def test_silence_ends_with_each_sign_of_life(world, cluster):
    rows = {name: a_member(cluster, an_organisation(world.pomorskie, name), joined_on=date(2024, 1, 1)) for name in ("nic", "spotkanie", "usługa", "mandat", "funkcja", "cofnięte")}
    new = a_member(cluster, world.chleb, joined_on=date(2026, 10, 1))
    meeting = Meeting.objects.create(region=world.pomorskie, slug="w", title="W", starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=1), time_zone="UTC", keep_until=TODAY)
    Participation.objects.create(meeting=meeting, organisation=rows["spotkanie"].organisation, checked_in_at=timezone.now() - timedelta(days=30), checked_in_via="list")
    service = Service.objects.create(cluster=cluster, kind="x", title="Serwis")
    Use.objects.create(service=service, membership=rows["usługa"], on=date(2026, 5, 1))
    taken_back = Use.objects.create(service=service, membership=rows["cofnięte"], on=date(2026, 5, 1))
    Use.objects.create(service=service, membership=rows["cofnięte"], on=date(2026, 5, 2), quantity=-1, reverses=taken_back)
    rows["mandat"].mandates.create(person_name="Ola", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1))
    Term.objects.create(body=cluster.bodies.create(name="Rada", kind="council"), membership=rows["funkcja"], person_name="Ola", starts_on=date(2026, 1, 1), ends_on=date(2027, 1, 1))
    told = {str(row.it): row.silence for row in rows_on(cluster, TODAY)}
    assert told == {"nic": "silent", "cofnięte": "silent", "spotkanie": "heard", "usługa": "heard", "mandat": "heard", "funkcja": "heard", str(new): "unknown"}


def test_signs_of_life_cost_the_same_however_many_members(world, cluster, django_assert_num_queries):
    for number in range(12):
        a_member(cluster, an_organisation(world.pomorskie, f"Fundacja {number}"))
    with django_assert_num_queries(2):
        rows_on(cluster, TODAY)


def test_the_parts_of_members_add_up_and_name_the_share_of_the_social_economy(world, cluster):
    a_member(cluster, world.chleb)
    a_member(cluster, an_organisation(world.pomorskie, "Gmina", sector="public", legal_form="PL-GMINA"))
    a_member(cluster, an_organisation(world.pomorskie, "Spółka", sector="business", legal_form="PL-GMINA"), state="applied", joined_on=None, decided_on=None)
    found = counts_of(rows_on(cluster, TODAY))
    assert found.members == sum(it.count for it in found.sectors) == sum(it.count for it in found.forms) == sum(it.count for it in found.classes) == 2
    assert found.social_economy_percent == 50


def test_whom_a_reader_may_not_see_she_does_not_see_here(world, cluster):
    a_member(cluster, world.chleb)
    a_member(cluster, world.ukryty)
    rows = rows_on(cluster, TODAY)
    nobody = AnonymousUser()
    assert [str(row.it) for row in seen_by(nobody, cluster, rows)] == ["Dobry Chleb"]
    assert len(seen_by(world.bolek, cluster, rows)) == 2


def test_renewing_moves_the_day_by_a_year_once(world, cluster):
    it = a_member(cluster, world.chleb, joined_on=date(2025, 12, 1), renew_by=date(2026, 12, 1), asked_to_renew_on=date(2026, 11, 1))
    actions.renew(by=world.bolek, membership=it, on=TODAY)
    it.refresh_from_db()
    assert (it.renewed_on, it.renew_by, it.asked_to_renew_on) == (TODAY, date(2027, 12, 1), None)
    with pytest.raises(Refused, match="renewed already"):
        actions.renew(by=world.bolek, membership=it, on=TODAY)


def test_leaving_ends_mandates_and_places_in_bodies(world, cluster):
    it = a_member(cluster, world.chleb)
    mandate = it.mandates.create(person_name="Ola", valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1))
    it.mandates.create(person_name="Ewa", valid_from=date(2027, 1, 2), valid_to=date(2028, 1, 1))
    term = Term.objects.create(body=cluster.bodies.create(name="Rada", kind="council"), membership=it, person_name="Ola", starts_on=date(2026, 1, 1), ends_on=date(2028, 1, 1))
    actions.end_membership(by=world.bolek, membership=it, on=date(2026, 11, 1), ending="own")
    mandate.refresh_from_db()
    term.refresh_from_db()
    assert (mandate.valid_to, term.ends_on, it.mandates.count()) == (date(2026, 11, 1), date(2026, 11, 1), 1)


def test_steps_of_receiving_keep_the_day_they_were_done(world, cluster):
    it = a_member(cluster, world.chleb, onboarding={"rules_given": "2026-03-02"})
    actions.tick_steps(by=world.bolek, membership=it, steps=["rules_given", "contact_met", "nonsense"])
    it.refresh_from_db()
    assert it.onboarding == {"rules_given": "2026-03-02", "contact_met": "2026-11-20"}
    actions.tick_steps(by=world.bolek, membership=it, steps=[])
    it.refresh_from_db()
    assert it.onboarding == {}


def test_no_entry_of_members_holds_a_name_of_a_person(world, cluster, letter):
    signed(letter, world.chleb, date(2026, 3, 1))
    (it,) = actions.take_signatories(by=world.bolek, cluster=cluster)
    assert Membership.objects.get(pk=it.pk).signatory.person_name == "Jan Nowak"
    assert not [entry for entry in Entry.objects.all() if "Nowak" in f"{entry.changes} {entry.thing_label} {entry.reason}"]
