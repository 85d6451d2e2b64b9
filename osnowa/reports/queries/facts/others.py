"""Indicators of elsewhere, rounds of many voices, meetings, and how true the register is."""

from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.assessments.queries.charting import web
from osnowa.assessments.queries.results import Results, Row
from osnowa.indicators.queries import rankings
from osnowa.indicators.queries.profiles import Standpoint
from osnowa.indicators.queries.standpoints import releases_for, sides
from osnowa.kit.letterpress import HIDDEN, Heading, Part, Points
from osnowa.meetings.models import Meeting, Series
from osnowa.meetings.queries.attendance import count, present
from osnowa.meetings.queries.series import with_progress
from osnowa.register.queries.quality import CHECKS
from osnowa.reports.queries.facts.setting import addition, nothing, picture, table
from osnowa.reports.queries.subject import Subject

_DRAWN = 6


def indicators(subject: Subject, *, drawn: int = _DRAWN) -> list[Part]:
    """Where the region stands best and worst, each among all regions of its level."""
    found = sides(subject.profile.stands)
    parts = profile_table(subject)
    for ranking in rankings.rankings_in(subject.profile, [*found.strong, *found.weak][:drawn]):
        parts += picture(rankings.dots(ranking, [subject.profile.code]))
    return parts


def profile_table(subject: Subject) -> list[Part]:
    """Every indicator of the region: value, rank, distance from the mean."""
    headings = (_("Indicator"), _("Period"), _("Value"), _("Unit"), _("Rank"), _("Of"), _("Mean"), "z")
    rows = [_indicator(one) for one in subject.profile.stands]
    foot = _("Rank 1 is best where one direction is better, else highest. z: distance from the mean in standard deviations.")
    return table("indicators", _("The region among all regions of its level"), headings, rows, foot=foot, widths=(4, 1, 1.2, 1.6, 0.8, 0.8, 1.2, 0.8))


def _indicator(one: Standpoint) -> list[Any]:
    it = one.standing
    return [str(one.indicator), rankings.as_period(one.period), _short(it.value), one.indicator.unit, it.rank, it.of, _short(it.mean), _short(it.z)]


def _short(value: float | None) -> float | None:
    """A number with as many places as a table of paper bears."""
    return None if value is None else round(value, 0 if abs(value) >= 1000 else 2)


def strong_and_weak(subject: Subject) -> list[Part]:
    """The indicators in which the region is among the better and the worse third."""
    found = sides(subject.profile.stands)

    def said(those: list[Standpoint]) -> tuple[str, ...]:
        return tuple(_("%(indicator)s: rank %(rank)s of %(of)s") % {"indicator": one.indicator, "rank": one.standing.rank, "of": one.standing.of} for one in those)

    parts: list[Part] = []
    for title, those in ((_("Among the better third"), found.strong), (_("Among the worse third"), found.weak)):
        parts += [Heading(title), Points(said(those)) if those else nothing().capitalize()]
    return parts


def round_of(subject: Subject, instrument: str, name: str) -> list[Part]:
    """The newest public round of an instrument."""
    it = subject.round_of(instrument)
    return the_round(it) if it else [_("%(name)s: there is no public round yet.") % {"name": name}]


def the_round(it: Results) -> list[Part]:
    """A round as it is told: the web, a table of its dimensions, what was chosen, who answered."""
    about = {"round": it.round.title, "instrument": it.definition.title, "version": it.definition.version, "n": it.respondents}
    parts: list[Part] = [_("%(round)s: %(instrument)s, version %(version)s; %(n)s answered.") % about]
    if it.is_empty and not it.choices:
        return [*parts, _("Too few answered for results to be shown.")]
    parts += picture(web(it) if it.rows and not it.is_empty else None, 0.85)
    headings = (_("Dimension"), _("Median"), _("Target"), _("Gap"), _("Agreement (A)"), _("Answers"), _("Agreed level"))
    rows = [_dimension(row) for row in (*it.rows, *it.others)]
    parts += table(f"round {it.round.slug}", it.round.title, headings, rows, foot=_("Groups of fewer than four are not shown.")) if rows else []
    for item, n, counts in it.choices:
        body = [[text, HIDDEN if often is None else often] for text, often in counts]
        parts += table(f"round {it.round.slug} {item.code}", item.text, (_("Answer"), _("How often")), body, foot=_("%(n)s answered. x: not shown, chosen by fewer than four.") % {"n": n})
    return parts


def _dimension(row: Row) -> list[Any]:
    line = row.told.whole
    return [row.name, row.level, row.target, row.gap, None if line is None or line.agreement is None else round(line.agreement, 2), line.n if line else None, row.agreed.level if row.agreed else None]


def answered(subject: Subject) -> list[Part]:
    """Who was asked and who answered, round by round."""
    rows = [[it.round.title, it.definition.title, it.total.asked or None, it.respondents, None if it.total.share is None else round(100 * it.total.share)] for it in subject.rounds]
    return table("answered", _("Public rounds and who answered"), (_("Round"), _("Instrument"), _("Were asked"), _("Answered"), _("Rate, %")), rows, widths=(3, 3, 1, 1, 1))


