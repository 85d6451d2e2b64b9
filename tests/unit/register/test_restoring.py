from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.register.actions import change_organisation, remove_part, restore_organisation, save_part
from osnowa.register.models import Listing, Organisation
from osnowa.register.queries import facts, facts_after

CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "legal_name": st.sampled_from(["A", "B", "Ć"]),
        "short_name": st.sampled_from(["", "k"]),
        "other_names": st.lists(st.sampled_from(["x", "y"]), max_size=2),
        "service_areas": st.lists(st.sampled_from(["catering", "energy", "it"]), unique=True).map(sorted),
        "activities": st.lists(st.sampled_from(["10.71", "88.10"]), unique=True),
        "identifiers": st.sampled_from([{}, {"PL-NIP": "1234563218"}, {"PL-REGON": "123456785"}]),
        "lat": st.none() | st.just(54.0),
    },
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, min_size=1, max_size=5), st.integers(0, 4))
def test_every_earlier_state_can_be_brought_back(world, edits, which):
    it = Organisation.objects.get(pk=world.chleb.pk)
    states = {}
    for values in edits:
        change_organisation(by=world.bolek, organisation=it, values=values)
        it.refresh_from_db()
        states[entries_of(it).first().pk] = facts(it)
    entry, wanted = list(states.items())[which % len(states)]
    assert facts_after(it, entry) == wanted
    restore_organisation(by=world.bolek, organisation=it, entry_id=entry)
    it.refresh_from_db()
    assert facts(it) == wanted


def test_removed_rows_come_back_with_their_state(world):
    offer = Listing(kind="offer", type_code="catering", name="Bread")
    save_part(by=world.ala, organisation=world.chleb, row=offer)
    with_offer = entries_of(world.chleb).first()
    remove_part(by=world.ala, organisation=world.chleb, row=offer)
    assert not world.chleb.listings.exists()
    restore_organisation(by=world.bolek, organisation=world.chleb, entry_id=with_offer.pk)
    assert world.chleb.listings.get().name == "Bread"
    first = entries_of(world.chleb).last()
    restore_organisation(by=world.bolek, organisation=world.chleb, entry_id=first.pk)
    assert not world.chleb.listings.exists()


def test_a_change_that_changes_nothing_leaves_no_entry(world):
    before = Entry.objects.count()
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_name": world.chleb.legal_name})
    assert Entry.objects.count() == before
