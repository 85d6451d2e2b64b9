"""The kinds of documents, one file each."""

from osnowa.reports.models import Report
from osnowa.reports.queries.kinds.concept import CONCEPT
from osnowa.reports.queries.kinds.diagnosis import DIAGNOSIS
from osnowa.reports.queries.kinds.letter import LETTER
from osnowa.reports.queries.kinds.pack import PACK
from osnowa.reports.queries.kinds.shape import Kind, Place

#: {code: kind}, in the order in which they are offered.
KINDS: dict[str, Kind] = {kind.code: kind for kind in (DIAGNOSIS, CONCEPT, PACK, LETTER)}

__all__ = ["KINDS", "Kind", "Place", "kind_of"]


def kind_of(report: Report) -> Kind:
    """What the kind of a report says."""
    return KINDS[report.kind]
