"""The files people send, kept below MEDIA_ROOT under names of our own until they are forgotten."""

import errno
import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_noop as _

from osnowa.kit.errors import Refused
from osnowa.kit.reading.safety import EMPTY, MB, MOST_BYTES, TOO_LARGE
from osnowa.kit.sentences import Sentence


@dataclass(frozen=True)
class Stored:
    """A file that has arrived whole."""

    name: str
    sha256: str
    size_bytes: int


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def path_of(name: str) -> Path:
    """Where a stored file lies. Refused where it was forgotten already."""
    path = folder() / name
    if not name or not path.exists():
        raise Refused(Sentence(_("The file is not kept any more. Send it again as a new import.")))
    return path


def store(chunks: Iterable[bytes]) -> Stored:
    """Keeps what comes, in one piece or not at all. Refused where it is empty, too large, or the disk is full."""
    name = uuid.uuid4().hex
    path = folder() / name
    seen, size = hashlib.sha256(), 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as kept:
            for chunk in chunks:
                size += len(chunk)
                if size > MOST_BYTES:
                    raise Refused(Sentence(TOO_LARGE, size=f"> {MOST_BYTES // MB}", most=MOST_BYTES // MB))
                seen.update(chunk)
                kept.write(chunk)
        if not size:
            raise Refused(Sentence(EMPTY))
    except OSError as error:
        path.unlink(missing_ok=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused(disk_full()) from error
        raise
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Stored(name, seen.hexdigest(), size)


def disk_full() -> Sentence:
    return Sentence(_("The disk of this instance is full, so the file was not taken. Nothing is lost: tell the operator and send it again."))


def forget(name: str) -> None:
    """Takes a stored file away; quiet where it is gone."""
    if name:
        (folder() / name).unlink(missing_ok=True)
