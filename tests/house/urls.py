"""All URLs of the house, walked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Address:
    """One URL: its full name (`register:edit`), its pattern, the view behind it."""

    name: str
    pattern: str
    view: Callable[..., Any]

    @property
    def is_ours(self) -> bool:
        return self.view.__module__.startswith("osnowa.")


def _walk(resolver: URLResolver, space: str, before: str) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            name = ":".join(filter(None, (space, entry.name or "")))
            yield Address(name, pattern, entry.callback)
        else:
            inner = ":".join(filter(None, (space, entry.namespace or "")))
            yield from _walk(entry, inner, pattern)


def addresses() -> list[Address]:
    return list(_walk(get_resolver(), "", ""))
