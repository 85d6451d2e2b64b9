"""The world with one of everything, so that every URL of the house leads somewhere."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils import timezone

from osnowa.assessments.actions import load_shipped, make_round
from osnowa.assessments.models import Instrument
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
from tests.house.urls import addresses
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
        "pomorskie": shared | {"code": "gdanski"} | _round_of(world.chleb) | _of(world.chleb) | _import_of(world.chleb) | _twins_of(world.chleb) | _meeting_of(world.chleb),
        "podravje": shared | {"code": "vzhod"} | _round_of(world.zadruga) | _of(world.zadruga) | _import_of(world.zadruga) | _twins_of(world.zadruga) | _meeting_of(world.zadruga),
        "hidden": shared | _of(world.ukryty) | _meeting_of(world.ukryty, state="draft"),
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
