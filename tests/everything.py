"""The world with one of everything, so that every URL of the house leads somewhere."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone

from osnowa.agreements.actions.agreements import freeze, make_agreement
from osnowa.agreements.actions.texts import write_text
from osnowa.agreements.models import Commitment, Paper, Signatory
from osnowa.assessments.actions import load_shipped, make_round
from osnowa.assessments.models import Instrument
from osnowa.clusters.actions.canvas import add_point
from osnowa.clusters.actions.ecosystem import add_actor
from osnowa.clusters.models import Cluster
from osnowa.indicators.models import Indicator, Release, Value
from osnowa.journal.models import Entry, Job
from osnowa.kit.letterpress import Document, as_json
from osnowa.meetings.models import Block, FollowUp, Meeting, Minutes, Participation, Series
from osnowa.people.models import Invitation, Person
from osnowa.places.models import RegionSeat, Subregion, Territory
from osnowa.register.actions import add_organisation, merge_organisations
from osnowa.register.models import (
    ConfirmationRequest,
    Contact,
    Listing,
    Organisation,
    OrganisationSeat,
    PossibleDuplicate,
    Proposal,
    Recognition,
    YearlyFigures,
)
from osnowa.reports.actions import begin_report, freeze_edition, publish_edition, write_section
from tests.house.urls import addresses
from tests.unit.clusters.making import a_cluster, a_member
from tests.web.imports.making import a_problem, a_row, an_import
from tests.world import World


@dataclass(frozen=True)
class Everything:
    """Addresses of one of everything in Pomorskie and in Podravje."""

    world: World
    one: dict[str, dict[str, Any]]

    def address(self, name: str, place: str) -> str:
        """The URL of this name, about the things of this place (pomorskie, podravje, hidden, members)."""
        return reverse(name, kwargs=self.words(name, place))

    def words(self, name: str, place: str) -> dict[str, Any]:
        known = self.one["pomorskie" if place == "-" else place]
        wanted = words_of_urls()[name]
        words = {word: known.get(f"{name} {word}", known.get(word)) for word in wanted}
        assert None not in words.values(), (name, place, words)
        return words


@cache
def words_of_urls() -> dict[str, tuple[str, ...]]:
    """Which words each URL takes, by its name."""
    return {address.name: tuple(re.findall(r"<(?:\w+:)?(\w+)>", address.pattern)) for address in addresses()}


def furnish(world: World) -> Everything:
    """Makes one of everything for both regions."""
    invited = Person.objects.create_user("zofia@example.org", name="Zofia")
    shared = {
        "token": Invitation.objects.create(person=invited, token="an-invitation").token,
        "job": Job.objects.create(kind="register.campaign", by=world.bolek, place="pomorskie").pk,
        "form": "csv",
        "session": 999999,
        "pk": 999999,
        "key": "nonsense",
        "uidb36": "1",
        "name": "services",
        "table": "organisations",
        "data:catalogue form": "ttl",
        "opendata:end_key number": 999999,
        "data:api_place scheme": "NUTS",
        "data:api_place code": "PL63",
        "data:api_indicator_values code": Indicator.objects.get_or_create(code="pkb", defaults={"name": "PKB"})[0].code,
        "data:api_nowhere rest": "v1/nothing",
        **_of_indicators(world),
        "data:codes form": "ttl",
        "data:sitemap_region number": 1,
    }
    area = Subregion.objects.create(region=world.podravje, code="vzhod", name="Vzhod")
    area.municipalities.add(world.maribor)
    one = {
        "pomorskie": shared | {"code": "gdanski"} | _round_of(world.chleb) | _agreement_of(world.chleb) | _cluster_of(world.chleb, world) | _of(world.chleb) | _import_of(world.chleb) | _twins_of(world.chleb) | _report_of(world.chleb) | _meeting_of(world.chleb),
        "podravje": shared | {"code": "vzhod"} | _round_of(world.zadruga) | _agreement_of(world.zadruga) | _cluster_of(world.zadruga, world) | _of(world.zadruga) | _import_of(world.zadruga) | _twins_of(world.zadruga) | _report_of(world.zadruga) | _meeting_of(world.zadruga),
        "hidden": shared | _report_of(world.ukryty, is_public=False) | _of(world.ukryty) | _agreement_of(world.ukryty, is_draft=True) | _cluster_of(world.ukryty, world, is_public=False) | _meeting_of(world.ukryty, state="draft"),
        "members": shared | _of(world.wtz) | _meeting_of(world.wtz, visibility="members"),
    }
    return Everything(world, one)


def _of_indicators(world: World) -> dict[str, Any]:
    """An indicator with a release, and an upload that waits to be imported."""
    it = Indicator.objects.get_or_create(code="pkb", defaults={"name": "PKB"})[0]
    release = Release.objects.create(source="GUS", report={"codes": ["pkb"]})
    for geo, value in (("PL63", 10.0), ("PL21", 20.0), ("SI032", 30.0), ("SI031", 40.0)):
        territory = Territory.objects.filter(scheme="NUTS", code=geo).first()
        Value.objects.create(indicator=it, release=release, geo=geo, territory=territory, period="2024", value=value)
    upload = {"upload": "not-there", "names": {"file": "pkb.csv"}, "said": {}}
    waiting = Job.objects.create(kind="indicators.preview", by=world.darek, state=Job.State.DONE, words=upload)
    return {"indicators:indicator code": it.code, "indicators:indicator_file code": it.code, "indicators:take_back number": release.pk, "indicators:apply job": waiting.pk}


def _import_of(it: Organisation) -> dict[str, Any]:
    """An import that may be about this organisation, ready to apply, with a row of each kind."""
    made = an_import(it.region)
    a_row(made, "new")
    a_row(made, "changed", organisation=it, changes={"street": [it.street, "Szeroka 7"]})
    row = a_row(made, "duplicate", likely=[{"organisation": it.pk, "score": 0.9, "why": [{"role": "name", "level": "spelt alike", "bits": 9.0}]}])
    a_row(made, "error", problems=[a_problem()])
    numbers = dict.fromkeys(("import", "columns", "row", "decide", "apply", "undo", "discard", "mend"), made.pk)
    return {f"imports:{name} number": key for name, key in numbers.items()} | {"row": row.number}


def _twins_of(it: Organisation) -> dict[str, Any]:
    """A record merged into this one, and one that may be the same and waits."""
    values = {"legal_name": f"{it.legal_name} bis", "legal_form": it.legal_form, "sector": it.sector, "locality": it.locality}
    gone, other = (add_organisation(by=None, region=it.region, values=values) for _ in range(2))
    merge = merge_organisations(by=None, kept=it, gone=gone)
    why = [{"role": "name", "level": "spelt alike", "bits": 9.0}, {"role": "place", "level": "same town", "bits": -1.0}]
    pair = PossibleDuplicate.objects.create(region=it.region, first=it, second=other, score=0.93, why=why)
    return {"register:duplicate number": pair.pk, "register:merge number": merge.pk}


def _of(it: Organisation) -> dict[str, Any]:
    """One row of each kind of this organisation."""
    now = timezone.localdate()
    words: dict[str, Any] = {"region": it.region.slug, "slug": it.slug, "uid": it.uid}
    contact = Contact.objects.create(organisation=it, person_name="Jan Nowak", email="jan@example.org", keep_until=now + timedelta(days=300))
    figures = YearlyFigures.objects.create(organisation=it, year=2025, as_of_on=date(2025, 12, 31), employees=12, employees_women=7)
    recognition = Recognition.objects.create(
        organisation=it, code="PL-PS", granted_on=date(2023, 5, 1), review_on=date(2027, 3, 31), issuer="Wojewoda"
    )
    listing = Listing.objects.create(organisation=it, kind="offer", type_code="catering", name="Chleb na zakwasie", price_from=5, price_to=9)
    proposal = Proposal.objects.create(
        region=it.region, organisation=it, kind="change", values={"street": "Długa 2"}, email="ktos@example.org", name="Ktoś"
    )
    asked = ConfirmationRequest.objects.create(
        organisation=it, token=f"a-question-{it.pk}", sent_to="jan@example.org", expires_on=now + timedelta(days=20)
    )
    holder = RegionSeat.objects.filter(region=it.region).order_by("pk").first()
    somebody = Person.objects.create_user(f"ktos-{it.pk}@example.org", name="Ktoś")
    seat = OrganisationSeat.objects.create(
        person=somebody, organisation=it, role="org_editor", valid_from=now, valid_to=now + timedelta(days=100)
    )
    entry = Entry.objects.filter(thing_type="register.organisation", thing_id=str(it.pk)).order_by("pk").first()
    numbers = {
        "register:contact number": contact.pk,
        "register:figures_row number": figures.pk,
        "register:recognition number": recognition.pk,
        "register:listing number": listing.pk,
        "data:listing number": listing.pk,
        "data:thing word": f"{it.uid}.json",
        "register:proposal number": proposal.pk,
        "register:answer token": asked.token,
        "register:seat seat": seat.pk,
        "places:seat seat": holder.pk if holder else 999999,
        "register:restore entry": entry.pk if entry else 999999,
    }
    return words | numbers


def _meeting_of(it: Organisation, **more: Any) -> dict[str, Any]:
    """A meeting that goes on now, in a series, with a block, a guest of this organisation and a promise; for every address of meetings."""
    now = timezone.now()
    series = Series.objects.create(region=it.region, slug=f"cykl-{it.pk}", name="Cykl", planned={"workshop": 4})
    words = {"title": "Warsztat", "starts_at": now - timedelta(hours=1), "ends_at": now + timedelta(hours=3), "time_zone": "Europe/Warsaw", "venue": "Gdańsk", "state": "announced"}
    keep = now.date() + timedelta(days=300)
    meeting = Meeting.objects.create(region=it.region, series=series, slug=f"2026-11-20-warsztat-{it.pk}", keep_until=keep, **(words | more))
    block = Block.objects.create(meeting=meeting, title="Wstęp")
    guest = Participation.objects.create(meeting=meeting, person_name="Jan Nowak", email="jan@example.org", organisation=it, registered_at=now)
    promise = FollowUp.objects.create(meeting=meeting, text="Napisać list", due_on=now.date())
    told = {"slug": meeting.slug, "code": meeting.code, "token": guest.token, "block": block.pk, "guest": guest.pk, "number": promise.pk, "form": "csv"}
    own = {f"{name} {word}": told[word] for name, wanted in words_of_urls().items() if name.startswith(("meetings:", "short:")) for word in wanted if word in told}
    Minutes.objects.create(meeting=meeting, number=1, texts={"en": as_json(Document("Minutes", "en", ("Nothing.",)))}, sha256="0" * 64)
    of_series = {f"meetings:{name} slug": series.slug for name in ("series", "edit_series", "fill_series", "series_attendance_file")}
    return own | of_series | {"meetings:meeting_file form": "ics", "meetings:minutes_file number": 1}


def _round_of(it: Organisation) -> dict[str, Any]:
    """An open public round of the eight dimensions, and a part of a meeting that waits for one; for every address of assessments."""
    load_shipped(by=None)
    csei = Instrument.objects.get(region=None, code="csei")
    now = timezone.now()
    words = {"title": "Pajęczyna", "starts_at": now, "ends_at": now + timedelta(hours=3), "time_zone": "Europe/Warsaw", "state": "announced"}
    meeting = Meeting.objects.create(region=it.region, slug=f"pajeczyna-{it.pk}", keep_until=now.date() + timedelta(days=300), **words)
    block = Block.objects.create(meeting=meeting, title="Ocena", kind="score")
    made = make_round(by=None, region=it.region, instrument=csei, values={"title": "Runda", "is_public": True})
    told = {"slug": made.slug, "code": "D1", "token": made.token, "block": block.pk, "instrument": csei.pk, "form": "xlsx"}
    return {f"{name} {word}": told[word] for name, wanted in words_of_urls().items() if name.startswith(("assessments:", "asked:")) for word in wanted if word in told}


def _cluster_of(it: Organisation, world: World, **more: Any) -> dict[str, Any]:
    """A cluster of the region of this organisation; for every address of clusters."""
    made = a_cluster(world, it.region, name=f"Klaster {it.pk}", **more)
    question = add_point(by=None, cluster=made, dimension="D1", kind="question", values={"text": "Kto płaci?"})
    actor = add_actor(by=None, cluster=made, values={"role": "media", "name": "Radio"})
    told: dict[str, Any] = {"cluster": made.slug, "form": "xlsx", "actor": actor.pk, "dimension": "D1", "language": "pl", "point": question.pk}
    told |= _member_of(made, it) | _service_of(made, it)
    own = {"clusters:add_point kind": "decision", "clusters:compare_book book": "geces"}
    return own | {f"{name} {word}": told[word] for name, wanted in words_of_urls().items() if name.startswith("clusters:") for word in wanted if word in told}


def _member_of(cluster: Cluster, it: Organisation) -> dict[str, Any]:
    """The application of this organisation, with a mandate, a fee, a tier, and a place in a body."""
    now = timezone.localdate()
    member = a_member(cluster, it, state="applied", applied_on=now, decided_on=None, joined_on=None)
    days = (now, now + timedelta(days=300))
    mandate = member.mandates.create(person_name="Jan Nowak", email="jan@example.org", valid_from=days[0], valid_to=days[1])
    fee, tier = member.fees.create(year=2026, amount=100), cluster.tiers.create(title="wszyscy", amount=100)
    body = cluster.bodies.create(name="Zarząd", kind="board", seats=3)
    term = body.terms.create(membership=member, person_name="Jan Nowak", role="prezes", starts_on=days[0], ends_on=days[1])
    return {"member": member.pk, "mandate": mandate.pk, "fee": fee.pk, "tier": tier.pk, "body": body.pk, "term": term.pk}


def _service_of(cluster: Cluster, it: Organisation) -> dict[str, Any]:
    """A service of this organisation with a line in the ledger, and a year of the budget."""
    service = cluster.services.create(kind="training", title="Szkolenia", owner=it, state="running")
    use = service.uses.create(membership=cluster.memberships.get(organisation=it), on=timezone.localdate())
    line = cluster.budget.create(year=2026, side="cost", title="Etat", amount=100)
    return {"service": service.pk, "use": use.pk, "year": line.year}


def _agreement_of(it: Organisation, *, is_draft: bool = False) -> dict[str, Any]:
    """A letter of intent that this organisation is asked to sign; a draft asks nobody. For every address of agreements."""
    made = make_agreement(by=None, region=it.region, values={"title": f"List {it.pk}", "kind": "letter", "language": it.region.languages[0]})
    write_text(by=None, agreement=made, language=made.language, blocks=[{"key": "purpose", "heading": "Cel", "text": "Budujemy klaster."}])
    row = Signatory.objects.create(agreement=made, organisation=it, name=it.legal_name, sector=it.sector, email="jan@example.org")
    if not is_draft:
        freeze(by=None, agreement=made)
    told = {"slug": made.slug, "code": made.code, "form": "csv", "signatory": row.pk, "token": row.token}
    own = {f"{name} {word}": told[word] for name, wanted in words_of_urls().items() if name.startswith("agreements:") for word in wanted if word in told}
    paper = Paper.objects.create(signatory=row, kind="signature", name="karta.pdf", content_type="application/pdf", content=b"%PDF-1.7", size=8, sha256="0" * 64)
    return own | {"agreements:text_file form": "pdf", "agreements:paper_file paper": paper.pk} | _pact_of(it)


def _pact_of(it: Organisation) -> dict[str, Any]:
    """A pact to which this organisation declared and in which it promised something; for every address of commitments."""
    made = make_agreement(by=None, region=it.region, values={"title": f"Pakt {it.pk}", "kind": "pact", "language": it.region.languages[0]})
    write_text(by=None, agreement=made, language=made.language, blocks=[{"key": "purpose", "heading": "Cel", "text": "Zlecamy zadania."}])
    row = Signatory.objects.create(agreement=freeze(by=None, agreement=made), organisation=it, name=it.legal_name, sector=it.sector, state="declared")
    promise = Commitment.objects.create(signatory=row, code="promotion", year=2026)
    told: dict[str, Any] = {"slug": made.slug, "token": row.token, "signatory": row.pk, "commitment": promise.pk}
    names = ("commitments", "commitments_file", "commitment", "signatory_commitments", "own_commitments", "own_commitment")
    return {f"agreements:{name} {word}": value for name in names for word, value in told.items()}


def _report_of(it: Organisation, *, is_public: bool = True) -> dict[str, Any]:
    """A diagnosis of the region of this organisation with an edition, and the pack of a meeting; for every address of documents."""
    now = timezone.now()
    words = {"title": "Narada", "starts_at": now, "ends_at": now + timedelta(hours=3), "time_zone": "Europe/Warsaw", "state": "announced"}
    meeting = Meeting.objects.create(region=it.region, slug=f"narada-{it.pk}", keep_until=now.date() + timedelta(days=300), **words)
    made = begin_report(by=None, region=it.region, values={"kind": "diagnosis", "title": f"Diagnoza {it.pk}"})
    pack = begin_report(by=None, region=it.region, values={"kind": "pack", "meeting": meeting, "title": f"Pakiet {it.pk}"})
    write_section(by=None, report=made, key="procurement", language="pl", text="Klauzule społeczne.")
    for report in (made, pack):
        edition = freeze_edition(by=None, report=report, texts={"en": as_json(Document("Diagnosis", "en", ("Nothing.",))) | {"cells": []}}, sources=[])
        if is_public:
            publish_edition(by=None, edition=edition)
    told = {"slug": made.slug, "key": "procurement", "number": 1, "form": "xlsx"}
    own = {f"{name} {word}": told[word] for name, wanted in words_of_urls().items() if name.startswith("reports:") for word in wanted if word in told}
    return own | {"reports:preview slug": pack.slug}
