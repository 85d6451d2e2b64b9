import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from osnowa.register.actions import change_organisation, close_organisation

DIRECTORY = reverse("register:directory", kwargs={"region": "pomorskie"})


def names(client, **words):
    page = client.get(DIRECTORY, words)
    assert page.status_code == 200
    return [str(one) for one in page.context["page"].object_list]


def test_the_directory_lists_what_the_reader_may_see(client, world, signed_in):
    assert names(client) == ["Dobry Chleb"]
    assert len(names(signed_in(world.olga))) == 2
    assert len(names(signed_in(world.bolek))) == 3


@pytest.mark.parametrize("q", ["chleb", "spoldzielnia", "CHLEB dobry", "gdansk", "1234563218", "0000123456", "Spółdz"])
def test_search_folds_letters_and_finds_numbers_and_towns(client, world, q):
    assert names(client, q=q) == ["Dobry Chleb"]


@pytest.mark.parametrize("q", ["spoldzielni dobrego chleba", "583 w gdansku", "123-456-32-18", "PL1234563218", "krs 123456", "catering", "gostinstvo"])
def test_search_understands_forms_numbers_and_activities(client, world, q):
    assert names(client, q=q) == ([] if q.startswith("583") else ["Dobry Chleb"])


def test_a_misspelt_word_is_read_otherwise_and_the_page_says_so(client, world):
    page = client.get(DIRECTORY, {"q": "spoldzilnia"})
    assert [str(one) for one in page.context["page"].object_list] == ["Dobry Chleb"]
    assert "Shown also: spółdzielnia." in page.content.decode()


def test_what_fits_best_comes_first_unless_another_order_is_wished(world, signed_in):
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"other_names": ["Gdańsk i Chleb"], "locality": "Aleksandrowo"})
    bolek = signed_in(world.bolek)
    assert names(bolek, q="dobry chleb") == ["Dobry Chleb"]
    assert names(bolek, q="gdansk i chleb") == ["Fundacja Przystań", "Dobry Chleb"]
    assert names(bolek, q="gdansk i chleb", sort="name") == ["Dobry Chleb", "Fundacja Przystań"]
    assert names(bolek, sort="best")[0] == "Dobry Chleb", "without words it is the order of names"


@pytest.mark.parametrize(
    ("word", "hit", "miss"),
    [("form", "PL-SPSOC", "PL-FUN"), ("status", "active", "suspended"), ("sector", "social_economy", "public"),
     ("area", "gdanski", "slupski"), ("service", "catering", "energy"), ("municipality", "2261011", "2263011"),
     ("on", "2024-06-30", "2015-05-03")],
)  # fmt: skip
def test_each_filter_narrows(client, world, word, hit, miss):
    assert names(client, **{word: hit}) == ["Dobry Chleb"]
    assert names(client, **{word: miss}) == []


def test_closed_ones_are_shown_when_asked_for_or_on_a_day_they_existed(client, world):
    close_organisation(by=world.bolek, organisation=world.chleb, ended_on=date(2024, 7, 1), end_reason="merged")
    assert names(client) == []
    assert names(client, closed="1") == ["Dobry Chleb"]
    assert names(client, on="2024-06-30") == ["Dobry Chleb"]
    assert names(client, on="2024-07-01") == []


@pytest.mark.parametrize("day", ["2026-99-99", "2999-01-01", "soon"])
def test_a_day_that_cannot_be_is_said_and_today_is_shown(client, world, day):
    page = client.get(DIRECTORY, {"on": day})
    assert "as it is today" in page.content.decode()
    assert page.context["page"].paginator.count == 1


def test_counts_of_a_filter_ignore_its_own_choice(client, world, signed_in):
    page = signed_in(world.bolek).get(DIRECTORY, {"form": "PL-SPSOC"})
    facets = {facet["name"]: facet["choices"] for facet in page.context["facets"]}
    assert {(code, n) for code, _label, n, _chosen in facets["form"]} == {("PL-SPSOC", 1), ("PL-FUN", 1), ("PL-WTZ", 1)}
    assert {(code, n) for code, _label, n, _chosen in facets["status"]} == {("active", 1)}


def test_nonsense_in_the_address_is_passed_over(client, world):
    assert names(client, sort="x", col="y", on="2024-99-99", page="a", colour="red") == ["Dobry Chleb"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_download_is_exactly_what_is_shown_and_harmless(client, world, form):
    change_organisation(by=world.bolek, organisation=world.chleb, values={"locality": "=cmd|' /C calc'!A0"})
    address = reverse("register:export", kwargs={"region": "pomorskie", "form": form})
    content = client.get(address, {"col": ["place", "founded"], "q": "chleb"}).content
    if form == "csv":
        assert content.decode("utf-8-sig").splitlines()[1].split(";")[1:] == ["'=cmd|' /C calc'!A0", "2015-05-04"]
    else:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
        assert rows[1] == ["Spółdzielnia Socjalna Dobry Chleb", "'=cmd|' /C calc'!A0", date(2015, 5, 4)]
        assert len(rows) == 2
    assert client.get(address.replace(form, "exe")).status_code == 404


def test_views_are_saved_and_removed_by_their_owner_alone(client, world, signed_in):
    save = reverse("register:save_view", kwargs={"region": "pomorskie"})
    assert client.post(save, {"name": "x"}).status_code == 302
    ala = signed_in(world.ala)
    ala.post(save, {"name": "Gdańskie", "query": "area=gdanski"})
    view = world.ala.saved_views.get()
    assert "Gdańskie" in ala.get(DIRECTORY).content.decode()
    remove = reverse("register:remove_view", kwargs={"region": "pomorskie"})
    assert signed_in(world.bolek).post(remove, {"view": view.pk}).status_code == 404
    ala.post(remove, {"view": view.pk})
    assert not world.ala.saved_views.exists()


def test_the_directory_takes_few_queries_however_many_columns(world, signed_in, django_assert_max_num_queries):
    edyta = signed_in(world.edyta)
    with django_assert_max_num_queries(13):
        edyta.get(DIRECTORY, {"col": ["form", "place", "status", "confirmed", "sector", "activity", "numbers", "employees"]})


@pytest.mark.parametrize("q", ["%", "?!", "–"])
def test_signs_alone_find_nothing_and_say_so_with_the_way_out(client, world, q):
    assert names(client, q=q) == []
    page = client.get(DIRECTORY, {"q": q}).content.decode()
    assert "Nothing can be searched for by signs alone" in page
    assert "Clear all filters" in page
