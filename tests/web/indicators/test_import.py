"""Importing by upload: looked through first, then written by the worker; taken back by a button."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.tasks import UPLOADS
from osnowa.journal.models import Job
from tests.world import World

TEXT = "indicator,geo,year,value\nU,PL63,2020,4\nU,PL21,2020,6\nU,PL99,2020,6\n"
PAGE = "indicators:import"


@pytest.fixture
def darek(world: World, signed_in: Any, settings: Any, tmp_path: Path) -> Client:
    settings.MEDIA_ROOT = tmp_path / "media"
    client: Client = signed_in(world.darek)
    return client


def upload(client: Client, run: Any, text: str = TEXT, **words: Any) -> Any:
    files = {"file": SimpleUploadedFile("u.csv", text.encode())}
    with run(execute=True):
        return client.post(reverse(PAGE), {"source": "Eurostat"} | words | files)


def test_a_file_is_looked_through_and_nothing_is_written(darek, django_capture_on_commit_callbacks):
    assert upload(darek, django_capture_on_commit_callbacks).status_code == 302
    job = Job.objects.get(kind="indicators.preview")
    assert (job.state, job.result["new"], job.result["unknown_places"]) == ("done", 3, ["PL21", "PL99"])
    assert not Value.objects.exists()
    text = darek.get(reverse(PAGE)).content.decode()
    assert "Import this" in text
    assert "PL99" in text


def test_the_button_writes_it_once_and_the_file_goes(darek, django_capture_on_commit_callbacks, settings):
    upload(darek, django_capture_on_commit_callbacks, published_on="2026-03-31", polarity="lower", breaks="2015; 2020")
    job = Job.objects.get(kind="indicators.preview")
    with django_capture_on_commit_callbacks(execute=True):
        assert darek.post(reverse("indicators:apply", args=[job.pk])).status_code == 302
    release = Release.objects.get()
    assert (release.source, str(release.published_on), release.taken_by.name) == ("Eurostat", "2026-03-31", "Darek")
    assert Value.objects.filter(is_newest=True).count() == 3
    assert Value.objects.first().indicator.breaks == ["2015", "2020"]
    assert list((Path(settings.MEDIA_ROOT) / UPLOADS).iterdir()) == []
    assert darek.post(reverse("indicators:apply", args=[job.pk])).status_code == 409
    assert "Import this" not in darek.get(reverse(PAGE)).content.decode()


def test_the_preview_tells_unit_direction_source_and_licence_and_lets_them_be_mended(darek, django_capture_on_commit_callbacks):
    upload(darek, django_capture_on_commit_callbacks, unit="%", licence="CC BY 4.0")
    page = darek.get(reverse(PAGE)).text
    assert 'value="CC BY 4.0"' in page
    assert '<option value="neutral" selected>neither is better</option>' in page
    assert "The files do not say it." in page
    job = Job.objects.get(kind="indicators.preview")
    assert [(row["code"], row["unit"], row["polarity"]) for row in job.result["listed"]] == [("U", "%", "neutral")]
    mended = {"source": "Eurostat, lfst", "licence": "CC0", "published_on": "2026-03-31", "code": ["U"], "unit": ["percent"], "polarity": ["lower"]}
    with django_capture_on_commit_callbacks(execute=True):
        darek.post(reverse("indicators:apply", args=[job.pk]), mended)
    it, release = Indicator.objects.get(), Release.objects.get()
    assert (it.unit, it.polarity) == ("percent", "lower")
    assert (release.source, release.licence, str(release.published_on)) == ("Eurostat, lfst", "CC0", "2026-03-31")


def test_what_is_mended_wrongly_is_refused_and_the_file_waits_on(darek, django_capture_on_commit_callbacks):
    upload(darek, django_capture_on_commit_callbacks)
    job = Job.objects.get(kind="indicators.preview")
    assert darek.post(reverse("indicators:apply", args=[job.pk]), {"published_on": "never"}).status_code == 400
    assert "Import this" in darek.get(reverse(PAGE)).text


def test_faults_of_the_file_are_told_on_the_page(darek, django_capture_on_commit_callbacks, settings):
    upload(darek, django_capture_on_commit_callbacks, TEXT + "U,PL63,2021,?\n")
    text = darek.get(reverse(PAGE)).content.decode()
    assert "Line 5, cell D5" in text
    assert "Import this" not in text
    assert list((Path(settings.MEDIA_ROOT) / UPLOADS).iterdir()) == []


def test_files_beside_are_taken_too(darek, django_capture_on_commit_callbacks):
    meta = SimpleUploadedFile("meta.csv", b"code,name,polarity\nU,Unemployment,sideways\n")
    upload(darek, django_capture_on_commit_callbacks, meta=meta)
    assert "Line 2 of “meta.csv”" in darek.get(reverse(PAGE)).content.decode()


@pytest.mark.parametrize("words", [{"source": ""}, {"breaks": "soon"}, {"published_on": "yesterday"}])
def test_what_is_typed_wrongly_is_told_beside_its_field(darek, django_capture_on_commit_callbacks, words):
    assert upload(darek, django_capture_on_commit_callbacks, **words).status_code == 422
    assert not Job.objects.exists()


def test_a_release_is_taken_back_by_a_button(darek, django_capture_on_commit_callbacks):
    upload(darek, django_capture_on_commit_callbacks)
    with django_capture_on_commit_callbacks(execute=True):
        darek.post(reverse("indicators:apply", args=[Job.objects.get(kind="indicators.preview").pk]))
    assert darek.post(reverse("indicators:take_back", args=[Release.objects.get().pk])).status_code == 302
    assert not Value.objects.filter(is_newest=True).exists()
    text = darek.get(reverse(PAGE)).content.decode()
    assert "taken back" in text
    assert darek.post(reverse("indicators:take_back", args=[Release.objects.get().pk])).status_code == 409


def test_the_page_asks_few_questions_of_the_database(darek, django_capture_on_commit_callbacks, django_assert_max_num_queries):
    upload(darek, django_capture_on_commit_callbacks)
    with django_assert_max_num_queries(12):
        darek.get(reverse(PAGE))
