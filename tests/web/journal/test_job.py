"""How far a job is."""

import uuid

import pytest

from osnowa.journal.models import Job

STATE = Job.State


@pytest.fixture
def job(world):
    return Job.objects.create(kind="register.campaign", place="pomorskie", by=world.edyta, state=STATE.RUNNING, done=3, total=12)


def at(job):
    return f"/en/jobs/{job.pk}/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("edyta", 200), ("bolek", 200), ("darek", 200), ("rafal", 404), ("olga", 404), ("celina", 404), ("maja", 404)],
)
def test_the_starter_and_coordinators_see_it_others_do_not(world, signed_in, job, who, status):
    assert signed_in(getattr(world, who)).get(at(job)).status_code == status


def test_who_is_not_signed_in_finds_nothing(client, job):
    assert client.get(at(job)).status_code == 404
    assert client.get(f"/en/jobs/{uuid.uuid4()}/").status_code == 404


def test_the_page_asks_again_while_the_work_goes_on(world, signed_in, job, django_assert_max_num_queries):
    edyta = signed_in(world.edyta)
    with django_assert_max_num_queries(12):
        text = edyta.get(at(job)).content.decode()
    assert 'hx-trigger="every 2s"' in text
    assert "3 of 12" in text
    fragment = edyta.get(at(job), headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.content.decode()
    assert "3 of 12" in fragment.content.decode()


def test_polling_stops_when_the_work_is_done(world, signed_in, job):
    Job.objects.update(state=STATE.DONE, result={"asked": 7})
    edyta = signed_in(world.edyta)
    text = edyta.get(at(job)).content.decode()
    assert "hx-trigger" not in text
    assert "Asked" in text
    assert edyta.get(at(job), headers={"HX-Request": "true"}).status_code == 286


def test_a_failure_says_what_to_do_and_hides_the_trace(world, signed_in, job):
    Job.objects.update(state=STATE.FAILED, error="Traceback: secret")
    text = signed_in(world.edyta).get(at(job)).content.decode()
    assert "start it again" in text
    assert "secret" not in text


def test_the_title_says_which_work_in_which_region_and_leads_back(world, signed_in, job):
    text = signed_in(world.edyta).get(at(job)).content.decode()
    assert "<title>Asking organisations whether their records are still true, Pomorskie" in text
    assert 'href="/en/pomorskie/">Back to Pomorskie</a>' in text
    Job.objects.update(place="", kind="unknown.kind")
    text = signed_in(world.edyta).get(at(job)).content.decode()
    assert "<title>Work in the background" in text
    assert "Back to" not in text
