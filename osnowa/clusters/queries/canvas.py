"""The canvas of a cluster: eight dimensions with what is agreed, what is open, what was decided, what shows it, and how far it is.

Names and guiding questions come from the instrument of the eight dimensions; levels from the cluster's two newest closed rounds
that the reader may see. Where the room agreed on a level or a target, that counts, else the median of the voices.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef
from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from osnowa.assessments import access as assessments_access
from osnowa.assessments.models import Round
from osnowa.assessments.queries.instruments import Definition, Dimension, definition_in, said, shipped
from osnowa.assessments.queries.results import Results, Row, results
from osnowa.clusters.models import Cluster, Point, Wording
from osnowa.compute import spider
from osnowa.meetings import access as meetings_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.ui.charts import Chart, Series
from osnowa.ui.charts.specification import GHOST, TARGET

#: The instrument whose dimensions make the canvas.
INSTRUMENT = "csei"
#: Steps of a gap from which on it is worth a decision.
_WORTH = 0.5


@dataclass(frozen=True)
class Levels:
    """How far a dimension is: now, before, where to, until when, how much it weighs."""

    now: float | None = None
    before: float | None = None
    target: float | None = None
    importance: float | None = None
    target_on: date | None = None
    #: Whether the level, and the target, were agreed in the room; otherwise they are medians of voices.
    is_agreed: bool = False
    is_target_agreed: bool = False
    voices: float | None = None
    evidence: tuple[tuple[str, str], ...] = ()

    @property
    def gap(self) -> float | None:
        return spider.gap(self.target, self.now)

    @property
    def priority(self) -> float | None:
        return spider.priority(self.gap, self.importance)

    @property
    def change(self) -> float | None:
        return spider.gap(self.now, self.before)

    @property
    def is_known(self) -> bool:
        return self.now is not None or self.target is not None


@dataclass(frozen=True)
class Field:
    """One dimension of the canvas."""

    number: int
    dimension: Dimension
    #: Newest versions, that in the reader's language first; those without words left out.
    texts: tuple[Wording, ...] = ()
    points: tuple[Point, ...] = ()
    levels: Levels = Levels()

    @property
    def code(self) -> str:
        return self.dimension.code

    @property
    def name(self) -> str:
        return self.dimension.name

    @property
    def questions(self) -> list[str]:
        return [said(texts) for texts in self.dimension.questions]

    @property
    def probing(self) -> list[str]:
        return [said(texts) for texts in self.dimension.probing]

    @property
    def proving(self) -> list[str]:
        """What would show how far it is."""
        return [said(texts) for texts in self.dimension.evidence]

    @property
    def steps(self) -> list[tuple[str, str]]:
        """(level, what it looks like)."""
        return [(step, said(texts)) for step, texts in self.dimension.levels.items()]

    @property
    def wording(self) -> Wording | None:
        """The agreed text the reader gets."""
        return self.texts[0] if self.texts else None

    @property
    def text(self) -> str:
        return self.texts[0].text if self.texts else ""

    @property
    def is_in_another_language(self) -> bool:
        return bool(self.texts) and self.texts[0].language != _language()

    def of(self, kind: str) -> list[Point]:
        return [point for point in self.points if point.kind == kind]

    @property
    def open_questions(self) -> list[Point]:
        return [point for point in self.of(Point.Kind.QUESTION) if not point.settled_on]

    @property
    def settled_questions(self) -> list[Point]:
        return [point for point in self.of(Point.Kind.QUESTION) if point.settled_on]

    @property
    def decisions(self) -> list[Point]:
        return self.of(Point.Kind.DECISION)

    @property
    def evidence(self) -> list[Point]:
        return self.of(Point.Kind.EVIDENCE)

    @property
    def proofs(self) -> int:
        """How many pieces of evidence there are, those noted when a level was agreed among them."""
        return len(self.evidence) + len(self.levels.evidence)

    @property
    def loose_ends(self) -> list[str]:
        """What is missing here, in words."""
        return list(_loose_ends(self))


@dataclass(frozen=True)
class Canvas:
    """All fields, and the rounds their levels come from."""

    cluster: Cluster
    definition: Definition
    fields: tuple[Field, ...]
    round: Round | None = None
    before: Round | None = None
    respondents: int = 0

    @property
    def scale(self) -> range:
        return self.definition.scale.steps

    @property
    def is_empty(self) -> bool:
        return not any(field.texts or field.points for field in self.fields)

    @property
    def written(self) -> int:
        return sum(1 for field in self.fields if field.text)

    @property
    def loose_ends(self) -> list[tuple[Field, list[str]]]:
        return [(field, ends) for field in self.fields if (ends := field.loose_ends)]

    @property
    def pressing(self) -> list[Field]:
        """Dimensions with a gap, the most pressing first."""
        return sorted((field for field in self.fields if (field.levels.priority or 0) > 0), key=lambda field: -(field.levels.priority or 0))

    def field(self, code: str) -> Field | None:
        return next((field for field in self.fields if field.code == code), None)


def figure(value: float | None) -> str:
    """A level as it is written: with one decimal where it needs one, a dash where it is not told."""
    if value is None:
        return "–"
    rounded = round(float(value), 1)
    return f"{'−' if rounded < 0 else ''}{number_format(abs(rounded), 0 if rounded.is_integer() else 1)}"


def _language() -> str:
    return (get_language() or "en")[:2]


@cache
def _shipped() -> Definition:
    return next(one for one in shipped() if one.code == INSTRUMENT)


def definition(region: Region) -> Definition:
    """The eight dimensions as the region asks them: its own newest version, else the shipped one."""
    kept = assessments_access.instruments(region).filter(code=INSTRUMENT).order_by(F("region").asc(nulls_last=True), "-made_at", "-pk").first()
    return definition_in(kept) if kept else _shipped()


def dimension(region: Region, code: str) -> Dimension | None:
    """One dimension of the canvas."""
    return next((one for one in definition(region).scored if one.code == code), None)


def canvas(person: Anyone, cluster: Cluster) -> Canvas:
    """The whole canvas as far as a person may see it; the same number of queries however much there is."""
    asked = definition(cluster.region)
    newest, second = _rounds(person, cluster)
    told = _told(newest, second) if newest else None
    rows = {row.item.code: row for row in told.rows} if told else {}
    texts, points = _texts(cluster), _points(person, cluster)
    fields = tuple(
        Field(number, one, tuple(texts.get(one.code, ())), tuple(points.get(one.code, ())), _levels(rows.get(one.code)))
        for number, one in enumerate(asked.scored, start=1)
    )
    return Canvas(cluster, asked, fields, newest, second, told.respondents if told else 0)


def _rounds(person: Anyone, cluster: Cluster) -> tuple[Round | None, Round | None]:
    """The two newest closed rounds of the eight dimensions that the person may see."""
    seen = assessments_access.visible(person, cluster.region).filter(clusters=cluster, state=Round.State.CLOSED, instrument__code=INSTRUMENT)
    found = [*seen.select_related("instrument", "region").order_by("-closed_at", "-pk")[:2], None, None]
    return found[0], found[1]


def _told(newest: Round, second: Round | None) -> Results:
    newest.before = second  # the one before among those that may be seen, whatever the round itself was compared with
    return results(newest)


def _levels(row: Row | None) -> Levels:
    if row is None:
        return Levels()
    agreed, before = row.agreed, row.before
    level, target = (agreed.level, agreed.target) if agreed else (None, None)
    if row.agreed_before and row.agreed_before.level is not None:
        before = float(row.agreed_before.level)
    return Levels(
        now=float(level) if level is not None else row.level, before=before, target=float(target) if target is not None else row.target,
        importance=agreed.importance if agreed and agreed.importance is not None else row.importance, target_on=agreed.target_on if agreed else None,
        is_agreed=level is not None, is_target_agreed=target is not None, voices=row.level,
        evidence=tuple((one["title"], one.get("link", "")) for one in agreed.evidence) if agreed else (),
    )  # fmt: skip


def _texts(cluster: Cluster) -> dict[str, list[Wording]]:
    """{dimension: newest texts}, the reader's language first, then those of the region in their order."""
    newer = Wording.objects.filter(cluster=OuterRef("cluster"), dimension=OuterRef("dimension"), language=OuterRef("language"), number__gt=OuterRef("number"))
    rows = Wording.objects.filter(~Exists(newer), cluster=cluster).exclude(text="").select_related("made_by").annotate(cards_count=Count("cards"))
    order = [_language(), *cluster.region.languages]
    found: dict[str, list[Wording]] = {}
    for one in sorted(rows, key=lambda one: (order.index(one.language) if one.language in order else len(order), one.language)):
        found.setdefault(one.dimension, []).append(one)
    return found


