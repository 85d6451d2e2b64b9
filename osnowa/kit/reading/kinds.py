"""What a file is, told by its first bytes and its members, never by its name."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

from osnowa.kit.reading import safety
from osnowa.kit.reading.shapes import Unreadable, kept
from osnowa.kit.reading.shapes import gettext_noop as _

NOT_A_TABLE = _("This is %(kind)s, not a table. Save the table as XLSX, ODS or CSV and choose that file.")
OLD_EXCEL = _("This workbook was made by a version of Excel before 1997. Open it in a spreadsheet, save it as XLSX and choose that file.")
_PDF = _("a PDF document")
_WORD = _("a text document")
_SLIDES = _("a presentation")
_PICTURE = _("a picture")
_PROGRAM = _("a program")
_ARCHIVE = _("an archive of other files (unpack it first)")
_DATABASE = _("a database")
_MEDIA = _("a recording")
_UNKNOWN = _("a file of an unknown kind")
_LETTER = _("an e-mail or a page saved with its pictures")

_BEGINNINGS = (
    (b"%PDF", _PDF), (b"{\\rtf", _WORD), (b"\x89PNG", _PICTURE), (b"\xff\xd8\xff", _PICTURE), (b"GIF8", _PICTURE), (b"II*\0", _PICTURE),
    (b"MM\0*", _PICTURE), (b"MZ", _PROGRAM), (b"\x7fELF", _PROGRAM), (b"\xcf\xfa\xed\xfe", _PROGRAM), (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"#!/", _PROGRAM), (b"\x1f\x8b", _ARCHIVE), (b"7z\xbc\xaf\x27\x1c", _ARCHIVE), (b"Rar!", _ARCHIVE), (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ", _ARCHIVE), (b"\x28\xb5\x2f\xfd", _ARCHIVE), (b"SQLite format 3\0", _DATABASE), (b"PAR1", _DATABASE),
    (b"\0\x01\0\0Standard", _DATABASE), (b"ID3", _MEDIA), (b"OggS", _MEDIA), (b"RIFF", _MEDIA), (b"%!PS", _PDF),
    (b"MIME-Version:", _LETTER), (b"From: ", _LETTER), (b"Return-Path:", _LETTER),
)  # fmt: skip
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF8 = b"\x09\x08\x10\x00\x00\x06\x05\x00"  # BOF: version 8, the workbook's own stream
_ODS = b"application/vnd.oasis.opendocument."


def not_a_table(kind: str = _UNKNOWN) -> Unreadable:
    return Unreadable(NOT_A_TABLE, kind=kept(kind))


def kind_of(path: Path) -> str:
    """xlsx, xlsb, ods, xls, or "" for what may be text; Unreadable for everything that is known not to be a table."""
    with path.open("rb") as file:
        head = file.read(4096)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        with safety.open_zip(path) as packed:
            return _kind_of_zip(packed)
    if head.startswith(_OLE):
        return _kind_of_ole(path.read_bytes())
    if head[:2] in (b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08") and head[2:4] in (b"\x04\0", b"\x06\0", b"\x08\0", b"\x10\0"):
        raise Unreadable(OLD_EXCEL)
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            raise not_a_table(kind)
    if head[4:8] == b"ftyp":
        raise not_a_table(_MEDIA)
    return ""


def _kind_of_zip(packed: ZipFile) -> str:
    members = {member.filename: member for member in packed.infolist()}
    if "xl/workbook.bin" in members:
        return "xlsb"
    if any(name.lower().replace("\\", "/") == "xl/workbook.xml" for name in members):
        return "xlsx"
    mimetype = safety.unpacked(packed, members["mimetype"], 1000) if "mimetype" in members else b""
    if mimetype.startswith(_ODS + b"spreadsheet") or (not mimetype and {"content.xml", "META-INF/manifest.xml"} <= members.keys()):
        return "ods"
    if any(name.startswith("word/") for name in members) or mimetype.startswith(_ODS + b"text"):
        raise not_a_table(_WORD)
    if any(name.startswith("ppt/") for name in members) or mimetype.startswith(_ODS + b"presentation"):
        raise not_a_table(_SLIDES)
    if "[Content_Types].xml" in members and any(name.startswith("xl/") for name in members):
        raise Unreadable(safety.BROKEN)
    raise not_a_table(_ARCHIVE)


def _kind_of_ole(raw: bytes) -> str:
    def has(name: str) -> bool:
        return name.encode("utf-16-le") + b"\0\0" in raw

    if has("EncryptedPackage"):
        raise Unreadable(safety.LOCKED)
    if has("Workbook") or has("Book"):
        if _is_locked(raw):
            raise Unreadable(safety.LOCKED)
        return "xls"
    if has("WordDocument"):
        raise not_a_table(_WORD)
    if has("PowerPoint Document"):
        raise not_a_table(_SLIDES)
    if has("__properties_version1.0"):
        raise not_a_table(_LETTER)
    raise not_a_table() if has("Root Entry") else Unreadable(safety.BROKEN)


def _is_locked(raw: bytes) -> bool:
    """Whether FILEPASS follows the first record of a workbook of Excel 97, which it must (write protection may stand between)."""
    at = raw.find(_BIFF8)
    while at >= 0 and raw[at : at + 2] in (b"\x09\x08", b"\x86\x00"):
        at += 4 + int.from_bytes(raw[at + 2 : at + 4], "little")
    return raw[at : at + 2] == b"\x2f\x00" if at >= 0 else False
