"""The sample regions hold together: valid numbers, each once, facts fit for the journal, nothing real, nothing personal."""

import json
import re
from collections import Counter

from django.core import serializers
from django.db.models import Q

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.places.models import Region, Subregion
from osnowa.register import codes
from osnowa.register.actions import checked_identifier, restore_organisation
from osnowa.register.models import (
    Activity,
    ConfirmationRequest,
    Contact,
    Identifier,
    Listing,
    Organisation,
    Proposal,
    Recognition,
    ServiceArea,
    YearlyFigures,
)
from osnowa.register.queries import facts, facts_after
from osnowa.ui.forms import personal_numbers


def test_every_number_is_valid_and_given_once(pomorskie: Region) -> None:
    numbers = list(Identifier.objects.values_list("scheme", "value"))
    assert len(numbers) > 800
    assert max(Counter(numbers).values()) == 1
    for scheme, value in numbers:
        assert checked_identifier(scheme, value) == value


def test_the_numbers_come_from_ranges_not_in_use(pomorskie: Region) -> None:
    starts = {"PL-NIP": "000", "PL-REGON": "98", "PL-KRS": "0009"}
    for scheme, start in starts.items():
        assert not Identifier.objects.filter(scheme=scheme).exclude(value__startswith=start).exists()


def test_every_organisation_says_that_it_is_invented(pomorskie: Region) -> None:
    assert pomorskie.is_invented
    assert not Organisation.objects.filter(Q(is_invented=False)).exists()
    assert 400 <= Organisation.objects.count() <= 450


def test_no_text_holds_a_personal_number(pomorskie: Region) -> None:
    for model in (Organisation, Contact, Listing, Recognition, Proposal, YearlyFigures):
        text = serializers.serialize("json", model.objects.all(), ensure_ascii=False)
        assert personal_numbers(re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text)) == []  # digits of a random uid are no number


def test_mailboxes_and_links_lead_nowhere(pomorskie: Region) -> None:
    addresses = [*Contact.objects.values_list("email", flat=True), *ConfirmationRequest.objects.values_list("sent_to", flat=True)]
    assert all(address.endswith("@example.org") for address in addresses)
    links = [link["url"] for links in Organisation.objects.values_list("links", flat=True) for link in links]
    assert links
    assert all(link.startswith("https://example.org/") for link in links)


def test_every_code_is_in_its_list(pomorskie: Region) -> None:
    lists = [
        (Organisation.objects.values_list("legal_form", flat=True), codes.LEGAL_FORMS),
        (Organisation.objects.values_list("sector", flat=True), codes.SECTORS),
        (Activity.objects.values_list("nace", flat=True), codes.NACE["2.1"]),
        (ServiceArea.objects.values_list("code", flat=True), codes.SERVICE_AREAS),
        (Recognition.objects.values_list("code", flat=True), codes.RECOGNITIONS),
        (Listing.objects.filter(kind="offer").values_list("type_code", flat=True), codes.SERVICE_AREAS),
        (Listing.objects.filter(kind="need").values_list("type_code", flat=True), codes.NEED_TYPES),
        (Listing.objects.filter(kind="resource").values_list("type_code", flat=True), codes.RESOURCE_TYPES),
        (Listing.objects.exclude(unit="").values_list("unit", flat=True), codes.UNITS),
        (Organisation.objects.exclude(end_reason="").values_list("end_reason", flat=True), codes.END_REASONS),
    ]
    for found, codelist in lists:
        assert found
        assert [code for code in set(found) if code not in codelist] == []


def test_all_five_sectors_are_there(pomorskie: Region) -> None:
    assert set(Organisation.objects.values_list("sector", flat=True)) == {row.code for row in codes.SECTORS}


def test_units_belong_to_open_legal_persons_that_are_older(pomorskie: Region) -> None:
    units = Organisation.objects.filter(kind="unit").select_related("parent")
    assert units.count() > 90
    for unit in units:
        assert unit.parent is not None
        assert unit.parent.ended_on is None
        began = unit.parent.registered_on
        assert began is not None
        assert unit.founded_on is not None
        assert began <= unit.founded_on


def test_nobody_ends_before_beginning_nor_holds_a_status_before_being_there(pomorskie: Region) -> None:
    for one in Organisation.objects.prefetch_related("recognitions", "figures"):
        began = one.registered_on or one.founded_on
        assert began is not None
        assert one.ended_on is None or one.ended_on > began
        for recognition in one.recognitions.all():
            assert recognition.granted_on is None or recognition.granted_on >= began or recognition.code != "PL-PS", one
            assert recognition.ended_on is None or recognition.granted_on is None or recognition.ended_on > recognition.granted_on
        assert all(row.as_of_on >= began and (one.ended_on is None or row.as_of_on < one.ended_on) for row in one.figures.all()), one


def test_the_divisions_cover_the_region_once(pomorskie: Region) -> None:
    towns = [town for area in Subregion.objects.filter(region=pomorskie) for town in area.municipalities.all()]
    assert len(towns) == len(set(towns)) == 123


def test_quality_differs_from_record_to_record(pomorskie: Region) -> None:
    here = Organisation.objects.filter(region=pomorskie)
    statuses = set(here.values_list("activity_status", flat=True))
    assert statuses == {"active", "not_confirmed", "suspended", "in_liquidation", "closed"}
    assert set(here.values_list("visibility", flat=True)) == {"public", "members", "coordinator"}
    assert here.filter(identifiers=None, kind="legal_person").exists()
    assert here.filter(municipality=None).exists()
    assert here.filter(is_location_hidden=True).count() == 3


def test_the_first_entry_of_the_journal_holds_all_facts(pomorskie: Region) -> None:
    touched = set(Entry.objects.exclude(deed="register.organisation_added").values_list("thing_id", flat=True))
    for one in Organisation.objects.order_by("pk")[::25]:
        if str(one.pk) in touched:
            continue
        entry = entries_of(one).get()
        assert entry.via == "sample"
        said = {name: after for name, (_, after) in entry.changes.items()}
        known = {name: value for name, value in facts(one).items() if value is not None}
        assert said == json.loads(json.dumps(known, default=str))
        assert set(one.provenance) == set(entry.changes)


def test_a_sample_organisation_that_was_changed_can_be_restored(pomorskie: Region) -> None:
    changed = Entry.objects.filter(deed="register.organisation_changed").first()
    assert changed is not None
    one = Organisation.objects.get(pk=changed.thing_id)
    first = entries_of(one).last()
    assert first is not None
    restore_organisation(by=None, organisation=one, entry_id=first.pk)
    one = Organisation.objects.get(pk=one.pk)
    assert one.about == first.changes.get("about", [None, ""])[1]
    assert facts_after(one, first.pk)["about"] == one.about


def test_something_happened_lately(pomorskie: Region) -> None:
    deeds = Counter(Entry.objects.filter(place="pomorskie").values_list("deed", flat=True))
    assert deeds["register.organisation_confirmed"] >= 5
    assert deeds["register.organisation_changed"] >= 3
    assert Proposal.objects.filter(state="waiting").count() == 3
    assert ConfirmationRequest.objects.filter(answer="").count() == 4
    assert Entry.objects.order_by("-at").first().at.year == 2026  # type: ignore[union-attr]
