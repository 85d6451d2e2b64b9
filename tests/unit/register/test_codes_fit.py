"""Every code of a list fits into the field that keeps it; SQLite would not tell."""

import pytest
from django.db.models import Model

from osnowa.kit.codes import CodeList
from osnowa.register import codes, models


@pytest.mark.parametrize(("model", "field", "codelist"), [
    (models.Organisation, "legal_form", codes.LEGAL_FORMS),
    (models.Organisation, "sector", codes.SECTORS),
    (models.Organisation, "end_reason", codes.END_REASONS),
    (models.Organisation, "geo_precision", codes.GEO_PRECISION),
    (models.Organisation, "confirmed_by", codes.SOURCES),
    (models.Identifier, "scheme", codes.IDENTIFIERS),
    (models.ServiceArea, "code", codes.SERVICE_AREAS),
    (models.Activity, "nace", codes.NACE["2.1"]),
    (models.Recognition, "code", codes.RECOGNITIONS),
    (models.Recognition, "regime", codes.PS_REGIMES),
    (models.Recognition, "goal", codes.PS_GOALS),
    (models.Listing, "unit", codes.UNITS),
    (models.Listing, "urgency", codes.URGENCY),
    (models.YearlyFigures, "source", codes.SOURCES),
    (models.Contact, "lawful_basis", codes.LAWFUL_BASES),
    (models.OrganisationSeat, "basis", codes.MANDATE_BASIS),
])  # fmt: skip
def test_every_code_fits(model: type[Model], field: str, codelist: CodeList) -> None:
    longest = model._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
    assert [row.code for row in codelist if len(row.code) > longest] == []
