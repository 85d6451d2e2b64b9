"""Loading the tables where a register stands already."""

from osnowa.places.actions import load_tables
from osnowa.places.queries import municipalities_in


def test_loading_over_a_register_keeps_its_municipalities(world):
    load_tables(by=None)
    world.chleb.refresh_from_db()
    assert world.chleb.municipality == world.gdansk
    assert municipalities_in(world.pomorskie).count() == 123