def questionnaires(subject: Subject) -> list[Part]:
    """What the public rounds asked, in the words in which it was asked."""
    parts: list[Part] = []
    for it in {one.definition.code: one for one in subject.rounds}.values():
        about = _("%(instrument)s, version %(version)s") % {"instrument": it.definition.title, "version": it.definition.version}
        parts += [Heading(about), *(Points(tuple(item.text for item in one.asked)) for one in it.definition.dimensions if one.asked)]
    return parts or [_("No questionnaire was used in a public round.")]


def meetings(subject: Subject) -> list[Part]:
    """The public meetings that were held, and who was there in numbers: nobody is named."""
    return meetings_held(subject.meetings)


def meetings_held(meetings: list[Meeting]) -> list[Part]:
    """Meetings with how many were at each, and who was there by sector."""
    if not meetings:
        return [_("Meetings: %(nothing)s") % {"nothing": nothing()}]
    people = present(meetings)
    rows: list[list[Any]] = []
    for meeting in meetings:
        it = count(row for row in people if row.meeting_id == meeting.pk)
        rows.append([meeting.title, str(meeting.get_kind_display()), date_format(meeting.starts_at, "SHORT_DATE_FORMAT"), it.participations, it.organisations])
    whole = count(people)
    total = [_("Together"), "", "", whole.participations, whole.organisations]
    foot = addition([row[3] for row in rows], whole.participations) + ". " + _("An organisation that came several times is counted once in the total.")
    headings = (_("Meeting"), _("Kind"), _("Day"), _("Participations"), _("Organisations"))
    parts = table("meetings", _("Meetings held"), headings, [*rows, total], foot=foot, has_total=True, widths=(4, 1.6, 1.4, 1.4, 1.4))
    return [*parts, *sectors_of(whole, "participants")]


def sectors_of(it: Any, key: str) -> list[Part]:
    """Who was there by sector, with the sums."""
    rows = [[share.name, share.participations, share.organisations] for share in it.sectors]
    rows.append([_("Total"), it.participations, it.organisations])
    foot = addition([share.participations for share in it.sectors], it.participations)
    return table(key, _("Who was there, by sector"), (_("Sector"), _("Participations"), _("Organisations")), rows, foot=foot, has_total=True)


def series(subject: Subject) -> list[Part]:
    """How far each series of meetings is."""
    rows = [
        [it.name, progress.name, progress.planned, progress.held, progress.missing]
        for it, kinds in with_progress(Series.objects.filter(region=subject.region).order_by("starts_on", "name")) for progress in kinds
    ]  # fmt: skip
    return table("series", _("Meetings planned and held"), (_("Series"), _("Kind"), _("Planned"), _("Held"), _("Not planned yet")), rows) if rows else []


def register_quality(subject: Subject) -> list[Part]:
    """For how many organisations each check holds, form by form."""
    it = subject.quality
    if not it.total.n:
        return [_("Data quality: %(nothing)s") % {"nothing": nothing()}]
    headings = (_("Legal form"), _("How many"), *(label for label, _why in CHECKS.values()))
    rows = [[line.label, line.n, *line.shares] for line in [*it.forms, *([it.total] if it.forms else [])]]
    rows[-1][0] = _("Total")
    foot = addition([line.n for line in it.forms], it.total.n)
    title = _("How true the register is: per cent of organisations for which each check holds")
    return table("quality", title, headings, rows, foot=foot, has_total=True, widths=(3, 1, *((1.1,) * len(CHECKS))))


def gaps(subject: Subject) -> list[Part]:
    """What is missing in the register, in words."""
    it = subject.quality.total
    if not it.n:
        return []
    missing = sorted(((it.n - held, str(CHECKS[check][0])) for check, held in it.counts.items()), reverse=True)
    return [Heading(_("Gaps in the register")), Points(tuple(_("%(check)s: missing for %(n)s of %(all)s organisations") % {"check": check, "n": n, "all": it.n} for n, check in missing if n))]


def sources(subject: Subject) -> list[dict[str, str]]:
    """Where the facts of a region come from: the register, releases of indicators, rounds, the sample where it is invented."""
    region = subject.region
    found = [{"title": _("Register of %(region)s") % {"region": region}, "on": subject.on.isoformat(), "link": ""}]
    releases = releases_for(subject.profile.code)
    found += [{"title": one.source, "on": str(one.published_on or one.taken_at.date()), "link": one.address} for one in releases]
    for it in subject.rounds:
        on = it.round.closed_at.date().isoformat() if it.round.closed_at else ""
        found.append({"title": f"{it.round.title} ({it.definition.title} {it.definition.version})", "on": on, "link": it.definition.reference})
    if region.is_invented:
        found.append({"title": _("The organisations and figures of this region are an invented sample."), "on": "", "link": ""})
    return found

