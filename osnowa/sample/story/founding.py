"""The cluster of the story: its canvas from cards, its letter of intent, its signatories and founding members."""

from datetime import timedelta
from itertools import chain, zip_longest

from django.utils import timezone, translation

from osnowa.agreements.actions.agreements import freeze, make_agreement
from osnowa.agreements.actions.signatories import Asked, invite
from osnowa.agreements.actions.signing import Mandate, Sheet, check_mandate, note_signature
from osnowa.agreements.actions.texts import begin_with_template, write_text
from osnowa.agreements.models import Signatory
from osnowa.agreements.queries.papers import sheet
from osnowa.agreements.queries.texts import blocks_in
from osnowa.clusters.actions.canvas import add_point
from osnowa.clusters.actions.canvas import write_text as write_dimension
from osnowa.clusters.actions.clusters import change_cluster, make_cluster
from osnowa.clusters.actions.health import plan_pilot
from osnowa.clusters.actions.members import take_signatories
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Card
from osnowa.register.models import Organisation, Visibility
from osnowa.register.queries.duplicates import queue
from osnowa.sample.story.words import Story, canvas

#: So many organisations are asked; the founding document wants 20 signatures.
_ASKED, _WANTED = 26, 20
#: The last ones are asked and have not signed yet; of the first ones the mandate is not checked yet.
_SILENT, _UNCHECKED = 3, 2


def draw_canvas(story: Story) -> str:
    """A cluster whose eight texts are made from the cards of the workshop, with what is still open."""
    agreed = canvas(story.language)
    values = {
        "name": story.words["cluster"], "state": "design", "origin": "mixed", "mission": {story.language: agreed["D1"]["text"]}, "series": story.series,
        "coordinator_name": story.words["coordinator"], "rounds": [story.round], "subregions": list(story.region.subregions.all()),
    }  # fmt: skip
    story.cluster = make_cluster(by=None, region=story.region, values=values, is_invented=True)
    plan_pilot(by=None, cluster=story.cluster, plan={"workshop": 1, "signatories": _WANTED, "report_by": timezone.localdate() + timedelta(days=30)})
    used = 0
    for code, said in agreed.items():
        own = list(Card.objects.filter(block__meeting=story.meeting, block__title=code))
        used += len(own)
        write_dimension(by=None, cluster=story.cluster, dimension=code, language=story.language, text=said["text"], cards=own)
        add_point(by=None, cluster=story.cluster, dimension=code, kind="question", values={"text": said["question"], "meeting": story.meeting})
    return f"“{story.cluster}”, {len(agreed)} dimensions agreed from {used} cards, {story.cluster.points.count()} open questions"


def write_letter(story: Story) -> str:
    """A letter of intent from the template, its places filled in, frozen under its hash."""
    today = timezone.localdate()
    values = {
        "kind": "letter", "title": story.words["letter"], "language": story.language, "keeper_name": story.words["coordinator"], "targets": {"signatories": _WANTED, "sectors": 4},
        "closes_on": today + timedelta(days=60), "founding_until": today + timedelta(days=60), "review_on": today + timedelta(days=425),
    }  # fmt: skip
    story.letter = make_agreement(by=None, region=story.region, values=values, is_invented=True)
    draft = begin_with_template(by=None, agreement=story.letter, languages=[])
    blocks = [story.words["notice"] | {"key": "notice"}, *blocks_in(draft, story.language)]
    text = write_text(by=None, agreement=story.letter, language=story.language, blocks=blocks)
    asked = [Asked(organisation=one) for one in _chosen(story)]
    story.notes.append("asked in this demonstration only, nobody is written to: " + "; ".join(str(one.organisation) for one in asked))
    if len(asked) < _WANTED + _SILENT:
        raise Refused(f"The register holds {len(asked)} organisations that could sign; a letter with {_WANTED} signatures needs {_WANTED + _SILENT}. Import a longer list.")
    invite(by=None, agreement=story.letter, asked=asked)
    story.letter = freeze(by=None, agreement=story.letter)
    return f"version {text.number} frozen, sha256 {story.letter.sha256[:12]}…, {len(asked)} organisations asked"


def _chosen(story: Story) -> list[Organisation]:
    """One of each sector in turn, as far as the register has them; of a doubtful pair only one."""
    there = Organisation.objects.filter(region=story.region, visibility=Visibility.PUBLIC, ended_on=None, kind="legal_person")
    there = there.exclude(pk__in=queue(story.region).values("second")).order_by("slug")
    sectors: dict[str, list[Organisation]] = {}
    for one in there:
        sectors.setdefault(one.sector, []).append(one)
    return [one for one in chain.from_iterable(zip_longest(*sectors.values())) if one is not None][:_ASKED]


def sign_letter(story: Story) -> str:
    """Invented signers on invented sheets; nobody is written to, since no address is known."""
    rows = list(story.letter.signatories.order_by("pk"))[:-_SILENT]
    with translation.override(story.language):
        paper = sheet(story.letter)
    for number, row in enumerate(rows):
        _sign(story, row, number, paper)
    checked = rows[_UNCHECKED:]
    for row in checked:
        check_mandate(by=None, signatory=row, basis=Signatory.Basis.REGISTER, seen=story.words["seen"])
    sectors = len({row.sector for row in rows})
    return f"{len(rows)} invented signatures from {sectors} sectors, {len(checked)} mandates checked, {_SILENT} still asked"


def _sign(story: Story, row: Signatory, number: int, paper: bytes) -> None:
    people = story.words["people"]
    mandate = Mandate(story.words["signer"].format(name=people[number % len(people)]), story.words["role"], Signatory.Basis.REGISTER)
    is_file = number % 5 == 4
    proof = Sheet("podpis.p7s", "application/pkcs7-signature", b"a specimen, no signature") if is_file else Sheet("arkusz.pdf", "application/pdf", paper)
    way = Signatory.Way.QUALIFIED if is_file else Signatory.Way.SCAN
    note_signature(by=None, signatory=row, mandate=mandate, way=way, on=timezone.localdate(), sheets=[proof])


def found(story: Story) -> str:
    """Who signed becomes a founding member in one deed."""
    story.cluster = change_cluster(by=None, cluster=story.cluster, values={"letter": story.letter})
    with translation.override(story.language):
        made = take_signatories(by=None, cluster=story.cluster)
    story.cluster.refresh_from_db()
    return f"{len(made)} founding members, founding until {story.cluster.founding_until}"
