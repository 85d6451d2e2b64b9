"""Uploading outlines."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from osnowa.journal import jobs
from osnowa.journal.models import Entry, Job
from osnowa.places.models import Outline


def square(lon, lat, **properties):
    ring = [[lon - 0.1, lat - 0.1], [lon + 0.1, lat - 0.1], [lon + 0.1, lat + 0.1], [lon - 0.1, lat + 0.1], [lon - 0.1, lat - 0.1]]
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def upload(content, name="gminy.geojson"):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else json.dumps(content).encode())


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def send(client, content, **more):
    return client.post(reverse("places:boundaries"), {"file": upload(content), "source": "GUGiK", **more})


def test_only_the_operator_comes_in(world, signed_in):
    assert signed_in(world.bolek).get(reverse("places:boundaries")).status_code == 403
    assert signed_in(world.darek).get(reverse("places:boundaries")).status_code == 200


def test_an_upload_is_imported_in_the_background_and_deleted(world, signed_in, tmp_path):
    client = signed_in(world.darek)
    file = {"type": "FeatureCollection", "features": [square(18.65, 54.35, teryt="2261011"), square(17.03, 54.46, teryt="2263011")]}
    assert send(client, file).status_code == 302
    job = Job.objects.get()
    assert job.state == Job.State.QUEUED
    jobs.run.func(str(job.pk))
    assert Outline.objects.count() == 2
    assert Entry.objects.get(deed="places.outlines_imported").via == "task"
    assert not [path for path in Path(tmp_path).rglob("*") if path.is_file()]
    page = client.get(reverse("places:boundaries")).content.decode()
    assert "2 of 2 outlines were matched by the field teryt" in page
    assert "gminy.geojson" in page


def test_a_refusal_is_told_and_changes_nothing(world, signed_in):
    client = signed_in(world.darek)
    send(client, {"type": "FeatureCollection", "features": [square(637291, 486912, teryt="2261011")]})
    jobs.run.func(str(Job.objects.get().pk))
    assert Outline.objects.count() == 0
    assert "PUWG 1992 (EPSG:2180)" in client.get(reverse("places:boundaries")).content.decode()


def test_a_result_is_told_in_the_language_of_whoever_reads_it(world, signed_in, settings):
    world.darek.language = "pl"
    world.darek.save()
    client = signed_in(world.darek)
    send(client, {"type": "FeatureCollection", "features": [square(637291, 486912, teryt="2261011")]})
    send(client, {"type": "FeatureCollection", "features": [square(18.65, 54.35, teryt="2261011")]})
    for job in Job.objects.all():
        with translation.override("pl"):
            jobs.run.func(str(job.pk))
    for language, words in {"en": ("The coordinates are not degrees", "codes of TERYT"), "pl": ("nie są w stopniach", "kody z listy TERYT")}.items():
        with translation.override(language):
            page = client.get(reverse("places:boundaries")).content.decode()
        assert all(word in page for word in words), language


def test_what_is_not_json_is_refused_at_once(world, signed_in):
    answer = send(signed_in(world.darek), b"PK\x03\x04 a zip")
    assert answer.status_code == 422
    assert "This is not a JSON file" in answer.content.decode()
    assert not Job.objects.exists()


def test_the_page_needs_few_queries(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.darek)
    with django_assert_max_num_queries(12):
        client.get(reverse("places:boundaries"))
