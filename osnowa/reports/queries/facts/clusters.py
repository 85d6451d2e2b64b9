"""What a cluster knows of itself: eight dimensions, services, members, money, its letter; as everybody may see it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osnowa.agreements.models import Agreement
from osnowa.agreements.queries import texts as agreement_texts
from osnowa.agreements.queries.counting import Tally, tally
from osnowa.agreements.queries.papers import register_document
from osnowa.clusters.models import BudgetLine
from osnowa.clusters.queries import canvas as canvases
from osnowa.clusters.queries import ecosystem, health, members, money, money_told, services, services_told
from osnowa.clusters.queries.bodies import sittings
from osnowa.kit.letterpress import Foreign, Heading, Part, Points, Table
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import FollowUp, Meeting
from osnowa.reports.queries.facts.others import meetings_held
from osnowa.reports.queries.facts.setting import addition, nothing, picture, table
from osnowa.reports.queries.subject import NOBODY, Subject
from osnowa.ui.charts import Chart, Series


def essentials(subject: Subject) -> list[Part]:
    """What the cluster is, in facts."""
    it = subject.of_cluster
    counts = members.counts_of(subject.memberships)
    rows: list[tuple[str, Any]] = [
        (_("Kind"), str(it.get_kind_display())), (_("State"), str(it.get_state_display())), (_("Origin"), str(it.get_origin_display())),
        (_("Legal entity"), it.legal_entity), (_("Coordinating body"), str(it.coordinator or it.coordinator_name)), (_("Members"), counts.members),
    ]  # fmt: skip
    parts = table("essentials", _("The cluster in brief"), (_("What"), _("Which")), [row for row in rows if row[1] not in ("", "None", None)], widths=(1, 2))
    return [*parts, *pilot(subject)]


def pilot(subject: Subject) -> list[Part]:
    """How far the plan of the pilot is; nothing where none is set."""
    rows = [[one.text, one.state] for one in health.pilot_answers(subject.of_cluster)]
    return table("pilot", _("The plan of the pilot"), (_("Condition"), _("State")), rows, widths=(4, 1)) if rows else []


def process(subject: Subject) -> list[Part]:
    """The public meetings of the cluster's series that were held, and who was there in numbers."""
    series = subject.of_cluster.series
    held = meetings_access.visible(NOBODY, subject.region).filter(series=series, state=Meeting.State.HELD) if series else Meeting.objects.none()
    return meetings_held(list(held.order_by("starts_at", "pk")))


def dimensions(subject: Subject) -> list[Part]:
    """The eight dimensions: now, target, gap, then one by one what was agreed and decided, and what is open."""
    it = subject.canvas
    rows = [[field.name, field.levels.now, field.levels.target, field.levels.gap, len(field.decisions), len(field.open_questions)] for field in it.fields]
    headings = (_("Dimension"), _("Now"), _("Target"), _("Gap"), _("Decisions"), _("Open questions"))
    source = it.round.title if it.round else _("No public round yet.")
    parts = [*picture(canvases.web(it), 0.85), *table("dimensions", _("Eight dimensions: now, target, gap"), headings, rows, foot=source)]
    for field in it.fields:
        parts += _dimension(field)
    return parts


def _dimension(field: canvases.Field) -> list[Part]:
    own, wording = (get_language() or "en")[:2], field.wording
    said: list[Part] = []
    if wording and wording.text:
        pieces = [piece for piece in wording.text.split("\n\n") if piece.strip()]
        said = [piece if wording.language == own else Foreign(piece, wording.language) for piece in pieces]
    parts = [Heading(field.name), *(said or [_("No text is agreed yet.")])]
    for title, points in ((_("Decisions"), field.decisions), (_("Open questions"), field.open_questions)):
        parts += [f"{title}:", Points(tuple(point.text for point in points))] if points else []
    return parts


def radar(subject: Subject) -> list[Part]:
    """The levels behind the spider web, dimension by dimension."""
    it = subject.canvas
    headings = (_("Dimension"), _("Before"), _("Now"), _("Target"), _("Gap"), _("Importance"))
    rows = [[field.name, one.before, one.now, one.target, one.gap, one.importance] for field in it.fields for one in (field.levels,)]
    foot = _("%(round)s; %(n)s answered. Groups of fewer than four are not shown.") % {"round": it.round.title, "n": it.respondents} if it.round else _("No public round yet.")
    return table("radar", _("Levels of the eight dimensions"), headings, rows, foot=foot)


def ecosystem_of(subject: Subject) -> list[Part]:
    """Who plays which role, and which roles, sectors and places are missing."""
    it = ecosystem.ecosystem(subject.of_cluster, NOBODY)
    rows = [[str(role.code.label), role.sector, len(role.players)] for role in it.roles]
    parts = table("ecosystem", _("Roles in the ecosystem"), (_("Role"), _("Sector"), _("Who plays it")), rows, widths=(3, 2, 1))
    missing = [*(str(role.code.label) for role in it.missing_roles), *it.sectors, *(one.name for one in it.subregions)]
    if missing:
        parts += [f"{_('Missing')}:", Points(tuple(missing))]
    return parts


