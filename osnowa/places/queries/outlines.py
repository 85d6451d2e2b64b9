"""Reads a file of outlines and matches it to territories, ready to be written; changes nothing itself."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as _

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence, keep
from osnowa.places import matching, outlines, readers
from osnowa.places.models import Outline

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Prepared:
    """Outlines not saved yet, and the report of how they came about."""

    outlines: list[Outline]
    report: dict[str, Any]


def _silent(done: int, total: int) -> None:
    """Tells nobody how far the work is."""


def prepare_outlines(*, path: Path, source: str, scheme: str = "", code_field: str = "", name_field: str = "",
                     object_name: str = "", file_name: str = "", step: Step = _silent) -> Prepared:  # fmt: skip
    """The outlines of a GeoJSON or TopoJSON file: what matched, what did not, what was repaired and simplified."""
    if not source.strip():
        raise Refused(Sentence(_("Say where the outlines come from, and under which licence.")))
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
        shape = outlines.as_geojson(simple)
        rows.append(Outline(territory_id=territory, shape=shape, source=source.strip()[:300], imported_on=today))
        if done % 50 == 0:
            step(done, len(pieces))
    step(len(pieces), len(pieces))
    missed = [matching.label(shape, reading) for number, shape in enumerate(shapes) if number not in reading.found]
    report = {
        "file": file_name or path.name,
        "source": source.strip(),
        "features": len(drawing.features) + drawing.without_area,
        "matched": len(reading.found),
        "territories": len(pieces),
        "field": reading.column,
        "read_as": keep(reading.how),
        "unmatched": sorted(missed),
        "repaired": sum(shape.was_repaired for shape in shapes),
        "without_area": drawing.without_area + len(drawing.features) - len(shapes),
        "points_before": before,
        "points_after": after,
    }
    return Prepared(rows, report)
