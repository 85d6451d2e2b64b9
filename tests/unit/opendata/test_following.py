"""One installation follows another: what is public there becomes public here, with where it comes from."""

import json
from datetime import date

import pytest
from click.testing import CliRunner

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import tell
from osnowa.opendata import dumps
from osnowa.opendata.commands import follow
from osnowa.opendata.following import begin, look
from osnowa.opendata.models import Followed
from osnowa.opendata.queries import public_facts, public_organisations
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    remove_part,
    save_part,
)
from osnowa.register.models import Listing, Organisation, Proposal, Recognition, YearlyFigures
from tests.unit.opendata.other import Other, forget_here, serving
from tests.world import World

#: What may differ between the two installations.
OWN = ("region", "page", "id", "slug", "links", "sources", "changed_at", "contacts")


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch):
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def there(world: World):
    """The register of Pomorskie, richer, elsewhere; here Pomorskie is empty."""
    dumps.forget(world.pomorskie)
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"visibility": "public", "about": "=2+2 „ostrożnie”; a;b"})
    change_organisation(by=world.bolek, organisation=world.wtz, values={"visibility": "public"})
    change_organisation(by=world.bolek, organisation=world.chleb, values={"links": [{"kind": "website", "url": "https://chleb.example/"}]})
    Recognition.objects.create(organisation=world.chleb, code="PL-PS", granted_on=date(2023, 5, 1), review_on=date(2027, 3, 31), issuer="Wojewoda")
    Listing.objects.create(organisation=world.chleb, kind="offer", type_code="catering", name="Chleb na zakwasie", price_from=8, unit="kg")
    Listing.objects.create(organisation=world.chleb, kind="need", type_code="premises", name="Magazyn", urgency="high")
    Listing.objects.create(organisation=world.chleb, kind="offer", type_code="catering", name="Tajne ciasto", visibility="members")
    YearlyFigures.objects.create(organisation=world.chleb, year=2024, as_of_on=date(2024, 12, 31), employees=12, employees_at_risk=3, employees_fte="9.50",
                                 revenue_total=500_000, surplus=-700, visibility="public")  # fmt: skip
    for number in range(4):
        add_organisation(by=world.bolek, region=world.pomorskie, values={
            "legal_name": f"Fundacja Numer {number}", "legal_form": "PL-FUN", "sector": "civil_society", "municipality": world.gdansk,
            "locality": "Gdańsk", "activity_status": "active"})  # fmt: skip
    other = Other()
    other.record(world.pomorskie)
    other.before = told(world)
    forget_here()
    with serving(other):
        yield other


def told(world: World) -> dict[str, dict]:
    """Public facts without what is each installation's own; counts that are hidden there are not known here."""
    facts = public_facts(public_organisations(world.pomorskie))
    for one in facts:
        for row in (*one["listings"], *one["figures"]):
            row.pop("number", None)
            row.pop("hidden", None)
    return {one["uid"]: {name: value for name, value in one.items() if name not in OWN} for one in facts}


def one(name: str) -> Organisation:
    return Organisation.objects.get(legal_name__contains=name)


def again(world: World, other: Other):
    return look(begin(world.pomorskie, other.package))


def test_following_gives_equal_public_facts_with_their_source(world, there):
    tally = again(world, there)
    assert (tally.new, tally.changed, tally.passed_over) == (7, 0, 0)
    here = told(world)
    for uid, facts in there.before.items():
        for part in ("parent", "units"):
            for each in [facts[part], here[uid][part]]:
                for known in each if isinstance(each, list) else [each] if each else []:
                    known.pop("slug")
    assert here == there.before
    chleb = one("Dobry Chleb")
    assert chleb.provenance["street"]["source"] == "followed"
    assert {"kind": "register", "url": f"{there.address}/id/{chleb.uid}"} in chleb.links
    followed = Followed.objects.get()
    assert (followed.licence, followed.title) == ("CC-BY-4.0", "Register of the social economy: Pomorskie")
    assert Entry.objects.filter(deed="opendata.followed").count() == 1


def test_the_place_of_a_shelter_stays_coarse_on_the_way(world, there):
    again(world, there)
    shelter = one("Przystań")
    assert (shelter.is_location_hidden, shelter.street, shelter.lat, shelter.lon) == (True, "", world.slupsk.lat, world.slupsk.lon)


