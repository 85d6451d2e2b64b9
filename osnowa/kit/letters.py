"""Letters by e-mail in the language of who receives them. A template's first line is the subject, the rest the text."""

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation


def link(name: str, language: str, **words: Any) -> str:
    """The whole address of a page in a language."""
    with translation.override(spoken(language)):
        return str(settings.ADDRESS.rstrip("/") + reverse(name, kwargs=words))


def spoken(language: str) -> str:
    """The language if Osnowa speaks it, else English."""
    return language if language in dict(settings.LANGUAGES) else "en"


def send(template: str, *, to: str, language: str, **context: Any) -> None:
    """Writes and sends one letter; raises what the mail server's door raises."""
    with translation.override(spoken(language)):
        subject, _, text = render_to_string(template, context).strip().partition("\n")
        send_mail(subject.strip(), text.strip() + "\n", None, [to])
