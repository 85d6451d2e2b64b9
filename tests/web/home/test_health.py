"""The addresses of machines: health, robots.txt, favicon.ico."""

import pytest
from django.conf import settings
from django.db import DatabaseError

from osnowa.home import health, working

pytestmark = pytest.mark.django_db


def test_all_is_well_when_database_and_worker_answer(client, django_assert_max_num_queries):
    working.beat()
    with django_assert_max_num_queries(4):
        answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json()["is_well"] is True
    assert answer["Cache-Control"] == "no-store"


def test_a_worker_not_heard_of_for_a_minute_is_gone(client, frozen_time):
    working.beat()
    frozen_time.shift(working.GONE_AFTER_SECONDS + 1)
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()["is_worker_alive"]) == (503, False)


def test_a_database_that_does_not_answer_is_said_not_shown(client, monkeypatch):
    def broken() -> list[str]:
        raise DatabaseError("password of the database")

    monkeypatch.setattr(health, "pending_migrations", broken)
    answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json()["is_database_reached"] is False
    assert b"password" not in answer.content


def test_missing_migrations_are_not_well(client, monkeypatch):
    working.beat()
    monkeypatch.setattr(health, "pending_migrations", lambda: ["register.0002"])
    assert client.get("/health/").status_code == 503


def test_health_tells_no_secret_and_no_path(client):
    said = client.get("/health/").content.decode()
    assert settings.SECRET_KEY not in said
    assert str(settings.VAR) not in said


def test_robots_stay_out_of_links_by_letter(client):
    said = client.get("/robots.txt").content.decode()
    assert said.startswith("User-agent: *\n")
    assert "Disallow: /*/confirm/" in said


def test_robots_stay_out_of_a_demonstration(client, settings):
    settings.IS_DEMO = True
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_browsers_find_the_sign_of_the_site(client):
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301
    assert "/ui/favicon" in answer["Location"]
