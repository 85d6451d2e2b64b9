"""Small valid files of every kind a spreadsheet is kept in, written here byte by byte where no library writes them."""

import io
import struct
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Rows = Sequence[Sequence[Any]]
SHEET = "Lista"


def xlsx(rows: Rows, *, sheet: str = SHEET, hidden: Rows = (), formulas: dict[str, tuple[str, Any]] | None = None) -> bytes:
    """formulas: {cell: (formula, the value kept with it)}."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    page, day = book.add_worksheet(sheet), book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                page.write_datetime(line, column, cell, moment)
            elif isinstance(cell, date):
                page.write_datetime(line, column, cell, day)
            elif isinstance(cell, str):
                page.write_string(line, column, cell)
            elif cell is not None:
                page.write(line, column, cell)
    for cell, (formula, value) in (formulas or {}).items():
        page.write_formula(cell, formula, None, value)
    if hidden:
        other = book.add_worksheet("Ukryty")
        for line, row in enumerate(hidden):
            other.write_row(line, 0, row)
        other.hide()
    book.close()
    return out.getvalue()


def packed(members: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def unpacked(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text", "style", "manifest")
) + ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'  # fmt: skip


def ods_cell(cell: Any, formula: str = "") -> str:
    said = f" table:formula={quoteattr(formula)}" if formula else ""
    match cell:
        case None:
            return f"<table:table-cell{said}/>"
        case bool():
            return f'<table:table-cell{said} office:value-type="boolean" office:boolean-value="{str(cell).lower()}"/>'
        case int() | float():
            return f'<table:table-cell{said} office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>'
        case date():
            return f'<table:table-cell{said} office:value-type="date" office:date-value="{cell.isoformat()}"/>'
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell{said} office:value-type="string">{lines}</table:table-cell>'


def ods(rows: Rows, *, sheet: str = SHEET, after: str = "", manifest: str = "") -> bytes:
    """`after`: XML of further rows. LibreOffice ends every sheet with a million blank ones; so does this."""
    body = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    blank = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMESPACES} office:version="1.3"><office:body>'
        f'<office:spreadsheet><table:table table:name="{sheet}">{body}{after}{blank}</table:table></office:spreadsheet></office:body>'
        f"</office:document-content>"
    )
    entries = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS}"/>' + (manifest or
              '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>')  # fmt: skip
    return packed({
        "mimetype": _ODS,
        "META-INF/manifest.xml": f'<?xml version="1.0" encoding="UTF-8"?><manifest:manifest {_NAMESPACES}>{entries}</manifest:manifest>',
        "content.xml": content,
    })  # fmt: skip


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _long(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def xls(rows: Rows, *, sheet: str = SHEET, locked: bool = False) -> bytes:
    """Excel 97: numbers and texts."""
    page = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 1996, 0, 0x0606))
    page += _record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                page += _record(0x0203, struct.pack("<HHHd", line, column, 0, cell))
            elif cell is not None:
                page += _record(0x0204, struct.pack("<HHH", line, column, 0) + _long(str(cell)))
    page += _record(0x000A)
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 1996, 0, 0x0606))
    start += _record(0x002F, b"\1\0\1\0\1\0" + bytes(48)) if locked else b""
    start += _record(0x0042, struct.pack("<H", 1200))
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    at = len(start) + 4 + 6 + len(name) + 4
    start += _record(0x0085, struct.pack("<IBB", at, 0, 0) + name) + _record(0x000A)
    return ole({"Workbook": start + page})


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE container with these streams, each of at least 4,096 bytes (padded with zeros)."""
    size, free, end = 512, 0xFFFFFFFF, 0xFFFFFFFE
    blocks, entries = b"", []
    chains: list[int] = []
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        first, count = len(chains), -(-len(content) // size)
        chains += [*range(first + 1, first + count), end]
        blocks += content.ljust(count * size, b"\0")
        entries.append((name, 2, first, len(content)))

    def entry(name: str, kind: int, first: int, length: int, child: int = free, right: int = free) -> bytes:
        wide = name.encode("utf-16-le") + b"\0\0"
        return (wide.ljust(64, b"\0") + struct.pack("<HBBIII", len(wide) if name else 0, kind, 1, free, right, child)
                + bytes(36) + struct.pack("<IQ", first, length))  # fmt: skip

    folder = entry("Root Entry", 5, end, 0, child=1)
    for number, (name, kind, first, length) in enumerate(entries, start=2):
        folder += entry(name, kind, first, length, right=number if number <= len(entries) else free)
    folder = folder.ljust(-(-len(folder) // size) * size, b"\0")
    folder_at, folder_blocks = len(chains), len(folder) // size
    chains += [*range(folder_at + 1, folder_at + folder_blocks), end]
    fat_blocks = -(-(len(chains) + 1) // (size // 4 - 1))
    fat_at = len(chains)
    chains += [0xFFFFFFFD] * fat_blocks
    fat = struct.pack(f"<{len(chains)}I", *chains).ljust(fat_blocks * size, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, fat_blocks, folder_at, 0, 4096, end, 0, end, 0)
    header += struct.pack(f"<{fat_blocks}I", *range(fat_at, fat_at + fat_blocks))
    return header.ljust(size, b"\xff") + blocks + folder + fat


def _bin(kind: int, body: bytes = b"") -> bytes:
    """A record of XLSB: kind and length in groups of seven bits."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = len(body), b""
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + body


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb(rows: Rows, *, sheet: str = SHEET) -> bytes:
    """Excel's binary workbook: numbers and texts within their cells."""
    page = _bin(129) + _bin(148, struct.pack("<IIII", 0, max(len(rows) - 1, 0), 0, max(map(len, rows), default=1) - 1)) + _bin(145)
    for line, row in enumerate(rows):
        page += _bin(0, struct.pack("<IIHBBI", line, 0, 300, 0, 0, 0))
        for column, cell in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(cell, int | float):
                page += _bin(5, place + struct.pack("<d", cell))
            elif cell is not None:
                page += _bin(6, place + _wide(str(cell)))
    page += _bin(146) + _bin(130)
    book = _bin(131) + _bin(143) + _bin(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(sheet)) + _bin(144) + _bin(132)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    return packed({
        "[Content_Types].xml": f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{package}/content-types">'
        '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>',
        "_rels/.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/officeDocument" Target="xl/workbook.bin"/></Relationships>',
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{relation}/worksheet" Target="worksheets/sheet1.bin"/></Relationships>',
        "xl/worksheets/sheet1.bin": page,
    })  # fmt: skip