def test_a_second_look_without_news_changes_nothing(world, there):
    again(world, there)
    entries = Entry.objects.count()
    tally = again(world, there)
    assert (tally.new, tally.changed, tally.same, tally.kept) == (0, 0, 7, 0)
    assert Entry.objects.count() == entries


def test_a_mark_that_is_the_same_spares_the_table(world, there):
    there.sends["/data/pomorskie/datapackage.json"] = (200, {"ETag": '"one"'})
    again(world, there)
    there.asked.clear()
    there.sends["/data/pomorskie/datapackage.json"] = (304, {})
    assert again(world, there) is None
    assert [(path, words.get("If-None-Match")) for path, words in there.asked] == [("/data/pomorskie/datapackage.json", '"one"')]
    assert Followed.objects.get().report == {"is_same": True}


def test_a_change_there_changes_the_record_here(world, there):
    again(world, there)
    there.change("Długa 1", "Szeroka 9")
    tally = again(world, there)
    assert (tally.changed, tally.same) == (1, 6)
    assert one("Dobry Chleb").street == "Szeroka 9"


def test_a_correction_made_here_stays(world, there):
    again(world, there)
    change_organisation(by=world.bolek, organisation=one("Dobry Chleb"), values={"street": "Długa 1a"})
    there.change("Długa 1", "Szeroka 9")
    tally = again(world, there)
    assert (tally.changed, tally.kept) == (0, 1)
    assert one("Dobry Chleb").street == "Długa 1a"


def test_an_organisation_known_here_by_its_number_is_completed_and_never_overwritten(world, there):
    mine = add_organisation(by=world.bolek, region=world.pomorskie, values={
        "legal_name": "Dobry Chleb (nasz wpis)", "legal_form": "PL-SPSOC", "sector": "social_economy",
        "identifiers": {"PL-KRS": "0000123456"}})  # fmt: skip
    assert again(world, there).new == 6
    mine.refresh_from_db()
    assert (mine.legal_name, mine.street, str(mine.uid) in there.before) == ("Dobry Chleb (nasz wpis)", "Długa 1", False)
    there.change("Długa 1", "Szeroka 9")
    assert again(world, there).changed == 1
    mine.refresh_from_db()
    assert (mine.legal_name, mine.street) == ("Dobry Chleb (nasz wpis)", "Szeroka 9")


def test_a_status_granted_or_taken_away_there_follows(world, there):
    again(world, there)
    recognition = one("Dobry Chleb").recognitions.get()
    assert (recognition.code, recognition.issuer, recognition.review_on) == ("PL-PS", "Wojewoda", date(2027, 3, 31))
    there.change('""issuer"": ""Wojewoda""', '""issuer"": ""Wojewoda Pomorski""')
    again(world, there)
    assert one("Dobry Chleb").recognitions.get().issuer == "Wojewoda Pomorski"


def test_what_vanished_there_is_proposed_for_closing_and_stays(world, there):
    again(world, there)
    path = "/data/pomorskie/organisations.csv"
    there.says[path] = b"".join(line for line in there.says[path].splitlines(keepends=True) if b"Numer 3" not in line)
    assert again(world, there).proposed == 1
    assert not one("Numer 3").is_closed
    assert Proposal.objects.get().organisation == one("Numer 3")
    assert again(world, there).proposed == 0


def test_a_closing_there_is_a_fact_that_is_taken_over(world, there):
    again(world, there)
    path = "/data/pomorskie/organisations.csv"
    lines = there.says[path].decode().splitlines()
    names = lines[0].split(",")
    row = next(line for line in lines if "Numer 2" in line).split(",")
    row[names.index("activity_status")], row[names.index("ended_on")], row[names.index("end_reason")] = "closed", "2026-10-01", "liquidation"
    there.says[path] = "\n".join(",".join(row) if "Numer 2" in line else line for line in lines).encode()
    again(world, there)
    assert one("Numer 2").is_closed


def refused(world: World, other: Other) -> str:
    """Why a look is refused; nothing here may have changed by it."""
    before = (Organisation.objects.count(), Entry.objects.count(), Followed.objects.count(), told(world))
    with pytest.raises(Refused) as why:
        again(world, other)
    assert (Organisation.objects.count(), Entry.objects.count(), Followed.objects.count(), told(world)) == before
    return why.value.message


