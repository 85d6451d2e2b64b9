from datetime import date

import pytest
import time_machine
from django.urls import reverse

from osnowa.register.actions import save_recognition
from osnowa.register.models import Recognition


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-03-10T12:00:00+01:00", tick=False):
        yield


def page(it, number=None):
    words = {"region": it.region.slug, "slug": it.slug} | ({"number": number} if number else {})
    return reverse("register:recognition" if number else "register:recognitions", kwargs=words)


def organisation_page(it):
    return reverse("register:organisation", kwargs={"region": it.region.slug, "slug": it.slug})


def status_of(it, by, **more):
    facts = {"code": "PL-PS", "regime": "statutory", "granted_on": date(2024, 2, 1), "review_on": date(2027, 2, 1)}
    return save_recognition(by=by, organisation=it, row=Recognition(**facts | more))


def sent(**more):
    return {"code": "PL-PS", "state": "granted", "regime": "statutory", "goal": "reintegration",
            "granted_on": "2025-02-01", "review_on": "2027-02-01"} | more  # fmt: skip


def test_who_may_edit_statuses(client, world, signed_in):
    row = status_of(world.chleb, world.bolek)
    for url in (page(world.chleb), page(world.chleb, row.pk)):
        assert client.get(url).status_code == 302
        for person, status in [(world.ala, 200), (world.edyta, 200), (world.darek, 200), (world.celina, 403), (world.maja, 403)]:
            assert signed_in(person).get(url).status_code == status, (url, person)
    assert signed_in(world.ala).get(page(world.ukryty)).status_code == 404
    hidden = status_of(world.ukryty, world.bolek)
    assert signed_in(world.ala).get(page(world.ukryty, hidden.pk)).status_code == 404
    assert signed_in(world.ala).get(page(world.chleb, hidden.pk)).status_code == 404


def test_the_choice_is_of_the_country_the_eu_and_the_world(world, signed_in):
    text = signed_in(world.ala).get(page(world.chleb)).content.decode()
    for code, is_there in [("PL-PS", True), ("EMAS", True), ("FAIRTRADE", True), ("SI-SOP", False)]:
        assert (f'value="{code}"' in text) is is_there, code
    slovene = signed_in(world.maja).get(page(world.zadruga)).content.decode()
    assert 'value="SI-SOP"' in slovene
    assert "ps_regime" not in slovene
    assert 'name="regime"' not in slovene


def test_a_status_is_added_with_its_reports(world, signed_in):
    assert signed_in(world.ala).post(page(world.chleb), sent()).status_code == 302
    row = world.chleb.recognitions.get()
    assert (row.code, row.regime, row.goal, row.review_on) == ("PL-PS", "statutory", "reintegration", date(2027, 2, 1))
    assert row.reports.count() == 2


def test_v19_the_form_demands_a_review_date_of_a_granted_status(world, signed_in):
    reply = signed_in(world.ala).post(page(world.chleb), sent(review_on=""))
    assert reply.status_code == 422
    assert "needs the day of its next review" in reply.content.decode()
    assert "v19_" not in reply.content.decode()
    assert not world.chleb.recognitions.exists()


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"state": "withdrawn"}, "Say on which day it ended."),
        ({"ended_on": "2026-01-01"}, "Only a withdrawn or expired one"),
        ({"review_on": "2024-01-01"}, "before the day it was granted"),
        ({"granted_on": "2026-03-11"}, "lies in the future"),
        ({"regime": ""}, "under which regime"),
    ],
)
def test_days_and_states_agree(world, signed_in, more, words):
    reply = signed_in(world.ala).post(page(world.chleb), sent(**more))
    assert reply.status_code == 422
    assert words in reply.content.decode()


def test_regime_and_goal_go_only_with_the_polish_status(world, signed_in):
    signed_in(world.ala).post(page(world.chleb), sent(code="PL-OPP"))
    row = world.chleb.recognitions.get()
    assert (row.code, row.regime, row.goal) == ("PL-OPP", "", "")


def test_the_same_status_is_not_held_twice(world, signed_in):
    status_of(world.chleb, world.bolek)
    assert signed_in(world.ala).post(page(world.chleb), sent()).status_code == 422
    assert world.chleb.recognitions.count() == 1


def test_a_yearly_report_is_marked_as_filed(world, signed_in):
    row = status_of(world.chleb, world.bolek)
    report, ala = row.reports.get(year=2025), signed_in(world.ala)
    name = f"report-{report.pk}"
    assert "overdue" in ala.get(page(world.chleb, row.pk)).content.decode(), "the report of 2024 was due in March 2025"
    assert ala.post(page(world.chleb, row.pk), {"deed": name, f"{name}-filed_on": "2026-03-11"}).status_code == 422
    assert ala.post(page(world.chleb, row.pk), {"deed": name, f"{name}-filed_on": "2026-03-09"}).status_code == 302
    report.refresh_from_db()
    assert report.filed_on == date(2026, 3, 9)
    assert row.reports.get(year=2024).filed_on is None


def test_a_status_with_a_filed_report_is_not_removed(world, signed_in):
    row, ala = status_of(world.chleb, world.bolek), signed_in(world.ala)
    row.reports.update(filed_on=date(2026, 3, 1))
    assert ala.post(page(world.chleb, row.pk), {"deed": "remove"}).status_code == 409
    row.reports.update(filed_on=None)
    assert ala.post(page(world.chleb, row.pk), {"deed": "remove"}).status_code == 302
    assert not world.chleb.recognitions.exists()


def test_the_public_page_shows_what_was_granted_and_neither_reports_nor_applications(client, world, signed_in):
    status_of(world.chleb, world.bolek)
    status_of(world.chleb, world.bolek, code="PL-OPP", regime="", state="refused")
    text = client.get(organisation_page(world.chleb)).content.decode()
    assert "Social enterprise status (Poland)" in text
    assert "Report of" not in text
    assert "Public-benefit organisation status" not in text
    text = signed_in(world.ala).get(organisation_page(world.chleb)).content.decode()
    assert "Report of 2024" in text
    assert "Public-benefit organisation status" in text


def test_the_pages_take_few_queries(world, signed_in, django_assert_max_num_queries):
    row = status_of(world.chleb, world.bolek, granted_on=date(2015, 1, 1))
    for code in ("EMAS", "ECOLABEL", "FAIRTRADE", "PL-OPP", "PL-ZP"):
        status_of(world.chleb, world.bolek, code=code, regime="")
    ala = signed_in(world.ala)
    for url in (page(world.chleb), page(world.chleb, row.pk), organisation_page(world.chleb)):
        with django_assert_max_num_queries(12):
            assert ala.get(url).status_code == 200