def services_of(subject: Subject) -> list[Part]:
    """The catalogue: services first, then strategies."""
    it = subject.of_cluster
    headings, rows = services_told.catalogue_sheet(services.catalogue(it), {}, subject.region.currency)
    kept = [0, 1, 2, 3, 5, 7, 8]
    return table("services", _("Services and strategies"), [headings[place] for place in kept], [[row[place] for place in kept] for row in rows], widths=(3, 1.6, 2.4, 1.4, 1.4, 1.2, 1.2))


def members_of(subject: Subject) -> list[Part]:
    """Members by sector and class with their sums, and those everybody may see by name."""
    it = subject.of_cluster
    rows = [row for row in subject.memberships if row.is_member]
    counts = members.counts_of(rows)
    parts: list[Part] = []
    for key, title, shares in (("sectors", _("Members by sector"), counts.sectors), ("classes", _("Members by class"), counts.classes), ("forms", _("Members by legal form"), counts.forms)):
        body = [[share.name, share.count] for share in shares]
        total = [[_("Total"), counts.members]] if body else []
        parts += table(f"members {key}", title, (_("What"), _("How many")), [*body, *total], foot=addition([share.count for share in shares], counts.members), has_total=True)
    named = [[row.it.organisation.legal_name, row.class_words, row.it.joined_on] for row in members.seen_by(NOBODY, it, rows)]
    return [*parts, *(table("members", _("Members"), (_("Organisation"), _("Class"), _("Member since")), named, widths=(4, 1.4, 1.4)) if named else [])]


def bodies(subject: Subject) -> list[Part]:
    """The bodies and what each decides; who sits in them is named nowhere here."""
    rows = [[one.body.name, one.kind, one.body.powers, len(one.now)] for one in sittings(subject.of_cluster, subject.on)]
    return table("bodies", _("Bodies"), (_("Body"), _("Kind"), _("What it decides"), _("Places held")), rows, widths=(2, 1.4, 4, 1))


def budget(subject: Subject) -> list[Part]:
    """The budget year by year: costs, sources by kind, what is secured, with sums; givers are not named."""
    it = money.budget(subject.of_cluster, subject.on)
    if it.is_empty:
        return [_("Budget: %(nothing)s") % {"nothing": nothing()}]
    years, currency = [one.year for one in it.years], subject.region.currency
    parts = _lines(it, [one.costs for one in it.years], "costs", _("Costs, %(currency)s") % {"currency": currency}, lambda line: line.title)
    parts += _lines(it, [one.sources for one in it.years], "sources_of_money", _("Sources by kind, %(currency)s") % {"currency": currency}, lambda line: str(line.get_origin_display()))
    figures = [[one.heading, *one.cells] for one in money_told.figures(it.years)]
    parts += table("figures_of_money", _("Figures of the budget"), (_("What"), *years), figures, foot=money_told.runway_words(it.runway, subject.on), has_numbers=True)
    bars = tuple(Series(name, tuple(None if value is None else float(value) for value in values)) for name, values in (
        (_("Costs"), [one.cost for one in it.years]), (_("Secured"), [one.secured for one in it.years]),
    ))  # fmt: skip
    return [*parts, *picture(Chart("bars", _("Costs and what is secured"), currency, tuple(map(str, years)), bars, str(subject.cluster), subject.on))]


def _lines(it: money.Budget, years: list[tuple[BudgetLine, ...]], key: str, title: str, named: Any) -> list[Part]:
    """Lines summed by a name, a column a year, with the sum of each year."""
    names = list(dict.fromkeys(named(line) for lines in years for line in lines))
    rows: list[list[Any]] = [[name, *(sum((line.amount for line in lines if named(line) == name), Decimal(0)) for lines in years)] for name in names]
    total = [_("Total"), *(sum((line.amount for line in lines), Decimal(0)) for lines in years)]
    return table(key, title, (_("What"), *(one.year for one in it.years)), [*rows, total] if rows else [], has_total=True)


def follow_ups(subject: Subject) -> list[Part]:
    """What was promised at the meetings of the cluster and is not done yet; nobody is named."""
    series = subject.of_cluster.series
    rows = FollowUp.objects.filter(meeting__series=series, meeting__visibility="public", done_on=None).order_by("due_on", "pk") if series else FollowUp.objects.none()
    body = [[one.text, one.due_on] for one in rows]
    return table("follow_ups", _("Promised at meetings, not done yet"), (_("What is to be done"), _("Until")), body, widths=(4, 1)) if body else []


