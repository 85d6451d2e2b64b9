"""What every page needs to know: text size, theme, languages, version."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from osnowa import __version__

TEXT_SIZES = ("1", "2", "3")
THEMES = ("auto", "light", "dark")


def page(request: HttpRequest) -> dict[str, Any]:
    """The look the reader chose, kept in two cookies, and facts of the instance."""
    text = request.COOKIES.get("text", "1")
    theme = request.COOKIES.get("theme", "auto")
    return {
        "text_size": text if text in TEXT_SIZES else "1",
        "theme": theme if theme in THEMES else "auto",
        "is_demo": settings.IS_DEMO,
        "LANGUAGES": settings.LANGUAGES,
        "version": __version__,
        "source_address": settings.SOURCE_ADDRESS,
    }
