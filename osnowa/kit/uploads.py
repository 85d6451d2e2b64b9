"""Files on their way in: what goes wrong while they arrive is said on the page, never a broken page.

Django's own handler of larger files raises where the disk is full; this one drops the file and leaves a note instead.
"""

import errno
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

_NOTE = "osnowa.disk_was_full"


def disk_was_full(request: HttpRequest) -> bool:
    """Whether a file of this request was dropped because the disk had no room for it."""
    return bool(request.META.get(_NOTE))


class ToDisk(TemporaryFileUploadHandler):
    """Larger files on the disk while they arrive; dropped with a note where the disk is full."""

    def new_file(self, *args: Any, **words: Any) -> None:
        self._or_note(lambda: super(ToDisk, self).new_file(*args, **words))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._or_note(lambda: super(ToDisk, self).receive_data_chunk(raw_data, start))

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        done: list[Any] = []
        self._or_note(lambda: done.append(super(ToDisk, self).file_complete(file_size)))
        return done[0] if done else None

    def _or_note(self, write: Callable[[], Any]) -> None:
        try:
            write()
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT) or self.request is None:
                raise
            self.request.META[_NOTE] = True
            raise SkipFile from error
