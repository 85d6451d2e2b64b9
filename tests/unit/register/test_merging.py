from datetime import date, timedelta

import pytest
from django.utils import timezone

from osnowa.compute.linkage import LEVELS
from osnowa.home.queries import own_organisations, regions_with_counts
from osnowa.imports.models import Row as ImportRow
from osnowa.journal.queries import entries_of
from osnowa.kit.errors import Refused
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    close_organisation,
    confirm_by_link,
    doubt_again,
    merge_organisations,
    name_pair,
    note_likely_pairs,
    open_reports,
    remind_of_contacts,
    remind_of_recognitions,
    restore_organisation,
    save_part,
    tell_apart,
    unmerge,
)
from osnowa.register.models import (
    ConfirmationRequest,
    Contact,
    Organisation,
    OrganisationSeat,
    PossibleDuplicate,
    Proposal,
    Recognition,
    YearlyFigures,
)
from osnowa.register.queries import FIELDS, duplicates, facts
from osnowa.register.queries.changes import told
from osnowa.register.queries.duplicates import Likely, compare, likely_pairs, reasons
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.merges import CHOICES, UNITED, standing_of
from osnowa.register.queries.region import portrait
from osnowa.register.queries.search import search
from tests.web.imports.making import a_row, an_import


def another(world, **values):
    """A second record of the co-operative Dobry Chleb."""
    usual = {
        "legal_name": "SS „Dobry Chleb” w Gdańsku", "legal_form": "PL-SPSOC", "sector": "social_economy", "activity_status": "active",
        "postal_code": "80-001", "locality": "Gdańsk", "municipality": world.gdansk,
    }  # fmt: skip
    return add_organisation(by=world.bolek, region=world.pomorskie, values=usual | values)


def merge(world, gone, kept=None, **choices):
    return merge_organisations(by=world.bolek, kept=kept or world.chleb, gone=gone, choices=choices)


def found(world, words):
    """The keys of what these words find in Pomorskie."""
    return list(search(world.pomorskie, seen=Organisation.objects.filter(region=world.pomorskie), words=words).ids)


def now(it):
    return Organisation.every_record.get(pk=it.pk)


def test_every_fact_is_chosen_or_united():
    chosen = [field for choice in CHOICES.values() for field in choice.fields]
    assert sorted([*chosen, *UNITED, "kind", "nace_version"]) == sorted([*FIELDS, "activities", "service_areas"])


# --- what survives ----------------------------------------------------------------------------------------------


def test_what_the_kept_record_lacks_comes_from_the_other(world):
    gone = another(world, about="Piecze chleb.", short_name="DCh", founded_on=date(2016, 1, 1), links=[{"kind": "website", "url": "https://chleb.pl"}])
    merge(world, gone)
    it = now(world.chleb)
    assert (it.about, it.short_name, it.founded_on) == ("Piecze chleb.", "Dobry Chleb", date(2015, 5, 4))
    assert it.links == [{"kind": "website", "url": "https://chleb.pl"}]
    assert it.other_names == ["SS „Dobry Chleb” w Gdańsku", "DCh"]
    assert it.provenance["about"] == now(gone).provenance["about"]


def test_a_choice_takes_the_other_word_or_a_third_one(world):
    merge(world, another(world, street="Krótka 3"), street="gone", legal_name="gone", about="Trzecie.")
    it = now(world.chleb)
    assert (it.street, it.legal_name, it.about) == ("Krótka 3", "SS „Dobry Chleb” w Gdańsku", "Trzecie.")
    assert "Spółdzielnia Socjalna Dobry Chleb" in it.other_names
    assert it.provenance["about"]["on"] == timezone.localdate().isoformat()


def test_what_was_hidden_stays_hidden_unless_somebody_chooses(world):
    gone = another(world, is_location_hidden=True, visibility="members")
    merged = merge(world, gone)
    assert (now(world.chleb).is_location_hidden, now(world.chleb).visibility) == (True, "members")
    unmerge(by=world.bolek, merge=merged)
    merge(world, gone, is_location_hidden="kept", visibility="kept")
    assert (now(world.chleb).is_location_hidden, now(world.chleb).visibility) == (False, "public")


