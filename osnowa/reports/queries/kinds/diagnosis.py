"""The diagnosis of a region: twelve chapters and annexes (ROPS Silesia 2020, RESEES topics, seven framework conditions)."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.letterpress import Part
from osnowa.reports.queries.facts import others, statistics
from osnowa.reports.queries.kinds.shape import Kind, Place
from osnowa.reports.queries.subject import Subject


def _purpose(subject: Subject) -> list[Part]:
    return [*statistics.portrait_of(subject), *others.answered(subject), *others.register_quality(subject)]


def _numbers(subject: Subject) -> list[Part]:
    return [*statistics.sector_table(subject), *statistics.cube(subject, "rows=form&columns=years"), *statistics.cube(subject, "rows=sector&columns=years")]


def _places(subject: Subject) -> list[Part]:
    return [*statistics.by_area(subject), *statistics.cube(subject, "rows=nuts3&columns=years")]


def _work(subject: Subject) -> list[Part]:
    return [*statistics.jobs(subject), *statistics.figures(subject, *statistics.WORK)]


def _actors(subject: Subject) -> list[Part]:
    return [
        *statistics.cube(subject, "rows=form&columns=sector", charted=False), *statistics.cube(subject, "rows=recognition&columns=years"),
        *statistics.cube(subject, "rows=section&columns=sector"), *statistics.strong_in(subject),
    ]  # fmt: skip


def _conditions(subject: Subject) -> list[Part]:
    return others.round_of(subject, "territory", _("Seven framework conditions"))


def _skills(subject: Subject) -> list[Part]:
    return others.round_of(subject, "skills", _("Map of skills"))


def _network(subject: Subject) -> list[Part]:
    return [
        *others.round_of(subject, "network", _("Network")), *others.round_of(subject, "needs", _("Needs and offers")),
        *statistics.needs_and_offers(subject), *others.series(subject),
    ]  # fmt: skip


def _csei(subject: Subject) -> list[Part]:
    return others.round_of(subject, "csei", _("Eight dimensions of a cluster"))


def _services(subject: Subject) -> list[Part]:
    return statistics.cube(subject, "rows=service&columns=years")


def _register_tables(subject: Subject) -> list[Part]:
    rows = ("rows=form&columns=area", "rows=section&columns=area") if statistics.has_areas(subject) else ("rows=form&columns=nuts3", "rows=section&columns=nuts3")
    parts: list[Part] = []
    for words in (*rows, "rows=nace2&columns=years"):
        parts += statistics.cube(subject, words, charted=False)
    return [*parts, *statistics.figures(subject, "volunteers", "beneficiaries")]


def _conclusions(subject: Subject) -> list[Part]:
    return others.gaps(subject)


DIAGNOSIS = Kind(
    "diagnosis", gettext_lazy("Diagnosis of the region"),
    gettext_lazy("Who is there, how many, what changed, what helps and what is missing: twelve chapters with the numbers of the house, and annexes."),
    (
        Place("purpose", gettext_lazy("Purpose, method, sources"), gettext_lazy("What the diagnosis is for, who asked for it, how and when facts were gathered, how many answered and what that means for the results."), _purpose),
        Place("territory", gettext_lazy("Territory and society"), gettext_lazy("People, incomes, poverty, unemployment, and the services that are missing where people live; which places differ most."), others.indicators),
        Place("numbers", gettext_lazy("The social economy in numbers"), gettext_lazy("What the tables say in three sentences; what surprises; where numbers are weak.")),
        Place("types", gettext_lazy("Types and their movement"), gettext_lazy("Which types grow and which shrink, and why."), _numbers, 2),
        Place("places", gettext_lazy("Where they are"), gettext_lazy("Places without any; places where they gather."), _places, 2),
        Place("movement", gettext_lazy("What began, what closed"), gettext_lazy("Who closed and why, as far as it is known; what was done."), statistics.changes, 2),
        Place("work", gettext_lazy("Jobs"), gettext_lazy("Jobs, among them of people at risk and with disabilities; quality of jobs."), _work, 2),
        Place("money", gettext_lazy("Money"), gettext_lazy("Where the money comes from; how much depends on one source."), lambda subject: [*statistics.revenue(subject), *statistics.figures(subject, "revenue_total")], 2),
        Place("reintegration", gettext_lazy("Reintegration units"), gettext_lazy("Occupational therapy workshops, centres and clubs of integration, vocational activity establishments: places, people, what becomes of them."), statistics.reintegration),
        Place("actors", gettext_lazy("Actors and support infrastructure"), gettext_lazy("Support centres, funds, incubators, universities, local governments: who does what, for whom, where nobody does."), _actors),
        Place("conditions", gettext_lazy("Framework conditions"), gettext_lazy("Each of the seven conditions: what is there, with evidence; what hinders; who can change it."), _conditions),
        Place("topics", gettext_lazy("Four topics"), gettext_lazy("What joins the four topics below.")),
        Place("awareness", gettext_lazy("Promotion and awareness"), gettext_lazy("Who knows the social economy and what they think of it; brands, fairs, schools, media."), level=2),
        Place("skills", gettext_lazy("Capacity and skills"), gettext_lazy("Skills that are there, missing, asked for; who teaches."), _skills, 2),
        Place("network", gettext_lazy("Networks and co-operation"), gettext_lazy("Who works with whom; networks, consortia and clusters there are; what holds co-operation back."), _network, 2),
        Place("impact", gettext_lazy("Policy and measuring impact"), gettext_lazy("How effects are measured, by whom; what public bodies ask for."), _csei, 2),
        Place("procurement", gettext_lazy("Public procurement and commissioning"), gettext_lazy("Social clauses, reserved contracts, commissioned services: how many, of what worth, by whom; what keeps others from it.")),
        Place("green", gettext_lazy("Green and digital"), gettext_lazy("Energy, re-use and repair, digital tools: what is done, what could be done together."), _services),
        Place("policy", gettext_lazy("Policy instruments in force"), gettext_lazy("One a paragraph: name, who owns it, budget, aim, what should be better.")),
        Place("swot", gettext_lazy("Strengths, weaknesses, opportunities, threats"), gettext_lazy("Three to five of each, then the problem they lead to: causes beneath it, effects above it."), others.strong_and_weak),
        Place("conclusions", gettext_lazy("Conclusions, priorities, gaps in the data"), gettext_lazy("What follows; three to five priorities, each with who should act; what must still be found out."), _conclusions),
        Place("annex-indicators", gettext_lazy("Tables of indicators"), facts=others.profile_table, is_annex=True),
        Place("annex-register", gettext_lazy("Statistics of the register"), facts=_register_tables, is_annex=True),
        Place("annex-questionnaire", gettext_lazy("Questionnaires"), facts=others.questionnaires, is_annex=True),
        Place("annex-participants", gettext_lazy("Participants"), facts=others.meetings, is_annex=True),
    ),
    sources=others.sources,
)  # fmt: skip
