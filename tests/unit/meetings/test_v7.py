"""V7: an organisation is counted once in "organisations", every participation counts in "participations"."""

from datetime import timedelta

import pytest
from django.utils import timezone

from osnowa.meetings.queries.attendance import attendance, attendance_of, sheets_of
from tests.web.meetings.gatherings import a_gathering, a_guest

NOW = {"checked_in_via": "list"}


@pytest.fixture
def workshop(world):
    return a_gathering(world.pomorskie)


def here(meeting, name, **more):
    return a_guest(meeting, name, checked_in_at=timezone.now(), checked_in_via="list", **more)


def test_v7_two_people_of_one_organisation_are_one_organisation_and_two_participations(world, workshop):
    here(workshop, "Jan", organisation=world.chleb)
    here(workshop, "Ola", organisation=world.chleb)
    found = attendance(workshop)
    assert (found.organisations, found.participations) == (1, 2)


def test_v7_an_organisation_at_four_workshops_is_one_organisation_and_four_participations(world):
    meetings = [a_gathering(world.pomorskie, slug=f"w-{n}") for n in range(4)]
    for meeting in meetings:
        here(meeting, "Jan", organisation=world.chleb)
    found = attendance_of(meetings)
    assert (found.organisations, found.participations) == (1, 4)


def test_v7_a_name_written_freely_is_one_organisation_however_it_is_spelt(workshop):
    here(workshop, "Jan", organisation_name="Fundacja Żółw", country="PL")
    here(workshop, "Ola", organisation_name="fundacja  zolw", country="PL")
    assert attendance(workshop).organisations == 1


def test_v7_who_comes_for_herself_is_a_participation_and_no_organisation(workshop):
    here(workshop, "Jan")
    found = attendance(workshop)
    assert (found.organisations, found.participations, found.alone) == (0, 1, 1)


def test_v7_who_registered_and_did_not_come_is_not_counted(workshop):
    a_guest(workshop, "Jan")
    assert attendance(workshop).participations == 0


def test_the_parts_of_every_division_add_up(world, workshop):
    here(workshop, "Jan", organisation=world.chleb, sector="public")  # the record's own sector counts
    here(workshop, "Ola", organisation=world.zadruga)
    here(workshop, "Ewa", organisation_name="Urząd", sector="public", country="PL")
    here(workshop, "Iga", organisation_name="urząd", sector="business", country="SI")
    here(workshop, "Zoja", sector="education_research")
    found = attendance(workshop)
    for shares in (found.sectors, found.countries):
        assert sum(it.participations for it in shares) == found.participations == 5
        assert sum(it.organisations for it in shares) == found.organisations == 3
    assert dict(found.by_sector)["social_economy"] == 2


def test_the_sheet_prints_the_sums_beside_the_totals(world, workshop):
    here(workshop, "Jan", organisation=world.chleb)
    here(workshop, "Ola", organisation=world.zadruga)
    _headings, rows = sheets_of([workshop])["Counts"]
    assert rows[0] == ["Total", "", 2, 2]
    assert [row for row in rows if row[0] == "Sum of the parts"] == [["Sum of the parts", "Sector", 2, 2], ["Sum of the parts", "Country", 2, 2]]


def test_evidence_stays_when_names_are_erased(world, workshop):
    from osnowa.meetings.actions.keeping import erase_participants

    guest = here(workshop, "Jan", organisation_name="Urząd", sector="public", country="PL", needs="miejsce z przodu")
    assert erase_participants(today=workshop.keep_until) == 0
    assert erase_participants(today=workshop.keep_until + timedelta(days=1)) == 1
    guest.refresh_from_db()
    assert (guest.person_name, guest.email, guest.needs, guest.organisation_name) == ("", "", "", "Urząd")
    assert attendance(workshop).organisations == 1
    assert erase_participants(today=workshop.keep_until + timedelta(days=1)) == 0
