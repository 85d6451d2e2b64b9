"""Mandates and terms end and are reminded of (V19); their names stand in no entry and go in the end."""

from datetime import date, timedelta

import pytest
from django.core import mail

from osnowa.clusters.actions import bodies, mandates
from osnowa.clusters.actions.members_reminders import remind_of_mandates
from osnowa.clusters.queries.bodies import sittings
from osnowa.clusters.queries.mandates import addresses, mandates_on, without_mandate
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.people.actions import erase
from osnowa.people.queries import everything_about
from tests.unit.clusters.making import a_cluster, a_member, an_organisation

TODAY = date(2026, 11, 20)


@pytest.fixture
def cluster(world):
    return a_cluster(world)


@pytest.fixture
def member(world, cluster):
    return a_member(cluster, world.chleb)


def values(**more):
    return {"person_name": "Jan Nowak", "email": "jan@example.org", "function": "Prezes", "basis": "register", "valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)} | more


def test_a_mandate_holds_from_its_first_to_its_last_day(world, member):
    made = mandates.add_mandate(by=world.bolek, membership=member, values=values())
    assert [day for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1), date(2027, 1, 2)) if mandates_on([member], day)] == [date(2026, 1, 1), date(2027, 1, 1)]
    assert mandates.add_mandate(by=world.bolek, membership=member, values=values()) == made


@pytest.mark.parametrize(("more", "said"), [({"valid_to": date(2025, 1, 1)}, "before it begins"), ({"valid_to": date(2040, 1, 1)}, "five years"), ({"person_name": " "}, "who holds")])
def test_a_mandate_that_cannot_be_is_refused(world, member, more, said):
    with pytest.raises(Refused, match=said):
        mandates.add_mandate(by=world.bolek, membership=member, values=values(**more))


def test_no_entry_names_who_holds_a_mandate_or_a_place(world, cluster, member):
    made = mandates.add_mandate(by=world.bolek, membership=member, values=values())
    mandates.change_mandate(by=world.bolek, mandate=made, values={"person_name": "Ewa Nowak", "valid_to": date(2027, 2, 1)})
    body = bodies.add_body(by=world.bolek, cluster=cluster, values={"name": "Zarząd", "kind": "board", "seats": 3})
    term = bodies.add_term(by=world.bolek, body=body, values={"membership": member, "person_name": "Ewa Nowak", "role": "prezes", "starts_on": TODAY, "ends_on": date(2028, 1, 1)})
    bodies.change_term(by=world.bolek, term=term, values={"person_name": "Ola Nowak"})
    mandates.end_mandate(by=world.bolek, mandate=made, on=TODAY)
    assert Entry.objects.filter(deed__startswith="clusters.").count() == 7
    assert not [entry for entry in Entry.objects.all() if "Nowak" in f"{entry.changes} {entry.thing_label}"]


def test_v19_what_ends_within_thirty_days_is_reminded_of_once_and_once_when_over(world, member):
    made = mandates.add_mandate(by=world.bolek, membership=member, values=values(valid_to=TODAY + timedelta(days=20)))
    assert [remind_of_mandates(today=day) for day in (TODAY - timedelta(days=11), TODAY, TODAY + timedelta(days=1), made.valid_to, made.valid_to + timedelta(days=1), made.valid_to + timedelta(days=9))] == [0, 1, 0, 0, 1, 0]
    assert {letter.to[0] for letter in mail.outbox} == {"bolek@example.org"}
    assert "Dobry Chleb" in mail.outbox[0].body
    assert "Nowak" not in mail.outbox[0].body


def test_v19_who_is_followed_is_not_reminded_of(world, cluster, member):
    mandates.add_mandate(by=world.bolek, membership=member, values=values(valid_to=TODAY))
    mandates.add_mandate(by=world.bolek, membership=member, values=values(valid_from=TODAY, valid_to=TODAY + timedelta(days=400)))
    body = bodies.add_body(by=world.bolek, cluster=cluster, values={"name": "Zarząd", "kind": "board"})
    words = {"membership": member, "person_name": "Ewa", "role": "prezes"}
    bodies.add_term(by=world.bolek, body=body, values=words | {"starts_on": date(2025, 1, 1), "ends_on": TODAY})
    assert remind_of_mandates(today=TODAY) == 1
    bodies.add_term(by=world.bolek, body=body, values=words | {"starts_on": TODAY + timedelta(days=1), "ends_on": date(2028, 1, 1)})
    assert remind_of_mandates(today=TODAY + timedelta(days=1)) == 0


