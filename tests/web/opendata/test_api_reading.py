"""Reading through the interface: public facts only, whoever asks; pages that lose nothing; one shape of error."""

import json
import re
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.test import Client

from osnowa.indicators.models import Indicator, Release, Value
from osnowa.opendata.api.app import document
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    close_organisation,
    merge_organisations,
    take_snapshot,
)
from osnowa.register.models import Contact, Listing, Organisation, Recognition, YearlyFigures

ALL = "/api/v1/regions/pomorskie/organisations"


def get(address, client=None, **headers):
    return (client or Client()).get(address, **{f"HTTP_{name.upper()}": value for name, value in headers.items()})


def one(it):
    return get(f"/api/v1/organisations/{it.uid}")


def add(world, name, **more):
    values = {"legal_name": name, "legal_form": "PL-FUN", "sector": "civil_society", "activity_status": "active"}
    return add_organisation(by=world.bolek, region=world.pomorskie, values=values | more)


def test_only_public_organisations_are_told_whoever_asks(world, signed_in):
    for client in (Client(), signed_in(world.bolek), signed_in(world.darek)):
        assert [it["slug"] for it in get(ALL, client).json()["items"]] == ["dobry-chleb"]
        for hidden in (world.ukryty, world.wtz):
            assert get(f"/api/v1/organisations/{hidden.uid}", client).status_code == 404
            assert get(f"{ALL}/{hidden.slug}", client).status_code == 404


def test_a_hidden_place_is_the_middle_of_its_municipality_and_nothing_finer(world):
    change_organisation(by=world.bolek, organisation=world.ukryty, values={
        "visibility": "public", "street": "Tajna 7", "lat": 54.4701, "lon": 17.0302,
    })  # fmt: skip
    answer = one(world.ukryty)
    assert answer.json()["place"] == {
        "country": "PL", "municipality": {"scheme": "TERYT", "code": "2263011", "name": "Słupsk"}, "nuts3": "PL636", "street": "",
        "postal_code": "", "locality": "", "lat": 54.464, "lon": 17.028, "precision": "municipality", "is_hidden": True,
    }  # fmt: skip
    for answer in (one(world.ukryty), get(ALL), get(f"{ALL}?fields=place")):
        assert not re.search(r"Tajna|54\.47|17\.03|76-200", answer.content.decode())


def test_what_hangs_on_an_organisation_is_told_as_far_as_it_is_public(world):
    it = world.chleb
    for name, is_open, days in (("Jan Jawny", True, 9), ("Anna Tajna", False, 9), ("Ewa Dawna", True, -9)):
        Contact.objects.create(organisation=it, person_name=name, email="x@example.org", may_publish=is_open,
                               keep_until=date(2026, 11, 20) + timedelta(days=days))  # fmt: skip
    for visibility, name in (("public", "Chleb"), ("members", "Bułki")):
        Listing.objects.create(organisation=it, kind="offer", type_code="catering", name=name, visibility=visibility)
        YearlyFigures.objects.create(organisation=it, year=2024 if name == "Chleb" else 2025, visibility=visibility, employees=12,
                                     as_of_on=date(2024 if name == "Chleb" else 2025, 12, 31), employees_at_risk=3)  # fmt: skip
    for state, code in (("granted", "PL-PS"), ("refused", "PL-OPP")):
        Recognition.objects.create(organisation=it, code=code, state=state, granted_on=date(2023, 1, 1), review_on=date(2027, 1, 1))
    told = one(it).json()
    assert [c["person_name"] for c in told["contacts"]] == ["Jan Jawny"]
    assert [c["name"] for c in told["listings"]] == ["Chleb"]
    assert [c["code"] for c in told["recognitions"]] == ["PL-PS"]
    assert [(c["year"], c["employees"], c["employees_at_risk"], c["hidden"]) for c in told["figures"]] == [(2024, 12, None, ["employees_at_risk"])]
    for part in ("figures", "listings", "recognitions"):
        assert get(f"/api/v1/organisations/{it.uid}/{part}").json()["items"] == told[part]


def test_nobody_is_named_as_the_author_of_a_fact(world):
    assert one(world.chleb).json()["sources"]["legal_name"] == {"source": "coordinator", "on": "2024-01-15"}


def test_the_parent_of_a_public_unit_is_told_only_where_it_is_public(world):
    change_organisation(by=world.bolek, organisation=world.wtz, values={"visibility": "public"})
    assert one(world.wtz).json()["parent"] is None
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"visibility": "public"})
    assert one(world.wtz).json()["parent"]["slug"] == world.ukryty.slug
    assert [unit["slug"] for unit in one(world.ukryty).json()["units"]] == [world.wtz.slug]


