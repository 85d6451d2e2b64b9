"""Organisation identifiers as org-id.guide writes them: the code of the list, a dash, the number."""

from collections.abc import Iterable, Mapping, Sequence

#: Lists that org-id.guide calls otherwise than our schemes do. Schemes that are not here keep their own name.
LISTS = {
    "SI-MAT": "SI-PRS", "SI-DDV": "SI-TIN", "BE-VAT": "BE-BCE_KBO", "FI-YT": "FI-PRO", "FR-SIREN": "FR-INSEE",
    "DE-HRB": "DE-CR", "LEI": "XI-LEI", "ISNI": "XI-ISNI", "EU-PIC": "XI-PIC", "EU-VAT": "XI-VAT",
}  # fmt: skip
#: The scheme of a list, for reading addresses.
SCHEMES = {code: scheme for scheme, code in LISTS.items()}
#: Which number stands for an organisation where it has several: courts' and business registers before tax numbers.
FIRST = ("PL-KRS", "SI-MAT", "FI-YT", "BE-VAT", "AT-FB", "AT-ZVR", "HR-MBS", "FR-SIREN", "DE-HRB", "PL-REGON", "PL-NIP")


def org_id(scheme: str, value: str) -> str:
    """PL-KRS and 0000123456 make PL-KRS-0000123456; a KRS number is filled up to ten digits."""
    number = value.replace(" ", "")
    return f"{LISTS.get(scheme, scheme)}-{number.zfill(10) if scheme == 'PL-KRS' else number}"


def org_ids(identifiers: Iterable[Mapping[str, str]]) -> list[str]:
    """All identifiers of an organisation, the one that stands for it first."""
    order = {scheme: number for number, scheme in enumerate(FIRST)}
    rows = sorted(identifiers, key=lambda one: (order.get(one["scheme"], len(order)), one["scheme"]))
    return [org_id(one["scheme"], one["value"]) for one in rows]


def read(text: str, schemes: Sequence[str]) -> tuple[str, str] | None:
    """(scheme, number) of an identifier, of the schemes known; None where it is of none of them."""
    names = sorted({**SCHEMES, **{scheme: scheme for scheme in schemes}}.items(), key=lambda pair: -len(pair[0]))
    for name, scheme in names:
        if text.upper().startswith(f"{name}-") and len(text) > len(name) + 1:
            return scheme, text[len(name) + 1 :]
    return None
