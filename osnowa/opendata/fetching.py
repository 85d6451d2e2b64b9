"""Getting what another installation publishes: only http and https, only from the host asked, with limits of size and time."""

import hashlib
import time
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from django.utils.translation import gettext_noop as _

from osnowa import __version__
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence

WAIT_SECONDS = 30
WHOLE_SECONDS = 30 * 60


@dataclass(frozen=True)
class Got:
    """What came: whether it is the same as last time, its mark, the address it came from, its size and hash."""

    is_same: bool
    etag: str = ""
    address: str = ""
    bytes: int = 0
    sha256: str = ""


def origin(address: str) -> tuple[str, str]:
    """Scheme and host of an address. Refused where it is not one of the web."""
    try:
        parts = urlsplit(address)
        known = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and not parts.username
    except ValueError:
        known = False
    if not known:
        raise Refused(Sentence(_("%(address)s is not an address that begins with https:// or http://."), address=address[:200]))
    return parts.scheme, parts.netloc.lower()


def beside(address: str, path: object) -> str:
    """The address of a file a description names. Refused where it points outside the place of the description."""
    found = urljoin(address, path) if isinstance(path, str) else ""
    home = address.rpartition("/")[0] + "/"
    if not isinstance(path, str) or "\\" in path or ".." in path or not found.startswith(home) or origin(found) != origin(address):
        raise Refused(Sentence(_("The description of the register points to a file elsewhere: %(path)s."), path=str(path)[:200]))
    return found


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the same host, and never from https down to http."""

    max_redirections = 5

    def redirect_request(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if new.scheme not in ("http", "https") or new.hostname != old.hostname or (old.scheme == "https" and new.scheme != "https"):
            fp.close()
            raise Refused(Sentence(_("The address leads on to another host: %(address)s."), address=newurl[:200]))
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener() -> OpenerDirector:
    """Knows http and https and nothing else: no files, no FTP, no `data:`."""
    opener = OpenerDirector()
    for part in (ProxyHandler(), HTTPHandler(), HTTPSHandler(), _SameHost(), HTTPDefaultErrorHandler(), HTTPErrorProcessor()):
        opener.add_handler(part)
    return opener


def get(address: str, into: Path, *, most_bytes: int, etag: str = "") -> Got:
    """Writes what stands at an address into a file. Refused with the reason where it cannot be had."""
    origin(address)
    headers = {"User-Agent": f"Osnowa/{__version__} (follow)", "Accept-Encoding": "identity", "Accept": "*/*"}
    if etag:
        headers["If-None-Match"] = etag
    try:
        with _opener().open(Request(address, headers=headers), timeout=WAIT_SECONDS) as answer:
            return _write(answer, into, most_bytes)
    except HTTPError as error:
        with error:
            if error.code == 304:
                return Got(is_same=True, etag=etag, address=address)
            raise Refused(Sentence(_("%(address)s answers with an error (%(code)s)."), address=address, code=error.code)) from None
    except (OSError, HTTPException, ValueError) as error:
        why = str(getattr(error, "reason", "") or error)[:200]
        raise Refused(Sentence(_("%(address)s cannot be reached: %(why)s"), address=address, why=why)) from None


def _write(answer: Any, into: Path, most_bytes: int) -> Got:
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        raise Refused(Sentence(_("The answer is packed in a way that was not asked for.")))
    until, size, digest = time.monotonic() + WHOLE_SECONDS, 0, hashlib.sha256()
    with into.open("wb") as file:
        while piece := answer.read(1 << 16):
            size += len(piece)
            if size > most_bytes:
                raise Refused(Sentence(_("The answer is larger than %(most)s MB."), most=most_bytes >> 20))
            if time.monotonic() > until:
                raise Refused(Sentence(_("The answer takes too long.")))
            file.write(piece)
            digest.update(piece)
    length = answer.headers.get("Content-Length")
    if length and length.isdigit() and int(length) != size:
        raise Refused(Sentence(_("The answer broke off in the middle.")))
    return Got(False, answer.headers.get("ETag", "")[:200], answer.geturl(), size, digest.hexdigest())