@pytest.mark.parametrize(("query", "found"), [
    ("q=chleb", 1), ("q=1234563218", 1), ("q=nic", 0), ("form=PL-SPSOC", 1), ("form=PL-FUN", 1), ("form=PL-FUN&form=PL-SPSOC", 2),
    ("sector=social_economy", 1), ("area=gdanski", 1), ("service=catering", 1), ("municipality=2261011", 1), ("status=active", 2),
    ("on=2015-05-03", 1), ("on=2015-05-04", 2), ("recognition=PL-PS", 0), ("status=closed", 1), ("closed=true", 3),
])  # fmt: skip
def test_the_filters_are_those_of_the_directory(world, query, found):
    add(world, "Fundacja Otwarta")
    gone = add(world, "Dawna", legal_form="PL-STO", founded_on=date(2016, 1, 1))
    close_organisation(by=world.bolek, organisation=gone, ended_on=date(2020, 1, 1), end_reason="liquidation")
    answer = get(f"{ALL}?{query}").json()
    assert (len(answer["items"]), answer["count"]) == (found, found)


def test_only_the_facts_asked_for_are_told(world):
    assert [sorted(it) for it in get(f"{ALL}?fields=legal_name,identifiers").json()["items"]] == [["identifiers", "legal_name", "uid"]]
    assert get(f"{ALL}?fields=nix").json()["errors"][0]["parameter"] == "fields"


@pytest.mark.parametrize("sort", ["name", "form", "confirmed", "changed"])
def test_pages_tell_every_organisation_once_in_every_order(world, sort):
    for number in range(7):
        add(world, f"Fundacja {number % 3}", last_confirmed_on=date(2025, 1, 1 + number % 2) if number % 3 else None)
    seen, address = [], f"{ALL}?sort={sort}&limit=3&fields=slug"
    while address:
        answer = get(address)
        seen += [it["slug"] for it in answer.json()["items"]]
        address = answer.json()["next"]
        assert (f'<{address}>; rel="next"' == answer.get("Link")) is bool(address)
    assert len(seen) == len(set(seen)) == 8
    assert seen == [it["slug"] for it in get(f"{ALL}?sort={sort}&fields=slug").json()["items"]]


def read_through(words):
    """The organisations of all pages, four at a time, and how many the first page says there are."""
    seen, address, count = [], f"{ALL}?{words}&limit=4&fields=slug", None
    while address:
        page = get(address).json()
        seen, count, address = seen + [it["slug"] for it in page["items"]], page["count"] if count is None else count, page["next"]
    return seen, count


@pytest.mark.parametrize("words", ["", "form=PL-FUN", "status=active&closed=1", "municipality=2263011", "sector=academia", "on=2024-06-01"])
def test_a_snapshot_makes_pages_shorter_work_and_no_others(world, words):
    for number in range(25):
        more = {"municipality": world.slupsk} if number % 2 else {"founded_on": date(2024, 1, 1 + number)}
        add(world, f"{'ŻA-b'[number % 4]} fundacja {number % 5}", last_confirmed_on=date(2025, 1, 1 + number % 3) if number % 4 else None, **more)
    take_snapshot(by=None, region=world.pomorskie)
    rows = list(Organisation.objects.filter(legal_form="PL-FUN").order_by("pk"))
    for has_changed in (False, True):
        if has_changed:
            change_organisation(by=world.bolek, organisation=rows[3], values={"legal_name": "Całkiem inna", "activity_status": "suspended"})
            close_organisation(by=world.bolek, organisation=rows[4], ended_on=date(2026, 11, 1), end_reason="liquidation")
            merge_organisations(by=world.bolek, kept=rows[6], gone=rows[7])
            add(world, "Zupełnie nowa", municipality=world.slupsk)
        with_snapshot = {sort: read_through(f"{words}&sort={sort}") for sort in ("name", "form", "confirmed", "changed")}
        with without_lists():
            for sort, told in with_snapshot.items():
                assert told == read_through(f"{words}&sort={sort}"), (words, sort, has_changed)


@contextmanager
def without_lists():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("osnowa.opendata.api.organisations.listed_in", lambda *words: None)
        yield


