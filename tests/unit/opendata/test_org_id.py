"""Identifiers are written and read as org-id.guide writes them."""

import pytest

from osnowa.opendata.formats.org_id import org_id, org_ids, read
from osnowa.register import codes

SCHEMES = [row.code for row in codes.IDENTIFIERS]


@pytest.mark.parametrize(
    ("scheme", "value", "written"),
    [
        ("PL-KRS", "0000123456", "PL-KRS-0000123456"), ("PL-KRS", "123456", "PL-KRS-0000123456"), ("PL-NIP", "1234563218", "PL-NIP-1234563218"),
        ("PL-REGON", "123456785", "PL-REGON-123456785"), ("SI-MAT", "9876545", "SI-PRS-9876545"), ("BE-VAT", "0123456749", "BE-BCE_KBO-0123456749"),
        ("FI-YT", "1234567-1", "FI-PRO-1234567-1"), ("AT-FB", "123456d", "AT-FB-123456d"), ("LEI", "ABCD00EXAMPLE0000160", "XI-LEI-ABCD00EXAMPLE0000160"),
    ],
)  # fmt: skip
def test_a_number_bears_the_code_of_its_list(scheme, value, written):
    assert org_id(scheme, value) == written
    assert read(written, SCHEMES) == (scheme, value.zfill(10) if scheme == "PL-KRS" else value)


def test_the_number_of_the_court_register_stands_for_an_organisation():
    rows = [{"scheme": "PL-NIP", "value": "1234563218"}, {"scheme": "EU-PIC", "value": "999999999"}, {"scheme": "PL-KRS", "value": "0000123456"}]
    assert org_ids(rows) == ["PL-KRS-0000123456", "PL-NIP-1234563218", "XI-PIC-999999999"]


@pytest.mark.parametrize("text", ["", "PL-KRS-", "XX-ABC-1", "0000123456", "PL-KRS"])
def test_what_is_of_no_list_is_nobodys(text):
    assert read(text, SCHEMES) is None
