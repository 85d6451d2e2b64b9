from osnowa.journal.queries import entries_of
from osnowa.register.actions import change_organisation, restore_organisation


def test_restoring(world):
    e = entries_of(world.chleb).first()
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_name": "X", "service_areas": []})
    restore_organisation(by=world.bolek, organisation=world.chleb, entry_id=e.pk)
    assert world.chleb.legal_name.endswith("Chleb")
    assert world.chleb.service_areas.count() == 2
