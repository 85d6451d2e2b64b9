"""Websites, e-mail addresses and telephone numbers: light checks; the first of several is kept and the others are told."""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop as _

from osnowa.imports.values.cells import EMPTY, Read, is_nothing
from osnowa.kit.sentences import Sentence

_EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w](?:[\w-]{0,61}[\w])?\.)+[^\W\d_]{2,24}")
_HOST = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)+(?:[^\W\d_]{2,24}|xn--[\w-]+)")
_SCHEME = re.compile(r"^(?:https?:/{1,3}|http//:?|htt?ps?//|https?;//|hhtps?://|ttps?://|//)", re.IGNORECASE)
_LINKS_APART = re.compile(r"[\s;|]+|,\s+|,(?=https?:|www\.)")
_PHONES_APART = re.compile(r"\s*(?:[;|\n]|\s/\s?|/\s|//|,|\s+(?:or|lub|ali|oz\.|o|ou|oder|i|in)\s+)\s*")
_PHONE = re.compile(r"\(?\+?[\d\s().\-/–]{6,}(?:\s*(?:ext|wew|int|x|poste)\.?\s*\d{1,6})?", re.IGNORECASE)
_PLACES = {
    "facebook": "facebook",
    "fb": "facebook",
    "instagram": "instagram",
    "linkedin": "linkedin",
    "youtube": "youtube",
    "youtu": "youtube",
}


@lru_cache(maxsize=50_000)
def read_links(text: str) -> Read:
    """Addresses of pages as ({"kind", "url"}, …); what is none is told and left out."""
    if is_nothing(text):
        return EMPTY
    links: list[tuple[str, str]] = []
    bad = ""
    for piece in _LINKS_APART.split(text.strip()):
        url = _url(piece.strip("<>()[]\"',;"))
        if url and (kind_of(url), url) not in links:
            links.append((kind_of(url), url))
        elif not url and piece.lower() not in ("oraz", "i", "in", "and", "et", "e", "y", "und", "www", "-"):
            bad = bad or piece
    said = Sentence(_("“%(found)s” is not the address of a page: it is left out."), found=bad[:80]) if bad else None
    return Read(tuple(links), said) if links else Read(None, said)


def _url(piece: str) -> str:
    """A whole address of a page, or nothing."""
    scheme = "https"
    if found := _SCHEME.match(piece):
        scheme = "http" if found.group().lower().startswith("http:") or found.group().lower().startswith("http//") else "https"
        piece = piece[found.end() :]
    if "@" in piece.split("/")[0] or len(piece) > 500:
        return ""
    host, slash, path = piece.partition("/")
    name, mark, asked = host.partition("?")
    port = re.search(r":\d{1,5}$", name)
    bare = name[: port.start()] if port else name
    bare = bare.rstrip(".").lower()
    if not _HOST.fullmatch(bare) or "_" in bare:
        return ""
    return f"{scheme}://{bare}{port.group() if port else ''}{mark}{asked}{slash}{path}"


def kind_of(url: str) -> str:
    """The kind of link the host tells; a website where it tells none."""
    words = (urlsplit(url).hostname or "").split(".")
    return _PLACES.get(words[-2], "website") if len(words) >= 2 else "website"


@lru_cache(maxsize=50_000)
def read_email(text: str) -> Read:
    """The first e-mail address of a cell; told where there are more, or none that works."""
    if is_nothing(text):
        return EMPTY
    mended = re.sub(r"\s*[(\[]\s*(?:at|@|malpa|małpa|afna|arroba|chiocciola)\s*[)\]]\s*", "@", text, flags=re.IGNORECASE)
    mended = re.sub(
        r"\s*@\s*", "@", re.sub(r"(?<=\w)\s*[(\[]\s*(?:dot|kropka|pika|punto)\s*[)\]]\s*", ".", mended, flags=re.IGNORECASE)
    )
    found = list(
        dict.fromkeys(
            one.strip(".'").lower() if one.isupper() else one.strip(".'")
            for one in _EMAIL.findall(mended.replace("mailto:", " "))
        )
    )
    found = [one for one in found if ".." not in one and len(one) <= 254]
    if not found:
        return Read(None, Sentence(_("“%(found)s” is not an e-mail address: it is left out."), found=text[:80]))
    if len(found) > 1:
        return Read(
            found[0],
            Sentence(
                _("Only the first is kept: %(first)s. Left out: %(others)s."), first=found[0], others=", ".join(found[1:])[:120]
            ),
        )
    return Read(
        found[0],
        Sentence(_("“%(found)s” was read as %(mended)s."), found=text[:80], mended=found[0]) if mended != text else None,
    )


@lru_cache(maxsize=50_000)
def read_phone(text: str) -> Read:
    """The first telephone number of a cell as it is written; told where there are more, or none."""
    if is_nothing(text):
        return EMPTY
    text = re.sub(r"\.0+$", "", " ".join(text.split()))
    pieces = [
        re.sub(r"^(?:tel|tél|telefon|phone|ph|t|m|mob|gsm|kom|fax|faks)\b[.:\s]*", "", piece.strip(), flags=re.IGNORECASE)
        for piece in _PHONES_APART.split(text)
    ]
    numbers = [piece.strip() for piece in pieces if _PHONE.fullmatch(piece.strip()) and sum(map(str.isdecimal, piece)) >= 6]
    if not numbers and (found := _PHONE.search(text)) and sum(map(str.isdecimal, found.group())) >= 6:
        numbers = [found.group().strip(" /-–.")]
    if not numbers or sum(map(str.isdecimal, numbers[0])) > 18:
        return Read(None, Sentence(_("“%(found)s” is not a telephone number: it is left out."), found=text[:80]))
    first = numbers[0][:40].strip()
    if len(numbers) > 1:
        return Read(
            first,
            Sentence(
                _("Only the first is kept: %(first)s. Left out: %(others)s."), first=first, others=", ".join(numbers[1:])[:120]
            ),
        )
    return Read(first)
