"""Agreements on paper: the text, the signature register, an empty signature sheet; each with the code that leads to the page which proves it."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osnowa.agreements.models import Agreement, Signatory, Text
from osnowa.agreements.queries import texts
from osnowa.agreements.queries.agreements import Roll, roll_of
from osnowa.agreements.queries.signing import joins_by_declaration, last_day
from osnowa.kit import squares
from osnowa.kit.letterpress import Document, Heading, Part, Picture, Table, as_pdf, press
from osnowa.kit.letters import link, spoken
from osnowa.kit.sheets import Row
from osnowa.register import codes

_PAGES = Path(__file__).resolve().parent.parent / "papers"
#: The square's share of a line of a standing page, and of a lying one: about 28 mm on both.
_SQUARE, _SQUARE_LYING = 0.17, 0.11


def way_to_verify(agreement: Agreement, language: str) -> str:
    """The whole address of the page that tells what a sheet must say."""
    return link("agreements:verify", language, code=agreement.code)


def frozen_on(agreement: Agreement) -> date | None:
    """The day the text was frozen."""
    return timezone.localtime(agreement.frozen_at).date() if agreement.frozen_at else None


def _day(day: date | None) -> str:
    return date_format(day, "DATE_FORMAT") if day else "–"


def _proof(agreement: Agreement, language: str, is_lying: bool = False) -> list[Part]:
    """What a reader needs in order to see that the sheet is genuine; a square that stands alone on a lying page says whose it is."""
    if not agreement.sha256:
        return []
    address = way_to_verify(agreement, language)
    words = {"address": address, "code": agreement.code}
    return [
        Heading(_("Is this sheet genuine?"), 2),
        _("The text was frozen on %(day)s and cannot be changed since. Open %(address)s or point a phone at the square: the page says what must stand here.") % {**words, "day": _day(frozen_on(agreement))},
        Table((_("Code"), _("Hash (SHA-256) of the frozen text")), ((agreement.code, " ".join(agreement.sha256[n : n + 16] for n in range(0, 64, 16))),), widths=(1, 4)),
        Picture(_square(address), _("QR code of the page %(address)s") % words, agreement.code if is_lying else "", _SQUARE_LYING if is_lying else _SQUARE),
    ]  # fmt: skip


def _square(address: str) -> str:
    """The square without a size in millimetres, which pictures of a DOCX cannot be drawn from; the page says how wide it is."""
    return squares.picture(address, 400).decode().replace("400mm", "400")


# --- The text ---------------------------------------------------------------------------------------------------


def text_document(agreement: Agreement, text: Text | None, language: str) -> Document:
    """The text in a language, with what proves it; a draft says that it is one."""
    with translation.override(spoken(language)):
        parts: list[Part] = list(_standing(agreement, text, language))
        for block in texts.blocks_in(text, language):
            parts += [Heading(block["heading"], 1), *texts.pieces(block["text"])]
        parts += _proof(agreement, language)
        return Document(agreement.title, language, tuple(parts), str(agreement.get_kind_display()).capitalize(), _foot(agreement))


def _standing(agreement: Agreement, text: Text | None, language: str) -> Iterable[str]:
    if not agreement.sha256:
        yield _("Draft, version %(number)s. The text is not frozen and can still change.") % {"number": text.number if text else 0}
    if language != agreement.language:
        name = texts.language_name(agreement.language)
        yield _("Translation for reading. The text binds in the language of the original: %(language)s.") % {"language": name}


def _foot(agreement: Agreement) -> str:
    return " · ".join(filter(None, [agreement.title, agreement.code if agreement.sha256 else _("draft")]))


def text_pdf(agreement: Agreement, text: Text | None, language: str) -> bytes:
    """The text as PDF/UA-1; of a frozen text always the same bytes, so that a file can be compared."""
    with translation.override(spoken(language)):
        return as_pdf(text_document(agreement, text, language), agreement.frozen_at)


# --- The signature register -------------------------------------------------------------------------------------


def headings(with_names: bool) -> tuple[str, ...]:
    """The columns of the signature register; who signed is named for who keeps it only."""
    persons = (_("Who signed"), _("Function"), _("Basis of representation")) if with_names else ()
    return (_("No."), _("Organisation"), _("Sector"), _("Municipality"), _("Signed on"), _("How it was signed"), _("Mandate"), *persons)


def cells(number: int, row: Signatory, with_names: bool) -> tuple[Any, ...]:
    """One row of the signature register."""
    mandate = _("checked") if row.mandate_checked_at else _("not checked")
    persons = (row.person_name, row.function, str(row.get_basis_display())) if with_names else ()
    place = row.municipality.name if row.municipality else ""
    return (number, row.name, codes.SECTORS.label(row.sector), place, row.signed_on, str(row.get_way_display()), mandate, *persons)


def parts_of(roll: Roll) -> list[tuple[str, list[Signatory]]]:
    """The parts of the register with their headings; empty ones are left out."""
    parts = ((_("Signatories"), roll.first), (_("Joined later by declaration"), roll.later), (_("Withdrew"), roll.withdrawn))
    return [(heading, rows) for heading, rows in parts if rows]


def register_document(agreement: Agreement, language: str, with_names: bool = False) -> Document:
    """The signature register in alphabetical order, with a sum by sector that adds up (V20)."""
    with translation.override(spoken(language)):
        roll = roll_of(agreement)
        parts: list[Part] = [_("As of %(day)s. Organisations stand in the order of the alphabet.") % {"day": _day(timezone.localdate())}]
        for heading, rows in parts_of(roll):
            parts += [Heading(heading), _table(rows, with_names)]
            parts += [_(
                "%(name)s withdrew on %(day)s%(reason)s") % {"name": row.name, "day": _day(row.withdrawn_on), "reason": f": {row.withdrawal_reason}" if row.withdrawal_reason else "."}
                for row in rows if row.withdrawn_on
            ]  # fmt: skip
        parts += [*(_sums(roll) if roll.count else [_("Nobody has signed yet.")]), *_proof(agreement, language, is_lying=True)]
        return Document(_("Signature register"), language, tuple(parts), agreement.title, _foot(agreement), is_lying=True)


def _table(rows: list[Signatory], with_names: bool) -> Table:
    wide = (0.6, 3.4, 2, 1.6, 1.3, 3, 1.2, *((1.8, 1.6, 1.8) if with_names else ()))
    return Table(headings(with_names), tuple(cells(number, row, with_names) for number, row in enumerate(rows, start=1)), widths=wide)


def _sums(roll: Roll) -> list[Part]:
    """How many of each sector signed; the parts printed beside their sum."""
    found: dict[str, int] = {}
    for row in [*roll.first, *roll.later]:
        found[row.sector] = found.get(row.sector, 0) + 1
    rows = [(codes.SECTORS.label(row.code), found[row.code]) for row in codes.SECTORS if found.get(row.code)]
    rows += [(_("sector not known"), many) for code, many in found.items() if code not in codes.SECTORS]
    sums = " + ".join(str(many) for _label, many in rows)
    return [Heading(_("By sector")), Table((_("Sector"), _("Signatories")), tuple(rows), widths=(4, 1)), f"{sums} = {roll.count}"]


def register_sheets(agreement: Agreement, with_names: bool) -> dict[str, tuple[Row, Iterable[Row]]]:
    """The register as a workbook, with a sheet that says what was signed."""
    sheets: dict[str, tuple[Row, Iterable[Row]]] = {}
    for heading, rows in parts_of(roll_of(agreement)) or [(_("Signatories"), [])]:
        more = (_("Withdrew on"), _("Reason")) if any(row.withdrawn_on for row in rows) else ()
        lines = [(*cells(number, row, with_names), *((row.withdrawn_on, row.withdrawal_reason) if more else ())) for number, row in enumerate(rows, start=1)]
        sheets[heading] = ((*headings(with_names), *more), lines)
    facts = [
        (_("Title"), agreement.title), (_("Code"), agreement.code), (_("Hash (SHA-256) of the frozen text"), agreement.sha256),
        (_("Frozen on"), frozen_on(agreement)), (_("Last day of signing"), last_day(agreement)), (_("As of"), timezone.localdate()),
    ]  # fmt: skip
    return sheets | {_("What was signed"): ((_("Fact"), _("Value")), facts)}


def register_rows(agreement: Agreement, with_names: bool) -> tuple[Row, list[Row]]:
    """The register as one table: the part each stands in, and when it withdrew."""
    rows: list[Row] = [
        (heading, *cells(number, row, with_names), row.withdrawn_on, row.withdrawal_reason)
        for heading, found in parts_of(roll_of(agreement)) for number, row in enumerate(found, start=1)
    ]  # fmt: skip
    return (_("Part"), *headings(with_names), _("Withdrew on"), _("Reason")), rows


# --- The sheet that is signed by hand ---------------------------------------------------------------------------


def sheet(agreement: Agreement, row: Signatory | None = None) -> bytes:
    """An empty sheet for one signature; once signing is closed it is a declaration that cites the frozen text (V9)."""
    language = (get_language() or "en")[:2]
    is_later = joins_by_declaration(agreement, timezone.localdate())
    address = way_to_verify(agreement, language)
    cited = {"title": agreement.title, "day": _day(frozen_on(agreement)).replace(" ", "\N{NO-BREAK SPACE}")}
    said = (
        _("The organisation named below joins “%(title)s”, frozen on %(day)s. It has read the text and accepts it as it stands.")
        if is_later
        else _("The organisation named below signs “%(title)s” in the text frozen on %(day)s.")
    )
    return press(_PAGES / "sheet.typ", {
        "title": _("Declaration of joining") if is_later else _("Signature sheet"), "language": language, "agreement": agreement.title, "said": said % cited,
        "kind": str(agreement.get_kind_display()), "fields": _fields(row), "basis": _("Basis of representation"), "ticks": [str(label) for label in Signatory.Basis.labels],
        "sign": _("Signature, and stamp where there is one"), "hash_words": _("Hash (SHA-256) of the frozen text"), "sha256": [agreement.sha256[n : n + 16] for n in range(0, 64, 16)],
        "code_words": _("Code"), "code": agreement.code, "address": address.partition("://")[2], "check": _("Compare the hash on this page before you sign, and after:"),
        "square": squares.picture(address, 30).decode(), "square_words": _("QR code of the page %(address)s") % {"address": address},
    })  # fmt: skip


def _fields(row: Signatory | None) -> list[list[str]]:
    known = [row.name, row.municipality.name if row.municipality else "", row.person_name, row.function] if row else [""] * 4
    words = [_("Organisation"), _("Municipality"), _("Who signs"), _("Function")]
    return [[word, value] for word, value in zip(words, known, strict=True)] + [[_("Place and date"), ""]]
