"""A letter of intent with its signature register, as one document."""

from django.utils.translation import gettext_lazy

from osnowa.reports.queries.facts import clusters
from osnowa.reports.queries.kinds.concept import why_the_letter_hides
from osnowa.reports.queries.kinds.shape import Kind, Place

LETTER = Kind(
    "letter", gettext_lazy("Letter with its register"), gettext_lazy("The text of a cluster's letter of intent, who signed it, and how far it is."),
    (
        Place("text", gettext_lazy("Text"), facts=clusters.letter_text),
        Place("register", gettext_lazy("Signature register"), facts=clusters.signatories),
        Place("status", gettext_lazy("How far it is"), gettext_lazy("Who is asked next, and until when."), clusters.letter_status),
    ),
    needs="cluster", sources=clusters.sources, why_not_public=why_the_letter_hides, is_book=False,
)  # fmt: skip
