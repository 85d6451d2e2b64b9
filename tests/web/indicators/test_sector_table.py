"""The page of the sector table: golden figures, links, downloads."""

import csv
import io
from typing import Any

import python_calamine
from django.test import Client
from django.urls import reverse

from osnowa.places.models import Region
from osnowa.register.models import Organisation

DAYS = {"on": "2024-06-30", "against": "2023-06-30"}


def _page(client: Client, words: dict[str, str] = DAYS) -> Any:
    return client.get(reverse("indicators:sector_table", args=["pomorskie"]), words)


def test_everybody_sees_founding_document_004(client: Client, pomorskie: Region, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page = _page(client)
    assert page.status_code == 200
    text = page.content.decode()
    for row in page.context["table"].rows:
        assert f"<strong>{row.change.count}</strong>" in text
    assert [(r.change.count, r.signed) for r in page.context["table"].rows] == [
        (95, "+23"), (50, "+2"), (24, "+2"), (14, "+1"), (2, "±0"),
    ]  # fmt: skip
    assert "130 + 96 + 114 + 127 + 113 = 580" in " ".join(text.split())
    assert "004" in page.context["source"]


def test_each_number_leads_to_the_organisations_behind_it(client: Client, pomorskie: Region) -> None:
    text = _page(client).content.decode()
    register = reverse("register:directory", args=["pomorskie"])
    for words in ("form=PL-SPSOC&on=2024-06-30", "form=PL-WTZ&on=2023-06-30", "recognition=PL-PS&form=PL-SPZOONP&on=2024-06-30",
                  "recognition=PL-PS&area=slupski&on=2024-06-30", "recognition=PL-PS&on=2024-06-30"):  # fmt: skip
        assert f"{register}?{words.replace('&', '&amp;')}" in text


def test_the_list_behind_a_number_is_as_long_as_the_number(client: Client, pomorskie: Region) -> None:
    register = reverse("register:directory", args=["pomorskie"])
    for words, number in (("form=PL-SPSOC", 95), ("form=PL-WTZ", 50), ("recognition=PL-PS", 63), ("recognition=PL-PS&form=PL-SPSOC", 31)):
        page = client.get(f"{register}?{words}&on=2024-06-30")
        assert page.context["page"].paginator.count == number, words


def test_what_came_and_went_is_named(client: Client, pomorskie: Region) -> None:
    page = _page(client)
    first = page.context["moved"][0]
    assert (first.code, len(first.new), len(first.closed), first.unseen) == ("PL-SPSOC", 25, 2, 0)
    assert first.closed[0].legal_name.replace("„", "") in page.content.decode().replace("„", "")


def test_an_organisation_that_is_not_public_is_counted_and_not_named(client: Client, pomorskie: Region) -> None:
    newest = Organisation.objects.filter(region=pomorskie, legal_form="PL-WTZ", founded_on__range=("2023-07-01", "2024-06-30")).first()
    assert newest is not None
    Organisation.objects.filter(pk=newest.pk).update(visibility="coordinator")
    page = _page(client)
    assert page.context["table"].rows[1].change.count == 50
    assert newest.legal_name not in page.content.decode()
    assert "1 more is not public." in page.content.decode()


def test_without_days_the_newest_counted_day_is_shown(client: Client, pomorskie: Region) -> None:
    page = _page(client, {})
    assert page.status_code == 200
    assert str(page.context["table"].on) == "2026-06-30"


def _file(client: Client, form: str, words: dict[str, str] = DAYS) -> Any:
    return client.get(reverse("indicators:sector_table_file", args=["pomorskie", form]), words)


def test_xlsx_holds_the_table_and_where_it_comes_from(client: Client, pomorskie: Region) -> None:
    answer = _file(client, "xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[1][1:9] == ["PL-SPSOC", "Social co-operative", 95, 23, 72, 25, 2, 95]
    assert rows[-1][2:4] == ["Total", 580]
    about = book.get_sheet_by_index(1).to_python()
    assert any("004" in str(cell) for row in about for cell in row)
    assert any("sector-table" in str(cell) for row in about for cell in row)


def test_csv_holds_the_table(client: Client, pomorskie: Region) -> None:
    answer = _file(client, "csv")
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[5][1:5] == ["PL-ZAZ", "Vocational activity establishment (ZAZ)", "2", "0"]
    assert [row[3] for row in rows if row[2:3] == ["Total"]] == ["580"]


def test_other_forms_of_file_are_not_there(client: Client, pomorskie: Region) -> None:
    assert _file(client, "pdf").status_code == 404
