"""V19: statuses, yearly reports and contacts have an end or a due day, and coordinators are reminded of it."""

import json
from datetime import date, timedelta

import pytest
import time_machine
from click.testing import CliRunner
from django.core import mail
from django.db import IntegrityError, transaction

from osnowa.home.commands.upkeep import remind
from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.kit.errors import Refused
from osnowa.places.models import RegionSeat
from osnowa.register.actions import (
    close_organisation,
    erase_contact,
    erase_outdated_contacts,
    file_report,
    open_reports,
    remind_of_contacts,
    remind_of_due_days,
    remind_of_recognitions,
    remind_of_reports,
    remove_recognition,
    restore_organisation,
    save_contact,
    save_recognition,
)
from osnowa.register.models import Contact, Recognition, StatusReport
from tests.world import seat

TODAY = date(2026, 3, 10)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{TODAY}T12:00:00+01:00", tick=False):
        yield


def status(world, **more):
    facts = {"code": "PL-PS", "state": "granted", "regime": "statutory", "granted_on": date(2024, 2, 1), "review_on": date(2027, 2, 1)}
    return save_recognition(by=world.bolek, organisation=world.chleb, row=Recognition(**facts | more))


def contact(world, **more):
    facts = {"person_name": "Jan Nowak", "function": "office", "email": "jan@example.org", "keep_until": date(2027, 1, 1)}
    return save_contact(by=world.bolek, organisation=world.chleb, contact=Contact(**facts | more))