def test_lists_are_united_and_the_main_activity_stays(world):
    merge(world, another(world, activities=["88.10", "10.71"], service_areas=["catering", "it"], target_groups=["youth"]))
    assert facts(now(world.chleb))["activities"] == ["10.71", "56.21", "88.10"]
    assert facts(now(world.chleb))["service_areas"] == ["catering", "it", "local_food"]
    assert world.chleb.activities.get(is_main=True).nace == "10.71"


def test_codes_of_two_versions_of_nace_do_not_mix(world):
    merge(world, another(world, activities=["88.10"], nace_version="2"))
    assert (facts(now(world.chleb))["activities"], now(world.chleb).nace_version) == (["10.71", "56.21"], "2.1")


def test_a_number_that_differs_stays_and_still_leads_here(world):
    gone = another(world, identifiers={"PL-NIP": "5260001246"})
    merge(world, gone)
    assert now(world.chleb).identifiers.get(scheme="PL-NIP").value == "1234563218"
    assert found(world, "526-000-12-46") == [world.chleb.pk]
    change_organisation(by=world.edyta, organisation=now(world.chleb), values={"about": "x"})
    assert found(world, "5260001246") == [world.chleb.pk], "an edit keeps it"
    with pytest.raises(Refused, match="merged into this record"):
        change_organisation(by=world.edyta, organisation=now(world.chleb), values={"identifiers": {"PL-NIP": "5260001246"}})
    with pytest.raises(Refused, match="belongs to another record"):
        change_organisation(by=world.edyta, organisation=world.ukryty, values={"identifiers": {"PL-NIP": "5260001246"}})


def test_the_other_number_can_be_chosen_and_changes_places(world):
    gone = another(world, identifiers={"PL-NIP": "5260001246"})
    merged = merge(world, gone, **{"number:PL-NIP": "gone"})
    assert facts(now(world.chleb))["identifiers"]["PL-NIP"] == "5260001246"
    assert found(world, "1234563218") == [world.chleb.pk]
    unmerge(by=world.bolek, merge=merged)
    assert facts(now(world.chleb))["identifiers"]["PL-NIP"] == "1234563218"
    assert facts(now(gone))["identifiers"] == {"PL-NIP": "5260001246"}


def test_a_number_written_anew_since_still_goes_back(world):
    gone = another(world, identifiers={"LEI": "529900T8BM49AURSDO55"})
    merged = merge(world, gone)
    numbers = facts(now(world.chleb))["identifiers"]
    world.chleb.identifiers.all().delete()
    change_organisation(by=world.edyta, organisation=now(world.chleb), values={"identifiers": numbers})
    unmerge(by=world.bolek, merge=merged)
    assert facts(now(gone))["identifiers"] == {"LEI": "529900T8BM49AURSDO55"}


def test_a_closed_record_can_be_merged_into_an_open_one_but_not_shut_its_units(world):
    closed = add_organisation(
        by=world.bolek, region=world.pomorskie, values={"legal_name": "Fundacja „Przystań”", "legal_form": "PL-FUN", "sector": "civil_society"}
    )
    close_organisation(by=world.bolek, organisation=closed, ended_on=date(2025, 1, 1), end_reason="liquidation")
    with pytest.raises(Refused, match="open units"):
        merge(world, closed, kept=world.ukryty, activity_status="gone")
    merge(world, closed, kept=world.ukryty)
    assert not now(world.ukryty).is_closed


# --- what moves -------------------------------------------------------------------------------------------------


def test_rows_of_every_room_move_and_what_would_be_twice_rests(world):
    gone = another(world)
    for it, employees in ((world.chleb, 5), (gone, 6)):
        save_part(by=world.bolek, organisation=it, row=YearlyFigures(year=2025, as_of_on=date(2025, 12, 31), employees=employees))
    save_part(by=world.bolek, organisation=gone, row=YearlyFigures(year=2024, as_of_on=date(2024, 12, 31), employees=4))
    status = Recognition(code="PL-PS", granted_on=date(2024, 1, 1), review_on=date(2027, 1, 1))
    for it in (world.chleb, gone):
        status.pk = None
        save_part(by=world.bolek, organisation=it, row=status)
    imported = a_row(an_import(world.pomorskie), "changed", organisation=gone)
    unit = add_organisation(by=world.bolek, region=world.pomorskie, values={
        "kind": "unit", "parent": gone, "legal_name": "ZAZ", "legal_form": "PL-ZAZ", "sector": "social_economy",
    })  # fmt: skip
    merged = merge(world, gone)
    assert {row.as_of_on.year: row.employees for row in now(world.chleb).figures.all()} == {2025: 5, 2024: 4}
    assert now(gone).figures.get().employees == 6
    assert now(world.chleb).recognitions.count() == 1, "a status that says exactly the same is not wanted twice"
    assert ImportRow.objects.get(pk=imported.pk).organisation == world.chleb
    assert Organisation.objects.get(pk=unit.pk).parent == world.chleb
    assert entries_of(unit).first().changes == {"parent": [gone.pk, world.chleb.pk]}
    assert merged.moved["imports.row"] == {"organisation": [imported.pk]}


