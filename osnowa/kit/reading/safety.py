"""What is never read: files too large, bombs, locked or broken containers, formulas that reach outside."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile, ZipFile, ZipInfo

from osnowa.kit.reading.shapes import Unreadable
from osnowa.kit.reading.shapes import gettext_noop as _

MB = 1 << 20
MOST_BYTES = 50 * MB
MOST_UNPACKED = 400 * MB
MOST_RATIO = 400  # unpacked to packed, for members over RATIO_FROM; sheets of empty formatted rows reach 200
RATIO_FROM = 20 * MB
MOST_MEMBERS = 5_000
MOST_ROWS = 400_000  # a sheet
LAST_LINE = MOST_ROWS + 1_000  # blank rows above the table do not count
MOST_COLUMNS = 400
MOST_CELLS = 6_000_000  # filled, of all sheets
MOST_AREA = 30_000_000  # cells of all sheets, the empty ones of a rectangle too
MOST_SHEETS = 400
MOST_CHARS = 32_767  # a cell, as in a spreadsheet
CHILD_MEMORY = 1 << 30  # address space of the child
SECONDS = 8  # so that an answer comes within ten, on a busy machine too
SECONDS_LARGE = 30
LARGE = 10 * MB

EMPTY = _("The file is empty. Save the table once more and choose the new file.")
NO_TABLE = _("There is no table in this file: all its sheets are empty.")
TOO_LARGE = _("The file has %(size)s MB; at most %(most)s MB can be read. Remove pictures and sheets that are not needed, or split the table into several files.")
TOO_LARGE_UNPACKED = _("Unpacked, the file would fill more than %(most)s MB, far more than its table needs. Copy the table alone into a new workbook and save that.")
TOO_MANY_ROWS = _("The sheet “%(sheet)s” reaches down to row %(line)s; at most %(most)s rows can be read. Delete what stands below the table, or split the table into several files.")
TOO_MANY_COLUMNS = _("The sheet “%(sheet)s” reaches to the cell %(cell)s; at most %(most)s columns can be read. Delete the columns to the right of the table, or copy the table alone into a new workbook.")
TOO_MANY_CELLS = _("The file has more than %(most)s filled cells. Split the table into several files.")
TOO_MANY_SHEETS = _("The file has more than %(most)s sheets or tables. Copy those that are needed into a new file.")
LOCKED = _("The file is protected with a password. Open it, save it without a password and choose the new file.")
BROKEN = _("The file is broken and cannot be read to its end. Open it in the program it comes from, save it once more and choose the new file.")
ENTITIES = _("The file defines entities of its own in its XML, which no spreadsheet program does and which can fill the memory. Open it in a spreadsheet, save it as a new XLSX file and choose that one.")
TOO_MUCH_MEMORY = _("Reading the file takes more memory than is allowed. Most often a single stray cell far below or far to the right of the table is the cause: copy the table alone into a new workbook and save that.")
TOO_SLOW = _("Reading the file took longer than %(seconds)s seconds. Copy the table alone into a new file, or split it, and try again.")
POISONED = _("The cell %(cell)s of the sheet “%(sheet)s” holds a formula that reaches outside the file: %(formula)s. Replace it with plain text or its value, and save the file once more.")
LINKED = _("The workbook takes values from another program (DDE), which can run commands. Replace these links with their values, and save the file once more.")

_OUTSIDE = re.compile(
    r"\b(?:HYPERLINK|WEBSERVICE|FILTERXML|IMPORT(?:XML|HTML|DATA|FEED|RANGE)|IMAGE|DDE|DDEINIT|RTD|CALL|EXEC|REGISTER(?:\.ID)?|SQL\.REQUEST)\s*\("
    r"|\b(?:cmd|command|msexcel|excel|winword|powershell|pwsh|mshta|rundll32|regsvr32|wscript|cscript|certutil|bitsadmin|calc|sh|bash|soffice|DDE)(?:\.exe)?\s*\|"
    r"|[\w.\])'\"]\s*\|\s*'[^'\n]{0,400}'\s*!"  # program|'topic'!item
    r"|^[=+@-][^\s|\"]{1,40}\|[^\s|!\"]{1,200}!\w",
    re.IGNORECASE,
)


def reaches_outside(formula: str) -> bool:
    """Whether what a spreadsheet would take for a formula calls another program, another file or an address."""
    return bool(_OUTSIDE.search(formula))


def check_size(path: Path) -> int:
    """The bytes of a file that is neither empty nor too large."""
    size = path.stat().st_size
    if not size:
        raise Unreadable(EMPTY)
    if size > MOST_BYTES:
        raise Unreadable(TOO_LARGE, size=-(-size // MB), most=MOST_BYTES // MB)
    return size


def open_zip(path: Path) -> ZipFile:
    """The container, its directory checked: members that lie apart, sizes that are plausible, no password."""
    try:
        packed = ZipFile(path)
    except (BadZipFile, ValueError, OSError, NotImplementedError, struct.error) as error:
        raise Unreadable(BROKEN) from error
    members = packed.infolist()
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        raise Unreadable(TOO_LARGE_UNPACKED, most=MOST_UNPACKED // MB)
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(LOCKED)
    if any(m.file_size > RATIO_FROM and m.file_size > MOST_RATIO * max(m.compress_size, 1) for m in members):
        raise Unreadable(TOO_LARGE_UNPACKED, most=MOST_UNPACKED // MB)
    if len({member.filename for member in members}) < len(members):
        raise Unreadable(BROKEN)
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end or member.compress_type not in (0, 8):
            raise Unreadable(BROKEN)  # members that share their bytes, as in a bomb
        end = member.header_offset + 30 + member.compress_size
    return packed


def unpack(packed: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """The bytes of a member in pieces, never more than its directory promises. Zlib is asked, not the directory, where it ends."""
    stream = packed.fp
    assert stream is not None
    try:
        stream.seek(member.header_offset)
        header = stream.read(30)
        if header[:4] != b"PK\x03\x04":
            raise Unreadable(BROKEN)
        stream.seek(sum(struct.unpack("<HH", header[26:30])), 1)
        left, came, crc = member.compress_size, 0, 0
        inflate = zlib.decompressobj(-15) if member.compress_type == 8 else None
        while left > 0 and not (inflate and inflate.eof):
            piece = stream.read(min(left, 1 << 16))
            if not piece:
                raise Unreadable(BROKEN)
            left -= len(piece)
            while piece:
                out = inflate.decompress(piece, 1 << 20) if inflate else piece
                piece = inflate.unconsumed_tail if inflate else b""
                came += len(out)
                if came > member.file_size:
                    raise Unreadable(TOO_LARGE_UNPACKED, most=MOST_UNPACKED // MB)
                crc = zlib.crc32(out, crc)
                yield out
        if came != member.file_size or crc != member.CRC:
            raise Unreadable(BROKEN)
    except (zlib.error, OSError, struct.error) as error:
        raise Unreadable(BROKEN) from error


def unpacked(packed: ZipFile, member: ZipInfo, most: int = 8 * MB) -> bytes:
    """A small member whole; refused when it is larger than `most`."""
    if member.file_size > most:
        raise Unreadable(TOO_LARGE_UNPACKED, most=MOST_UNPACKED // MB)
    return b"".join(unpack(packed, member))


def seconds_for(size: int) -> int:
    """How long the reading of a file of this many bytes may last."""
    return SECONDS_LARGE if size > LARGE else SECONDS
