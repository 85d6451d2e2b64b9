"""A file to take along, as an answer."""

from django.http import HttpResponse


def attached(content: bytes | str, name: str, content_type: str) -> HttpResponse:
    """The content under the name of a file."""
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})