def test_seats_questions_and_proposals_lead_to_the_record_that_stands(world):
    gone, today = another(world), timezone.localdate()
    asked = ConfirmationRequest.objects.create(organisation=gone, sent_to="x@example.org", expires_on=today + timedelta(days=9))
    proposal = Proposal.objects.create(region=world.pomorskie, organisation=gone, kind="claim", person=world.celina)
    days = {"valid_from": today, "valid_to": today + timedelta(days=90)}
    hers = OrganisationSeat.objects.create(person=world.celina, organisation=gone, role="org_editor", **days)
    twice = OrganisationSeat.objects.create(person=world.ala, organisation=gone, role="representative", **days)
    merge(world, gone)
    assert OrganisationSeat.objects.get(pk=hers.pk).organisation == world.chleb
    assert OrganisationSeat.objects.get(pk=twice.pk).organisation_id == gone.pk, "she has this seat in the record that stands"
    assert [own.place for own in own_organisations(world.ala)] == [world.chleb]
    assert Proposal.objects.get(pk=proposal.pk).organisation == world.chleb
    confirm_by_link(by=None, asked=ConfirmationRequest.objects.get(pk=asked.pk))
    assert now(world.chleb).last_confirmed_on == today


def test_a_merged_record_counts_nowhere(world):
    gone = another(world)
    soon = timezone.localdate() + timedelta(days=3)
    for it in (world.chleb, gone):
        Recognition.objects.create(organisation=it, code="PL-PS", granted_on=date(2024, 1, 1), review_on=soon)
        Contact.objects.create(organisation=it, email="biuro@example.org", keep_until=soon)
    merge(world, gone)
    assert Recognition.objects.filter(organisation=gone).exists()
    assert portrait(frame_of(world.pomorskie)).total == 3
    assert {it.slug: it.organisations_count for it in regions_with_counts()}["pomorskie"] == 1
    assert (remind_of_recognitions(), remind_of_contacts()) == (1, 1)
    assert open_reports() > 0
    assert not Recognition.objects.get(organisation=gone).reports.exists()


def test_an_address_once_given_is_not_given_again(world):
    gone = another(world)
    merge(world, gone)
    assert another(world).slug != gone.slug


# --- what cannot be merged --------------------------------------------------------------------------------------


def test_what_cannot_be_one_is_refused_with_the_reason(world):
    unit_of_it = world.wtz
    with pytest.raises(Refused, match="with itself"):
        merge(world, world.chleb)
    with pytest.raises(Refused, match="two regions"):
        merge(world, world.zadruga)
    with pytest.raises(Refused, match="unit of the other"):
        merge(world, unit_of_it, kept=world.ukryty)
    with pytest.raises(Refused, match="same kind"):
        merge(world, unit_of_it)
    gone = another(world)
    close_organisation(by=world.bolek, organisation=gone, ended_on=date(2025, 1, 1), end_reason="merged", successor=world.chleb)
    with pytest.raises(Refused, match="took over the other"):
        merge(world, gone)


def test_a_record_is_merged_once(world):
    gone = another(world)
    merge(world, gone)
    with pytest.raises(Refused, match="already"):
        merge(world, gone, kept=world.ukryty)
    with pytest.raises(Refused, match="already"):
        merge(world, world.ukryty, kept=gone)


# --- taking back ------------------------------------------------------------------------------------------------


