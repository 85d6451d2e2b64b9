"""What changed, which pages there are, which profiles: told to programs, without what is not public."""

import json
import xml.etree.ElementTree as ET

from osnowa.opendata.queries import sitemaps
from osnowa.register.actions import add_organisation, change_organisation, close_organisation
from osnowa.register.models import Listing
from tests.unit.opendata.test_murmurations import faults, faults_of_offer

A = "{http://www.w3.org/2005/Atom}"
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
X = "{http://www.w3.org/1999/xhtml}"


def entries(client, region="pomorskie"):
    answer = client.get(f"/data/{region}/changes.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(answer.content)
    return [(entry.findtext(f"{A}title"), entry.find(f"{A}category").get("term"), entry.findtext(f"{A}summary")) for entry in feed.findall(f"{A}entry")]


def test_the_feed_tells_who_came_who_changed_and_who_closed(client, world):
    it = add_organisation(by=world.bolek, region=world.pomorskie, values={
        "legal_name": "Fundacja Nowa", "legal_form": "PL-FUN", "sector": "civil_society", "founded_on": world.chleb.founded_on})  # fmt: skip
    change_organisation(by=world.bolek, organisation=it, values={"about": "Sekretny dawny opis", "street": "Długa 5"})
    close_organisation(by=world.bolek, organisation=it, ended_on=world.chleb.last_confirmed_on, end_reason="liquidation", reason="Sekretny powód")
    told = [(title, kind) for title, kind, _says in entries(client)]
    assert told[:3] == [("Fundacja Nowa", "closed"), ("Fundacja Nowa", "changed"), ("Fundacja Nowa", "added")]
    text = client.get("/data/pomorskie/changes.atom").content.decode()
    assert "Sekretny" not in text
    assert "Bolek" not in text
    assert "Długa 5" not in text


def test_the_feed_says_nothing_of_what_is_not_public(client, world):
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"about": "x"})
    assert {title for title, _kind, _says in entries(client)} == {"Spółdzielnia Socjalna Dobry Chleb"}


def test_the_feed_does_not_say_that_a_hidden_place_moved(client, world):
    change_organisation(by=world.bolek, organisation=world.chleb, values={"is_location_hidden": True})
    change_organisation(by=world.bolek, organisation=world.chleb, values={"street": "Nowa 1"})
    assert [kind for _title, kind, _says in entries(client)] == ["added"]


def test_the_feed_costs_a_constant_number_of_queries(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/data/pomorskie/changes.atom")


def test_the_feed_is_not_sent_twice(client, world):
    etag = client.get("/data/pomorskie/changes.atom")["ETag"]
    assert client.get("/data/pomorskie/changes.atom", headers={"if-none-match": etag}).status_code == 304


def locations(content):
    return [one.findtext(f"{S}loc") for one in ET.fromstring(content)]


def test_every_address_of_the_sitemap_is_there(client, world):
    parts = locations(client.get("/sitemap.xml").content)
    assert parts == [f"http://localhost:8000/sitemap/{name}.xml" for name in ("pages", "podravje-1", "pomorskie-1")]
    for part in parts:
        answer = client.get(part.removeprefix("http://localhost:8000"))
        content = b"".join(answer) if answer.streaming else answer.content
        for address in locations(content):
            assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address


def test_organisations_of_the_sitemap_are_public_and_open_in_three_languages(client, world):
    content = b"".join(client.get("/sitemap/pomorskie-1.xml"))
    assert locations(content) == [f"http://localhost:8000/{code}/pomorskie/register/dobry-chleb/" for code in ("pl", "sl", "en")]
    first = ET.fromstring(content)[0]
    assert (first.findtext(f"{S}lastmod"), [link.get("hreflang") for link in first.findall(f"{X}link")]) == ("2026-11-20", ["pl", "sl", "en"])


def test_a_large_region_has_several_sitemaps(client, world, monkeypatch):
    for number in range(4):
        add_organisation(by=None, region=world.pomorskie, values={"legal_name": f"Fundacja {number}", "legal_form": "PL-FUN", "sector": "civil_society"})
    monkeypatch.setattr(sitemaps, "OF_ONE_MAP", 2)
    parts = [part for part in locations(client.get("/sitemap.xml").content) if "pomorskie" in part]
    assert len(parts) == 3
    found = [address for part in parts for address in locations(b"".join(client.get(part.removeprefix("http://localhost:8000"))))]
    assert len(found) == len(set(found)) == 15


def test_one_sitemap_holds_fewer_than_fifty_thousand_addresses():
    assert sitemaps.OF_ONE_MAP * 3 <= 50_000


def test_robots_are_told_where_the_sitemap_is(client):
    assert "Sitemap: http://localhost:8000/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_the_index_of_profiles_leads_to_profiles_that_keep_the_rules(client, world):
    Listing.objects.create(organisation=world.chleb, kind="need", type_code="premises", name="Lokal")
    index = b"".join(client.get("/data/murmurations/index.json"))
    told = json.loads(index)["data"]
    assert {one["name"] for one in told} == {"Spółdzielnia Socjalna Dobry Chleb", "Zadruga Dobrina z.o.o.", "Lokal"}
    for one in told:
        profile = client.get(one["profile_url"].removeprefix("http://localhost:8000")).json()
        assert (faults_of_offer if "offers" in one["linked_schemas"][0] else faults)(profile) == []
        assert one["last_updated"]
        assert one["linked_schemas"] == profile["linked_schemas"]
        assert one.get("geolocation") == profile.get("geolocation")


def test_the_index_can_be_asked_for_one_region(client, world):
    assert b"Dobrina" not in b"".join(client.get("/data/murmurations/index.json?region=pomorskie"))
    assert b"".join(client.get("/data/murmurations/index.json?region=nowhere")) == b'{"data": [\n]}\n'
