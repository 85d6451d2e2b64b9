"""A backup can be restored, into either database, and is compared row by row."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from osnowa.home import backup
from osnowa.home.rows import tables
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.register.models import Organisation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(world, tmp_path) -> Path:
    """The world of the tests, backed up, with one uploaded file."""
    upload = Path(settings.MEDIA_ROOT) / "proofs" / "statut.pdf"
    upload.parent.mkdir(parents=True, exist_ok=True)
    upload.write_bytes(b"%PDF statut")
    file = tmp_path / "osnowa.zip"
    backup.write(file)
    return file


def content() -> dict[str, list[bytes]]:
    return {table.name: list(table.lines()) for table in tables()}


def test_an_archive_names_its_tables_with_counts_and_checksums(archive):
    with zipfile.ZipFile(archive) as zipped:
        manifest = json.loads(zipped.read("manifest.json"))
    assert manifest["tables"]["register_organisation"]["rows"] == Organisation.objects.count()
    assert len(manifest["files"]["proofs/statut.pdf"]["sha256"]) == 64
    assert "register" in manifest["migrations"]
    assert not any("session" in name for name in manifest["tables"])


def test_an_archive_is_only_for_its_owner_to_read(archive):
    assert archive.stat().st_mode & 0o077 == 0


def test_what_was_lost_after_a_backup_comes_back(archive, world):
    before = content()
    world.celina.delete()
    Organisation.objects.filter(pk=world.chleb.pk).update(legal_name="?")
    (Path(settings.MEDIA_ROOT) / "proofs" / "statut.pdf").unlink()
    backup.restore(archive, replace=True)
    assert content() == before
    assert (Path(settings.MEDIA_ROOT) / "proofs" / "statut.pdf").read_bytes() == b"%PDF statut"


def test_new_rows_get_new_numbers_after_a_restore(archive):
    backup.restore(archive, replace=True)
    newest = Entry.objects.order_by("-pk").values_list("pk", flat=True)[0]
    made = Person.objects.create_user("nowa@example.org")
    assert Entry.objects.create(deed="x", thing_type="x", thing_id="1").pk > newest
    assert Person.objects.filter(pk=made.pk).count() == 1


def test_a_full_database_is_not_overwritten_without_a_word(archive):
    with pytest.raises(Refused, match="not empty"):
        backup.restore(archive)


def test_a_damaged_archive_changes_nothing(archive, tmp_path):
    before = content()
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, body.replace(b"Dobry Chleb", b"Dobry Kleks") if name.endswith(".jsonl") else body)
    with pytest.raises(Refused, match="differs"):
        backup.restore(damaged, replace=True)
    assert content() == before


def test_an_archive_of_another_shape_is_refused(archive, tmp_path):
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(other, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["migrations"]["register"] = "0999_future"
        new.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(Refused, match="Install that version"):
        backup.restore(other, replace=True)


@pytest.mark.parametrize("name", ["../secret", "/etc/secret"])
def test_an_archive_cannot_write_outside_the_folder_of_files(archive, tmp_path, name):
    evil = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(evil, "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["files"] = {name: {"bytes": 1, "sha256": ""}}
        new.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(Refused, match="outside"):
        backup.restore(evil, replace=True)


def test_what_is_not_an_archive_is_refused_in_one_line(tmp_path):
    file = tmp_path / "letter.zip"
    file.write_text("Dear all")
    with pytest.raises(Refused, match="not a whole archive"):
        backup.restore(file)


def test_verifying_restores_into_a_scratch_sqlite_and_leaves_this_database_alone(archive, world):
    """On PostgreSQL this also shows that an archive moves from one database to the other."""
    before = content()
    facts = backup.verify(archive)
    assert facts["rows"] == sum(len(lines) for lines in before.values())
    assert content() == before


def test_an_archive_made_by_sqlite_restores_into_this_database(world, tmp_path):
    """The way up from the embedded database to PostgreSQL."""
    here = content()
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    backup.write(first)
    surroundings = os.environ | {
        "DJANGO_SETTINGS_MODULE": "osnowa.settings",
        "OSNOWA_VAR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path}/other.sqlite3",
        "LOG_LEVEL": "ERROR",
    }
    for words in (["manage", "migrate", "-v0"], ["restore", str(first)], ["backup", str(second)]):
        subprocess.run([sys.executable, "-m", "osnowa.cli", *words], env=surroundings, check=True, capture_output=True)
    backup.restore(second, replace=True)
    assert content() == here, connection.vendor