def test_a_chain_leads_to_its_end_and_is_taken_back_from_there(world):
    a, b = another(world), another(world, legal_name="Chlebek")
    first = merge(world, a, kept=b)
    second = merge(world, b)
    assert standing_of([a.pk, b.pk, world.chleb.pk]) == {a.pk: world.chleb.pk, b.pk: world.chleb.pk, world.chleb.pk: world.chleb.pk}
    with pytest.raises(Refused, match="later"):
        unmerge(by=world.bolek, merge=first)
    unmerge(by=world.bolek, merge=second)
    unmerge(by=world.bolek, merge=first)
    assert standing_of([a.pk, b.pk]) == {a.pk: a.pk, b.pk: b.pk}
    with pytest.raises(Refused, match="already"):
        unmerge(by=world.bolek, merge=first)


def test_a_later_merge_that_built_on_the_same_facts_goes_first(world):
    first, second = merge(world, another(world)), merge(world, another(world, legal_name="Chlebek"))
    with pytest.raises(Refused, match="Chlebek"):
        unmerge(by=world.bolek, merge=first)
    unmerge(by=world.bolek, merge=second)
    unmerge(by=world.bolek, merge=first)
    assert now(world.chleb).other_names == []


def test_two_can_be_merged_again_after_it_was_taken_back(world):
    gone = another(world, about="Piecze.")
    unmerge(by=world.bolek, merge=merge(world, gone))
    change_organisation(by=world.bolek, organisation=now(gone), values={"about": "Nadal piecze."})
    again = merge(world, gone)
    assert now(world.chleb).about == "Nadal piecze."
    unmerge(by=world.bolek, merge=again)
    assert now(world.chleb).about == ""


def test_what_goes_together_returns_together(world):
    merged = merge(world, another(world, street="Krótka 3", postal_code="76-200", municipality=world.slupsk, locality="Słupsk"), street="gone")
    change_organisation(by=world.edyta, organisation=now(world.chleb), values={"street": "Krótka 5"})
    unmerge(by=world.bolek, merge=merged)
    it = now(world.chleb)
    assert (it.street, it.postal_code, it.municipality) == ("Krótka 5", "76-200", world.slupsk)


def test_an_earlier_state_is_not_brought_back_over_a_merge(world):
    gone = another(world)
    first, hers = entries_of(world.chleb).last(), entries_of(gone).last()
    merged = merge(world, gone)
    with pytest.raises(Refused, match="Take the merge back first"):
        restore_organisation(by=world.bolek, organisation=now(world.chleb), entry_id=first.pk)
    between = {it.pk: entries_of(it).first().pk for it in (world.chleb, gone)}
    unmerge(by=world.bolek, merge=merged)
    for it in (world.chleb, gone):
        with pytest.raises(Refused, match="Take the merge back first"):
            restore_organisation(by=world.bolek, organisation=now(it), entry_id=between[it.pk])
    restore_organisation(by=world.bolek, organisation=now(world.chleb), entry_id=first.pk)
    restore_organisation(by=world.bolek, organisation=now(gone), entry_id=hers.pk)


def test_a_unit_brought_back_to_an_earlier_state_finds_its_merged_parent(world):
    gone = add_organisation(
        by=world.bolek, region=world.pomorskie, values={"legal_name": "Fundacja Port", "legal_form": "PL-FUN", "sector": "civil_society"}
    )
    values = {"kind": "unit", "parent": gone, "legal_name": "WTZ", "legal_form": "PL-WTZ", "sector": "social_economy"}
    unit = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
    first = entries_of(unit).first()
    merge(world, gone, kept=world.ukryty)
    change_organisation(by=world.bolek, organisation=Organisation.objects.get(pk=unit.pk), values={"about": "x"})
    restore_organisation(by=world.bolek, organisation=Organisation.objects.get(pk=unit.pk), entry_id=first.pk)
    assert Organisation.objects.get(pk=unit.pk).parent == world.ukryty


def test_the_history_tells_a_merge_by_names(world):
    gone = another(world)
    merge(world, gone)
    (kept_says,), (gone_says,) = (told(entries_of(it)[:1]) for it in (world.chleb, gone))
    assert ("Merged records", "—", gone.legal_name) in [(c.label, c.before, c.after) for c in kept_says.changes]
    assert ("Merged into", "—", world.chleb.legal_name) in [(c.label, c.before, c.after) for c in gone_says.changes]


# --- pairs ------------------------------------------------------------------------------------------------------


