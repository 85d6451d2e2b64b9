"""The letter of intent of the pilot: two versions, frozen, signed in three ways, closed; a later joiner and a withdrawal."""

from datetime import date
from itertools import zip_longest
from pathlib import Path

from django.utils import translation

from osnowa.agreements.actions.agreements import close as close_signing
from osnowa.agreements.actions.agreements import freeze, make_agreement
from osnowa.agreements.actions.signatories import Asked, declare, decline, invite
from osnowa.agreements.actions.signing import Mandate, Sheet, check_mandate, note_signature, withdraw
from osnowa.agreements.actions.texts import begin_with_template, write_text
from osnowa.agreements.models import Signatory
from osnowa.agreements.queries.texts import blocks_in
from osnowa.clusters.actions.clusters import change_cluster
from osnowa.kit.words import fold
from osnowa.register.models import Organisation, Visibility
from osnowa.sample.pilot.stage import Pilot, dated, moment
from osnowa.sample.words import PEOPLE

Way, Basis = Signatory.Way, Signatory.Basis
#: Of the last two who signed the mandate is not checked yet.
_UNCHECKED = 2
#: What lies behind a signature on paper: a sheet that says that nobody signed it.
_SHEET = Path(__file__).resolve().parent.parent / "tables" / "signature_sheet.pdf"
_DAYS = ("closes_on", "founding_until", "review_on")


def write(pilot: Pilot) -> None:
    """The first version from the template, the second with what was asked for at the fourth workshop; then its text stands for ever."""
    words = pilot.words["letter"]
    values = {name: words[name] for name in ("title", "keeper_name", "targets")} | {name: date.fromisoformat(words[name]) for name in _DAYS}
    with pilot.on(words["drafted_on"]):
        pilot.letter = make_agreement(by=pilot.by, region=pilot.region, values={"kind": "letter", "language": "pl", **values}, is_invented=True)
        with translation.override("pl"):
            first = begin_with_template(by=pilot.by, agreement=pilot.letter, languages=[])
        pilot.cluster = change_cluster(by=pilot.by, cluster=pilot.cluster, values={"letter": pilot.letter})
    assert first is not None, "the template speaks Polish"
    with pilot.on(words["mended_on"]):
        second = write_text(by=pilot.by, agreement=pilot.letter, language="pl", blocks=[*blocks_in(first, "pl"), {"key": "", **words["review"]}], note="ocena po roku")
        invite(by=pilot.by, agreement=pilot.letter, asked=[_asked(one) for one in _chosen(pilot)])
    with pilot.on(words["frozen_on"], 8):
        pilot.letter = freeze(by=pilot.by, agreement=pilot.letter)
    dated(first, words["drafted_on"], "made_at")
    dated(second, words["mended_on"], "made_at")
    dated(pilot.letter, words["drafted_on"], "made_at")
    pilot.letter.signatories.update(invited_at=moment(words["asked_on"]))


def _asked(one: Organisation) -> Asked:
    return Asked(organisation=one, email=f"{fold(one.slug)[:40]}@example.org", language="pl")


def _chosen(pilot: Pilot) -> list[Organisation]:
    """Of each sector first those who came to the workshops, then others of the register; one of each sector in turn."""
    there = Organisation.objects.filter(region=pilot.region, visibility=Visibility.PUBLIC, ended_on=None, kind="legal_person", registered_on__lt="2025-01-01")
    came = set(pilot.series.meetings.values_list("participations__organisation", flat=True))
    sectors = []
    for sector, number in pilot.words["letter"]["asked"].items():
        own = sorted(there.filter(sector=sector), key=lambda one: (one.pk not in came, one.slug))
        sectors.append(own[:number])
    return [one for row in zip_longest(*sectors) for one in row if one is not None]


