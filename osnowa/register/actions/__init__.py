"""The verbs of the register."""

from osnowa.register.actions.answers import usual
from osnowa.register.actions.batch import (
    Change,
    NewOrganisation,
    add_organisations,
    addresses_taken,
    write_changes,
    write_new,
)
from osnowa.register.actions.bulk import load_many
from osnowa.register.actions.closings import propose_closings, withdraw_closings
from osnowa.register.actions.confirmation import ask_confirmation, confirm_by_link, correct_by_link, take_back_question
from osnowa.register.actions.contacts import erase_contact, erase_outdated_contacts, save_contact, usual_keep_until
from osnowa.register.actions.duplicates import doubt_again, name_pair, note_likely_pairs, tell_apart
from osnowa.register.actions.merging import merge_organisations, unmerge
from osnowa.register.actions.organisations import (
    add_organisation,
    change_organisation,
    close_organisation,
    confirm_organisation,
    remove_part,
    reopen_organisation,
    restore_organisation,
    save_part,
)
from osnowa.register.actions.proposals import accept_proposal, answer_done_proposal, propose, refuse_proposal
from osnowa.register.actions.recognitions import file_report, open_reports, remove_recognition, save_recognition
from osnowa.register.actions.reminders import (
    remind_of_contacts,
    remind_of_due_days,
    remind_of_recognitions,
    remind_of_reports,
)
from osnowa.register.actions.rules import check_facts, checked_identifier
from osnowa.register.actions.seats import (
    end_organisation_seat,
    give_organisation_seat,
    prolong_organisation_seat,
    remind_of_organisation_seats,
)
from osnowa.register.actions.snapshots import keep_monthly_snapshots, queue_refreshing, refresh_snapshot, take_snapshot
from osnowa.register.actions.taking_back import take_back

__all__ = [
    "Change",
    "NewOrganisation",
    "accept_proposal",
    "add_organisation",
    "add_organisations",
    "addresses_taken",
    "answer_done_proposal",
    "ask_confirmation",
    "change_organisation",
    "check_facts",
    "checked_identifier",
    "close_organisation",
    "confirm_by_link",
    "confirm_organisation",
    "correct_by_link",
    "doubt_again",
    "end_organisation_seat",
    "erase_contact",
    "erase_outdated_contacts",
    "file_report",
    "give_organisation_seat",
    "keep_monthly_snapshots",
    "load_many",
    "merge_organisations",
    "name_pair",
    "note_likely_pairs",
    "open_reports",
    "prolong_organisation_seat",
    "propose",
    "propose_closings",
    "queue_refreshing",
    "refresh_snapshot",
    "refuse_proposal",
    "remind_of_contacts",
    "remind_of_due_days",
    "remind_of_organisation_seats",
    "remind_of_recognitions",
    "remind_of_reports",
    "remove_part",
    "remove_recognition",
    "reopen_organisation",
    "restore_organisation",
    "save_contact",
    "save_part",
    "save_recognition",
    "take_back",
    "take_back_question",
    "take_snapshot",
    "tell_apart",
    "unmerge",
    "usual",
    "usual_keep_until",
    "withdraw_closings",
    "write_changes",
    "write_new",
]
