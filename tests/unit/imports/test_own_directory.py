"""What our own directory shows with all its columns is understood when it comes back as a file."""

import pytest
from django.http import QueryDict
from django.utils.translation import override

from osnowa.imports.columns import find_header, subject_of, suggest
from osnowa.imports.values import check_rows
from osnowa.kit.reading import Sheet
from osnowa.places.models import Region
from osnowa.register.models import Organisation
from osnowa.register.queries import directory as books
from tests.samples import _sample_pomorskie, pomorskie

__all__ = ["_sample_pomorskie", "pomorskie"]


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_the_directory_of_a_region_comes_back_with_nothing_to_tell(pomorskie: Region, language: str) -> None:
    wish = books.Wish.of(QueryDict("closed=1&" + "&".join(f"col={column}" for column in books.COLUMNS)))
    seen = Organisation.objects.filter(region=pomorskie)
    written = list(books.in_order(books.wanted(seen, wish), wish, ("public",)))
    with override(language):
        headings = ["Nazwa", *(str(books.COLUMNS[column]) for column in wish.columns)]
        table = [headings, *([one.legal_name, *(books.cell(one, column) for column in wish.columns)] for one in written)]

    header = find_header(table)
    mapping = {one.column: one.field for one in suggest(table, header, None, "PL") if one.field}
    read = list(check_rows(Sheet("list", table), header, mapping, country="PL"))

    assert subject_of(mapping) == "organisations"
    assert [(row.set_aside, row.problems) for row in read] == [("", [])] * len(written)
    numbers = [{each.scheme: each.value for each in one.identifiers.all()} for one in written]
    assert any("PL-OTHER" in each for each in numbers)
    assert [row.values.get("identifiers", {}) for row in read] == numbers
    activities = [[each.nace for each in one.main_activity] for one in written]  # type: ignore[attr-defined]
    assert [row.values.get("activities", []) for row in read] == activities
    assert [row.values.get("legal_form", "") for row in read] == [one.legal_form for one in written]