def test_v19_a_granted_status_needs_a_review_date(world):
    with pytest.raises(Refused):
        status(world, review_on=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.create(organisation=world.chleb, code="PL-PS", state="granted", granted_on=TODAY)
    assert status(world).pk


def test_v19_an_ended_status_needs_the_day_it_ended(world):
    with pytest.raises(Refused):
        status(world, state="withdrawn")
    with pytest.raises(IntegrityError), transaction.atomic():
        Recognition.objects.create(organisation=world.chleb, code="PL-PS", state="expired", granted_on=TODAY)


def test_v19_a_contact_has_an_end_of_keeping(world):
    with pytest.raises(Refused):
        contact(world, keep_until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Contact.objects.create(organisation=world.chleb, email="x@example.org", keep_until=None)
    assert contact(world).keep_until == date(2027, 1, 1)


def test_a_status_sets_nothing_by_itself(world):
    before = (world.chleb.legal_form, world.chleb.sector, world.chleb.pes_category)
    status(world)
    world.chleb.refresh_from_db()
    assert (world.chleb.legal_form, world.chleb.sector, world.chleb.pes_category) == before


def test_v19_each_year_in_force_has_a_report_due_on_31_march(world):
    row = status(world)
    assert list(row.reports.values_list("year", "due_on")) == [
        (2026, date(2027, 3, 31)), (2025, date(2026, 3, 31)), (2024, date(2025, 3, 31)),
    ]  # fmt: skip


def test_a_withdrawn_status_owes_no_report_of_later_years(world):
    row = status(world)
    row.state, row.ended_on = "withdrawn", date(2025, 6, 1)
    save_recognition(by=world.bolek, organisation=world.chleb, row=row)
    assert list(row.reports.values_list("year", flat=True)) == [2025, 2024]


def test_only_what_the_law_asks_for_has_reports(world):
    assert not status(world, regime="ct9").reports.exists()
    assert not status(world, code="PL-OPP", regime="").reports.exists()
    assert not status(world, state="applied", granted_on=None, review_on=None).reports.exists()


def test_a_new_year_opens_its_reports_once(world):
    status(world)
    assert open_reports(today=date(2027, 1, 2)) == 1
    assert open_reports(today=date(2027, 1, 2)) == 0


def test_a_filed_report_is_told_in_the_history_and_keeps_the_status_from_being_removed(world):
    row = status(world)
    report = row.reports.get(year=2024)
    file_report(by=world.ala, report=report, filed_on=date(2025, 3, 20))
    assert entries_of(world.chleb)[0].changes == {"status_reports": [None, "PL-PS 2024: 2025-03-20"]}
    with pytest.raises(Refused):
        remove_recognition(by=world.bolek, row=row)
    with pytest.raises(Refused):
        file_report(by=world.ala, report=report, filed_on=date(2026, 3, 11))


def test_coordinators_are_reminded_of_a_review_once_before_and_once_after(world):
    status(world, review_on=date(2026, 4, 1), code="PL-OPP", regime="")
    assert remind_of_recognitions(today=date(2026, 3, 1)) == 0
    assert [remind_of_recognitions(today=TODAY), remind_of_recognitions(today=TODAY + timedelta(days=3))] == [1, 0]
    assert [remind_of_recognitions(today=date(2026, 4, 2)), remind_of_recognitions(today=date(2026, 5, 2))] == [1, 0]
    assert [letter.to for letter in mail.outbox] == [["bolek@example.org"]] * 2


def test_a_review_moved_to_another_year_is_reminded_of_again(world):
    row = status(world, review_on=date(2026, 4, 1), code="PL-OPP", regime="")
    remind_of_recognitions(today=TODAY)
    RegionSeat.objects.filter(person=world.bolek).update(valid_to=date(2028, 1, 1))
    row.refresh_from_db()
    row.review_on = date(2027, 4, 1)
    save_recognition(by=world.bolek, organisation=world.chleb, row=row)
    assert remind_of_recognitions(today=date(2027, 3, 10)) == 1


def test_coordinators_are_reminded_of_a_report_thirty_days_before_and_when_it_is_overdue(world):
    row = status(world, granted_on=date(2025, 2, 1))
    assert remind_of_reports(today=date(2026, 2, 28)) == 0
    assert [remind_of_reports(today=date(2026, 3, 1)), remind_of_reports(today=date(2026, 3, 2))] == [1, 0]
    assert [remind_of_reports(today=date(2026, 4, 1)), remind_of_reports(today=date(2026, 4, 2))] == [1, 0]
    assert row.reports.get(year=2025).reminded_on == date(2026, 4, 1)


def test_a_filed_report_needs_no_reminder(world):
    row = status(world, granted_on=date(2025, 2, 1))
    file_report(by=world.ala, report=row.reports.get(year=2025), filed_on=TODAY)
    assert remind_of_reports(today=TODAY) == 0


def test_coordinators_are_reminded_of_contacts_without_a_name_in_the_letter(world):
    contact(world, keep_until=TODAY + timedelta(days=30))
    assert [remind_of_contacts(today=TODAY), remind_of_contacts(today=TODAY)] == [1, 0]
    assert "Nowak" not in mail.outbox[0].body
    assert "jan@example.org" not in mail.outbox[0].body
    assert "/pl/pomorskie/register/dobry-chleb/contacts/" in mail.outbox[0].body


def test_everything_due_comes_in_one_letter_a_coordinator_and_region(world):
    seat(world.edyta, world.pomorskie, RegionSeat.Role.COORDINATOR)
    status(world, review_on=date(2026, 4, 1))
    contact(world, keep_until=TODAY + timedelta(days=5))
    assert remind_of_due_days(today=TODAY) == 4
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bolek@example.org", "edyta@example.org"]
    assert mail.outbox[0].body.count("Dobry Chleb") == 4
    assert remind_of_due_days(today=TODAY) == 0
    assert len(mail.outbox) == 2


def test_a_region_without_a_coordinator_waits_for_one(world):
    RegionSeat.objects.filter(role=RegionSeat.Role.COORDINATOR, region=world.pomorskie).update(valid_to=TODAY - timedelta(days=1))
    contact(world, keep_until=TODAY + timedelta(days=5))
    assert remind_of_due_days(today=TODAY) == 0
    seat(world.edyta, world.pomorskie, RegionSeat.Role.COORDINATOR)
    assert remind_of_due_days(today=TODAY) == 1


def test_a_closed_organisation_owes_nothing_but_the_end_of_its_contacts(world):
    status(world, review_on=date(2026, 4, 1))
    contact(world, keep_until=TODAY + timedelta(days=5))
    close_organisation(by=world.bolek, organisation=world.chleb, ended_on=TODAY, end_reason="liquidation")
    assert remind_of_due_days(today=TODAY) == 1


def test_a_letter_that_fails_is_tried_again(world, monkeypatch):
    contact(world, keep_until=TODAY + timedelta(days=5))
    with monkeypatch.context() as broken:
        def fails(*_args, **_more):
            raise OSError("no mail today")

        broken.setattr("osnowa.register.actions.reminders.letters.send", fails)
        assert remind_of_due_days(today=TODAY) == 0
    assert remind_of_due_days(today=TODAY) == 1


def test_the_journal_keeps_field_names_of_a_contact_and_nothing_of_the_person(world):
    made = contact(world, phone="+48 600 000 000", may_publish=True)
    made.phone = "+48 601 111 111"
    save_contact(by=world.ala, organisation=world.chleb, contact=made)
    erase_contact(by=world.ala, contact=made)
    told = [(entry.deed, entry.changes, entry.thing_label) for entry in entries_of(world.chleb)[:3]]
    assert told[1] == ("register.contact_saved", {"contacts": [None, ["phone"]]}, "Dobry Chleb")
    assert told[0][0] == "register.contact_erased"
    assert not Entry.objects.filter(thing_type="register.contact").exists()
    for secret in ("Nowak", "jan@", "600", "601"):
        assert secret not in str(told)


def test_a_contact_that_did_not_change_leaves_no_entry(world):
    made = contact(world)
    count = Entry.objects.count()
    save_contact(by=world.ala, organisation=world.chleb, contact=made)
    assert Entry.objects.count() == count


def test_contacts_are_erased_when_their_keeping_has_ended(world):
    contact(world, keep_until=TODAY)
    contact(world, keep_until=TODAY - timedelta(days=1))
    assert erase_outdated_contacts(today=TODAY) == 1
    assert erase_outdated_contacts(today=TODAY) == 0
    assert Contact.objects.get().keep_until == TODAY
    assert erase_outdated_contacts(by=None, today=TODAY + timedelta(days=1)) == 1


def test_a_removed_status_takes_its_unfiled_reports_along(world):
    remove_recognition(by=world.bolek, row=status(world))
    assert not StatusReport.objects.exists()


def test_the_daily_command_reminds_and_erases(world):
    contact(world, keep_until=TODAY - timedelta(days=1))
    contact(world, keep_until=TODAY + timedelta(days=1))
    reply = CliRunner().invoke(remind, ["--json"])
    assert reply.exit_code == 0, reply.output
    assert {"contacts_erased": 1, "due_days": 1}.items() <= json.loads(reply.output).items()
    assert set(Entry.objects.filter(deed__in=["register.contact_erased", "register.reminded"]).values_list("via", flat=True)) == {"command"}


def test_an_earlier_state_is_restored_over_reports_and_contacts(world):
    first = entries_of(world.chleb).latest("id")
    row = status(world)
    file_report(by=world.ala, report=row.reports.get(year=2024), filed_on=date(2025, 3, 20))
    made = contact(world)
    restore_organisation(by=world.bolek, organisation=world.chleb, entry_id=first.pk)
    assert not world.chleb.recognitions.exists()
    assert world.chleb.contacts.get() == made, "contacts stay as they are"