def test_a_prolonged_mandate_is_reminded_of_anew(world, member):
    made = mandates.add_mandate(by=world.bolek, membership=member, values=values(valid_to=TODAY))
    remind_of_mandates(today=TODAY)
    made.refresh_from_db()
    mandates.change_mandate(by=world.bolek, mandate=made, values={"valid_to": TODAY + timedelta(days=10)})
    assert remind_of_mandates(today=TODAY) == 1


def test_vacant_places_are_seen_and_which_they_were(world, cluster, member):
    body = bodies.add_body(by=world.bolek, cluster=cluster, values={"name": "Zarząd", "kind": "board", "seats": 2})
    words = {"membership": member, "starts_on": date(2026, 1, 1)}
    bodies.add_term(by=world.bolek, body=body, values=words | {"person_name": "Ewa", "role": "prezeska", "ends_on": date(2026, 10, 1)})
    bodies.add_term(by=world.bolek, body=body, values=words | {"person_name": "Ola", "role": "sekretarz", "ends_on": date(2026, 12, 1)})
    (sitting,) = sittings(cluster, TODAY)
    assert (sitting.vacant, [term.role for term in sitting.vacated], [term.role for term in sitting.ending]) == (1, ["prezeska"], ["sekretarz"])


def test_a_body_in_which_somebody_sat_stays(world, cluster, member):
    body = bodies.add_body(by=world.bolek, cluster=cluster, values={"name": "Zarząd", "kind": "board"})
    empty = bodies.add_body(by=world.bolek, cluster=cluster, values={"name": "Rada", "kind": "council"})
    bodies.add_term(by=world.bolek, body=body, values={"membership": None, "person_name": "Ewa", "role": "", "starts_on": TODAY, "ends_on": TODAY})
    bodies.remove_body(by=world.bolek, body=empty)
    with pytest.raises(Refused, match="history"):
        bodies.remove_body(by=world.bolek, body=body)


def test_who_sits_for_a_member_sits_for_one_of_today(world, cluster):
    gone = a_member(cluster, an_organisation(world.pomorskie, "Była"), state="left", left_on=TODAY, ending="own")
    body = bodies.add_body(by=world.bolek, cluster=cluster, values={"name": "Zarząd", "kind": "board"})
    with pytest.raises(Refused, match="today's members"):
        bodies.add_term(by=world.bolek, body=body, values={"membership": gone, "person_name": "Ewa", "role": "", "starts_on": TODAY, "ends_on": TODAY})


def test_letters_go_to_mandates_else_to_representatives(world, cluster, member):
    assert addresses([member], TODAY) == {member.pk: [("ala@example.org", "pl")]}
    assert without_mandate(cluster, TODAY) == [member]
    mandates.add_mandate(by=world.bolek, membership=member, values=values())
    assert addresses([member], TODAY) == {member.pk: [("jan@example.org", "")]}


def test_names_go_a_year_after_a_mandate_ended(world, member):
    made = mandates.add_mandate(by=world.bolek, membership=member, values=values(valid_to=date(2026, 2, 1)))
    assert mandates.erase_ended_names(today=date(2027, 2, 1)) == 0
    assert mandates.erase_ended_names(today=date(2027, 2, 2)) == 1
    made.refresh_from_db()
    assert (made.person_name, made.email) == ("", "")


def test_a_person_gets_what_is_kept_of_her_and_it_goes_with_her(world, member):
    made = mandates.add_mandate(by=world.bolek, membership=member, values=values(email="Celina@example.org"))
    assert everything_about(world.celina)["mandates_in_clusters"][0]["organisation"] == "Dobry Chleb"
    erase(by=world.celina, person=world.celina)
    made.refresh_from_db()
    assert (made.person_name, made.email) == ("", "")
