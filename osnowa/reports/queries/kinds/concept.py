"""The concept of a cluster: what it should be, what it needs, what it costs, which ways there are (RESIST)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.letterpress import Part
from osnowa.reports.models import Report
from osnowa.reports.queries.facts import clusters, statistics
from osnowa.reports.queries.kinds.shape import Kind, Place
from osnowa.reports.queries.subject import Subject

#: The annex whose text makes an edition hold the concept of a fund.
FUND = "annex-fund"


def _diagnosis(subject: Subject) -> list[Part]:
    return [*statistics.portrait_of(subject), *statistics.sector_table(subject), *statistics.jobs(subject)]


def _organisation(subject: Subject) -> list[Part]:
    return [*clusters.bodies(subject), *clusters.ecosystem_of(subject), *clusters.members_of(subject)]


def why_the_letter_hides(report: Report) -> str:
    """Why what is said of the letter may not be published."""
    letter = report.cluster.letter if report.cluster else None
    if letter and not letter.is_public:
        return _("The letter of the cluster is not public, and so no document that tells of it can be. Make the letter public first.")
    return ""


CONCEPT = Kind(
    "concept", gettext_lazy("Concept of a cluster"),
    gettext_lazy("Eight dimensions, services, members, needs and money, ways to go on, roadmap, risks, the letter of intent; with the concept of a fund as an annex."),
    (
        Place("summary", gettext_lazy("Executive summary"), gettext_lazy("One page: what the cluster is for, who is in, what it offers, what it costs, what should be decided now."), clusters.essentials),
        Place("process", gettext_lazy("Process and participants"), gettext_lazy("How the concept came about: meetings, who spoke, how it was decided; who was missing."), clusters.process),
        Place("diagnosis", gettext_lazy("From the diagnosis"), gettext_lazy("What of the diagnosis matters for the cluster; where to read the whole."), _diagnosis),
        Place("dimensions", gettext_lazy("Eight dimensions"), gettext_lazy("What binds the eight; where the gap is widest, and what is done about it first."), clusters.dimensions),
        Place("services", gettext_lazy("Services and priorities"), gettext_lazy("What comes first and why; who provides it; what stays with the members."), clusters.services_of),
        Place("organisation", gettext_lazy("Organisational needs"), gettext_lazy("Staff, entity, rules, spaces: what is there, what is missing, until when."), _organisation),
        Place("money", gettext_lazy("Financial needs"), gettext_lazy("Three years: costs, sources, what is secured, what is asked for, what happens if it does not come."), clusters.budget),
        Place("paths", gettext_lazy("Paths of implementation"), gettext_lazy("Which way is recommended, under which conditions; what would make one change it."), clusters.paths),
        Place("roadmap", gettext_lazy("Roadmap"), gettext_lazy("Steps with who and until when: the next three months, the first year, the third."), clusters.follow_ups),
        Place("risks", gettext_lazy("Risks"), gettext_lazy("One a point: what may happen, how likely, how bad, what is done, who watches.")),
        Place("letter", gettext_lazy("Letter of intent"), gettext_lazy("What the letter binds to; who is asked next."), clusters.letter_status),
        Place(FUND, gettext_lazy("Concept of a support fund"), gettext_lazy("Aims; instruments (grants, loans, guarantees, incubators); size and sources; who is eligible; who decides; incubators of social innovation; State aid."), is_annex=True),
        Place("annex-radar", gettext_lazy("Figures of the spider web"), facts=clusters.radar, is_annex=True),
        Place("annex-law", gettext_lazy("Legal comparison"), gettext_lazy("The legal forms in question with article and act: founders, capital, bodies, liability, taxes, who may join."), is_annex=True),
    ),
    needs="cluster", sources=clusters.sources, why_not_public=why_the_letter_hides, has_chapters=False,
)  # fmt: skip