def test_who_comes_or_goes_between_two_pages_shifts_no_other(world):
    rows = [add(world, f"Fundacja {letter}") for letter in "ABCDEF"]
    first = get(f"{ALL}?limit=3&fields=slug").json()
    change_organisation(by=world.bolek, organisation=rows[0], values={"visibility": "members"})
    add(world, "Aaa")
    rest = get(first["next"]).json()
    assert [it["slug"] for it in (*first["items"], *rest["items"])] == [
        "dobry-chleb", "fundacja-a", "fundacja-b", "fundacja-c", "fundacja-d", "fundacja-e",
    ]  # fmt: skip


@pytest.mark.parametrize("cursor", ["x", "W10", "bnVsbA", "WyJuYW1lIiwxXQ", "WyJuYW1lIiwgIngiLCA5OTk5OTk5OTk5OTk5OTk5OTk5OTk5XQ", "WyJmb3JtIiwgImEiLCAiYSIsIDFd"])
def test_a_cursor_made_by_hand_is_refused(world, cursor):
    answer = get(f"{ALL}?after={cursor}")
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "after")


@pytest.mark.parametrize("query", [
    "limit=0", "limit=1001", "limit=x", "limit=99999999999999999999", "sort=nix", "on=2030-01-01", "on=x", "closed=maybe", "q=a%00b", "colour=red",
    "q=" + "x" * 101, "q=%25", "q=%21%3F", "municipality=%00",
])  # fmt: skip
def test_a_word_that_cannot_be_used_is_named(world, query):
    answer = get(f"{ALL}?{query}")
    told = answer.json()
    assert (answer.status_code, answer["Content-Type"], told["status"]) == (422, "application/problem+json", 422)
    assert told["errors"][0]["parameter"] == query.split("=")[0]


@pytest.mark.parametrize("address", ["/api/", "/api/v1", "/api/v1/", "/api/v2/regions", "/api/v1/nix", "/api/v1/edit", "/api/v1/nix?after=1", "/api/v1/regions/nix",
                                     "/api/v1/regions/pomorskie/organisations/nix", "/api/v1/organisations/x", "/api/v1/places/NUTS/x",
                                     "/api/v1/organisations/6a669586-3811-4aa1-ae42-a2807197f95b", "/api/v1/code-lists/nix",
                                     "/api/v1/indicators/nix/values"])  # fmt: skip
def test_where_nothing_is_the_answer_is_a_problem_and_leads_to_no_page(world, address):
    answer = get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(("language", "title"), [("en", "There is nothing at this address"), ("pl;q=0.9, de;q=0.1", None), ("xx", "There is nothing at this address")])
def test_problems_speak_the_language_of_the_asker(world, language, title):
    answer = get("/api/v1/nix", accept_language=language)
    assert answer["Content-Language"] == ("pl" if "pl" in language else "en")
    assert title is None or answer.json()["title"] == title


def test_what_has_not_changed_is_not_sent_again(world):
    for address in (ALL, f"{ALL}/dobry-chleb", f"/api/v1/organisations/{world.chleb.uid}", "/api/v1/regions", "/api/v1/code-lists/sectors"):
        first = get(address)
        again = get(address, if_none_match=f'"x", W/{first["ETag"]}')
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
        assert "max-age" in first["Cache-Control"] or "no-cache" in first["Cache-Control"]
    first = one(world.chleb)
    change_organisation(by=world.bolek, organisation=world.chleb, values={"about": "x"})
    assert get(f"/api/v1/organisations/{world.chleb.uid}", if_none_match=first["ETag"]).status_code == 200
    assert "Last-Modified" in first


def test_a_record_merged_into_another_leads_there(world):
    gone = add(world, "Dobry Chleb bis")
    merge_organisations(by=world.bolek, kept=world.chleb, gone=gone)
    by_uid, by_slug = one(gone), get(f"{ALL}/{gone.slug}")
    assert (by_uid.status_code, by_uid["Location"]) == (307, f"/api/v1/organisations/{world.chleb.uid}")
    assert (by_slug.status_code, by_slug["Location"]) == (307, f"{ALL}/dobry-chleb")