def test_when_more_than_half_vanish_nothing_is_taken_over(world, there):
    again(world, there)
    path = "/data/pomorskie/organisations.csv"
    there.says[path] = b"".join(there.says[path].splitlines(keepends=True)[:3])
    assert "vanished there at once" in refused(world, there)
    there.says[path] = there.says[path].splitlines(keepends=True)[0]
    assert "is empty now" in refused(world, there)
    assert "is empty now" in str(Followed.objects.get().report)


@pytest.mark.parametrize(
    ("path", "why"),
    [("file:///etc/passwd", "points to a file elsewhere"), ("http://127.0.0.2/x.csv", "points to a file elsewhere"),
     ("../../secret.csv", "points to a file elsewhere"), ("//example.org/x.csv", "points to a file elsewhere"), (7, "points to a file elsewhere")],
)  # fmt: skip
def test_a_description_that_points_elsewhere_is_refused(world, there, path, why):
    there.describe(resources=[{"name": "organisations", "format": "csv", "path": path}])
    assert why in refused(world, there)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "javascript:1", "http://me:secret@127.0.0.1/x", "//x"])
def test_an_address_not_of_the_web_is_refused(world, there, address):
    with pytest.raises(Refused):
        begin(world.pomorskie, address)


def test_a_register_does_not_follow_itself(world, settings):
    with pytest.raises(Refused, match="does not follow itself"):
        begin(world.pomorskie, f"{settings.ADDRESS}/data/podravje/datapackage.json")


def test_a_way_to_another_host_is_refused(world, there):
    there.sends["/data/pomorskie/datapackage.json"] = (302, {"Location": "http://169.254.169.254/latest"})
    assert "leads on to another host" in refused(world, there)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"<html>", "no description"), (b"[]", "no description"), (b'{"resources": [1]}', "names no table"), (b"[" * 50_000, "no description")],
    ids=["a page", "a list", "no table", "nested"],
)
def test_what_is_no_description_is_refused(world, there, content, why):
    there.says["/data/pomorskie/datapackage.json"] = content
    assert why in refused(world, there)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"a,b\r\n1,2\r\n", "columns are others"), (b"\xff\xfe\x00", "cannot be read"), (b'uid,"\r\n' * 3, "columns are others")],
    ids=["other columns", "no text", "broken"],
)
def test_a_broken_table_is_refused(world, there, content, why):
    there.describe(resources=[{"name": "organisations", "format": "csv", "path": "organisations.csv"}])
    there.says["/data/pomorskie/organisations.csv"] = content
    assert why in refused(world, there)


def test_a_table_with_another_hash_than_described_is_refused(world, there):
    there.describe(resources=[{"name": "organisations", "format": "csv", "path": "organisations.csv", "hash": "sha256:00"}])
    assert "another one than described" in refused(world, there)


def test_an_answer_that_breaks_off_is_refused(world, there):
    there.sends["/data/pomorskie/organisations.csv"] = (200, {"Content-Length": str(len(there.says["/data/pomorskie/organisations.csv"]) + 9)})
    assert "cannot be reached" in (said := refused(world, there)) or "broke off" in said


def test_an_answer_that_is_too_large_is_refused(world, there, monkeypatch):
    monkeypatch.setattr("osnowa.opendata.following._MOST_OF_TABLE", 100)
    assert "larger than" in refused(world, there)


def test_an_error_there_is_told(world, there):
    there.sends["/data/pomorskie/datapackage.json"] = (500, {})
    assert "answers with an error (500)" in refused(world, there)


def test_many_rows_that_cannot_be_true_spoil_the_whole_look(world, there):
    there.change("PL-FUN,civil_society,,,,,,,active", "PL-FUN,no_such_sector,,,,,,,active")
    assert "4 records cannot be taken over, for example: sector: no_such_sector" in refused(world, there)


def test_one_row_that_cannot_be_true_is_passed_over(world, there):
    there.change("2015-05-04", "2999-01-01")
    tally = again(world, there)
    assert (tally.new, tally.passed_over) == (6, 1)
    assert "lies in the future" in tally.facts()["reasons"][0]["why"]


def test_a_record_named_twice_is_refused(world, there):
    path = "/data/pomorskie/organisations.csv"
    there.says[path] += there.says[path].splitlines(keepends=True)[1]
    assert "stands there twice" in refused(world, there)


