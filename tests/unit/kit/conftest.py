"""Reading what a test writes."""

from collections.abc import Callable

import pytest

from osnowa.kit.errors import Refused
from osnowa.kit.reading import Book, read_file


@pytest.fixture
def read(tmp_path) -> Callable[..., Book]:
    """read(bytes, name="lista") gives the book."""

    def read_bytes(raw: bytes, name: str = "lista") -> Book:
        path = tmp_path / "upload"
        path.write_bytes(raw)
        return read_file(path, name=name)

    return read_bytes


@pytest.fixture
def refusal(read) -> Callable[..., str]:
    """refusal(bytes) gives the English sentence with which they are refused."""

    def refused_with(raw: bytes, name: str = "lista") -> str:
        with pytest.raises(Refused) as caught:
            read(raw, name)
        return caught.value.message

    return refused_with