def test_a_follower_learns_who_came_changed_closed_was_merged_or_is_no_longer_public(world):
    start = get("/api/v1/regions/pomorskie/changes").json()
    assert [c["what"] for c in start["items"]] == ["added"]
    rows = {name: add(world, name) for name in ("nowa", "zmieniona", "zamknieta", "polaczona", "ukryta", "nigdy")}
    then = get(start["next"]).json()
    assert {c["what"] for c in then["items"]} == {"added"}
    change_organisation(by=world.bolek, organisation=rows["zmieniona"], values={"about": "x"})
    close_organisation(by=world.bolek, organisation=rows["zamknieta"], ended_on=date(2026, 1, 1), end_reason="liquidation")
    merge_organisations(by=world.bolek, kept=world.chleb, gone=rows["polaczona"])
    change_organisation(by=world.bolek, organisation=rows["ukryta"], values={"visibility": "members"})
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"about": "x"})
    now = get(then["next"]).json()
    assert {c["uid"]: (c["what"], c["into"]) for c in now["items"]} == {
        str(rows["zmieniona"].uid): ("changed", None), str(rows["zamknieta"].uid): ("closed", None),
        str(rows["polaczona"].uid): ("merged", str(world.chleb.uid)), str(rows["ukryta"].uid): ("gone", None),
        str(world.chleb.uid): ("changed", None),
    }  # fmt: skip
    after = get(now["next"]).json()
    assert (after["items"], after["next"], after["has_more"]) == ([], now["next"], False)


def test_changes_come_in_pages_and_from_a_moment(world):
    for number in range(5):
        add(world, f"Fundacja {number}")
    seen, address = [], "/api/v1/regions/pomorskie/changes?since=2026-11-20T08:00:00Z&limit=2"
    while True:
        told = get(address).json()
        seen += [c["uid"] for c in told["items"]]
        address = told["next"]
        if not told["has_more"]:
            break
    assert len(seen) == 6
    assert get("/api/v1/regions/pomorskie/changes?since=2026-11-20T12:00:00Z").json()["items"] == []
    assert get("/api/v1/regions/pomorskie/changes?since=2026-11-20T12:00:00").status_code == 422


def test_places_code_lists_and_regions_can_be_looked_up(world):
    assert [p["code"] for p in get("/api/v1/places?q=gdań&level=3").json()["items"]] == ["2261011"]
    assert [p["code"] for p in get("/api/v1/places?parent=22&scheme=TERYT").json()["items"]] == ["2261", "2263"]
    assert get("/api/v1/places/NUTS/PL63").json()["parent"]["code"] == "PL6"
    for row in get("/api/v1/code-lists").json()["items"]:
        rows = get(row["codes"]).json()["items"]
        assert len(rows) == row["count"]
        assert set(rows[0]["labels"]) == {"pl", "sl", "en"}
    assert [r["slug"] for r in get("/api/v1/regions").json()["items"]] == ["podravje", "pomorskie"]
    assert get("/api/v1/regions/pomorskie").json()["areas"][0]["code"] == "gdanski"


def test_indicators_and_their_newest_values_come_with_their_source(world):
    it = Indicator.objects.create(code="eurostat/nama.x", name="PKB", polarity="higher", unit="EUR")
    release = Release.objects.create(source="Eurostat", licence="CC BY 4.0")
    for geo, value, newest in (("PL63", 1.5, True), ("PL61", None, True), ("PL63", 1.0, False)):
        Value.objects.create(indicator=it, geo=geo, period="2024", value=value, release=release, is_newest=newest, flag="" if value else ":")
    row = get("/api/v1/indicators").json()["items"][0]
    told = get(row["values"]).json()
    assert [(v["geo"], v["value"], v["source"], v["licence"]) for v in told["items"]] == [
        ("PL61", None, "Eurostat", "CC BY 4.0"), ("PL63", 1.5, "Eurostat", "CC BY 4.0"),
    ]  # fmt: skip
    assert len(get(row["values"] + "?geo=PL63&period=2024").json()["items"]) == 1


def test_the_sector_table_says_what_came_and_went(world):
    told = get("/api/v1/regions/pomorskie/sector-table?on=2026-01-01&against=2015-01-01").json()
    assert told["types"][0] == {"code": "PL-SPSOC", "earlier": 0, "new": 1, "closed": 0, "now": 1}
    for query in ("on=2030-01-01", "on=2020-01-01&against=2021-01-01", "on=0001-01-01"):
        assert get(f"/api/v1/regions/pomorskie/sector-table?{query}").status_code == 422


def test_head_says_what_get_says_and_options_what_can_be_done(world):
    head, whole = Client().head(ALL), get(ALL)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    options = Client().options(ALL)
    assert (options.status_code, options["Allow"]) == (204, "GET, POST, HEAD, OPTIONS")
    wrong = Client().delete(ALL)
    assert (wrong.status_code, wrong["Allow"], wrong["Content-Type"]) == (405, options["Allow"], "application/problem+json")