def gather(pilot: Pilot) -> None:
    """Signatures day by day, by scan, by file and by e-mail in turn; one declares that it will sign, one that it will not."""
    words, rows = pilot.words["letter"], list(pilot.letter.signatories.order_by("pk"))
    signing, others = rows[: len(words["signed_on"])], rows[len(words["signed_on"]) :]
    paper = _SHEET.read_bytes()
    for number, (row, day) in enumerate(zip(signing, words["signed_on"], strict=True)):
        _sign(pilot, row, number, day, paper)
    with pilot.on(words["signed_on"][-1], 14):
        declare(by=pilot.by, signatory=others[0])
        decline(by=pilot.by, signatory=others[1])


def _sign(pilot: Pilot, row: Signatory, number: int, day: str, paper: bytes) -> None:
    way = (Way.SCAN, Way.EMAIL, Way.QUALIFIED)[number % 3]
    proof = Sheet("podpis.p7s", "application/pkcs7-signature", b"a specimen, no signature") if way == Way.QUALIFIED else Sheet("arkusz.pdf", "application/pdf", paper)
    with pilot.on(day, 10):
        noted = Way.SCAN if way == Way.EMAIL else way
        note_signature(by=pilot.by, signatory=_silent(row), mandate=_mandate(number), way=noted, on=date.fromisoformat(day), sheets=[proof])
    if way == Way.EMAIL:
        row.papers.all().delete()
    Signatory.objects.filter(pk=row.pk).update(way=way, email=row.email)


def _silent(row: Signatory) -> Signatory:
    """The row without its address, so that no receipt goes out; consent by e-mail is told afterwards, as nobody has the link."""
    Signatory.objects.filter(pk=row.pk).update(email="")
    return row


def _mandate(number: int) -> Mandate:
    first, last = (part.split() for part in PEOPLE["pl"])
    name = first[number % len(first)]
    fitting = [one for one in last if not one.endswith("ski" if name.endswith("a") else "ska")]
    return Mandate(f"{name} {fitting[number * 7 % len(fitting)]}", ("prezes zarządu", "przewodnicząca", "dyrektor", "wójt gminy")[number % 4], (Basis.REGISTER, Basis.RESOLUTION, Basis.APPOINTMENT)[number % 3])


def close(pilot: Pilot) -> None:
    """The last day, and the mandates that were looked at after it."""
    words = pilot.words["letter"]
    with pilot.on(words["closed_on"], 22):
        pilot.letter = close_signing(by=pilot.by, agreement=pilot.letter)
    signed = list(pilot.letter.signatories.filter(state=Signatory.State.SIGNED).order_by("signed_on", "pk"))
    with pilot.on(words["checked_on"]):
        for row in signed[:-_UNCHECKED]:
            check_mandate(by=pilot.by, signatory=row, basis=row.basis, seen="odpis z rejestru albo uchwała (zmyślone)")


def go_on(pilot: Pilot) -> None:
    """The year after: one joins by declaration, one withdraws."""
    words = pilot.words["letter"]
    there = Organisation.objects.filter(region=pilot.region, visibility=Visibility.PUBLIC, ended_on=None, kind="legal_person", registered_on__lt="2025-01-01")
    late = there.filter(sector="social_economy", signatures=None).order_by("slug")[0]
    with pilot.on(words["joined_on"]):
        invite(by=pilot.by, agreement=pilot.letter, asked=[Asked(organisation=late, language="pl")])
        row = pilot.letter.signatories.get(organisation=late)
        proof = Sheet("deklaracja.p7s", "application/pkcs7-signature", b"a specimen, no signature")
        note_signature(by=pilot.by, signatory=row, mandate=_mandate(40), way=Way.TRUSTED, on=date.fromisoformat(words["joined_on"]), sheets=[proof])
        check_mandate(by=pilot.by, signatory=row, basis=Basis.REGISTER, seen="odpis z rejestru (zmyślony)")
    Signatory.objects.filter(pk=row.pk).update(invited_at=moment(words["joined_on"]))
    gone = pilot.letter.signatories.filter(state=Signatory.State.SIGNED, sector="civil_society").order_by("pk")[2]
    email = gone.email
    with pilot.on(words["withdrawn_on"]):
        withdraw(by=pilot.by, signatory=_silent(gone), on=date.fromisoformat(words["withdrawn_on"]), reason=words["reason"])
    Signatory.objects.filter(pk=gone.pk).update(email=email)
