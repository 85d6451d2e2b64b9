"""When Python looks for garbage that runs in circles: hardly ever worth it among millions of plain rows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """No search for circles meanwhile: over rows that only grow in number it finds none and takes up to half of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