def test_links_of_scripts_do_not_come_in(world, there):
    there.change("https://chleb.example/", "javascript:alert(1)//")
    again(world, there)
    assert [link["url"] for link in one("Dobry Chleb").links] == [f"{there.address}/id/{one('Dobry Chleb').uid}"]


def test_the_command_says_what_came_of_it(world, there):
    first = CliRunner().invoke(follow, [there.package, "--into", "pomorskie", "--json"])
    assert (first.exit_code, json.loads(first.output)[0]["new"]) == (0, 7)
    there.sends["/data/pomorskie/datapackage.json"] = (500, {})
    second = CliRunner().invoke(follow, ["--all"])
    assert second.exit_code == 1
    assert "nothing taken over" in second.output
    assert "answers with an error (500)" in tell(Followed.objects.get().report["problem"])


def test_the_command_takes_over_once(world, there):
    assert CliRunner().invoke(follow, [there.package, "--into", "pomorskie", "--once"]).exit_code == 0
    assert Followed.objects.get().ended_at is not None
    assert "No register is followed" in CliRunner().invoke(follow, []).output


def test_offers_needs_and_figures_are_taken_over_as_far_as_they_are_public(world, there):
    again(world, there)
    chleb = one("Dobry Chleb")
    assert sorted(chleb.listings.values_list("kind", "name", "visibility")) == [("need", "Magazyn", "public"), ("offer", "Chleb na zakwasie", "public")]
    figures = chleb.figures.get()
    assert (figures.employees, figures.employees_at_risk, figures.surplus, figures.visibility) == (12, None, -700, "public")
    marks = {name.partition(":")[0]: mark["source"] for name, mark in chleb.provenance.items() if ":" in name}
    assert (marks["listing"], marks["figures"]) == ("followed", "followed")


def test_what_changes_or_ends_among_offers_and_figures_follows(world, there):
    again(world, there)
    there.change(",8,", ",9,", "offers")
    there.change(",12,", ",14,", "figures")
    there.says["/data/pomorskie/offers.csv"] = b"".join(line for line in there.says["/data/pomorskie/offers.csv"].splitlines(keepends=True) if b"Magazyn" not in line)
    tally = again(world, there)
    chleb = one("Dobry Chleb")
    assert (tally.changed, tally.same) == (1, 6)
    assert [(row.name, row.price_from) for row in chleb.listings.all()] == [("Chleb na zakwasie", 9)]
    assert chleb.figures.get().employees == 14
    third = again(world, there)
    assert (third.changed, third.same) == (0, 7)


def test_an_offer_changed_or_taken_away_here_stays_so(world, there):
    again(world, there)
    chleb = one("Dobry Chleb")
    offer = chleb.listings.get(kind="offer")
    offer.price_from = 11
    save_part(by=world.bolek, organisation=chleb, row=offer)
    there.change(",8,", ",9,", "offers")
    again(world, there)
    assert one("Dobry Chleb").listings.get(kind="offer").price_from == 11
    remove_part(by=world.bolek, organisation=chleb, row=chleb.listings.get(kind="need"))
    again(world, there)
    assert not one("Dobry Chleb").listings.filter(kind="need").exists()


def test_offers_and_figures_that_cannot_be_true_are_left_out(world, there):
    there.change("Chleb na zakwasie", " ", "offers")
    there.change(",12,", ",-12,", "figures")
    assert again(world, there).passed_over == 0
    chleb = one("Dobry Chleb")
    assert [row.name for row in chleb.listings.all()] == ["Magazyn"]
    assert not chleb.figures.exists()


def test_money_in_another_currency_is_left_out(world, there):
    there.change("PLN", "EUR", "offers")
    there.change("PLN", "EUR", "figures")
    again(world, there)
    chleb = one("Dobry Chleb")
    assert chleb.listings.get(kind="offer").price_from is None
    assert (chleb.figures.get().revenue_total, chleb.figures.get().employees) == (None, 12)


def test_a_register_that_publishes_neither_leaves_those_here_alone(world, there):
    again(world, there)
    there.describe(resources=[{"name": "organisations", "format": "csv", "path": "organisations.csv"}])
    assert again(world, there).same == 7
    assert (one("Dobry Chleb").listings.count(), one("Dobry Chleb").figures.count()) == (2, 1)
