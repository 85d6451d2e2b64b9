"""What every page needs to know: text size, theme, languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    text = request.COOKIES.get("text", "1")
    theme = request.COOKIES.get("theme", "auto")
    return {
        "text_size": text if text in ("1", "2", "3") else "1",
        "theme": theme if theme in ("auto", "light", "dark") else "auto",
        "is_demo": settings.IS_DEMO,
        "LANGUAGES": settings.LANGUAGES,
    }
