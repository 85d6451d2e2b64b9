"""Letters by e-mail in the language of who receives them. A template's first line is the subject, the rest the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from email import encoders
from email.mime.base import MIMEBase
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
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


@dataclass(frozen=True)
class Enclosure:
    """A file that goes with a letter; `kind` is its content type with parameters, such as text/calendar; method=REQUEST."""

    name: str
    content: bytes
    kind: str

    def part(self) -> MIMEBase:
        kind, *parameters = (word.strip() for word in self.kind.split(";"))
        made = MIMEBase(*kind.split("/"))
        made.set_payload(self.content)
        encoders.encode_base64(made)
        for name, _, value in (parameter.partition("=") for parameter in parameters):
            made.set_param(name, value)
        made.add_header("Content-Disposition", "attachment", filename=self.name)
        return made


def send(template: str, *, to: str, language: str, enclosed: Sequence[Enclosure] = (), **context: Any) -> None:
    """Writes and sends one letter; raises what the mail server's door raises."""
    with translation.override(spoken(language)):
        subject, _, text = render_to_string(template, context).strip().partition("\n")
        letter = EmailMessage(subject.strip(), text.strip() + "\n", None, [to])
        for one in enclosed:
            letter.attach(one.part())
        letter.send()