def paths(subject: Subject) -> list[Part]:
    """Three ways to go on, side by side; what holds by law is to be checked before one is chosen."""
    rows = (
        (_("Legal personality"), _("none; the host acts"), _("of its own"), _("of its own")),
        (_("Who decides"), _("the host, with a council of partners"), _("assembly of members, board"), _("assembly of members, one vote each, board")),
        (_("Founding"), _("agreement of partners; weeks"), _("founders, statute, entry in a register; months"), _("founders, statute, shares, entry in a register; months")),
        (_("Money"), _("budget of the host, projects"), _("fees, grants, economic activity beside the aims"), _("shares, sale of services, grants where the law allows")),
        (_("Staff and contracts"), _("through the host"), _("own staff, own contracts"), _("own staff, own contracts")),
        (_("Strong in"), _("quick start, public trust"), _("openness, advocacy, many members"), _("trade, joint purchases, investment")),
        (_("Weak in"), _("hangs on one institution and its projects"), _("slow to trade, thin capital"), _("cost of running, harder for public bodies to join")),
    )
    headings = (_("What"), _("A. Network hosted by a public body"), _("B. Association or federation"), _("C. Co-operative or company"))
    foot = _("General comparison, no legal advice: the law of the country and the statutes of those who join decide.")
    return table("paths", _("Paths of implementation"), headings, rows, foot=foot, widths=(1.4, 2, 2, 2))


# --- The letter -------------------------------------------------------------------------------------------------


def _letter(subject: Subject) -> Agreement | None:
    return subject.of_cluster.letter


def letter_status(subject: Subject) -> list[Part]:
    """How many signed and declared, by sector, legal form and subregion, against what was aimed at."""
    letter = _letter(subject)
    if letter is None:
        return [_("The cluster has no letter of intent yet.")]
    it = tally(letter, subject.on)
    state = {"title": letter.title, "state": letter.get_state_display(), "signed": it.total.signed, "sectors": it.sectors}
    parts: list[Part] = [_("%(title)s: %(state)s; %(signed)s organisations of %(sectors)s sectors signed.") % state]
    parts += [_("Text frozen on %(day)s, SHA-256 %(hash)s.") % {"day": date_format(timezone.localtime(letter.frozen_at), "DATE_FORMAT"), "hash": letter.sha256}] if letter.frozen_at else []
    parts += table("aims", _("What was aimed at"), (_("Aim"), _("Wanted"), _("Reached"), _("Missing")), [[one.label, one.wanted, one.reached, one.missing] for one in it.aims]) if it.aims else []
    for way, heading, rows in it.ways:
        body = [[part.label, part.counts.signed, part.counts.declared] for part in rows]
        total = [_("Total"), it.total.signed, it.total.declared]
        foot = addition([part.counts.signed for part in rows], it.total.signed)
        parts += table(f"letter {way}", heading, (_("What"), _("Signed"), _("Declared")), [*body, total], foot=foot, has_total=True)
    return [*parts, *_bars(it)]


def _bars(it: Tally) -> list[Part]:
    names = tuple(part.label for part in it.by_sector)
    bars = Series(_("Signed"), tuple(float(part.counts.signed) for part in it.by_sector))
    return picture(Chart("bars", _("Signatories by sector"), "", names, (bars,), it.agreement.title, it.on)) if names else []


def letter_text(subject: Subject) -> list[Part]:
    """The text of the letter that stands, block by block."""
    letter = _letter(subject)
    text = letter.texts.order_by("-number").first() if letter else None
    if letter is None or text is None:
        return [_("The cluster has no letter of intent yet.")]
    own = (get_language() or "en")[:2]
    language = own if own in text.blocks else letter.language
    parts: list[Part] = [] if letter.sha256 else [_("The text is not frozen and can still change.")]
    for block in agreement_texts.blocks_in(text, language):
        pieces = [piece if language == own or not isinstance(piece, str) else Foreign(piece, language) for piece in agreement_texts.pieces(block["text"])]
        parts += [Heading(block["heading"]), *pieces]
    return parts


def signatories(subject: Subject) -> list[Part]:
    """The signature register without names of persons, as it is published."""
    letter = _letter(subject)
    if letter is None or letter.state == Agreement.State.DRAFT:
        return [_("Nobody has signed yet.")]
    made = register_document(letter, (get_language() or "en")[:2])
    parts: list[Part] = []
    caption = ""
    for part in made.parts:
        if isinstance(part, Heading):
            caption = part.text
        elif isinstance(part, Table):
            parts.append(replace(part, caption=part.caption or caption, key=f"signatories {len(parts)}"))
        else:
            parts.append(part)
    return parts


def sources(subject: Subject) -> list[dict[str, str]]:
    """Where the facts of a cluster come from."""
    it, canvas = subject.of_cluster, subject.canvas
    found = [{"title": _("Records of %(cluster)s") % {"cluster": it}, "on": subject.on.isoformat(), "link": ""}]
    found += [{"title": f"{one.title} ({canvas.definition.title} {canvas.definition.version})", "on": one.closed_at.date().isoformat() if one.closed_at else "", "link": canvas.definition.reference} for one in (canvas.before, canvas.round) if one]
    if it.letter:
        found.append({"title": it.letter.title, "on": it.letter.frozen_at.date().isoformat() if it.letter.frozen_at else "", "link": ""})
    if it.is_invented:
        found.append({"title": _("The organisations and figures of this region are an invented sample."), "on": "", "link": ""})
    return found
