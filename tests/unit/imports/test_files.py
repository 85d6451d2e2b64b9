"""Files on their way: kept in one piece or not at all, and forgotten after a while."""

import errno
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from osnowa.imports import storing
from osnowa.imports.actions import discard_import, forget_old_files, take_file
from osnowa.imports.models import Import
from osnowa.kit.errors import Refused
from tests.lists import applied, checked

LIST = "Nazwa;E-mail\nFundacja Most;biuro@most.example\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def kept(folder):
    return sorted(path.name for path in (folder / "imports").glob("*"))


def test_an_empty_file_is_refused_and_not_kept(world, own_folder):
    with pytest.raises(Refused, match="empty"):
        take_file(by=world.bolek, region=world.pomorskie, source_name="L", file_name="l.csv", chunks=[], work=False)
    assert kept(own_folder) == []
    assert not Import.objects.exists()


def test_a_full_disk_is_told_and_leaves_nothing(world, own_folder, monkeypatch):
    opened = Path.open

    def full(path, mode="r", *words, **more):
        file = opened(path, mode, *words, **more)
        if mode == "wb":
            def write(_chunk):
                raise OSError(errno.ENOSPC, "No space left on device")

            return type("Full", (), {"__enter__": lambda s: s, "__exit__": lambda s, *e: file.close(), "write": staticmethod(write)})()
        return file

    monkeypatch.setattr(Path, "open", full)
    with pytest.raises(Refused, match="disk"):
        take_file(by=world.bolek, region=world.pomorskie, source_name="L", file_name="l.csv", chunks=[b"x"], work=False)
    monkeypatch.undo()
    assert kept(own_folder) == []


def test_a_file_that_is_too_large_is_refused_on_its_way(world, own_folder, monkeypatch):
    monkeypatch.setattr(storing, "MOST_BYTES", 10)
    with pytest.raises(Refused):
        take_file(by=world.bolek, region=world.pomorskie, source_name="L", file_name="l.csv", chunks=[b"123456", b"789012"], work=False)
    assert kept(own_folder) == []


def test_files_raw_rows_and_contacts_are_forgotten_and_what_happened_stays(world, own_folder):
    it = applied(checked(world.pomorskie, LIST, by=world.bolek))
    Import.objects.filter(pk=it.pk).update(made_at=timezone.now() - timedelta(days=91))
    assert forget_old_files(by=None) == 1
    assert kept(own_folder) == []
    row = it.rows.get()
    assert row.raw == []
    assert "contacts" not in row.values
    assert row.organisation.legal_name == "Fundacja Most"
    assert forget_old_files(by=None) == 0


def test_an_import_thrown_away_leaves_no_file(world, own_folder):
    it = checked(world.pomorskie, LIST, by=world.bolek)
    discard_import(by=world.bolek, it=it)
    assert kept(own_folder) == []
    assert not Import.objects.exists()


def test_an_applied_import_is_not_thrown_away(world):
    with pytest.raises(Refused):
        discard_import(by=world.bolek, it=applied(checked(world.pomorskie, LIST)))