def test_programs_in_browsers_of_other_sites_may_read_and_not_write(world):
    for answer in (get(ALL), get("/api/v1/nix"), Client().options(ALL)):
        assert answer["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in answer
    assert "POST" not in Client().options(ALL)["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in Client().post(ALL)


def test_reading_has_a_limit_by_address_and_says_what_is_left(world, settings):
    settings.API_READS_AN_HOUR = 2
    answers = [get("/api/v1/regions") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Remaining"] for answer in answers] == ["1", "0", "0"]
    assert 0 < int(answers[2]["Retry-After"]) <= 3600
    assert get("/api/v1/regions", x_forwarded_for="10.0.0.1").status_code == 429


def test_a_page_takes_the_same_number_of_queries_however_long_it_is(world, django_assert_max_num_queries):
    for number in range(30):
        it = add(world, f"Fundacja {number}", municipality=world.gdansk, services=["catering"])
        Listing.objects.create(organisation=it, kind="offer", type_code="catering", name="x")
    with django_assert_max_num_queries(14) as few:
        assert len(get(f"{ALL}?limit=2").json()["items"]) == 2
    with django_assert_max_num_queries(14) as many:
        assert len(get(f"{ALL}?limit=1000").json()["items"]) == 31
    assert len(few) == len(many)
    with django_assert_max_num_queries(14):
        one(world.chleb)


def test_something_broken_is_told_as_a_problem_and_stays_loud(world, monkeypatch):
    def breaks(*_, **__):
        raise RuntimeError("x")

    monkeypatch.setattr("osnowa.opendata.api.organisations.public_facts", breaks)
    answer = Client(raise_request_exception=False).get(ALL)
    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert "x" not in answer.json().get("detail", "")
    with pytest.raises(RuntimeError):
        get(ALL)


def test_the_description_names_every_address_and_each_answer(world):
    made = get("/api/v1/openapi.json").json()
    assert made["openapi"] == "3.1.0"
    assert json.dumps(made) == json.dumps(document())
    ids = [operation["operationId"] for methods in made["paths"].values() for operation in methods.values()]
    assert len(ids) == len(set(ids)) >= 20
    for methods in made["paths"].values():
        for method, operation in methods.items():
            assert operation["summary"]
            assert operation["description"]
            assert bool(operation.get("security")) is (method != "get")
            assert all(one.get("description") for one in operation["parameters"] if one["in"] == "query")


def test_organisations_that_are_closed_can_still_be_read(world):
    close_organisation(by=world.bolek, organisation=world.chleb, ended_on=date(2026, 1, 1), end_reason="liquidation")
    assert one(world.chleb).json()["activity_status"] == "closed"
    assert Organisation.objects.get(pk=world.chleb.pk).is_closed


@pytest.mark.parametrize(("parameter", "told_at"), [
    ("form", "/api/v1/code-lists/legal_forms"), ("status", "/api/v1/code-lists/activity_status"), ("sector", "/api/v1/code-lists/sectors"),
    ("service", "/api/v1/code-lists/services"), ("recognition", "/api/v1/code-lists/recognitions"), ("area", "/api/v1/regions/pomorskie"),
    ("municipality", "/api/v1/places"),
])  # fmt: skip
def test_a_code_nobody_knows_is_refused_and_leads_to_those_known(world, parameter, told_at):
    answer = get(f"{ALL}?{parameter}=XX")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["parameter"], error["value"]) == (422, parameter, "XX")
    assert error["known"] == f"http://testserver{told_at}"
    assert error["known"] in error["detail"]
    assert get(told_at).status_code == 200


def test_of_several_codes_each_unknown_one_is_named(world):
    errors = get(f"{ALL}?form=XX&form=PL-FUN&sector=YY").json()["errors"]
    assert [(one["parameter"], one["value"]) for one in errors] == [("form", "XX"), ("sector", "YY")]


@pytest.mark.parametrize("address", ["/api/v1/places?scheme=XX", "/api/v1/places?parent=XX", "/api/v1/indicators/pkb/values?geo=XX"])
def test_lists_refuse_unknown_codes_too(world, address):
    Indicator.objects.create(code="pkb", name="PKB")
    assert get(address).status_code == 422


def test_a_full_cache_that_forgets_a_count_begins_anew(world, monkeypatch):
    def forgotten(key, delta=1, version=None):
        raise ValueError(key)

    monkeypatch.setattr("osnowa.opendata.api.limits.cache.incr", forgotten, raising=False)
    assert get("/api/v1/regions").status_code == 200