def _points(person: Anyone, cluster: Cluster) -> dict[str, list[Point]]:
    """{dimension: its points}, each with `is_meeting_seen`: whether the person may see the meeting it comes from."""
    seen = Exists(meetings_access.visible(person, cluster.region).filter(pk=OuterRef("meeting")))
    found: dict[str, list[Point]] = {}
    for one in cluster.points.select_related("meeting", "settled_by").annotate(is_meeting_seen=seen).order_by("on", "pk"):
        found.setdefault(one.dimension, []).append(one)
    return found


def _loose_ends(field: Field) -> Iterable[str]:
    if not field.text:
        yield _("no agreed text")
    if count := len(field.open_questions):
        yield ngettext("%(count)s question without a decision", "%(count)s questions without a decision", count) % {"count": count}
    if field.decisions and not field.proofs:
        yield _("decisions without evidence")
    if (field.levels.gap or 0) >= _WORTH and not field.decisions:
        yield _("a gap without a decision")


# --- versions ---------------------------------------------------------------------------------------------------


def versions(cluster: Cluster, code: str, language: str) -> list[Wording]:
    """All versions of the text of a dimension in a language, the newest first."""
    return list(Wording.objects.filter(cluster=cluster, dimension=code, language=language).select_related("made_by").annotate(cards_count=Count("cards")).order_by("-number"))


