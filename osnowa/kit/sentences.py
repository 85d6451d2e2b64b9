"""Sentences that are kept now and told later, in the language of whoever reads them then."""

from typing import Any

from django.utils.translation import gettext


class Sentence:
    """A sentence kept as its English source and its parts, and told in the language of whoever reads it.

    Mark the source with `gettext_noop`. Parts are texts, numbers, or sentences themselves.
    """

    def __init__(self, source: str, **parts: Any) -> None:
        self.source, self.parts = source, parts

    def __str__(self) -> str:
        words = gettext(self.source)
        return words % {name: str(part) for name, part in self.parts.items()} if self.parts else words


def keep(said: object) -> Any:
    """What is said, fit for JSON: a sentence with its parts, anything else as it is."""
    if not isinstance(said, Sentence):
        return said
    return {"says": said.source, "parts": {name: keep(part) for name, part in said.parts.items()}}


def tell(kept: Any) -> str:
    """What was kept with `keep`, in the reader's language."""
    if not isinstance(kept, dict):
        return str(kept)
    return str(Sentence(kept["says"], **{name: tell(part) for name, part in kept["parts"].items()}))
