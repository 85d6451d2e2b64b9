"""Invented things the gallery shows its components with."""

from typing import Any


def gallery_context() -> dict[str, Any]:
    return {}