def newest(cluster: Cluster, code: str, language: str) -> Wording | None:
    """The newest version of the text of a dimension in a language, even one without words."""
    return Wording.objects.filter(cluster=cluster, dimension=code, language=language).select_related("made_by").order_by("-number").first()


def languages_of(region: Region, texts: Sequence[Wording] = ()) -> list[str]:
    """The languages a text may be written in: those of the region, of the reader, and those there is one in."""
    wanted = [*region.languages, _language(), *(one.language for one in texts)]
    return [code for code in dict.fromkeys(wanted) if code in dict(settings.LANGUAGES)]


# --- the web ----------------------------------------------------------------------------------------------------


def web(it: Canvas) -> Chart:
    """The spider web of the canvas."""
    return _drawn({field.name: field.levels for field in it.fields}, it.definition, it.round)


def newest_web(person: Anyone, cluster: Cluster) -> Chart | None:
    """The web alone, with the names the newest closed round asked by; None before the first one. Three queries."""
    newest, second = _rounds(person, cluster)
    told = _told(newest, second) if newest else None
    return _drawn({row.name: _levels(row) for row in told.rows}, told.definition, newest) if told else None


def _drawn(named: Mapping[str, Levels], asked: Definition, of: Round | None) -> Chart:
    """Now, where to, and as a ghost where it was before."""
    levels = list(named.values())
    lines = (
        (_("Before"), tuple(one.before for one in levels), GHOST),
        (_("Target"), tuple(one.target for one in levels), TARGET),
        (_("Now"), tuple(one.now for one in levels), ""),
    )
    series = tuple(Series(name, values, (role,) if role else ()) for name, values, role in lines if any(value is not None for value in values))
    return Chart("radar", _("Level and target"), "", tuple(named), series, of.title if of else "", of.closed_at if of else None, top=float(asked.scale.most))