def test_two_told_apart_are_not_merged_nor_proposed_until_that_is_taken_back(world):
    twin = another(world, legal_name="Spółdzielnia Socjalna Dobry Chleb", street="Długa 1")
    (found,) = likely_pairs(world.pomorskie)
    assert (found.first, found.second) == (world.chleb.pk, twin.pk)
    note_likely_pairs(by=None, region=world.pomorskie, found=[found])
    pair = PossibleDuplicate.objects.get()
    tell_apart(by=world.edyta, pair=pair)
    assert likely_pairs(world.pomorskie) == []
    with pytest.raises(Refused, match="never the same"):
        merge(world, twin)
    with pytest.raises(Refused, match="Edyta has decided"):
        tell_apart(by=world.bolek, pair=pair)
    doubt_again(by=world.edyta, pair=pair)
    assert len(likely_pairs(world.pomorskie)) == 1


def test_told_apart_holds_for_what_it_was_merged_into(world):
    twin = another(world, legal_name="Spółdzielnia Socjalna Dobry Chleb", street="Długa 1")
    third = another(world, legal_name="Spółdzielnia Socjalna Dobry Chleb", street="Długa 1")
    tell_apart(by=world.bolek, pair=name_pair(by=world.bolek, one=twin, other=world.chleb))
    merge(world, twin, kept=third)
    assert likely_pairs(world.pomorskie) == []


def test_a_unit_is_compared_with_units_of_the_same_legal_person_alone(world):
    values = {"kind": "unit", "legal_name": world.wtz.legal_name, "legal_form": "PL-WTZ", "sector": "social_economy",
              "postal_code": "76-200", "locality": "Słupsk"}  # fmt: skip
    add_organisation(by=world.bolek, region=world.pomorskie, values=values | {"parent": world.chleb})
    assert likely_pairs(world.pomorskie) == []
    twin = add_organisation(by=world.bolek, region=world.pomorskie, values=values | {"parent": world.ukryty})
    assert [(found.first, found.second) for found in likely_pairs(world.pomorskie)] == [(world.wtz.pk, twin.pk)]


def test_what_is_not_likely_any_more_goes_and_what_a_person_named_stays(world):
    one, other = another(world), another(world, legal_name="Chlebek")
    named = name_pair(by=world.bolek, one=one, other=world.chleb)
    assert name_pair(by=world.bolek, one=world.chleb, other=one) == named
    counts = note_likely_pairs(by=None, region=world.pomorskie, found=[Likely(one.pk, other.pk, 0.8, [])])
    assert counts == {"found": 1, "new": 1, "gone": 0}
    assert note_likely_pairs(by=None, region=world.pomorskie, found=[]) == {"found": 0, "new": 0, "gone": 1}
    assert list(PossibleDuplicate.objects.all()) == [named]


def test_a_pair_that_waits_beside_the_merged_record_waits_beside_the_other(world):
    one, other = another(world), another(world, legal_name="Chlebek")
    waiting = name_pair(by=world.bolek, one=one, other=other)
    merged = merge(world, one)
    made = PossibleDuplicate.objects.exclude(pk=waiting.pk).get()
    assert (made.first, made.second, made.state) == (world.chleb, other, "waiting")
    unmerge(by=world.bolek, merge=merged)
    assert list(PossibleDuplicate.objects.all()) == [waiting]


def test_side_by_side_proposes_the_fuller_and_newer_word(world):
    gone = another(world, about="Piecze.", street="Krótka 3", last_confirmed_on=date(2026, 5, 1), identifiers={"PL-NIP": "5260001246"})
    it = compare(world.chleb, gone)
    assert it.stays == world.chleb.pk
    better = {line.name: line.better for line in it.choices}
    assert better["about"] == better["last_confirmed_on"] == better["street"] == better["number:PL-NIP"] == gone.pk
    assert better["founded_on"] == world.chleb.pk
    assert "PL-REGON" in [line.name.partition(":")[2] for line in it.together]
    assert ("Legal form", "social co-operative") in [(label, value.lower()) for label, value in it.same]


def test_every_reason_of_the_engine_has_words():
    roles = {"name", "place", "number", "founded", "phone", "email", "website", "activity", "legal_form", "country"}
    assert roles <= duplicates._ROLES.keys()
    assert {level for role in roles for level in LEVELS[role]} <= duplicates._LEVELS.keys()
    assert [(one.label, one.says, one.speaks_for) for one in reasons([{"role": "phone", "level": "differs", "bits": -2.0}])] == [
        ("Telephone", "differs", False)
    ]
