"""The filters beside the map, with how many organisations of the whole region each choice has."""

from typing import Any

from django.utils.translation import gettext as _

from osnowa.maps.queries.keeping import Question
from osnowa.register.queries.directory import Wish, facet_labels

_COLUMNS = {
    "form": "SELECT legal_form, count(*) FROM register WHERE {0} GROUP BY 1",
    "area": "SELECT area, count(*) FROM register JOIN areas ON areas.municipality = register.municipality WHERE {0} GROUP BY 1",
    "sector": "SELECT sector, count(*) FROM register WHERE {0} GROUP BY 1",
    "service": "SELECT code, count(*) FROM (SELECT unnest(services) AS code FROM register WHERE {0}) AS listed GROUP BY 1",
    "recognition": "SELECT code, count(*) FROM (SELECT unnest(recognitions) AS code FROM register WHERE {0}) AS listed GROUP BY 1",
    "status": "SELECT status, count(*) FROM register WHERE {0} GROUP BY 1",
}


def facets_of(question: Question, wish: Wish) -> list[dict[str, Any]]:
    """The filters with their choices: (code, label, count, chosen), most frequent first."""
    headings = {"form": _("Legal form"), "area": _("Area"), "sector": _("Sector"), "service": _("Services"),
                "recognition": _("Status or certificate"), "status": _("Activity status")}  # fmt: skip
    everything, labels = question.about(Wish(on=wish.on, closed=wish.closed)), facet_labels(question.frame.region)
    facets = []
    for name, heading in headings.items():
        chosen = wish.facets.get(name, ())
        asked = _COLUMNS[name].format(everything.condition)
        counts = {code: n for code, n in everything.counts(asked, 1) if code}
        choices = [(code, labels[name](code), n, code in chosen) for code, n in (dict.fromkeys(chosen, 0) | counts).items()]
        choices.sort(key=lambda choice: (-choice[2], choice[1]))
        facets.append({"name": name, "heading": heading, "choices": choices, "is_open": bool(chosen)})
    return [facet for facet in facets if facet["choices"]]
