"""Scoring as a part of a meeting: a kind of block that meetings does not know of."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.assessments.actions import answers
from osnowa.assessments.models import Respondent, Round
from osnowa.assessments.queries import charting
from osnowa.assessments.queries.asking import questions
from osnowa.assessments.queries.instruments import definition_in
from osnowa.assessments.queries.results import Results, results
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Voice
from osnowa.meetings.queries.kinds import Message, Sheet, Told, offer
from osnowa.ui.charts import svg

_WORDS = ("value", "importance", "target")


def round_of(block: Block) -> Round | None:
    """The round that is answered in a block, once it is prepared."""
    return Round.objects.select_related("instrument", "before__instrument", "region").filter(block=block).first()


def _asked_in(block: Block) -> Round | None:
    """The same for a phone, which needs little of it and asks often: neither what is shown nor the long words of the instrument."""
    return Round.objects.select_related("instrument").only("state", "instrument__sha256").filter(block=block).first()


class Score:
    """`score` says {item, value, importance, target} to one item; "" is "no answer". Its round is made by `assessments:in_block`."""

    name: Any = gettext_lazy("scoring")
    is_live = True
    styles = ("assessments/assessments.css",)

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        round_ = _asked_in(block)
        if round_ is None:
            return "assessments/board/not_ready.html", {"block": block}
        definition = definition_in(round_.instrument)
        asked = questions(definition, Respondent.objects.filter(round=round_, voice=voice).first())
        first = next((one.item.code for one in asked if not one.is_answered), "")
        codes = [one.item.code for one in asked]
        steps = zip(asked, ["", *codes], [*codes[1:], ""], strict=False)
        words = {"block": block, "round": round_, "it": definition, "asked": asked, "steps": list(steps), "first": first, "answered": sum(one.is_answered for one in asked)}
        return "assessments/board/phone_score.html", words

    def papers(self, block: Block) -> list[Sheet]:
        round_ = round_of(block)
        if round_ is None:
            return []
        at = {"region": round_.region.slug, "slug": round_.slug}
        form = Sheet(_("Form to print (PDF)"), _("For whoever scores without a phone: every question with its levels."), reverse("assessments:form", kwargs=at), is_file=True)
        if round_.state != Round.State.OPEN:
            return [form]
        return [form, Sheet(_("Enter sheets of paper"), _("Type in what stands on the forms that came back; each counts as a phone does."), reverse("assessments:paper", kwargs=at))]

    def has_answers(self, block: Block) -> bool:
        return Respondent.objects.filter(round__block=block).exists()

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        round_ = round_of(block)
        if round_ is None:
            return "assessments/board/not_ready.html", {"block": block}
        it = results(round_)
        chart = None
        if it.rows and not it.is_empty:
            chart = charting.web(it) if it.is_closed else charting.live_web(it)
        return "assessments/board/wall_score.html", {"block": block, "round": round_, "it": it, "chart": chart}

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        template, words = self.on_wall(block)
        return "assessments/board/lead_score.html", words | {"panel_within": template}

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        round_ = _asked_in(block)
        if round_ is None or message.what != "score":
            raise Refused(_("This is not asked here."))
        said: Mapping[str, Any] = message.words
        who = answers.of_voice(round_, voice)
        answers.hear(round_=round_, respondent=who, code=str(said.get("item", "")), words={name: said.get(name) for name in _WORDS}, turn=message.turn)

    def tell(self, block: Block) -> Told:
        round_ = round_of(block)
        if round_ is None:
            return Told(tuple(text for text in (block.question, block.notes) if text))
        return told(results(round_), block)


def told(it: Results, block: Block) -> Told:
    """What minutes tell of a round: how many answered, the figures, what is to be discussed, the web."""
    lines = [block.question, ngettext("%(n)s voice answered.", "%(n)s voices answered.", it.respondents) % {"n": it.respondents}]
    if not it.is_closed:
        lines.append(_("The round is still open: these are the voices shown so far, sectors follow when it is closed."))
    discuss = [row.name for row in it.rows if row.is_to_discuss]
    if discuss:
        lines.append(_("Voices lie far apart, to be discussed: %(dimensions)s.") % {"dimensions": ", ".join(discuss)})
    headings = (_("Dimension"), _("Median"), _("Answers"), _("Distance of quartiles"), _("Target"), _("Agreed level"))
    rows = tuple(_figures(row) for row in (*it.rows, *it.others))
    pictures = ((it.round.title, svg(charting.web(it) if it.is_closed else charting.live_web(it))),) if it.rows and not it.is_empty else ()
    return Told(tuple(line for line in (*lines, block.notes) if line), ((it.definition.title, headings, rows),), pictures)


def _figures(row: Any) -> tuple[Any, ...]:
    line = row.told.whole
    figures = (line.median, line.n, line.spread) if line else (None, None, None)
    return (row.name, *(_plain(one) for one in (*figures, row.target, row.agreed.level if row.agreed else None)))


def _plain(value: float | None) -> str:
    return "–" if value is None else number_format(value, 0 if float(value).is_integer() else 2)


def offer_kind() -> None:
    """Meetings may have parts in which is scored."""
    offer("score", Score())
