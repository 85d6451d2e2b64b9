"""The map forgets between tests what it keeps between requests."""

from collections.abc import Iterator

import pytest

from osnowa.maps.queries import atlas


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    atlas.forget()
    yield
    atlas.forget()
