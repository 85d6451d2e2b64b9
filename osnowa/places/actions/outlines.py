"""Imports the borders of territories from a file of outlines: everything that matched, or nothing."""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places import matching, outlines, readers
from osnowa.places.models import Outline, Territory

Step = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    """Tells nobody how far the work is."""


@action("places.outlines_imported")
def import_outlines(*, by: Person | None, path: Path, source: str, scheme: str = "", code_field: str = "",
                    name_field: str = "", object_name: str = "", file_name: str = "", step: Step = _silent) -> Deed:  # fmt: skip
    """Imports a GeoJSON or TopoJSON file; returns what matched, what did not, what was repaired and simplified."""
    if not source.strip():
        raise Refused(_("Say where the outlines come from, and under which licence."))
    drawing = readers.read(path, object_name)
    shapes = outlines.shapes_of(drawing.features)
    reading = matching.match(shapes, matching.known_territories(scheme), code_field, name_field)
    pieces: dict[int, list[int]] = defaultdict(list)
    for number, known in reading.found.items():
        pieces[known.pk].append(number)
    rows, before, after = [], 0, 0
    today = timezone.localdate()
    for done, (territory, numbers) in enumerate(pieces.items()):
        whole = outlines.join([shapes[number].area for number in numbers])
        simple = outlines.simplify(whole)
        before, after = before + outlines.points_of(whole), after + outlines.points_of(simple)
        rows.append(
            Outline(territory_id=territory, shape=outlines.as_geojson(simple), source=source.strip()[:300], imported_on=today)
        )
        if done % 50 == 0:
            step(done, len(pieces))
    Outline.objects.bulk_create(
        rows, batch_size=200, update_conflicts=True, unique_fields=["territory"],
        update_fields=["shape", "source", "imported_on"],
    )  # fmt: skip
    step(len(pieces), len(pieces))
    missed = [matching.label(shape, reading) for number, shape in enumerate(shapes) if number not in reading.found]
    report: dict[str, Any] = {
        "file": file_name or path.name,
        "source": source.strip(),
        "features": len(drawing.features) + drawing.without_area,
        "matched": len(reading.found),
        "territories": len(pieces),
        "field": reading.field,
        "read_as": reading.how,
        "unmatched": sorted(missed),
        "repaired": sum(shape.was_repaired for shape in shapes),
        "without_area": drawing.without_area + len(drawing.features) - len(shapes),
        "points_before": before,
        "points_after": after,
    }
    thing = Territory.objects.get(pk=rows[0].territory_id)
    kept = ("file", "source", "matched", "territories", "repaired")
    return Deed(thing, {name: [None, report[name]] for name in kept}, value=report)
