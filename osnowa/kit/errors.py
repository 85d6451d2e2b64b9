"""The one exception that means "the rules say no", and the middleware that says it politely."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.kit.sentences import Sentence


class Refused(Exception):
    """The rules say no. The message is translated, says why, and where it can how to mend it.

    A refusal that is kept (as the result of a job) is given as a Sentence: it is told in the language of each reader.
    """

    def __init__(self, said: str | Sentence, *, status: int = 409) -> None:
        super().__init__(str(said))
        self.said = said
        self.status = status

    @property
    def message(self) -> str:
        return str(self.said)


class Polite:
    """Middleware: turns Refused into a page; everything unexpected stays loud."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, Refused):
            return None
        return render(request, "ui/refused.html", {"message": error.message}, status=error.status)
