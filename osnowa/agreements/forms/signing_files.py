"""Files that prove a signature: their kind is read from their first bytes, and everything else is refused in plain words."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.signing import Sheet
from osnowa.kit.words import typed

MB = 2**20
MOST_BYTES = 10 * MB
#: What a file may be, by how it begins. Signature files are kept as bytes that no browser shows.
_KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF-", "application/pdf", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"PK\x03\x04", "application/vnd.etsi.asic-e+zip", "asice"),
    (b"<?xml", "application/xml", "xml"),
    (b"\xef\xbb\xbf<?xml", "application/xml", "xml"),
    (b"-----BEGIN ", "application/pkcs7-signature", "p7s"),
    (b"\x30\x82", "application/pkcs7-signature", "p7s"),
    (b"\x30\x80", "application/pkcs7-signature", "p7s"),
    (b"\x30\x83", "application/pkcs7-signature", "p7s"),
)
#: What is only looked at (a scan, a power of attorney, evidence) is a page or a picture.
PICTURES = ("pdf", "png", "jpg")
ALL = tuple(dict.fromkeys(ending for _begins, _type, ending in _KINDS))


def content_type_of(begin: bytes, endings: tuple[str, ...]) -> str:
    """The content type of a file that begins so, if it is one of these kinds; empty where it is not."""
    return next((kind for begins, kind, ending in _KINDS if ending in endings and begin.startswith(begins)), "")


def file_name(name: str) -> str:
    """The name of a file without folders and signs that break a header or a disk."""
    plain = re.sub(r"[^\w .()+-]", "_", typed(name.replace("\\", "/").rpartition("/")[2], 120)).strip(" .")
    return plain or "file"


class SheetField(forms.FileField):
    """A file of the kinds that are kept here, whole in memory as a Sheet."""

    def __init__(self, *, endings: tuple[str, ...] = PICTURES, **options: Any) -> None:
        words = format_lazy(gettext_lazy("{kinds}; at most {size} MB."), kinds=", ".join(one.upper() for one in endings), size=MOST_BYTES // MB)
        options.setdefault("help_text", words)
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(f".{one}" for one in endings)}), **options)
        self.endings = endings

    def clean(self, given: Any, initial: Any = None) -> Any:
        file = super().clean(given, initial)
        if not isinstance(file, UploadedFile):
            return None
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("This file is larger than %(size)s MB. Scan it with less detail, or in black and white.") % {"size": MOST_BYTES // MB})
        content = file.read()
        kind = content_type_of(content[:64], self.endings)
        if not kind:
            raise ValidationError(_("This file is none of these kinds: %(kinds)s. Its name does not matter, what is in it does.") % {"kinds": ", ".join(one.upper() for one in self.endings)})
        if kind == "application/pdf" and b"%%EOF" not in content:
            raise ValidationError(_("This PDF breaks off before its end. Save or scan it once more; nothing was kept."))
        return Sheet(file_name(file.name or ""), kind, content)
