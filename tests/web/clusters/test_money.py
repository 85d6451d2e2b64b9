"""Money: three years of costs and sources, what they say, writing them without scripts."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
import python_calamine
from django.urls import reverse

from osnowa.clusters.actions.money import write_year
from osnowa.clusters.models import BudgetLine, Cluster
from osnowa.clusters.queries import money as queries
from osnowa.clusters.queries import money_told as told
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from tests.unit.clusters.making import a_cluster, a_member


def address(it: Cluster, name: str = "money", *words: object) -> str:
    return reverse(f"clusters:{name}", args=[it.region.slug, it.slug, *words])


def cost(it: Cluster, amount: int, year: int = 2026, **values: object) -> BudgetLine:
    return BudgetLine.objects.create(cluster=it, year=year, side="cost", amount=amount, **({"title": "Etat"} | values))


def source(it: Cluster, amount: int, origin: str, year: int = 2026, **values: object) -> BudgetLine:
    return BudgetLine.objects.create(cluster=it, year=year, side="source", amount=amount, origin=origin, **({"title": origin, "is_secured": True} | values))


def rows(costs: int = 3, sources: int = 3) -> dict[str, str]:
    """The empty rows of the form."""
    return {f"{side}-new{row}-{name}": "" for side, many in (("c", costs), ("s", sources)) for row in range(1, many + 1) for name in ("title", "amount")}


def a_mix(it: Cluster) -> None:
    cost(it, 1200)
    source(it, 200, "fees")
    source(it, 300, "grant", giver="Województwo")
    source(it, 500, "public", giver="województwo")
    source(it, 100, "sales", is_secured=False)
    source(it, 300, "reserve")


def test_an_empty_budget_leads_to_its_first_year(signed_in, world):
    it = a_cluster(world)
    assert address(it, "money_year", 2026) in signed_in(world.bolek).get(address(it)).text
    assert address(it, "money_year", 2026) not in signed_in(world.olga).get(address(it)).text


def test_c12_figures_of_a_year(world):
    it = a_cluster(world)
    a_mix(it)
    year = queries.budget(it).year(2026)
    assert year is not None
    assert (year.cost, year.secured, year.asked, year.gap) == (1200, 1300, 100, -100)
    assert year.coverage == Decimal(1300) / 1200
    assert year.coverage_if_all_comes == Decimal(1400) / 1200
    assert (year.months_of_reserve, year.mix.own_share) == (3, Decimal("0.2"))


def test_c13_two_lines_of_one_giver_are_one_giver_and_raise_the_alarm(signed_in, world):
    it = a_cluster(world)
    a_mix(it)
    mix = queries.budget(it).years[0].mix
    assert (mix.givers, mix.top_giver, mix.top_share, mix.is_alarming) == (2, "Województwo", Decimal("0.8"), True)
    assert (round(mix.concentration or 0, 2), round(mix.normalised or 0, 2)) == (Decimal("0.68"), Decimal("0.36"))
    assert "2026: 80% of the secured income comes from one giver, Województwo." in signed_in(world.bolek).get(address(it)).text


def test_what_nobody_entered_is_unknown_and_not_nought(signed_in, world):
    it = a_cluster(world)
    cost(it, 100)
    year = queries.budget(it).years[0]
    assert (year.secured, year.asked, year.coverage, year.reserve, year.months_of_reserve, year.mix.own_share, year.mix.concentration) == (None,) * 7
    page = signed_in(world.bolek).get(address(it)).text
    assert "unknown" in page
    assert "2026: no sources are entered." in page
    assert "no secured reserve is entered" in page


def test_sources_without_costs_cover_nobody_knows_what(world):
    it = a_cluster(world)
    source(it, 100, "grant")
    found = queries.budget(it)
    assert (found.years[0].coverage, found.years[0].gap, found.runway) == (None, None, None)
    assert told.runway_words(found.runway).startswith("Unknown")


def test_the_runway_is_told_in_months_from_this_year_on(signed_in, world):
    it = a_cluster(world)
    cost(it, 500, 2025)
    cost(it, 120)
    cost(it, 120, 2027)
    source(it, 150, "grant")
    source(it, 60, "grant", 2027, is_secured=False)
    assert queries.budget(it).runway.paid_until == (2027, 3)
    assert "31 March 2027: 4 months after this one" in signed_in(world.bolek).get(address(it)).text


def test_every_figure_stands_beside_how_it_is_made(signed_in, world):
    it = a_cluster(world)
    a_mix(it)
    page = signed_in(world.bolek).get(address(it)).text
    for figure in told.figures(queries.budget(it).years):
        assert figure.heading in page
        assert figure.formula.replace("'", "&#x27;") in page


def test_c12_break_even_counts_members_for_what_nobody_else_secured(signed_in, world):
    it = a_cluster(world)
    a_mix(it)
    BudgetLine.objects.filter(origin="reserve").delete()
    a_member(it, world.chleb)
    it.tiers.create(title="wszyscy", amount=150)
    found = queries.break_even(it, queries.budget(it).years[0])
    assert (found.left, found.members, found.needed, found.missing) == (400, 1, 3, 2)
    assert "3 members of the present mix would carry it" in signed_in(world.bolek).get(address(it)).text


def test_break_even_without_tiers_is_unknown(world):
    it = a_cluster(world)
    cost(it, 100)
    assert queries.break_even(it, queries.budget(it).years[0]) is None
    assert told.break_even_words(None, "PLN").startswith("Unknown")


def test_a_year_is_written_without_scripts_posts_times_rate(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    sent = rows() | {
        "c-new1-title": "Koordynator", "c-new1-fte": "0.5", "c-new1-rate": "90000", "c-new2-title": "Spotkania", "c-new2-amount": "12000",
        "s-new1-title": "Składki", "s-new1-amount": "6000", "s-new1-origin": "fees", "s-new1-is_secured": "on",
    }  # fmt: skip
    assert client.post(address(it, "money_year", 2026), sent).url == address(it)
    assert list(it.budget.values_list("side", "title", "amount", "fte", "is_secured")) == [
        ("cost", "Koordynator", 45000, Decimal("0.5"), False), ("cost", "Spotkania", 12000, None, False), ("source", "Składki", 6000, None, True),
    ]  # fmt: skip
    assert Entry.objects.filter(deed="clusters.budget_written").count() == 1


def sent(line: BudgetLine, **cells: str) -> dict[str, str]:
    """A row of a line as its page sends it, with the mark of what its author saw."""
    told = {"title": line.title, "seen": queries.mark_of(queries.as_written(BudgetLine.objects.get(pk=line.pk)))} | cells
    return {f"{line.side[0]}{line.pk}-{name}": value for name, value in told.items()}


def test_the_later_of_two_editors_of_a_line_is_told_what_it_says_now_and_may_save_again(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    line, other = cost(it, 100, title="Sala"), cost(it, 200, title="Kawa", is_secured=True)
    mine = rows() | sent(line, amount="150") | sent(other, amount="200")
    BudgetLine.objects.filter(pk=line.pk).update(amount=170)
    BudgetLine.objects.filter(pk=other.pk).update(amount=250)
    answer = client.post(address(it, "money_year", 2026), mine)
    assert answer.status_code == 422
    assert "Now it says: Sala, 170" in answer.text
    assert 'value="150"' in answer.text
    assert answer.text.count("Somebody else changed this line") == 2, "once above and once at the row: the untouched row is nobody's quarrel"
    assert it.budget.get(pk=line.pk).amount == 170
    again = re.search(f'name="c{line.pk}-seen" value="([^"]+)"', answer.text)
    assert again
    client.post(address(it, "money_year", 2026), mine | {f"c{line.pk}-seen": again[1]})
    assert dict(it.budget.values_list("title", "amount")) == {"Sala": 150, "Kawa": 250}


def test_a_line_removed_meanwhile_is_named_and_nothing_is_saved(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    line = cost(it, 100, title="Sala")
    mine = rows() | sent(line, amount="150") | {"c-new1-title": "Nowa", "c-new1-amount": "5"}
    line.delete()
    answer = client.post(address(it, "money_year", 2026), mine)
    assert "Somebody else removed meanwhile: Sala." in answer.text
    assert not it.budget.exists()


def test_a_stale_line_is_refused_by_the_verb_too(world):
    it = a_cluster(world)
    line = cost(it, 100, title="Sala")
    with pytest.raises(Refused, match="changed this year meanwhile"):
        write_year(by=world.bolek, cluster=it, year=2026, changed={}, removed=[line.pk], seen={line.pk: "another"})
    assert it.budget.exists()


def test_lines_are_changed_and_removed_and_saving_unchanged_ones_writes_no_entry(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    post, other = cost(it, 100000, fte=3), cost(it, 500, title="Kawa")
    same = rows() | sent(post, fte="3", rate="33333.33") | sent(other, amount="500")
    client.post(address(it, "money_year", 2026), same)
    assert not Entry.objects.filter(deed="clusters.budget_written").exists()
    client.post(address(it, "money_year", 2026), same | {f"c{post.pk}-fte": "2", f"c{other.pk}-remove": "on"})
    assert list(it.budget.values_list("title", "amount")) == [("Etat", Decimal("66666.66"))]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"c-new1-title": "Etat"}, "Say how much, or how many posts"), ({"c-new1-amount": "5"}, "Give the line a name."), ({"c-new1-title": "Etat", "c-new1-rate": "5"}, "Say how many posts"),
        ({"c-new1-title": "Etat", "c-new1-fte": "1", "c-new1-rate": "5", "c-new1-amount": "7"}, "Posts and rate make the amount."), ({"s-new1-title": "Grant", "s-new1-amount": "5"}, "Say which kind of source it is."),
        ({"s-new1-title": "Grant", "s-new1-amount": "-5", "s-new1-origin": "grant"}, "greater than or equal to 0"),
    ],
)  # fmt: skip
def test_a_row_that_lacks_something_says_what_and_nothing_is_saved(signed_in, world, row, said):
    it = a_cluster(world)
    good = {"c-new2-title": "Spotkania", "c-new2-amount": "12000"}
    answer = signed_in(world.edyta).post(address(it, "money_year", 2026), rows() | good | row)
    assert answer.status_code == 422
    assert said in answer.text
    assert not it.budget.exists()


def test_a_line_somebody_added_meanwhile_stays(signed_in, world):
    it = a_cluster(world)
    cost(it, 100, title="Nowa")
    signed_in(world.edyta).post(address(it, "money_year", 2026), rows() | {"c-new1-title": "Moja", "c-new1-amount": "5"})
    assert sorted(it.budget.values_list("title", flat=True)) == ["Moja", "Nowa"]


def test_a_year_taken_over_is_asked_for_and_saves_nothing_twice(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    a_mix(it)
    assert client.post(address(it, "copy_year", 2026)).url == address(it, "money_year", 2027)
    later = it.budget.filter(year=2027)
    assert (later.count(), later.filter(is_secured=True).count(), later.filter(origin="reserve").count()) == (5, 0, 0)
    client.post(address(it, "copy_year", 2026))
    assert it.budget.filter(year=2027).count() == 5


def test_a_year_out_of_all_time_is_not_there(signed_in, world):
    assert signed_in(world.bolek).get(address(a_cluster(world), "money_year", 1789)).status_code == 404


def test_money_is_for_those_inside(client, signed_in, world):
    it = a_cluster(world)
    assert address(it) not in client.get(reverse("clusters:cluster", args=["pomorskie", it.slug])).text
    assert signed_in(world.ala).get(address(it)).status_code == 403
    a_member(it, world.chleb)
    assert signed_in(world.ala).get(address(it)).status_code == 200


def test_v20_the_workbook_prints_sums_beside_the_lines(signed_in, world):
    it = a_cluster(world)
    a_mix(it)
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(signed_in(world.olga).get(address(it, "money_file")).content))
    lines = book.get_sheet_by_name("Lines").to_python()[1:]
    totals = [row[7] for row in lines if row[2] == "Total"]
    assert (totals, sum(row[7] for row in lines if row[2] != "Total")) == ([1200, 1400], 2600)
    assert "Coverage" in [row[0] for row in book.get_sheet_by_name("Figures").to_python()]


@pytest.mark.parametrize("count", [1, 20])
def test_more_lines_ask_the_database_no_more(signed_in, world, django_assert_max_num_queries, count):
    it = a_cluster(world)
    it.tiers.create(title="wszyscy", amount=150)
    for number in range(count):
        cost(it, 100 + number)
        source(it, 10, "grant", 2026 + number % 3)
    client = signed_in(world.bolek)
    client.get(address(it))
    with django_assert_max_num_queries(12):
        client.get(address(it))


def test_a_past_year_does_not_shorten_what_lasts_today(world):
    it = a_cluster(world)
    cost(it, 500, 2024)
    cost(it, 12)
    source(it, 12, "grant")
    assert queries.budget(it, date(2026, 5, 1)).runway.lasts_to_the_end
