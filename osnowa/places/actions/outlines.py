"""Writes the borders of territories: every outline that matched, or none."""

from osnowa.journal.actions import Deed, action
from osnowa.people.models import Person
from osnowa.places.models import Outline, Territory
from osnowa.places.queries.outlines import Prepared


@action("places.outlines_imported")
def import_outlines(*, by: Person | None, prepared: Prepared) -> Deed:
    """Keeps the outlines prepared by `queries.prepare_outlines`, in the place of earlier ones; returns the report."""
    Outline.objects.bulk_create(
        prepared.outlines, batch_size=200, update_conflicts=True, unique_fields=["territory"],
        update_fields=["shape", "source", "imported_on"],
    )  # fmt: skip
    thing = Territory.objects.get(pk=prepared.outlines[0].territory_id)
    kept = ("file", "source", "matched", "territories", "repaired")
    return Deed(thing, {name: [None, prepared.report[name]] for name in kept}, value=prepared.report)
