"""A sample of the broken files of `benchmarks/import_faults.py`: each is read or refused, soon and within bounds."""

from itertools import islice

import pytest

from benchmarks import import_faults
from osnowa.kit.errors import Refused
from osnowa.kit.reading import read_file


@pytest.mark.parametrize("kind", list(import_faults.seeds()))
def test_the_files_that_are_broken_are_whole_before(read, kind):
    book = read(import_faults.seeds()[kind])
    assert len(book.sheets[book.likeliest].rows) == 60


@pytest.mark.real_time
def test_broken_files_are_read_or_refused(tmp_path):
    ends = set()
    for name, raw in islice(import_faults.mutations(2026), 150):
        outcome = import_faults.read_one((name, raw, str(tmp_path)))
        assert not outcome.is_bad, outcome
        ends.add(outcome.end)
    assert ends == {"read", "refused"}


def test_mutations_are_the_same_for_the_same_seed():
    first, again, other = (list(islice(import_faults.mutations(seed), 40)) for seed in (5, 5, 6))
    assert first == again
    assert first != other


def test_whole_archives_become_other_archives():
    """At least some mutations reach the parts behind the container's own checks."""
    names = [name for name, _raw in islice(import_faults.mutations(3, only="xlsx"), 60)]
    assert sum("parts" in name for name in names) > 10


def test_a_file_that_is_not_there_is_no_refusal(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_file(tmp_path / "nothing")
    (tmp_path / "empty").touch()
    with pytest.raises(Refused):
        read_file(tmp_path / "empty")
