"""Writing through the interface: with a key only, as the key's person, by the register's own verbs, all or nothing."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client

from osnowa.journal.models import Entry
from osnowa.opendata.access import hashed
from osnowa.opendata.actions import end_key, make_key
from osnowa.opendata.models import ApiKey
from osnowa.register.actions import change_organisation
from osnowa.register.models import Organisation

TODAY = date(2026, 11, 20)
NEW = {"legal_name": "Spółdzielnia Socjalna Nowa", "legal_form": "PL-SPSOC"}


def key_of(person):
    return make_key(by=person, name="program", expires_on=TODAY + timedelta(days=30))


def send(method, address, body=None, secret="", client=None, **headers):
    head = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    if secret:
        head["HTTP_AUTHORIZATION"] = f"Bearer {secret}"
    words = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(client or Client(), method)(address, **words, **head)


def address_of(it, *more):
    return "/".join([f"/api/v1/organisations/{it.uid}", *more])


ALL = "/api/v1/regions/pomorskie/organisations"


@pytest.fixture
def secret(world):
    return key_of(world.bolek)[1]


def test_without_a_key_nothing_is_written_and_the_answer_says_what_is_needed(world):
    answer = send("post", ALL, NEW)
    assert (answer.status_code, answer["WWW-Authenticate"], answer["Content-Type"]) == (401, "Bearer", "application/problem+json")
    assert not Organisation.objects.filter(legal_name=NEW["legal_name"]).exists()


def test_a_cookie_of_somebody_signed_in_writes_nothing(world, signed_in):
    assert send("post", ALL, NEW, client=signed_in(world.bolek)).status_code == 401


def test_an_organisation_is_added_as_the_keys_person_and_the_journal_says_by_which_way(world, secret):
    answer = send("post", ALL, NEW | {"place": {"postal_code": "80-001", "street": "Nowa 1"}, "services": ["catering"],
                                      "activities": [{"nace": "56.21"}, {"nace": "10.71", "is_main": True}],
                                      "identifiers": [{"scheme": "PL-NIP", "value": "526-10-40-828"}]}, secret)  # fmt: skip
    assert answer.status_code == 201, answer.content
    it = Organisation.objects.get(uid=answer.json()["uid"])
    assert (it.sector, it.municipality, it.pes_category) == ("social_economy", world.gdansk, "a")
    assert list(it.activities.values_list("nace", "is_main")) == [("10.71", True), ("56.21", False)]
    entry = Entry.objects.get(thing_id=str(it.pk), thing_type="register.organisation")
    assert (entry.by, entry.via, entry.deed) == (world.bolek, "api", "register.organisation_added")
    read = Client().get(answer["Location"])
    assert read.json()["place"]["locality"] == ""
    assert read.json()["identifiers"][0]["org_id"] == "PL-NIP-5261040828"
    assert ApiKey.objects.get().last_used_on == TODAY


def test_everything_wrong_is_told_at_once_each_at_its_json_pointer(world, secret):
    sent = NEW | {"legal_form": "X", "services": ["catering", "nix"], "place": {"lat": 54.0, "municipality": {"scheme": "TERYT", "code": "0"}},
                  "identifiers": [{"scheme": "PL-NIP", "value": "1"}], "links": [{"url": "javascript:alert(1)"}]}  # fmt: skip
    answer = send("post", ALL, sent, secret)
    assert answer.status_code == 422
    wrong = {one["pointer"] for one in answer.json()["errors"]}
    assert wrong == {"#/legal_form", "#/services/1", "#/place/lat", "#/place/municipality", "#/identifiers/0/value", "#/links/0/url"}


@pytest.mark.parametrize(("sent", "pointer"), [
    ({"legal_form": "PL-SPSOC"}, "#/legal_name"),
    (NEW | {"nix": 1}, "#/nix"),
    (NEW | {"legal_name": "a\x00b"}, "#/legal_name"),
    (NEW | {"founded_on": "yesterday"}, "#/founded_on"),
    (NEW | {"place": {"lat": "x"}}, "#/place/lat"),
    (NEW | {"activity_status": "closed"}, "#/activity_status"),
])  # fmt: skip
def test_a_body_of_another_shape_is_refused_where_it_is_wrong(world, secret, sent, pointer):
    answer = send("post", ALL, sent, secret)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


def test_what_cannot_be_written_in_any_alphabet_is_refused(world, secret):
    body = '{"legal_name": "a\\ud800", "legal_form": "PL-SPSOC"}'
    answer = Client().post(ALL, data=body, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert answer.status_code == 422


def test_a_body_that_is_no_json_is_refused(world, secret):
    for kind, status in (("application/json", 400), ("text/plain", 415)):
        answer = Client().post(ALL, data="{", content_type=kind, HTTP_AUTHORIZATION=f"Bearer {secret}")
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_the_same_request_with_an_idempotency_key_is_done_once(world, secret):
    first, again = (send("post", ALL, NEW, secret, idempotency_key="abc") for _ in range(2))
    assert (first.json(), again["Idempotent-Replayed"], again.status_code) == (again.json(), "true", 201)
    assert Organisation.objects.filter(legal_name=NEW["legal_name"]).count() == 1
    other = send("post", ALL, NEW | {"about": "x"}, secret, idempotency_key="abc")
    assert (other.status_code, Organisation.objects.filter(legal_name=NEW["legal_name"]).count()) == (409, 1)


def test_a_number_that_another_record_has_is_refused_by_the_rules_of_the_register(world, secret):
    answer = send("post", ALL, NEW | {"identifiers": [{"scheme": "PL-NIP", "value": "1234563218"}]}, secret)
    assert (answer.status_code, "already belongs" in answer.json()["detail"]) == (409, True)


def test_a_change_needs_the_version_that_was_read_and_touches_only_what_it_names(world, secret):
    read = Client().get(address_of(world.chleb))
    assert send("patch", address_of(world.chleb), {"about": "Piekarnia"}, secret).status_code == 428
    answer = send("patch", address_of(world.chleb), {"about": "Piekarnia", "place": {"street": "Długa 2"}}, secret, if_match=read["ETag"])
    assert answer.status_code == 200, answer.content
    world.chleb.refresh_from_db()
    assert (world.chleb.about, world.chleb.street, world.chleb.postal_code, world.chleb.locality) == ("Piekarnia", "Długa 2", "80-001", "Gdańsk")
    assert answer["ETag"] != read["ETag"]
    next_one = send("patch", address_of(world.chleb), {"about": "Piekarnia i kawiarnia"}, secret, if_match=answer["ETag"])
    assert next_one.status_code == 200


def test_where_somebody_changed_the_record_meanwhile_nothing_is_written(world, secret):
    read = Client().get(address_of(world.chleb))
    change_organisation(by=world.edyta, organisation=world.chleb, values={"about": "inne"})
    answer = send("patch", address_of(world.chleb), {"about": "moje"}, secret, if_match=read["ETag"])
    assert answer.status_code == 412
    world.chleb.refresh_from_db()
    assert world.chleb.about == "inne"
    again = send("patch", address_of(world.chleb), {"about": "moje"}, secret, if_match=answer["ETag"])
    assert again.status_code == 200


def test_a_representative_changes_her_own_record_as_self_declared_and_no_other(world):
    _, hers = key_of(world.ala)
    answer = send("patch", address_of(world.chleb), {"about": "Chleb"}, hers, if_match="*")
    world.chleb.refresh_from_db()
    assert (answer.status_code, world.chleb.provenance["about"]["source"]) == (200, "self_declared")
    assert send("patch", address_of(world.zadruga), {"about": "x"}, hers, if_match="*").status_code == 403
    assert send("post", ALL, NEW, hers).status_code == 403
    assert send("post", address_of(world.chleb, "close"), {"ended_on": "2026-01-01", "end_reason": "liquidation"}, hers).status_code == 403


def test_what_the_keys_person_may_not_see_is_not_there(world):
    _, hers = key_of(world.celina)
    assert send("patch", address_of(world.ukryty), {"about": "x"}, hers, if_match="*").status_code == 404
    _, his = key_of(world.bolek)
    answer = send("patch", address_of(world.ukryty), {"about": "x"}, his, if_match="*")
    assert (answer.status_code, answer.json()["visibility"]) == (200, "coordinator")
    assert "about" not in answer.json()


def test_an_organisation_is_confirmed_and_closed(world, secret):
    assert send("post", address_of(world.chleb, "confirm"), secret=secret).status_code == 200
    world.chleb.refresh_from_db()
    assert world.chleb.last_confirmed_on == TODAY
    wrong = send("post", address_of(world.chleb, "close"), {"ended_on": "2026-06-30", "end_reason": "nix"}, secret)
    assert wrong.json()["errors"][0]["pointer"] == "#/end_reason"
    answer = send("post", address_of(world.chleb, "close"), {"ended_on": "2026-06-30", "end_reason": "liquidation", "note": "uchwała"}, secret)
    assert answer.status_code == 200
    world.chleb.refresh_from_db()
    assert (world.chleb.is_closed, world.chleb.ended_on) == (True, date(2026, 6, 30))
    again = send("post", address_of(world.chleb, "close"), {"ended_on": "2026-06-30", "end_reason": "liquidation"}, secret)
    assert (again.status_code, "closed already" in again.json()["detail"]) == (409, True)


def test_a_key_that_ended_or_is_too_old_or_of_nobody_opens_nothing(world):
    key, secret = key_of(world.bolek)
    end_key(by=world.bolek, key=key)
    assert send("post", ALL, NEW, secret).status_code == 401
    key, secret = key_of(world.bolek)
    ApiKey.objects.filter(pk=key.pk).update(expires_on=TODAY - timedelta(days=1))
    assert send("post", ALL, NEW, secret).status_code == 401
    key, secret = key_of(world.bolek)
    world.bolek.is_active = False
    world.bolek.save()
    assert send("post", ALL, NEW, secret).status_code == 401


def test_only_a_hash_of_a_key_is_kept(world):
    key, secret = key_of(world.bolek)
    key.refresh_from_db()
    assert (key.hashed, secret.startswith("osn_"), key.begins) == (hashed(secret), True, secret[:12])
    assert secret not in str(ApiKey.objects.values().get())
    assert "program" not in str(list(Entry.objects.filter(deed="opendata.key_made").values()))


def test_writing_has_a_limit_of_its_own_for_each_key(world, settings):
    settings.API_WRITES_AN_HOUR = 2
    (_, one), (_, other) = key_of(world.bolek), key_of(world.edyta)
    answers = [send("post", address_of(world.chleb, "confirm"), secret=one) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert send("post", address_of(world.chleb, "confirm"), secret=other).status_code == 200


def test_no_text_holds_the_personal_number_of_somebody(world, secret):
    answer = send("post", ALL, NEW | {"about": "Kontakt 44051401359", "place": {"street": "44051401359"}}, secret)
    assert {one["pointer"] for one in answer.json()["errors"]} == {"#/about", "#/place/street"}
    words = {"ended_on": "2026-06-30", "end_reason": "liquidation", "note": "44051401359"}
    assert send("post", address_of(world.chleb, "close"), words, secret).status_code == 422
